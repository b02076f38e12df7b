"""A story: the reports of one event, its earliest and best-dated one, and where they differ.

Differences are listed report by report; nothing is averaged and no version is preferred.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from events.contradiction import Row, all_figures, contradict, figures
from events.records import records

# what a difference is about, in the order in which it is shown; also "attribute:" + its name
SUBJECTS = ("date", "precision", "place", "sources", "targets", "type", "status")
_SURE = ("corrected", "explicit", "relative", "anaphoric", "story", "inferred", "")


@dataclass(frozen=True)
class Told:
    """One version, and the reports (event ids, earliest first) that give it.

    `value` is text or, for actors, a tuple of codes; "" or () where a report does not say. For a
    date it is (first ISO day, last ISO day, precision, open start, open end); an open side is "".
    """

    value: Any
    reports: tuple[int, ...]


@dataclass(frozen=True)
class Difference:
    """A point on which the reports of a story differ: `versions` in order of publication.

    `compatible`: no two versions contradict each other (`events.contradiction`), one is only more
    specific (a place that another report leaves out, a day in a month).
    """

    subject: str
    versions: tuple[Told, ...]
    compatible: bool


def in_order(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports (EVENT_COLUMNS) by publication, unknown last; then by loading and id."""
    return reports.sort_values(["published", "retrieved", "event_id"], na_position="last")


def earliest(reports: pd.DataFrame) -> int:
    """event_id of the report that was published first."""
    return int(in_order(reports)["event_id"].iloc[0])


def best_dated(reports: pd.DataFrame) -> int:
    """event_id of the report with the narrowest date; among equals the most reliably dated."""

    def rank(row: Row) -> tuple[int, int, int, float]:
        whole: bool = pd.notna(row["first"]) and pd.notna(row["last"])
        days = (row["last"] - row["first"]).days if whole else 10**6
        timed = 0 if row["time"] else 1
        return days, timed, _SURE.index(row["date_basis"]), -float(row["confidence"])

    rows = records(in_order(reports))
    return int(min(rows, key=rank)["event_id"])


def independent(reports: pd.DataFrame) -> int:
    """Number of independent sources: outlets, with a near-duplicate counted as its original."""
    return int(reports["origin"].nunique())


def differences(reports: pd.DataFrame) -> list[Difference]:
    """Where the reports of one story differ: date, precision, place, actors, type, status, figures.

    `reports` has EVENT_COLUMNS. [] where all agree. A report that does not say counts as a version
    of its own ("" or ()), except for figures, where only reports that tell one are compared.
    """
    return differences_of(records(in_order(reports)))


def differences_of(rows: Sequence[Row]) -> list[Difference]:
    """The same of rows that stand in order (`in_order`)."""
    found = [_difference(subject, _versions(rows, subject), rows) for subject in SUBJECTS]
    names = dict.fromkeys(name for row in rows for name, _ in all_figures(row))
    for name in names:
        found.append(_difference(f"attribute:{name}", _figures(rows, name), rows))
    return [difference for difference in found if len(difference.versions) > 1]


def _difference(subject: str, versions: dict[Any, list[int]], rows: Sequence[Row]) -> Difference:
    told = tuple(Told(value, tuple(ids)) for value, ids in versions.items())
    by_id = {int(row["event_id"]): row for row in rows}
    first = [by_id[version.reports[0]] for version in told]
    pairs = itertools.combinations(first, 2)
    return Difference(subject, told, not any(contradict(subject, *pair) for pair in pairs))


def _versions(rows: Sequence[Row], subject: str) -> dict[Any, list[int]]:
    """Value -> reports that give it."""
    found: dict[Any, list[int]] = {}
    for row in rows:
        found.setdefault(_value(row, subject), []).append(int(row["event_id"]))
    return found


def _value(row: Row, subject: str) -> Any:
    if subject == "date":
        days = tuple(
            "" if pd.isna(row[c]) else row[c].date().isoformat() for c in ("first", "last")
        )
        return (*days, row["precision"], bool(row["open_start"]), bool(row["open_end"]))
    if subject == "place":
        return str(row["place_name"])
    if subject in ("sources", "targets"):
        return tuple(sorted(row[subject]))
    return str(row[subject])


def _figures(rows: Sequence[Row], name: str) -> dict[Any, list[int]]:
    """Every value that a report gives for a figure -> the reports."""
    found: dict[Any, list[int]] = {}
    for row in rows:
        values = figures(row, name)
        if values:
            found.setdefault(", ".join(values), []).append(int(row["event_id"]))
    return found
