"""Date expressions, from finder to resolver: a date as written, with its calendar parts.

An expression does not depend on the publication date: it is found once and resolved for each
candidate publication date.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, NamedTuple

from events.model import DateBasis, Mention, Precision

DateKind = Literal["calendar", "shift", "span", "decade", "night", "time", "set_aside"]
Tense = Literal["past", "future", ""]


@dataclass(frozen=True)
class DateExpression(Mention):
    """A date as written, unresolved.

    kind
        calendar: parts of a calendar date; shift: `amount` units away from the anchor;
        span: the `amount` units up to (or after) the anchor; decade: ten or a hundred years from
        `year`; night: from `weekday` (or `day`) into the next day; time: a time of day alone;
        set_aside: looks like a date and is none (`not_event` says why).
    unit
        D W M Y Q H (half year) WE (weekend) DE (decade) CE (century) T (hours and less).
    fraction
        part of a year: Q1..Q4, H1, H2, SP, SU, FA, WI.
    anchor
        what a relative date counts from: the publication date, the last day mentioned
        ("running"), or one of these depending on the tense of the verb ("tense").
    direction
        -1 "dernier", "last"; 1 "prochain", "next"; 0 "ce", "this"; None without such a word.
    year_shift
        the year counted from the year of publication: -1 in "May of last year"; with the anchor
        "running" from the last year mentioned ("in August of that year").
    week_shift
        the week that a weekday belongs to, counted from the week of publication.
    feast
        a feast that moves with Easter: days from the western (E+1) or eastern one (O-49), or the
        nth weekday of a month (11.4.4+1: the day after the fourth Thursday of November).
    named_day, named_in_passing
        the ISO day of a day known by its name ("7-Octobre", "9/11", "the October 7 attacks"), for
        articles written since; in passing: told as the day of an act ("the attack of October 7"),
        which may be another act of the same day a year or more later.
    edge
        START, MID, END of an interval; EARLIER, LATER: its days up to, or from, publication.
    stamp
        the day of a live page's entry, from which the words after it count.
    order
        of a date in figures that reads both ways ("03/04/2024"): what `month` was read from, the
        first figure (month) or the second (day); "" where there is no doubt.
    bound, partner
        bound of a range (first, last), and how many expressions away the other bound is.
    """

    sentence: int
    paragraph: int
    kind: DateKind
    tense: Tense = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    fraction: str = ""
    unit: str = ""
    amount: int | None = None
    anchor: Literal["published", "running", "tense"] = "published"
    direction: int | None = None
    year_shift: int | None = None
    week_shift: int | None = None
    feast: str = ""
    named_day: str = ""
    named_in_passing: bool = False
    edge: Literal["", "START", "MID", "END", "EARLIER", "LATER"] = ""
    daypart: str = ""
    time: str = ""
    zone: str = ""
    open_start: bool = False
    open_end: bool = False
    bound: Literal["", "first", "last"] = ""
    partner: int = 0
    not_event: str = ""
    order: Literal["", "month", "day"] = ""
    stamp: bool = False

    @property
    def known(self) -> tuple[str, ...]:
        """Names of the calendar parts that are written (not inferred)."""
        parts = ("year", "month", "day", "weekday")
        names = [p for p in parts if getattr(self, p) is not None]
        return (*names, *(n for n in ("fraction", "daypart", "time", "zone") if getattr(self, n)))


class Resolved(NamedTuple):
    """An interval of days for an expression; `value` is TIMEX3, `implied` the parts added."""

    first: dt.date | None
    last: dt.date | None
    precision: Precision
    value: str
    basis: DateBasis
    implied: tuple[str, ...] = ()
    confidence: float = 1.0
