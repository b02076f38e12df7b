"""Which lane (row of the timeline) each event is in: by actor, type, place, dyad or subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from charts.sheet import names
from charts.timeline.subjects import subject_keys
from events import answers
from events.records import records
from events.wording import label, translator

LaneKind = Literal["actor", "type", "place", "dyad", "subject"]
LANE_KINDS: tuple[LaneKind, ...] = get_args(LaneKind)
MOST_LANES = 12  # on a page; all other events share one lane
NARROW_LANES = 9  # on a slide and on a page of A4
OTHER = answers.OTHER  # all events whose lanes are not among those shown
NONE = ""  # events that name no actor, no place ...
_NAMELESS: dict[LaneKind, str] = {
    "actor": "No actor named",
    "place": "No place",
    "dyad": "No pair of actors",
    "type": "No type",
    "subject": "No subject",
}


@dataclass(frozen=True)
class Lane:
    """A lane: its key, its name for the reader and the number of distinct events in it."""

    key: str
    name: str
    events: int


def lane_keys(table: pd.DataFrame, lane_kind: LaneKind) -> list[tuple[str, ...]]:
    """Lane keys of each row; an event on two actors has two pairs. (NONE,) where there is none."""
    if lane_kind == "type":
        return [(str(code),) for code in table["type"]]
    if lane_kind == "place":
        return [(str(code),) for code in table["place_id"]]
    if lane_kind == "subject":
        return [(key,) for key in subject_keys(table)]
    read = _actor_keys if lane_kind == "actor" else _dyad_keys
    return [read(list(s), list(t)) for s, t in zip(table["sources"], table["targets"], strict=True)]


def _actor_keys(sources: Sequence[str], targets: Sequence[str]) -> tuple[str, ...]:
    """The actor that acts; where none is named, the one that is acted upon."""
    return ([*sources, *targets, NONE][0],)


def _dyad_keys(sources: Sequence[str], targets: Sequence[str]) -> tuple[str, ...]:
    pairs = [f"{s}>{t}" for s in sources for t in targets if s != t]
    return tuple(dict.fromkeys(pairs)) or (NONE,)


def choose(keys: Sequence[tuple[str, ...]], most: int) -> tuple[list[str], Counter[str]]:
    """The lanes to show, largest first, and the events of each; the rest goes to OTHER.

    At most `most` lanes, counting OTHER and NONE. Ties are broken by key, so the order is stable.
    """
    sizes: Counter[str] = Counter(key for row in keys for key in row)
    named = sorted((k for k in sizes if k != NONE), key=lambda k: (-sizes[k], k))
    room = max(1, most - (NONE in sizes))
    shown = named if len(named) <= room else named[: max(1, room - 1)]
    kept = set(shown)
    other = sum(1 for row in keys if row != (NONE,) and not kept.intersection(row))
    if other:
        shown, sizes[OTHER] = [*shown, OTHER], other
    return (shown + [NONE] if sizes[NONE] else shown), sizes


def place_in(row: tuple[str, ...], shown: Sequence[str]) -> list[int]:
    """Numbers of the lanes that an event is in, given its keys."""
    found = [shown.index(key) for key in row if key in shown]
    return found or [shown.index(OTHER)]


def build_lanes(
    table: pd.DataFrame, lane_kind: LaneKind, most: int, lang: str
) -> tuple[list[Lane], list[list[int]]]:
    """The lanes of a table and, per row, the numbers of its lanes (at least one)."""
    keys = lane_keys(table, lane_kind)
    shown, sizes = choose(keys, most)
    name = lane_namer(table, lane_kind, lang)
    lanes = [Lane(key, name(key), sizes[key]) for key in shown]
    return lanes, [place_in(row, shown) for row in keys]


def lane_namer(table: pd.DataFrame, lane_kind: LaneKind, lang: str) -> Callable[[str], str]:
    """A function from a lane's key to its name in the reader's language."""
    _ = translator(lang)
    rows = _first_rows(table, lane_kind)

    def name(key: str) -> str:
        if key == OTHER:
            return _("Others")
        if key == NONE:
            return _(_NAMELESS[lane_kind])
        if lane_kind == "actor":
            return names.actor(key, lang)
        if lane_kind == "dyad":
            return names.pair(*key.split(">", 1), lang)  # type: ignore[call-arg]
        if lane_kind == "type":
            return label(key, lang)
        return _row_name(rows.get(key), lane_kind, key, lang)

    return name


def _row_name(row: dict[str, Any] | None, lane_kind: LaneKind, key: str, lang: str) -> str:
    """Name of a place or subject from a row of the table; its key where there is none."""
    if row is None:
        return key
    if lane_kind == "place":
        return names.place(row, lang) or key
    return names.headline(row, lang)


def _first_rows(table: pd.DataFrame, lane_kind: LaneKind) -> dict[str, dict[str, Any]]:
    """Key -> the row with the highest confidence of each place or story."""
    column = {"place": "place_id", "subject": "story_id"}.get(lane_kind)
    if column is None or table.empty:
        return {}
    best = table.sort_values(["confidence", "event_id"], ascending=[False, True])
    rows = best.drop_duplicates(column)
    return {str(row[column]): row for row in records(rows)}
