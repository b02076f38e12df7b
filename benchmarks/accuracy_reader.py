"""What the program tells of annotated pieces, against their annotation.

`units(part)` are our own pieces that the reader was not trained on ("held"), or, with FRISE_GOLD,
a part of the real news ("test", "0", "1", "2").
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from events.model import Event, Extraction
from loaders.pipeline import extract
from training.corpus import Unit, own_units, part_of, real_units
from training.gold_acts import GoldAct, day_right, gold_acts, parties_right, party_fits
from training.prepare import article_of

TODAY = dt.date(2026, 11, 29)
SURE = 0.75


def units(part: str) -> list[Unit]:
    """The annotated units of a part."""
    every = own_units() if part in ("held", "own") else real_units()
    return [unit for unit in every if part_of(unit) == part]


def read(unit: Unit, threshold: float | None = None) -> Extraction:
    """What the program tells of a unit."""
    return extract(article_of(unit), TODAY, threshold)


def judged(unit: Unit) -> Iterator[tuple[Event, int, int]]:
    """Each event told of a unit: how much of day and parties is right (0 to 2, -1 where no
    annotated event of its type is told there), and the weight of the annotated event (or -1)."""
    gold = gold_acts(unit)
    for event in read(unit).events:
        here = [g for g in gold if event.type in g.types and _meets(event, g)]
        right = max((_right(event, g) for g in here), default=-1)
        yield event, right, max((g.event.get("w") or 0 for g in here), default=-1)


def count(asked: Iterable[Unit], threshold: float | None = None) -> Counter[str]:
    """Counts over units: told, twice, type, day, all (with sectors); wanted (weight 1 and 2) and
    main (2) with those found; party and party right; sure and sure right; quiet units and told."""
    total: Counter[str] = Counter()
    for unit in asked:
        total.update(_of_unit(unit, read(unit, threshold).events))
    return total


def rate(counts: Counter[str], part: str, whole: str) -> float:
    """A share, 0 where nothing was counted."""
    return counts[part] / counts[whole] if counts[whole] else 0.0


def _of_unit(unit: Unit, events: Iterable[Event]) -> Counter[str]:
    found: Counter[str] = Counter()
    gold = gold_acts(unit)
    met: dict[int, Event] = {}
    told = 0
    for event in events:
        here = [n for n, g in enumerate(gold) if event.type in g.types and _meets(event, g)]
        free = [n for n in here if n not in met]
        told += bool(free or not here)
        found["twice"] += bool(here and not free)
        found["told"] += bool(free or not here)
        if free:
            best = max(free, key=lambda n: _right(event, gold[n]))
            met[best] = event
    for n, event in met.items():
        found.update(_of_event(event, gold[n]))
    found["sure"] = sum(event.confidence >= SURE for event in events)
    found["likely"] = sum(_is_likely(event) for event in events)
    found["likely right"] = sum(_is_likely(event) for event in met.values())
    found.update(_wanted(gold, met))
    found["quiet"], found["quiet told"] = int(not gold), 0 if gold else told
    return found


def _is_likely(event: Event) -> bool:
    """Whether the certainty of the type is between .6 and .8."""
    return 0.6 <= dict(event.certainty).get("type", 0.0) < 0.8


def _of_event(event: Event, gold: GoldAct) -> Counter[str]:
    day = day_right(event.date, gold.event.get("d"))
    everything = day and parties_right(event.type, event.sources, event.targets, gold)
    sides = ((event.sources, gold.event["s"]), (event.targets, gold.event["o"]))
    told = [(code, codes) for side, codes in sides for code in side]
    right = sum(any(party_fits(code, known) for known in codes) for code, codes in told)
    return Counter(
        {
            "type": 1,
            "day": int(day),
            "all": int(everything),
            "party": len(told),
            "party right": right,
            "sure right": int(everything and event.confidence >= SURE),
        }
    )


def _wanted(gold: list[GoldAct], met: dict[int, Event]) -> Iterator[str]:
    for n, known in enumerate(gold):
        weight = known.event.get("w") or 0
        for name, least in (("wanted", 1), ("main", 2)):
            if weight >= least:
                yield name
                yield from [f"{name} found"] * (n in met)
                right = n in met and _right(met[n], known) == 2
                yield from [f"{name} all"] * right


def _right(event: Event, gold: GoldAct) -> int:
    """How much of day and parties is right, 0 to 2."""
    day = day_right(event.date, gold.event.get("d"))
    return day + parties_right(event.type, event.sources, event.targets, gold)


def _meets(event: Event, gold: GoldAct) -> bool:
    """Whether a telling of the annotated event stands in a quote of the event."""
    quotes = [(event.part, event.start, event.end), *((m.part, m.start, m.end) for m in event.also)]
    return any(
        part == where and start <= first and last <= end + 1
        for part, start, end in quotes
        for where, first, last in gold.places
    )


RATES = (
    ("told: type right", "type", "told"),
    ("told: type and day right", "day", "told"),
    ("told: type, day, parties with sectors right", "all", "told"),
    ("parties told right", "party right", "party"),
    ("told twice", "twice", "told"),
    ("wanted: found with the right type", "wanted found", "wanted"),
    ("wanted: all right", "wanted all", "wanted"),
    ("main: found with the right type", "main found", "main"),
    ("main: all right", "main all", "main"),
    ("confidence from 0.75: all right", "sure right", "sure"),
    ("certainty of the type from 0.6 to 0.8: right", "likely right", "likely"),
)


def main() -> None:
    """Print the figures of a part: `python -m benchmarks.accuracy_reader [held|test|0|1|2]`."""
    part = sys.argv[1] if len(sys.argv) > 1 else "held"
    counts = count(units(part))
    print(f"| {part} | of | share |\n|---|---|---|")
    for name, right, whole in RATES:
        print(f"| {name} | {counts[whole]} | {rate(counts, right, whole):.2f} |")


if __name__ == "__main__":
    main()
