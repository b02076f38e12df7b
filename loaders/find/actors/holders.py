"""Who held an office on a day, and what office a person held on a day."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable

from events.reference import OfficeHolder, female_names, office_holders
from events.registry import fold

# The offices that an office noun may mean, tried in this order ("head of state").
_MEANS: dict[str, tuple[str, ...]] = {
    "president": ("president", "head_of_state"),
    "leader": ("leader", "supreme_leader", "chancellor", "president", "head_of_state"),
    "prime_minister": ("prime_minister", "chancellor"),
    "monarch": ("monarch", "head_of_state"),
    "secretary_general": ("secretary_general", "director_general", "managing_director"),
    "director_general": ("director_general", "managing_director"),
}
# Offices that several persons hold at a time: the holder is unknown unless named.
_SHARED = frozenset(
    {
        "spokesperson",
        "special_envoy",
        "commissioner",
        "official",
        "minister",
        "general_staff",
        "counterpart",
    }
)
_ELECTED = "_elect"
_ELECT = dt.timedelta(days=150)  # somebody elected is named up to this long before the term


def holder_of(offices: Iterable[str], code: str, day: dt.date | None) -> OfficeHolder | None:
    """The one person who held one of the offices for `code` on `day`; None where unclear."""
    if day is None:
        return None
    for label in offices:
        if label in _SHARED:
            continue
        if label.endswith(_ELECTED):
            return _elect_of(label.removesuffix(_ELECTED), code, day)
        for office in _MEANS.get(label, (label,)):
            found = [row for row in _by_office().get((office, code), ()) if row.holds(day)]
            if found:
                return max(found, key=lambda row: row.first)
    return None


def _elect_of(office: str, code: str, day: dt.date) -> OfficeHolder | None:
    rows = _by_office().get((office, code), ())
    return next((row for row in rows if is_elect(row, day)), None)


def term_of(persons: Iterable[str], day: dt.date | None) -> tuple[OfficeHolder, bool]:
    """The term nearest to the day among persons of one name, and whether it includes the day.

    Without a day it is the latest term, and False.
    """
    terms = [row for person in persons for row in _by_person()[person]]
    if day is None:
        return max(terms, key=lambda row: row.first), False
    holding = [row for row in terms if row.holds(day)]
    if holding:
        return max(holding, key=lambda row: row.first), True
    return min(terms, key=lambda row: days_from_term(row, day)), False


def acts_for(person: str, code: str) -> bool:
    """True where a person of the table held any office of the state or organisation."""
    return any(row.code == code for row in _by_person().get(person, ()))


def days_from_term(row: OfficeHolder, day: dt.date) -> dt.timedelta:
    """Days from a day to the nearest day of a term."""
    if day < row.first:
        return row.first - day
    return day - (row.last or day)


def is_elect(row: OfficeHolder, day: dt.date | None) -> bool:
    """Whether the term begins soon after the day (the holder is elected, not yet in office)."""
    return day is not None and dt.timedelta(0) < row.first - day <= _ELECT


def is_woman(person: str) -> bool:
    """True where the given name of a person is known as a woman's."""
    words = fold(person).split()
    return bool(words) and (words[0] in _women() or " ".join(words[:2]) in _women())


@functools.cache
def _women() -> frozenset[str]:
    return frozenset(map(fold, female_names()))


@functools.cache
def _by_office() -> dict[tuple[str, str], list[OfficeHolder]]:
    table: dict[tuple[str, str], list[OfficeHolder]] = {}
    for row in office_holders():
        table.setdefault((row.office, row.code), []).append(row)
    return table


@functools.cache
def _by_person() -> dict[str, list[OfficeHolder]]:
    table: dict[str, list[OfficeHolder]] = {}
    for row in office_holders():
        table.setdefault(row.person, []).append(row)
    return table
