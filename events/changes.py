"""What changed between two states of the store: added, changed, withdrawn, confirmed, contradicted.

The states come from the rows' own times and revisions (`Query(location, known_at=...)`), so that
the answer is the same whenever the question is asked, also after `maintain`. Stories are as they
are grouped now. Erased reports are in neither state: they are counted nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from events.disagreement import disputed
from events.records import records

Row = Mapping[Any, Any]  # EVENT_COLUMNS
Kind = Literal["added", "changed", "confirmed", "contradicted", "withdrawn"]
KINDS: tuple[Kind, ...] = ("added", "changed", "confirmed", "contradicted", "withdrawn")
# the points of a report whose change is told, subjects of `events.story`: the columns of each
POINTS: dict[str, tuple[str, ...]] = {
    "type": ("type",),
    "status": ("status",),
    "date": ("first", "last", "precision", "open_start", "open_end"),
    "place": ("place_name",),
    "sources": ("sources",),
    "targets": ("targets",),
}


@dataclass(frozen=True)
class Change:
    """One change of a story. report: the row that it is told by, as it is now, or as it was where
    it is withdrawn; before: as it was, of what changed in the `points`, subjects of POINTS."""

    kind: Kind
    report: Row
    before: Row | None = None
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A state of the store. shown: events that the filters show; known: of the events that they
    show in either state, those that were there (both EVENT_COLUMNS)."""

    shown: pd.DataFrame
    known: pd.DataFrame


def changes(before: State, after: State) -> list[Change]:
    """The changes by kind, then by day and id; a story is told once a kind."""
    was, now = _ids(before.shown), _ids(after.shown)
    stood, stands = _by_id(before.known), _by_id(after.known)
    same = [(stood[i], stands[i]) for i in sorted(was | now) if i in stood and i in stands]
    changed = [_changed(*pair) for pair in same]
    told = {int(each.report["event_id"]) for each in changed if each}
    old_stories = {int(stands.get(i, stood[i])["story_id"]) for i in was}
    now_stories = {int(stands[i]["story_id"]) for i in now}
    added = _a_story(after.shown, now - was - told, old_stories)
    gone = _a_story(before.shown, was - now - told, now_stories)
    found = [Change("added", row) for row in added]
    found += [each for each in changed if each]
    found += [Change("confirmed", row) for row in _confirmed(before, after)]
    found += [Change("contradicted", row) for row in _contradicted(before, after)]
    found += [Change("withdrawn", row) for row in gone]
    return sorted(found, key=_order)


def _ids(events: pd.DataFrame) -> set[int]:
    return {int(event) for event in events["event_id"]}


def _by_id(events: pd.DataFrame) -> dict[int, Row]:
    return {int(row["event_id"]): row for row in records(events)}


def _changed(old: Row, new: Row) -> Change | None:
    """What a report says otherwise than before."""
    points = tuple(
        point
        for point, columns in POINTS.items()
        if any(_value(old[name]) != _value(new[name]) for name in columns)
    )
    return Change("changed", new, old, points) if points else None


def _value(value: Any) -> str:
    return str(sorted(value)) if isinstance(value, (list, tuple)) else str(value)


def _a_story(events: pd.DataFrame, ids: set[int], others: set[int]) -> Sequence[Row]:
    """Of the events with the ids, the surest of each story that is none of the others."""
    found = events[events["event_id"].isin(ids) & ~events["story_id"].isin(others)]
    ranked = found.sort_values(["confidence", "event_id"], ascending=[False, True])
    rows: Sequence[Row] = records(ranked.drop_duplicates("story_id"))
    return rows


def _confirmed(before: State, after: State) -> Sequence[Row]:
    """The first report of another origin, of stories that one origin told before."""
    origins = _now_grouped(before, after).groupby("story_id")["origin"].agg(set)
    single = origins[origins.map(len) == 1].map(lambda told: next(iter(told)))
    told = after.shown[after.shown["story_id"].isin(single.index)]
    others = told[told["origin"] != told["story_id"].map(single)]
    first = others.sort_values(["published", "event_id"], na_position="last")
    rows: Sequence[Row] = records(first.drop_duplicates("story_id"))
    return rows


def _contradicted(before: State, after: State) -> Sequence[Row]:
    """The newest report of each story in which reports disagree now and did not before."""
    earlier = _now_grouped(before, after)
    already = disputed(earlier)
    found = {story for story in disputed(after.shown) if story not in already}
    told = after.shown[after.shown["story_id"].isin(found & set(earlier["story_id"]))]
    latest = told.sort_values(["published", "event_id"], ascending=[False, True])
    rows: Sequence[Row] = records(latest.drop_duplicates("story_id"))
    return rows


def _now_grouped(before: State, after: State) -> pd.DataFrame:
    """What was shown before, in the stories of now."""
    story = after.known.set_index("event_id")["story_id"]
    now = before.shown["event_id"].map(story).fillna(before.shown["story_id"])
    return before.shown.assign(story_id=now.astype("int64"))


def _order(change: Change) -> tuple[int, str, int]:
    first = change.report["first"]
    day: str = "9999" if pd.isna(first) else str(first)
    return KINDS.index(change.kind), day, int(change.report["event_id"])
