"""Accuracy of events: own articles with complete events, and PLOVER records if present."""

from __future__ import annotations

import collections
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import accuracy_plover
from benchmarks.gold_events import (
    FOLDER,
    SETS,
    actors_fit,
    fits,
    place_fits,
    place_of,
    told,
    wrong_place,
)
from benchmarks.gold_folder import gold_set
from events.model import Event

CAVEAT = (
    "All sets were read while the rules were made, so these are figures of development; the\n"
    "halves kept outside tell what carries over. A side that a PLOVER record leaves open counts\n"
    "as found when none is told; organisations are read as IGO or NGO, groups also as their\n"
    "country."
)
PLACES_CAVEAT = (
    '"Met by name" is the share of the gold\'s places that are told; it does not see a place that\n'
    'is told wrongly. "Wrong" does, of all places told: the gold has none there, or another\n'
    "country. Many events of the gold leave out a place that their text tells, so it is the most\n"
    "that can be wrong."
)


@dataclass(frozen=True)
class OwnScores:
    """Shares of own gold: `found` type and date, `with_actors`, `placed` and `status` of the
    found; `false` share of texts without an event for which one was told; `first` share of texts
    whose first event told has a wanted type, `first_full` and the wanted actors; counts.

    Of the events found, `somewhere` have a place: `none_told` where the gold has none,
    `other_country` in another country than the gold's; `with_place`: places in the gold."""

    events: int
    found: float
    with_actors: float
    placed: float
    status: float
    empty: int
    false: float
    precision: float
    first: float
    first_full: float
    with_place: int
    somewhere: int
    none_told: int
    other_country: int


def own_scores(name: str) -> OwnScores:
    """Score one set of own gold."""
    counts: collections.Counter[str] = collections.Counter()
    for row, events in told(name):
        counts.update(_row_hits(row, events))
    return OwnScores(
        counts["gold"],
        _share(counts["found"], counts["gold"]),
        _share(counts["actors"], counts["gold"]),
        _share(counts["placed"], counts["with_place"]),
        _share(counts["status"], counts["found"]),
        counts["empty"],
        _share(counts["false"], counts["empty"]),
        _share(counts["right"], counts["told"]),
        _share(counts["first"], counts["texts"]),
        _share(counts["first_full"], counts["texts"]),
        counts["with_place"],
        counts["somewhere"],
        counts["none told"],
        counts["other country"],
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _row_hits(row: dict[str, Any], events: tuple[Event, ...]) -> collections.Counter[str]:
    counts: collections.Counter[str] = collections.Counter(gold=len(row["events"]))
    if not row["events"]:
        return counts + collections.Counter(empty=1, false=int(bool(events)))
    counts.update(_first_hits(events, row["events"]))
    counts["told"] += len(events)
    counts["right"] += sum(any(fits(event, want) for want in row["events"]) for event in events)
    for want in row["events"]:
        counts.update(_hits(events, want))
    return counts


def _hits(events: tuple[Event, ...], want: dict[str, Any]) -> collections.Counter[str]:
    """The fields of a gold event that the best-fitting predicted event gets right."""
    matching = [event for event in events if fits(event, want)]
    full = [event for event in matching if actors_fit(event, want)]
    counts = collections.Counter(found=bool(matching), actors=bool(full))
    counts["with_place"] += bool(want.get("place"))
    for best in (full or matching)[:1]:
        counts["placed"] += bool(want.get("place")) and place_fits(best, want)
        counts["somewhere"] += place_of(best) is not None
        counts[wrong_place(best, want)] += 1
        counts["status"] += best.status in (want.get("status") or [best.status])
    return counts


def _first_hits(events: tuple[Event, ...], wanted: list[dict[str, Any]]) -> dict[str, int]:
    """Whether the first event told has a type that is wanted, and its actors."""
    typed = [want for want in wanted if events and events[0].type in want["type"]]
    full = any(actors_fit(events[0], want) for want in typed)
    return {"texts": 1, "first": int(bool(typed)), "first_full": int(full)}


def calibration(sets: Iterable[str] = SETS) -> list[tuple[str, int, float]]:
    """(band of confidence, events predicted, share right with actors) over the own gold."""
    bands: dict[str, list[bool]] = {}
    for name in sets:
        for row, events in told(name):
            for event in events:
                right = any(fits(event, w) and actors_fit(event, w) for w in row["events"])
                bands.setdefault(_band(event.confidence), []).append(right)
    return [(band, len(hits), sum(hits) / len(hits)) for band, hits in sorted(bands.items())]


def _band(confidence: float) -> str:
    low = min(9, int(confidence * 10)) / 10
    return f"{low:.1f}-{low + 0.1:.1f}"


def _first_run(name: str) -> list[str]:
    """The recorded figures of a set's first run, if any."""
    path = FOLDER / "first_run.toml"
    record = tomllib.loads(path.read_text(encoding="utf-8")).get(name)
    if record is None:
        return []
    told = (
        "date + type {found:.3f}, with actors {with_actors:.3f}, placed {placed:.3f}; "
        "first told: type {first:.3f}, with actors {first_full:.3f}; false {false:.3f}"
    )
    return [f"  its first run, before any rule was touched: {told.format(**record)}"]


def section(gold: Path | None = None) -> str:
    """The section of docs/accuracy.md; `gold` is the folder of the public sets."""
    lines = accuracy_plover.lines(gold_set(gold, "plover-records/records.json"))
    for name in SETS:
        own = own_scores(name)
        lines.append(
            f"own {name}: {own.events} events, date + type {own.found:.3f}, with actors "
            f"{own.with_actors:.3f}, placed {own.placed:.3f}, status {own.status:.3f}; first told: "
            f"type {own.first:.3f}, with actors {own.first_full:.3f}; of the told "
            f"{own.precision:.3f} are gold; {own.empty} texts without event, told all the same "
            f"in {own.false:.3f}"
        )
        lines += _first_run(name)
    lines += [f"confidence {band}: {n} told, {share:.2f} right" for band, n, share in calibration()]
    return "\n".join(["```text", *lines, "```", "", *_places_table(), "", CAVEAT])


def _places_table() -> list[str]:
    """Table of places: how many of the gold are found, and how many predicted ones are wrong."""
    rows = [
        "| set | places in the gold | met by name | events found that have a place | the gold has "
        "none | in another country | wrong |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name in SETS:
        own = own_scores(name)
        wrong = _share(own.none_told + own.other_country, own.somewhere)
        rows.append(
            f"| {name} | {own.with_place} | {own.placed:.3f} | {own.somewhere} | {own.none_told} "
            f"| {own.other_country} | {wrong:.3f} |"
        )
    return [*rows, "", PLACES_CAVEAT]
