"""Disagreement in one story: who reports, claims, plans or denies it, and what reports dispute.

What one denies is compared with nobody: a denial names its own parties and days. Nothing here
chooses a version.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from events.certainty import SURE
from events.contradiction import Row, contradict, denies
from events.ontology import STATUSES
from events.records import records
from events.story import Difference, differences_of, in_order

# points on which reports can contradict each other, in the order of `events.story`
_POINTS = ("date", "place", "sources", "targets")
# columns that differ where a point does; without a difference in one there is none to look for
_COMPARED = ("first", "last", "place_name", "status", "type", "attributes", "sources", "targets")
# and what else is asked of a report (beside certainty_*)
_READ = (
    *_COMPARED, "event_id", "story_id", "published", "retrieved", "precision", "open_start",
    "open_end", "place_kind", "place_country",
)  # fmt: skip
# all that `disputed` reads of EVENT_COLUMNS
COLUMNS_READ = (*_READ, "coder", *(f"certainty_{point}" for point in _POINTS))


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
    return _among(records(in_order(reports)))


def _among(rows: Sequence[Row]) -> Disagreement:
    """The disagreement among reports that stand in order."""
    taken = _stances(rows)
    stances = {
        name: tuple(
            int(row["event_id"]) for row, own in zip(rows, taken, strict=True) if own == name
        )
        for name in STATUSES
        if name in taken
    }
    telling = [row for row, own in zip(rows, taken, strict=True) if own != "denied"]
    found = differences_of(telling) if len(telling) > 1 else []
    by_id = {int(row["event_id"]): row for row in telling}
    points = [each for each in found if _is_point(each.subject) and _surely_differs(each, by_id)]
    return Disagreement(stances, tuple(points))


def disputed(events: pd.DataFrame) -> dict[int, Disagreement]:
    """story_id -> its disagreement, of the stories in a table of reports (COLUMNS_READ) that have
    one, in the order of the table. Rows that others coded are no reports: left aside."""
    reports = events[(events["coder"] == "").to_numpy()]
    several = reports[reports.duplicated("story_id", keep=False).to_numpy()]
    stories = dict.fromkeys(int(story) for story in several["story_id"])
    groups: dict[int, list[Row]] = {story: [] for story in stories}
    columns = [name for name in several.columns if name in _READ or name.startswith("certainty_")]
    for row in records(in_order(several[columns])):
        groups[int(row["story_id"])].append(row)
    found = {story: _among(rows) for story, rows in groups.items() if _may_differ(rows)}
    return {story: each for story, each in found.items() if each}


def _may_differ(rows: Sequence[Row]) -> bool:
    """Whether reports differ in anything that a point or a stance is about."""
    return any(repr(row[name]) != repr(rows[0][name]) for name in _COMPARED for row in rows[1:])


def _stances(rows: Sequence[Row]) -> list[str]:
    """The stance of each report. A refusal denies only where another report tells the act."""
    taken = ["denied" if denies(row) else str(row["status"]) for row in rows]
    if set(taken) == {"denied"}:
        taken = [str(row["status"]) for row in rows]
    return taken


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
