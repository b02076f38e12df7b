"""Accuracy of stories: are the reports of one act joined, and those of two kept apart?

Of pairs (benchmarks/gold/stories: pairs.jsonl, hard.jsonl, kinds.jsonl): a pair counts as joined if
any event of one side shares a story with any event of the other. Of the sample articles: B-cubed
precision, recall and F1 over their events (Bagga and Baldwin 1998), and how many of the joined
pairs of events are joined wrongly.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import gold_stories
from benchmarks.gold_stories import GOLD, Pair, as_table, held_back, lines, sides
from loaders.stories.stories import group_reports

__all__ = ["GOLD", "SETS", "b_cubed", "measure", "sample_stories", "section"]

Wanted = Callable[[Pair], bool]
SETS: dict[str, tuple[str, str, Wanted]] = {
    "pairs": ("first pairs", "pairs", lambda pair: True),
    "hard": ("harder, written afterwards", "hard", lambda pair: True),
    "kinds": ("nine kinds, half for work", "kinds", lambda pair: not held_back(pair)),
    "kinds held back": ("nine kinds, half held back", "kinds", held_back),
}


def measure(name: str = "pairs") -> dict[str, Any]:
    """Numbers of pairs: all, `same`, `said` to be, `right` of those; precision, recall; `wrong`."""
    _, file, wanted = SETS[name]
    pairs = [pair for pair in lines(file) if wanted(pair)]
    joined = {pair["id"]: _joined(pair) for pair in pairs}
    right = sum(pair["same"] and joined[pair["id"]] for pair in pairs)
    wrong = [pair["id"] for pair in pairs if pair["same"] != joined[pair["id"]]]
    said, true = sum(joined.values()), sum(pair["same"] for pair in pairs)
    return {
        "pairs": len(pairs),
        "same": true,
        "said": said,
        "right": right,
        "precision": right / said if said else 1.0,
        "recall": right / true,
        "wrong": wrong,
    }


def sample_stories() -> dict[str, float]:
    """B-cubed figures of the stories of the samples (`b_cubed`)."""
    rows, act_of = gold_stories.sample_events()
    return b_cubed(group_reports(as_table(rows)), act_of)


def b_cubed(story_of: Mapping[int, int], act_of: Mapping[int, str]) -> dict[str, float]:
    """`precision`, `recall`, `f1` over events; numbers of pairs of events `joined`, and of those
    `wrong`."""
    both = Counter((story_of[event], act) for event, act in act_of.items())
    stories = Counter(story_of[event] for event in act_of)
    acts = Counter(act_of.values())
    size = len(act_of)
    precision = sum(n * n / stories[story] for (story, _), n in both.items()) / size
    recall = sum(n * n / acts[act] for (_, act), n in both.items()) / size
    told = itertools.combinations(act_of, 2)
    joined = [(a, b) for a, b in told if story_of[a] == story_of[b]]
    return {
        "events": size,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "joined": len(joined),
        "wrong": sum(act_of[a] != act_of[b] for a, b in joined),
    }


def section(_gold: Path | None = None) -> str:
    """The section of docs/accuracy.md, on own gold alone."""
    found = {SETS[name][0]: measure(name) for name in SETS}
    rows = [_row(told, each) for told, each in found.items()]
    rows.append(_row("all", _summed(list(found.values()))))
    head = [
        "| set | pairs | same event | precision | recall | wrong |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows, "", _told(sample_stories())])


def _told(found: Mapping[str, float]) -> str:
    return (
        f"Stories of the samples ({found['events']:.0f} events): B-cubed precision "
        f"{found['precision']:.3f}, recall {found['recall']:.3f}, F1 {found['f1']:.3f}; "
        f"{found['wrong']:.0f} of {found['joined']:.0f} pairs of events joined wrongly."
    )


def _row(told: str, found: dict[str, Any]) -> str:
    return (
        f"| {told} | {found['pairs']} | {found['same']} | {found['precision']:.3f} "
        f"| {found['recall']:.3f} | {', '.join(found['wrong']) or '-'} |"
    )


def _summed(found: list[dict[str, Any]]) -> dict[str, Any]:
    total = {key: sum(each[key] for each in found) for key in ("pairs", "same", "said", "right")}
    shares = {"precision": total["right"] / total["said"], "recall": total["right"] / total["same"]}
    return {**total, **shares, "wrong": [pair for each in found for pair in each["wrong"]]}


def _joined(pair: Pair) -> bool:
    one, other, rows = sides(pair)
    if not (one and other):
        return False
    story = group_reports(as_table(rows))
    stories = [{story[row["event_id"]] for row in side} for side in (one, other)]
    return bool(stories[0] & stories[1])
