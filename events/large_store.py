"""A store with more events than are held in memory: what is asked of its files, and what is held.

Counts and choices of rows are questions to DuckDB (`events.events_in_files`). Rows that are looked
at are held in memory with all reports of their stories (`Held`), so that what a row tells of its
story is told by the same code as in a small store; they are read from the files for each question.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from events.annotations import Annotations
from events.answers import Unit
from events.columns_in_memory import AS_TOLD, NO_DAY, Bools, EventColumns, Ints
from events.conditions import (
    ALWAYS,
    MEMBERS,
    UNDATED,
    ColumnsInFiles,
    Condition,
    Delegates,
    FilteredInFiles,
    begun,
    listed,
    literal,
)
from events.counts import intervals_of
from events.events_in_files import COUNTED, IN_ORDER, STORY_DAYS, Bins, EventsInFiles, Files
from events.filters import Filters
from events.grading import CREDIBILITIES, SINGLE
from events.parties_in_files import NUMBERS
from events.registry import Level, roll_up
from events.row_filters import FilteredRows
from events.search_in_files import SearchInFiles
from events.story_grades import StoryGrades
from events.story_rows import days_within

_ALL = Filters(sure="any", coders=("any",))
_WANTED = ["event_id", "first", "last"]
_GRADED_AT_ONCE = 20_000  # stories


class ChosenRows(FilteredRows[EventColumns]):
    """Rows of which something else said that they pass."""

    def __init__(self, columns: EventColumns, filters: Filters, rows: Bools) -> None:
        self.columns, self.filters, self._chosen = columns, filters, rows

    def passing(self, *without: str) -> Bools:
        return self._chosen


@dataclass(frozen=True)
class Held:
    """Events in memory: all of a small store, or some of a large one with their whole stories."""

    columns: EventColumns
    grades: Callable[[], StoryGrades]

    def at(self, event_ids: Sequence[int] | Ints) -> Ints:
        """The rows of some events, in the given order, of those that are held."""
        ids = self.columns.number("event_id")
        order = np.argsort(ids)
        wanted = np.asarray(event_ids, np.int64)
        place = np.searchsorted(ids[order], wanted).clip(0, max(0, len(ids) - 1))
        rows: Ints = order[place] if len(ids) else np.empty(0, np.int64)
        return rows[ids[rows] == wanted] if len(ids) else rows


@dataclass(frozen=True)
class Listed:
    """Rows to list: their places in what is held, and which of that the filters show."""

    held: Held
    rows: Ints
    filtered: FilteredRows[EventColumns]


class LargeStore:
    """One version of a large store. ask: SQL -> its answer. give: a table under a name. hold:
    event_id, first and last of some events -> Held. make_tokens: makes the view TOKENS, before the
    first search."""

    def __init__(
        self,
        ask: Callable[[str], pa.Table],
        give: Callable[[str, pa.Table], None],
        hold: Callable[[pa.Table], Held],
        make_tokens: Callable[[], None],
        annotations: Callable[[], Annotations],
    ) -> None:
        self._ask, self._give, self._hold = ask, give, hold
        self._make_tokens, self._annotations = make_tokens, annotations
        self._values = functools.cache(self._distinct)
        told = Delegates(
            lambda text: self.search.matching(text),
            self._tagged,
            self._credible,
            self._values,
            lambda: self.codes,
        )
        self.columns = ColumnsInFiles(told)
        self.files = Files(
            ask, functools.cache(self._give_members), functools.cache(self._give_bins)
        )

    @functools.cached_property
    def search(self) -> SearchInFiles:
        self._make_tokens()
        return SearchInFiles(self.columns, self._ask)

    @functools.cached_property
    def codes(self) -> tuple[str, ...]:
        """The distinct codes of sources, targets and who tells it."""
        lists = " UNION ".join(f"SELECT {side} FROM {COUNTED}" for side in NUMBERS)
        told = self._ask(
            f"SELECT code FROM {MEMBERS} WHERE code <> '' AND no IN ({lists}) "
            f"UNION SELECT attributed_to FROM {COUNTED} WHERE attributed_to <> ''"
        )
        return tuple(sorted(told.column("code").to_pylist()))

    def asked(self, filters: Filters, one_a_story: bool) -> EventsInFiles:
        """The events that the filters show."""
        return EventsInFiles(self.files, FilteredInFiles(self.columns, filters), one_a_story)

    def listed(
        self, events: EventsInFiles, which: Condition, limit: int | None, offset: int = 0
    ) -> Listed:
        """The rows that the filters show and `which` holds of, with their stories."""
        found = events.ids(which, limit, offset)
        return self._of_found(found, events.filtered)

    def of_ids(self, event_ids: Sequence[int] | Ints) -> tuple[Held, Ints]:
        """Some events, whatever the filters, with their stories; those that there are, in order."""
        if not len(event_ids):
            return self._nothing()
        named = Condition(f"event_id IN ({listed(int(i) for i in event_ids)})")
        found = self.where(named)
        held = self._of_found(found, None).held
        return held, held.at(event_ids)

    def where(self, which: Condition, limit: int | None = None) -> pa.Table:
        """event_id, story_id and `several` of the events of a condition, in the order of lists."""
        every = EventsInFiles(self.files, FilteredInFiles(self.columns, _ALL), False)
        return every.ids(which, limit)

    def held_where(self, which: Condition) -> tuple[Held, Ints]:
        """The events of a condition with their stories, in the order of lists."""
        found = self._of_found(self.where(which), None)
        return found.held, found.rows

    def status(self, statuses: Sequence[str]) -> Condition:
        return self.columns.text("status").isin(statuses)

    def hidden(
        self, filters: Filters, last: str, limit: int | None, but: Collection[str]
    ) -> pa.Table:
        """event_id and reason of the events that the filters hide, by reason, `last` at the end."""
        reason = FilteredInFiles(self.columns, filters).reason()
        named = f"AND reason NOT IN ({listed(but)})" if but else ""
        most = "" if limit is None else f" LIMIT {limit}"
        return self._ask(
            f"SELECT event_id, reason FROM (SELECT event_id, first, last, {reason} AS reason "
            f"FROM {COUNTED}) WHERE reason IS NOT NULL {named} "
            f"ORDER BY reason = {literal(last)}, reason, {IN_ORDER}{most}"
        )

    def reported_days(self, shorter_than: int) -> set[int]:
        """See `events.story_rows.reported_days`."""
        undated = f"FROM {COUNTED} WHERE {UNDATED} AND coalesce(coder, '') = ''"
        told = self._ask(
            f"SELECT first AS begins, coalesce(last, first) AS ends FROM {COUNTED} "
            f"WHERE coalesce(coder, '') = '' UNION SELECT bounds_from, bounds_to {undated} "
            f"UNION SELECT CAST(published - 1 AS DATE), CAST(published AS DATE) {undated}"
        )
        begins, ends = (_as_numbers(column) for column in told.columns)
        return days_within(begins, ends, shorter_than)

    def by_article(self, filters: Filters) -> dict[int, int]:
        """Article id -> number of its events that the filters show, of articles that have any."""
        passing = FilteredInFiles(self.columns, filters).passing()
        told = self._ask(
            f"SELECT article_id, count(*) AS events FROM {COUNTED} WHERE {passing.text} "
            "GROUP BY article_id ORDER BY article_id"
        )
        ids, events = (told.column(name).to_pylist() for name in ("article_id", "events"))
        return dict(zip(ids, events, strict=True))

    def _nothing(self) -> tuple[Held, Ints]:
        return self._hold(self.where(~ALWAYS).select(_WANTED)), np.empty(0, np.int64)

    def _of_found(self, found: pa.Table, filtered: FilteredInFiles | None) -> Listed:
        ids: Ints = found.column("event_id").to_numpy()
        if not len(ids):
            held, rows = self._nothing()
            return Listed(held, rows, ChosenRows(held.columns, _ALL, np.zeros(0, bool)))
        shown, wanted = ids, found
        stories = found.filter(found.column("several")).column("story_id").unique()
        if len(stories):
            passing = filtered.passing() if filtered else ALWAYS
            wanted = self._reports(stories, passing, several=True)
            others = wanted.filter(wanted.column("passing")).column("event_id").to_numpy()
            shown = np.union1d(ids, others)
            wanted = pa.concat_tables([found.select(_WANTED), wanted.select(_WANTED)])
        held = self._hold(wanted.select(_WANTED))
        chosen = np.isin(held.columns.number("event_id"), shown)
        filters = filtered.filters if filtered else _ALL
        return Listed(held, held.at(ids), ChosenRows(held.columns, filters, chosen))

    def _reports(self, stories: pa.Array, passing: Condition, several: bool = False) -> pa.Table:
        """event_id, first, last and `passing` of all reports of some stories; `several`: each has
        more than one."""
        self._give("stories_asked", pa.table({"story_id": stories}))
        theirs = Condition("(story_id IN (SELECT story_id FROM stories_asked))")
        mine = theirs & self._days_of(theirs) if several else theirs
        named = f"{', '.join(_WANTED)}, {passing.text} AS passing"
        return self._ask(f"SELECT {named} FROM {COUNTED} WHERE {mine.text}")

    def _days_of(self, which: Condition) -> Condition:
        """The days of the reports of stories with several: all others are passed over."""
        told = self._ask(
            "SELECT min(least) AS least, max(most) AS most, coalesce(bool_or(undated), false) "
            f"AS or_undated FROM {STORY_DAYS} WHERE {which.text}"
        )
        return begun(**told.to_pylist()[0])

    def _distinct(self, name: str) -> tuple[str, ...]:
        """The distinct values of a text column of the current events."""
        told = self._ask(f"SELECT DISTINCT coalesce({name}, '') AS value FROM {COUNTED}")
        return tuple(sorted(told.column("value").to_pylist()))

    def _give_members(self, level: Level) -> str:
        """Give DuckDB the codes of lists of parties at a level; the name of the table."""
        if level == AS_TOLD:
            return MEMBERS
        codes = self._ask(f"SELECT DISTINCT code FROM {MEMBERS}").column("code")
        rolled = [code and roll_up(code, level) for code in codes.to_pylist()]
        self._give(
            "codes_rolled", pa.table({"code": codes, "rolled": pa.array(rolled, pa.string())})
        )
        told = f"SELECT DISTINCT no, rolled AS code FROM {MEMBERS} JOIN codes_rolled USING (code)"
        self._give(f"{MEMBERS}_by_{level}", self._ask(told))
        return f"{MEMBERS}_by_{level}"

    def _give_bins(self, unit: Unit) -> Bins:
        """Give DuckDB the bin of each pair of days that events have."""
        spans = self._ask(f"SELECT first, last FROM {COUNTED} GROUP BY first, last")
        first, last = (_as_numbers(column) for column in spans.columns)
        number, firsts, lasts, coarse = intervals_of(first, last, unit)
        self._give(f"bins_by_{unit}", spans.append_column("number", pa.array(number)))
        return f"bins_by_{unit}", (firsts, lasts, coarse)

    def _tagged(self, names: Collection[str]) -> Condition:
        """Events that have one of the tags, or are of a story that has one."""
        subjects = self._annotations().named(names)
        by = {on: [s.event for s in subjects if s.on == on] for on in ("event", "story")}
        mine = Condition(f"event_id IN ({listed(by['event'])})") if by["event"] else ~ALWAYS
        if not by["story"]:
            return mine
        told = f"SELECT story_id FROM {COUNTED} WHERE event_id IN ({listed(by['story'])})"
        return mine | Condition(f"story_id IN ({told})")

    def _credible(self, wanted: Collection[str]) -> Condition:
        """Events of stories with one of the credibilities: most have that of a single origin."""
        graded = self._graded
        others = [c for c in CREDIBILITIES if c in wanted]
        told = f"SELECT story_id FROM {graded} WHERE credibility IN ({listed(others)})"
        found = Condition(f"story_id IN ({told})") if others else ~ALWAYS
        if SINGLE.credibility in wanted:
            found |= Condition(f"story_id NOT IN (SELECT story_id FROM {graded})")
        return found

    @functools.cached_property
    def _graded(self) -> str:
        """Give DuckDB the stories that have to be read to be graded, or that persons graded."""
        unsure, read = self.columns.less_sure, "coalesce(coder, '') = ''"
        told = self._ask(
            f"SELECT story_id FROM {COUNTED} WHERE NOT {unsure.text} AND {read} "
            "GROUP BY story_id HAVING count(DISTINCT coalesce(origin, '')) > 1 "
            f"OR bool_or(status = 'denied') UNION SELECT story_id FROM {COUNTED} "
            "WHERE event_id IN (SELECT event_id FROM edits WHERE field = 'credibility')"
        )
        stories: Ints = np.sort(told.column("story_id").to_numpy())
        grades: list[str] = []
        for begin in range(0, len(stories), _GRADED_AT_ONCE):
            some = stories[begin : begin + _GRADED_AT_ONCE]
            held = self._hold(self._reports(pa.array(some), ALWAYS).select(_WANTED))
            found = held.grades().of(held.columns.number("story_id"))
            grades += [found[story].credibility for story in some.tolist()]
        self._give("graded_stories", pa.table({"story_id": stories, "credibility": grades}))
        return "graded_stories"


def _as_numbers(days: pa.ChunkedArray) -> Ints:
    """Days since 1970-01-01, NO_DAY where one is missing."""
    numbers: Ints = days.cast(pa.int32()).cast(pa.int64()).fill_null(NO_DAY).to_numpy()
    return numbers
