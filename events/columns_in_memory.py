"""The columns that filters and counts read, as arrays in memory: of current events and articles.

Events are sorted by first day (undated last), last day and id, the order in which they are listed.
A million events take about 150 MB, and results cached for two roll-up levels as much again. Rebuilt
for each version of the store. The other columns of whole rows: `events.listed_columns`.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from events.certainty import sure_enough
from events.listed_columns import ListedColumns
from events.model import PLACE_SURE
from events.registry import Level, reaching, roll_up
from events.tables import month_of

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
T = TypeVar("T")
NO_DAY = np.iinfo(np.int64).min  # also how numpy keeps NaT
AS_TOLD: Level = "person"  # the roll-up level that leaves every actor code unchanged
PLACE = ("place_id", "place_name", "place_country", "place_kind")
PARTIES = ("sources", "targets")
SORTED_BY = ("first", "last", "event_id")


@dataclass(frozen=True)
class Coded:
    """A text column, dictionary-encoded: distinct `values`, and per row an index into them."""

    codes: npt.NDArray[Any]
    values: tuple[str, ...]

    def isin(self, wanted: Collection[str]) -> Bools:
        """Which rows hold one of the wanted texts."""
        among = frozenset(wanted)
        values = np.fromiter((v in among for v in self.values), bool, len(self.values))
        rows: Bools = values[self.codes]
        return rows

    def count(self, rows: Bools) -> Ints:
        """How many of the rows hold each value."""
        counted: Ints = np.bincount(self.codes[rows], minlength=len(self.values))
        return counted

    def of(self, places: Collection[int]) -> Bools:
        """Which rows hold one of the values at these places of `values`."""
        among = np.zeros(len(self.values), bool)
        among[list(places)] = True
        rows: Bools = among[self.codes]
        return rows

    def renamed(self, name: Callable[[str], str]) -> Coded:
        """The same rows with other values; several values may become one."""
        named = [name(value) for value in self.values]
        values = tuple(dict.fromkeys(named))
        places = {value: place for place, value in enumerate(values)}
        to = np.fromiter((places[n] for n in named), np.int32, len(named))
        return Coded(to[self.codes], values)


@dataclass(frozen=True)
class Keyed:
    """Event rows with a key each, for grouping; an event appears once per key it has."""

    rows: Ints
    key: Coded


@dataclass(frozen=True)
class Pairs:
    """Source-target pairs of events, each pair once per event: event `rows` and pair numbers.

    `sources` and `targets` are the actor codes of each pair; "" where none is named.
    """

    rows: Ints
    number: Ints
    sources: tuple[str, ...]
    targets: tuple[str, ...]


class Columns:
    """Columns of a table in memory: `number(name)`, `days(name)`, `text(name)` over all rows."""

    def __init__(
        self,
        table: pa.Table,
        names: Iterable[str],
        search: Callable[[str], Bools],
        order: Ints | None = None,
    ) -> None:
        """The columns `names` of the table, its rows in the `order` given.

        `search` says which of the rows a search text finds.
        """
        self.size = table.num_rows
        self.matching = search
        self._numbers: dict[str, npt.NDArray[Any]] = {}
        self._days: dict[str, Ints] = {}
        self._texts: dict[str, Coded] = {}
        rows = slice(None) if order is None else order
        for name in names:
            column = table.column(name)
            if pa.types.is_temporal(column.type):
                self._days[name] = _days(column)[rows]
            elif pa.types.is_string(column.type):
                coded = _coded(column)
                self._texts[name] = Coded(coded.codes[rows], coded.values)
            elif not pa.types.is_list(column.type):
                self._numbers[name] = column.to_numpy()[rows]

    def number(self, name: str) -> npt.NDArray[Any]:
        column: npt.NDArray[Any] = self._numbers[name]
        return column

    def days(self, name: str) -> Ints:
        """Days since 1970-01-01, NO_DAY where there is none."""
        return self._days[name]

    def text(self, name: str) -> Coded:
        return self._texts[name]


class EventColumns(Columns):
    """The columns of the current events and their parties; `rows` are whole rows."""

    def __init__(
        self,
        table: pa.Table,
        names: Collection[str],
        search: Callable[[str], Bools],
        credibility: Callable[[], Coded],
        tagged: Callable[[Collection[str]], Bools],
        listed: ListedColumns,
    ) -> None:
        """`table` has the columns named, rows in any order; `listed` tells the others of whole
        rows. `credibility` grades all events when it is asked; `tagged` says which of the rows have
        one of some tags."""
        order = _order(table)
        super().__init__(table, names, search, order)
        self.listed, self._as_stored = listed, as_stored(table)
        rank = np.empty_like(order)
        rank[order] = np.arange(self.size)
        self._parties = {name: _flattened(table.column(name), rank) for name in PARTIES}
        self.undated: Bools = (self._days["first"] == NO_DAY) & (self._days["last"] == NO_DAY)
        self.unlocated: Bools = self._texts["place_id"].isin([""])
        # a comparison with NaN is false: an event without a place is not doubtful
        self.doubtful: Bools = self._numbers["place_confidence"] < PLACE_SURE
        certain = sure_enough(self._numbers["certainty_type"])
        # what a person decided about is never hidden for that
        self.less_sure: Bools = ~(certain | self._numbers["edited"])
        self.credibility, self.tagged = credibility, tagged
        self._kept: dict[object, Any] = {}

    @functools.cached_property
    def story(self) -> Ints:
        """The number of the story of each event, from 0 to `stories` - 1."""
        numbers: Ints = np.unique(self.number("story_id"), return_inverse=True)[1]
        return numbers

    @functools.cached_property
    def stories(self) -> int:
        """The number of stories that the events tell."""
        return int(self.story.max()) + 1 if self.size else 0

    def rows(self, rows: Ints, columns: Sequence[str]) -> pa.Table:
        """Columns of some rows, in the given order. Raises StoreDamaged."""
        wanted = [name for name in columns if name not in self._as_stored]
        told: dict[str, Any] = {name: pa.nulls(0) for name in wanted}
        if wanted and len(rows):
            ids = {name: self.number(name)[rows] for name in ("event_id", "article_id")}
            told = dict(zip(wanted, self.listed.take(rows, ids, wanted).columns, strict=True))
        return pa.table({n: told[n] if n in told else self._held(n, rows) for n in columns})

    def months(self, rows: Ints) -> list[str]:
        """The partitions that hold some rows; none where a person edited one, perhaps its day."""
        if self.number("edited")[rows].any():
            return []
        first, last = self._days["first"][rows], self._days["last"][rows]
        days = np.unique(np.where(first == NO_DAY, last, first))
        epoch = dt.date(1970, 1, 1).toordinal()
        told = [None if d == NO_DAY else dt.date.fromordinal(epoch + d) for d in days.tolist()]
        return sorted({month_of(day) for day in told})

    def _held(self, name: str, rows: Ints) -> pa.Array:
        """A column of some rows, from its array."""
        if name in self._texts:
            coded = self._texts[name]
            values = self.cached(("values", name), lambda: pa.array(coded.values, pa.string()))
            return values.take(pa.array(coded.codes[rows]))
        if name in self._days:
            days = self._days[name][rows]
            no_day = days == NO_DAY
            return pa.array(np.where(no_day, 0, days).astype(np.int32), pa.date32(), no_day)
        return pa.array(self._numbers[name][rows])

    def parties(self, level: Level, sides: Sequence[str] = PARTIES) -> Keyed:
        """The actors of each event at a roll-up level; events without any are left out."""
        key = ("parties", level, tuple(sides))
        return self.cached(key, lambda: _without_repeats(self._side(level, *sides)))

    def acting(self, wanted: frozenset[str], level: Level) -> Bools:
        """Which events have one of the actors, or one that rolls up to it, as source or target."""
        found: Bools = np.zeros(self.size, bool)
        for name in PARTIES:
            told = self._parties[name]
            hits = told.key.isin(reaching(told.key.values, wanted, level))
            found[told.rows[hits]] = True
        return found

    def naming(self, codes: Collection[str]) -> Bools:
        """Which events have one of the codes as source, target or who tells it."""
        return self.acting(frozenset(codes), AS_TOLD) | self.text("attributed_to").isin(codes)

    def party_codes(self) -> list[str]:
        """The distinct codes of sources, targets and who tells it."""
        told = (*(self._parties[n].key.values for n in PARTIES), self.text("attributed_to").values)
        return sorted({code for values in told for code in values if code})

    def pairs(self, level: Level) -> Pairs:
        """Every source-target pair of each event at a roll-up level; "" for an empty side."""
        return self.cached(("pairs", level), lambda: self._pairs(level))

    def keyed(self, by: str, level: Level) -> Keyed:
        """The events with the key to group them by; see `Query.bins`. Raises ValueError."""
        return self.cached(("keyed", by, level), lambda: self._keyed(by, level))

    def cached(self, key: object, make: Callable[[], T]) -> T:
        """The cached value of the key; `make` is called the first time."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    def _side(self, level: Level, *names: str) -> Keyed:
        told = [self._parties[name] for name in names]
        rows = np.concatenate([t.rows for t in told])
        values = tuple(dict.fromkeys(v for t in told for v in t.key.values))
        places = {value: place for place, value in enumerate(values)}
        moved = [
            np.fromiter((places[v] for v in t.key.values), np.int32, len(t.key.values))[t.key.codes]
            for t in told
        ]
        key = Coded(np.concatenate(moved), values)
        return Keyed(rows, key if level == AS_TOLD else key.renamed(lambda c: roll_up(c, level)))

    def _keyed(self, by: str, level: Level) -> Keyed:
        every = np.arange(self.size)
        if not by:
            return Keyed(every, Coded(np.zeros(self.size, np.int8), ("",)))
        if by in self._texts:
            return Keyed(every, self._texts[by])
        if by in ("story_id", "article_id", "quad"):
            return Keyed(every, _coded(pa.chunked_array([pa.array(self._numbers[by])])))
        if by == "dyad":
            return _with_blank(_dyads(self.pairs(level)), self.size)
        if by == "doer":
            return Keyed(every, self._doers(level))
        if by in (*PARTIES, "actor"):
            sides = PARTIES if by == "actor" else (by,)
            return _with_blank(self.parties(level, sides), self.size)
        known = (*self._texts, "story_id", "article_id", "quad", *PARTIES, "actor", "doer", "dyad")
        raise ValueError(f"events are not counted by {by!r}; use one of {', '.join(known)}")

    def _doers(self, level: Level) -> Coded:
        """The first source of each event, else its first target, else ""."""
        told = self._side(level, *PARTIES)  # all sources, then all targets
        codes = np.full(self.size, len(told.key.values), np.int32)
        codes[told.rows[::-1]] = told.key.codes[::-1]
        return Coded(codes, (*told.key.values, "")).renamed(str)

    def _pairs(self, level: Level) -> Pairs:
        source, target = (_with_blank(self.parties(level, (side,)), self.size) for side in PARTIES)
        rows, first, second = _cross_product(source.rows, target.rows, self.size)
        width = max(1, len(target.key.values))
        told = source.key.codes[first].astype(np.int64) * width + target.key.codes[second]
        named, number = np.unique(told, return_inverse=True)
        return Pairs(
            rows,
            number,
            tuple(source.key.values[n // width] for n in named),
            tuple(target.key.values[n % width] for n in named),
        )


def as_stored(table: pa.Table) -> frozenset[str]:
    """The columns that arrays of a table tell whole: no list, and of no time the day alone."""
    partly = (pa.types.is_list, pa.types.is_timestamp)
    return frozenset(f.name for f in table.schema if not any(are(f.type) for are in partly))


def _order(table: pa.Table) -> Ints:
    keys = [(name, "ascending") for name in SORTED_BY]
    places: Ints = pc.sort_indices(table, sort_keys=keys).to_numpy().astype(np.int64)
    return places  # nulls come last


def _days(column: pa.ChunkedArray) -> Ints:
    numbers = column.cast(pa.date32()).cast(pa.int32()).cast(pa.int64())
    filled: Ints = numbers.fill_null(NO_DAY).to_numpy()
    return filled


def _coded(column: pa.ChunkedArray) -> Coded:
    texts = column.cast(pa.string()).fill_null("")
    told = texts.combine_chunks().dictionary_encode()
    if isinstance(told, pa.ChunkedArray):
        told = told.combine_chunks()
    values = tuple(told.dictionary.to_pylist())
    small = np.int8 if len(values) < 128 else np.int16 if len(values) < 2**15 else np.int32
    return Coded(told.indices.to_numpy().astype(small), values)


def _flattened(column: pa.ChunkedArray, rank: Ints) -> Keyed:
    """A list column flattened to one row per item; `rank` is the event row of each list."""
    lists = column.combine_chunks()
    rows = rank[pc.list_parent_indices(lists).to_numpy()]
    return Keyed(rows, _coded(pa.chunked_array([pc.list_flatten(lists)], pa.string())))


def _without_repeats(told: Keyed) -> Keyed:
    """The same without repeated pairs of event and key."""
    width = max(1, len(told.key.values))
    both = np.sort(told.rows * width + told.key.codes)
    both = both[np.diff(both, prepend=-1) > 0]  # numpy's unique takes a second for a million
    return Keyed(both // width, Coded((both % width).astype(np.int32), told.key.values))


def _with_blank(told: Keyed, size: int) -> Keyed:
    """The same with key "" for events that have none, sorted by event row."""
    missing = np.ones(size, bool)
    missing[told.rows] = False
    values = told.key.values if "" in told.key.values else (*told.key.values, "")
    rows = np.concatenate([told.rows, np.flatnonzero(missing)])
    nobody = np.full(int(missing.sum()), values.index(""), np.int32)
    codes = np.concatenate([told.key.codes.astype(np.int32), nobody])
    order = np.argsort(rows, kind="stable")
    return Keyed(rows[order], Coded(codes[order], values))


def _cross_product(left: Ints, right: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """The cross product of the left and right items that share an event row.

    Both are sorted and contain every row. Returns rows, indices into left, indices into right.
    """
    many = np.bincount(right, minlength=size)
    begin = np.concatenate([[0], np.cumsum(many)[:-1]]) if size else many
    repeat = many[left]
    first = np.repeat(np.arange(len(left)), repeat)
    within = np.arange(len(first)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    rows = left[first]
    return rows, first, begin[rows] + within


def _dyads(pairs: Pairs) -> Keyed:
    """Pairs of two different actors, as "RUS>UKR"."""
    names = tuple(
        f"{s}>{t}" if s and t and s != t else ""
        for s, t in zip(pairs.sources, pairs.targets, strict=True)
    )
    is_dyad = np.fromiter((bool(name) for name in names), bool, len(names))[pairs.number]
    key = Coded(pairs.number[is_dyad], names).renamed(str)
    return _without_repeats(Keyed(pairs.rows[is_dyad], key))
