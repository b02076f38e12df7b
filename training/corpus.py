"""The annotated news that the reader learns from, and how it is split.

Two collections: real news (its texts may not be published; FRISE_GOLD names the folder) and our
own pieces (training/gold). Real units are split by crisis and month, so that no story stands on
both sides: a part that is never trained or tuned on, and folds. One crisis is wholly unseen.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from events.ontology import EVENT_TYPES

HERE = Path(__file__).resolve().parent
OWN = HERE / "gold"
WORK = HERE / "work"
CLASSES = ("NONE", *EVENT_TYPES)  # of a word: no act, or an act of a type
FOLDS = 3
UNSEEN = "EGY"  # the crisis that only the untouched part holds
KEPT = 9  # in 100 groups of real units: the untouched part
HELD = 13  # in 100 own units: the committed floor
Unit = dict[str, Any]


def real_units() -> Iterator[Unit]:
    """The real news of the gold folder; raises FileNotFoundError where it is not there."""
    folder = Path(os.environ["FRISE_GOLD"]) / "real"
    for lang in ("fr", "en"):
        yield from _lines(folder / f"{lang}.jsonl")


def own_units() -> Iterator[Unit]:
    """Our own pieces, in the order of the files."""
    for path in sorted(OWN.glob("*.jsonl")):
        yield from _lines(path)


def _lines(path: Path) -> Iterator[Unit]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def part_of(unit: Unit) -> str:
    """The part of a unit: "test" (real, untouched), "held" (own, the floor), "own", or a fold."""
    if unit["source"].startswith("own:"):
        seen = unit["lang"] in ("fr", "en")
        return "held" if seen and _draw(unit["id"]) < HELD else "own"
    group = _group(unit)
    if main_state(unit) == UNSEEN or _draw(group) < KEPT:
        return "test"
    return str(_draw("fold " + group) % FOLDS)


def _draw(key: str) -> int:
    """A number from 0 to 99 that depends on the key alone."""
    return int(hashlib.sha1(key.encode()).hexdigest(), 16) % 100


def _group(unit: Unit) -> str:
    """Units of one group are never split: one cluster, or one crisis and month."""
    collection, _, rest = unit["source"].partition(":")
    if collection == "news_cluster":
        return f"{collection}:{rest.partition('#')[0]}"
    month = (unit["published"] or rest.partition("#")[0])[:7]
    return f"{main_state(unit)}:{month}"


def main_state(unit: Unit) -> str:
    """The state that most sides of the unit's events name, "" where none does."""
    codes: Counter[str] = Counter()
    for event in unit["events"]:
        for code in [*event.get("s", ()), *event.get("o", ())]:
            state = code.partition("|")[0].partition(":")[0]
            codes[state] += len(state) == 3
    return codes.most_common(1)[0][0] if codes and codes.most_common(1)[0][1] else ""
