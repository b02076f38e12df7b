"""Answers of `events.query` that are not tables: filter choices and the account of all events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from events.certainty import NOT_SURE
from events.word_search import FIELDS, Plan

Unit = Literal["day", "week", "month", "quarter", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)
OTHER = "\x00other"  # the key of events under none of the commonest keys


@dataclass(frozen=True)
class FilterChoices:
    """Values to choose from. Frames have `value` (str), `name` (str), `events` (int64).

    The counts are of events that pass all *other* filters. Places carry `country` as well.
    first, last: the days that dated events span, None where there is none.
    """

    actors: pd.DataFrame
    types: pd.DataFrame
    places: pd.DataFrame
    statuses: pd.DataFrame
    langs: pd.DataFrame
    sources: pd.DataFrame
    first: pd.Timestamp | None
    last: pd.Timestamp | None


@dataclass(frozen=True)
class Hits:
    """Where events hold a search text: event id -> fields of `FIELDS`, the best first."""

    plan: Plan
    fields: Mapping[int, tuple[str, ...]]

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the words of a text that were meant, end exclusive."""
        return self.plan.marks(text)

    def rank(self, event_id: int) -> int:
        """0: all of the text is in the sentence; higher where some of it stands further off."""
        return max((FIELDS.index(field) for field in self.fields[event_id]), default=len(FIELDS))


@dataclass(frozen=True)
class Loaded:
    """The figures of an `Account` that do not depend on the filters."""

    articles: int
    silent: int
    left_out: tuple[tuple[str, int], ...]
    rejected: int


@dataclass(frozen=True)
class Account:
    """Where every loaded event went: `shown` + the hidden ones = `loaded`, all of them reports.

    hidden: (reason, events), by reason, each event under the first filter that hides it
    (`events.row_filters`). stories: told by the shown ones. undated, unlocated, doubtful: of the
    rows shown, one a report or one a story (`Query.by_story`), those without date, without place,
    with a place that is not sure; bounded: of the undated ones, those that the text bounds, which a
    date filter shows by that alone. less_sure: events that pass all other filters and
    are not sure enough, `hides_less_sure`: they are hidden. unmeasured: of the rows shown, those
    without a certainty, told by words alone or coded elsewhere. by_hand: of the rows shown, those
    that a person corrected, added, joined or split, of stories those with any such report.
    articles: current articles; silent: those without any event. left_out: (reason, rows) of what
    reading left out. rejected: files and lines set aside.
    """

    loaded: int
    shown: int
    hidden: tuple[tuple[str, int], ...]
    undated: int
    unlocated: int
    articles: int
    silent: int
    left_out: tuple[tuple[str, int], ...]
    rejected: int
    doubtful: int = 0
    less_sure: int = 0
    unmeasured: int = 0
    bounded: int = 0
    stories: int = 0
    by_hand: int = 0

    @property
    def hides_less_sure(self) -> bool:
        return NOT_SURE in dict(self.hidden)

    @property
    def hidden_otherwise(self) -> int:
        """Events that other filters hide than the one of certainty."""
        return sum(events for reason, events in self.hidden if reason != NOT_SURE)
