"""Disagreement in one story: who reports, claims, plans or denies it, and what reports dispute.

What one denies is compared with nobody: a denial names its own parties and days. Nothing here
chooses a version.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from events.certainty import SURE
from events.contradiction import Row, contradict, denies
from events.ontology import STATUSES
from events.story import Difference, differences, in_order

# points on which reports can contradict each other, in the order of `events.story`
_POINTS = ("date", "place", "sources", "targets")
# columns that differ where a point does; without a difference in one there is none to look for
_COMPARED = ("first", "last", "place_name", "status", "type", "attributes", "sources", "targets")


@dataclass(frozen=True)
class Disagreement:
    """What the reports of a story do not agree on; false where they do.

    stances: reported, claimed, planned, denied -> reports (event ids, earliest first) that say so.
    points: what reports contradict each other in: date, place, parties, figures.
    """

    stances: dict[str, tuple[int, ...]]
    points: tuple[Difference, ...]

    @property
    def denied(self) -> bool:
        """Whether one report denies what another tells."""
        return "denied" in self.stances and len(self.stances) > 1

    def __bool__(self) -> bool:
        return self.denied or bool(self.points)


def disagreement(reports: pd.DataFrame) -> Disagreement:
    """The disagreement among the reports of one story (EVENT_COLUMNS)."""
    ordered = in_order(reports)
    taken = _stances(ordered)
    stances = {
        name: tuple(int(n) for n in ordered["event_id"][taken == name])
        for name in STATUSES
        if (taken == name).any()
    }
    telling = ordered[taken != "denied"]
    found = differences(telling) if len(telling) > 1 else []
    by_id = {int(row["event_id"]): row for row in telling.to_dict("records")}
    points = [each for each in found if _is_point(each.subject) and _surely_differs(each, by_id)]
    return Disagreement(stances, tuple(points))


def disputed(events: pd.DataFrame) -> dict[int, Disagreement]:
    """story_id -> its disagreement, of the stories in a table of reports (EVENT_COLUMNS) that have
    one, in the order of the table. Rows that others coded are no reports: left aside."""
    events = events[events["coder"] == ""]
    several = events[events.duplicated("story_id", keep=False)]
    keys = pd.DataFrame({name: several[name].map(_key) for name in _COMPARED})
    differing = keys.groupby(several["story_id"]).nunique().gt(1).any(axis=1)
    wanted = several[several["story_id"].map(differing).astype(bool)]
    groups = {int(str(story)): rows for story, rows in wanted.groupby("story_id", sort=False)}
    found = {story: disagreement(rows) for story, rows in groups.items()}
    return {story: each for story, each in found.items() if each}


def _stances(reports: pd.DataFrame) -> pd.Series[str]:
    """The stance of each report. A refusal denies only where another report tells the act."""
    rows = reports.to_dict("records")
    taken = ["denied" if denies(row) else str(row["status"]) for row in rows]
    if set(taken) == {"denied"}:
        taken = [str(row["status"]) for row in rows]
    return pd.Series(taken, index=reports.index, dtype="str")


def _is_point(subject: str) -> bool:
    return subject in _POINTS or subject.startswith("attribute:")


def _surely_differs(point: Difference, rows: Mapping[int, Row]) -> bool:
    """Whether two versions contradict each other, and both are likely enough to be what the texts
    say: together as certain as two sure answers."""
    sure = {id_: _certainty(row, point.subject) for id_, row in rows.items()}
    best = [rows[max(version.reports, key=lambda id_: sure[id_])] for version in point.versions]
    return any(
        contradict(point.subject, one, other)
        and _certainty(one, point.subject) * _certainty(other, point.subject) >= SURE**2
        for one, other in itertools.combinations(best, 2)
    )


def _certainty(row: Row, subject: str) -> float:
    """How sure the reader is of a point of a report; 1 where that is not measured."""
    told = row.get(f"certainty_{subject}", 1.0)
    return 1.0 if pd.isna(told) else float(told)


def _key(value: Any) -> str:
    return str(value) if isinstance(value, (str, pd.Timestamp)) else repr(value)
