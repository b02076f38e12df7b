"""Accuracy of stories: are two reports of one event joined, and two events kept apart?

Gold: benchmarks/gold/stories, pairs of one-sentence reports with publication dates, `same` or not.
pairs.jsonl was known when the rules were written. hard.jsonl was written afterwards to break
them: nights between two days, place or actor missing on one side, updated figures, several acts
of one day. `beside`: other reports in the store with the pair. A pair counts as joined if any
event of one article shares a story with any event of the other.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pandas as pd

from events.identity import article_id
from events.model import Article, Published
from events.tables import rows_of
from loaders.pipeline import extract
from loaders.stories.stories import group_reports

GOLD = Path(__file__).parent / "gold" / "stories"
SETS = {"pairs": "rules written with these in view", "hard": "harder, written afterwards"}
_DAYS = ("first", "last")


def measure(name: str = "pairs") -> dict[str, Any]:
    """Numbers of pairs: all, `same`, `said` to be, `right` of those; precision, recall; `wrong`."""
    lines = (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
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


def section(_gold: Path | None = None) -> str:
    """The section of docs/accuracy.md, on own gold alone."""
    found = {told: measure(name) for name, told in SETS.items()}
    rows = [_row(told, each) for told, each in found.items()]
    rows.append(_row("all", _summed(list(found.values()))))
    head = [
        "| set | pairs | same event | precision | recall | wrong |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows])


def _row(told: str, found: dict[str, Any]) -> str:
    return (
        f"| {told} | {found['pairs']} | {found['same']} | {found['precision']:.3f} "
        f"| {found['recall']:.3f} | {', '.join(found['wrong']) or '-'} |"
    )


def _summed(found: list[dict[str, Any]]) -> dict[str, Any]:
    total = {key: sum(each[key] for each in found) for key in ("pairs", "same", "said", "right")}
    shares = {"precision": total["right"] / total["said"], "recall": total["right"] / total["same"]}
    return {**total, **shares, "wrong": [pair for each in found for pair in each["wrong"]]}


def _joined(pair: dict[str, Any]) -> bool:
    told = [("a", pair["a"]), ("b", pair["b"])]
    told += [(f"beside {n}", report) for n, report in enumerate(pair.get("beside", ()))]
    rows = [row for side, report in told for row in _events(report, side)]
    if not rows:
        return False
    table = pd.DataFrame(rows)
    for name in _DAYS:
        table[name] = pd.to_datetime(table[name]).astype("datetime64[s]")
    for name in ("lat", "lon"):
        table[name] = table[name].astype("float64")
    story = group_reports(table)
    stories = [{story[row["event_id"]] for row in rows if row["side"] == s} for s in ("a", "b")]
    return bool(stories[0] & stories[1])


def _events(report: dict[str, Any], side: str) -> list[dict[str, Any]]:
    published = dt.date.fromisoformat(report["published"])
    article = Article(
        id=article_id(report["text"], side),
        title="",
        text=report["text"],
        lang=report["lang"],
        source=side,
        published=Published.given(published),
    )
    extraction = extract(article, dt.date(2026, 1, 1))
    return [{**row, "side": side} for row in rows_of(extraction, 1, 1)["events"]]
