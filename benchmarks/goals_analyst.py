"""Figures of the goals of what an analyst sees: headlines read one by one, stories, bounds."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from benchmarks.accuracy_stories import measure, sample_stories
from benchmarks.gold_stories import sample_events
from benchmarks.headlines import GOLD, VERDICTS

REAL = GOLD.with_name("headlines_real.jsonl")


def headlines_real() -> float:
    """Good headlines of the last 100 events of real news, which nothing was mended with."""
    return _good(REAL, "fifth")


def headlines_unseen() -> float:
    """Good headlines of the last 100 events of the samples and our own pieces."""
    return _good(GOLD, "unseen")


def _good(path: Path, name: str) -> float:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return sum(all(row[v] for v in VERDICTS) for row in rows if name in ("", row.get("set")))


@functools.cache
def _samples() -> dict[str, float]:
    return sample_stories()


def stories_f1() -> float:
    """B-cubed F1 of the stories of the samples."""
    return _samples()["f1"]


def stories_wrong() -> float:
    """Percent of the joined pairs of events of the samples that are no one act."""
    return 100 * _samples()["wrong"] / _samples()["joined"]


def hard_pairs_joined() -> float:
    """Percent of the same pairs of the nine kinds that are joined, both halves."""
    found = [measure(name) for name in ("kinds", "kinds held back")]
    return float(100 * sum(f["right"] for f in found) / sum(f["same"] for f in found))


def neither_day_nor_bounds() -> float:
    """Percent of the events of the samples with neither date nor bounds."""
    rows, _ = sample_events()
    bare = [r for r in rows if not (r["first"] or r["last"] or r["bounds_from"] or r["bounds_to"])]
    return 100 * len(bare) / len(rows)
