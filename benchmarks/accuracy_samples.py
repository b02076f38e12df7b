"""The samples read by hand: ``python -m benchmarks.accuracy_samples``.

``benchmarks/gold/sample_acts.jsonl`` has the acts of each sample, listed by reading before anything
was run, in the form of ``training/gold``. ``sample_verdicts.jsonl`` has each event that is told of
them by default, read against its sentence: `right` (all that is told is so; what is left out is no
fault), `wrong` (a field is not so; `why` says what is) or `turned around` (who, on whom or the
sense is the opposite). A verdict holds while an event is
told in the same words and fields.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.accuracy_reader import count, rate, read
from events.model import Event
from training.corpus import Unit

GOLD = Path(__file__).parent / "gold"
VERDICTS = ("right", "wrong", "turned around")
FIELDS = ("part", "start", "type", "status", "from", "to", "place", "sources", "targets")
Row = dict[str, Any]


def samples() -> list[Unit]:
    """The annotated samples."""
    return list(_lines(GOLD / "sample_acts.jsonl"))


def verdicts() -> list[Row]:
    """The events judged, each with its verdict."""
    return list(_lines(GOLD / "sample_verdicts.jsonl"))


def told(units: list[Unit]) -> Iterator[Row]:
    """The events that are told of the samples now, in the form of the verdicts."""
    for unit in units:
        for event in read(unit).events:
            yield {"id": unit["id"], **_fields(event)}


def _fields(event: Event) -> Row:
    trigger, day, place = event.trigger, event.date, event.place
    return {
        "part": trigger.part if trigger else event.part,
        "start": trigger.start if trigger else event.start,
        "type": event.type,
        "status": event.status,
        "from": str(day.first) if day and day.first else None,
        "to": str(day.last) if day and day.last else None,
        "place": place.place.name if place and place.place else None,
        "sources": list(event.sources),
        "targets": list(event.targets),
    }


def key(row: Row) -> tuple[str, ...]:
    """What a verdict holds for."""
    return (row["id"], *(json.dumps(row[field]) for field in FIELDS))


def _lines(path: Path) -> Iterator[Row]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def main() -> None:
    units, judged = samples(), verdicts()
    for row in judged:
        if row["verdict"] != "right":
            print(f"{row['verdict']}: {row['type']} {row['why']} | {row['quote']}")
    sums = Counter(row["verdict"] for row in judged)
    print(f"{len(judged)} events judged: " + ", ".join(f"{sums[v]} {v}" for v in VERDICTS))
    now = {key(row) for row in told(units)}
    same = sum(key(row) in now for row in judged)
    print(f"{len(now)} events are told now, {same} of them as they were judged")
    counts = count(units)
    print(f"of {counts['wanted']} true acts {rate(counts, 'wanted found', 'wanted'):.2f} are shown")


if __name__ == "__main__":
    main()
