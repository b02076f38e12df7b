"""Counts over the events in the files of a large store, each a question to DuckDB.

They answer as `events.counts` does of the events in memory, of one row a report or one a story; a
test asks both the same. What is joined and grouped here grows with what is counted apart, never
with the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from events.answers import OTHER, Account, FilterChoices, Loaded, Unit
from events.columns_in_memory import NO_DAY, PARTIES, PLACE, Ints
from events.conditions import ALWAYS, UNDATED, Condition, FilteredInFiles, listed
from events.counts import (
    bin_frame,
    commonest,
    counted_texts,
    dyad_frame,
    intervals_of,
    option_frame,
    place_frame,
)
from events.registry import Level
from events.story_rows import REFUSALS, UNWEIGHED

COUNTED = "counted"  # the table of the columns that filters and counts read
_MAIN_FIRST = f"""coalesce(coder, '') <> '',
(status = 'denied' OR type IN ({listed(REFUSALS)})), status = 'planned', {UNDATED},
2 - coalesce(weight, {int(UNWEIGHED)}), coalesce(place_id, '') = '',
last - first NULLS LAST, confidence DESC, published NULLS FIRST, event_id"""
IN_ORDER = "first NULLS LAST, last NULLS LAST, event_id"
_TEXTS = ("type", "status", "lang", "source")  # choices that are the values of a column


@dataclass(frozen=True)
class Files:
    """How DuckDB is asked. ask: SQL -> its answer. give: a table under a name, for the next
    question. rolled_up: a level -> name of the table (told, rolled) of lists of parties at it."""

    ask: Callable[[str], pa.Table]
    give: Callable[[str, pa.Table], None]
    rolled_up: Callable[[Level], str]


@dataclass(frozen=True)
class EventsInFiles:
    """The events that the filters show, one row a report or one a story."""

    files: Files
    filtered: FilteredInFiles
    one_a_story: bool

    @property
    def level(self) -> Level:
        return self.filtered.filters.level

    def shown(self, columns: Iterable[str], which: Condition = ALWAYS) -> str:
        """SQL of the rows shown, as (...): columns, or what is worked out of them."""
        named, passing = ", ".join(columns), self.filtered.passing()
        if not self.one_a_story:
            return f"(SELECT {named} FROM {COUNTED} WHERE {(passing & which).text})"
        single = passing & which & ~Condition("several")
        ranked = (
            f"SELECT *, row_number() OVER (PARTITION BY story_id ORDER BY {_MAIN_FIRST}) AS place "
            f"FROM {COUNTED} WHERE {passing.text} AND several"
        )
        return (
            f"(SELECT {named} FROM {COUNTED} WHERE {single.text} UNION ALL "
            f"SELECT {named} FROM ({ranked}) WHERE place = 1 AND {which.text})"
        )

    @property
    def number(self) -> str:
        """SQL that counts rows with story_id and `several`: reports, or their stories."""
        if not self.one_a_story:
            return "count(*)"
        return "count(*) FILTER (NOT several) + count(DISTINCT story_id) FILTER (several)"

    def ids(self, which: Condition, limit: int | None, offset: int = 0) -> pa.Table:
        """event_id, story_id and `several` of the rows shown that `which` holds of, in order."""
        columns = ("event_id", "story_id", "first", "last", "several")
        most = "" if limit is None else f" LIMIT {limit}"
        rows = self.shown(columns, which)
        return self.files.ask(f"SELECT * FROM {rows} ORDER BY {IN_ORDER}{most} OFFSET {offset}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        table = self.files.ask(sql)
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def count(events: EventsInFiles) -> int:
    return int(events.rows(f"SELECT count(*) FROM {events.shown(['event_id'])}")[0][0])


def places(events: EventsInFiles, sure: bool = False) -> pd.DataFrame:
    """PLACE_COLUMNS: see `Query.places`."""
    columns = events.filtered.columns
    which = ~columns.unlocated & (~columns.doubtful if sure else ALWAYS)
    told = (*PLACE, "lat", "lon")
    least = ", ".join(f"min({name}) AS {name}" for name in told[1:])
    rows = events.shown((*told, "quad"), which)
    found = events.files.ask(
        f"SELECT place_id, {least}, {_BY_QUAD} FROM {rows} GROUP BY place_id"
    ).to_pandas()
    return place_frame({name: found[name].to_numpy() for name in told}, _quads(found))


_BY_QUAD = ", ".join(f"count(*) FILTER (quad = {n}) AS quad_{n}" for n in range(1, 5))


def _quads(found: pd.DataFrame) -> Ints:
    return found[[f"quad_{n}" for n in range(1, 5)]].to_numpy().astype(np.int64)


def dyads(events: EventsInFiles) -> pd.DataFrame:
    """DYAD_COLUMNS: see `Query.dyads`."""
    sides = ", ".join(f"{_with_blank(name)} AS {name}" for name in PARTIES)
    rows = f"(SELECT {sides}, quad, score FROM {_at_level(events, ('quad', 'score'))})"
    pairs = (
        f"(SELECT source, unnest(targets) AS target, quad, score FROM "
        f"(SELECT unnest(sources) AS source, targets, quad, score FROM {rows}))"
    )
    found = events.files.ask(
        f"SELECT source, target, sum(score) AS scores, {_BY_QUAD} FROM {pairs} "
        "GROUP BY source, target"
    ).to_pandas()
    source, target = (found[name].to_numpy(object) for name in ("source", "target"))
    return dyad_frame(source, target, _quads(found), found["scores"].to_numpy(float))


def bins(events: EventsInFiles, unit: Unit, by: str, most: int = 0) -> pd.DataFrame:
    """BIN_COLUMNS: see `Query.bins`."""
    rows = _keyed(events, by)
    known = _give_bins(events, unit, rows)
    kept = _commonest(events, by, rows, most) if most else None
    told = f"(SELECT first, last, quad, {_each(by)} AS key FROM {rows})"
    if kept is not None and by in _LISTS:
        told = (
            f"(SELECT * FROM {told} WHERE key IN ({listed(kept)}) UNION ALL SELECT first, last, "
            f"quad, {_OTHER} FROM {rows} WHERE NOT list_has_any(key, [{listed(kept)}]))"
        )
    elif kept is not None:
        key = f"CASE WHEN key IN ({listed(kept)}) THEN key ELSE {_OTHER} END"
        told = f"(SELECT first, last, quad, {key} AS key FROM {rows})"
    found = events.files.ask(
        f"SELECT number, key, quad, count(*) AS events FROM {told} AS told JOIN bins_asked AS bins "
        "ON told.first IS NOT DISTINCT FROM bins.first "
        "AND told.last IS NOT DISTINCT FROM bins.last GROUP BY number, key, quad"
    ).to_pandas()
    marked = found["key"].replace(_OTHER.strip("'"), OTHER).to_numpy(object)
    numbers = (found[name].to_numpy().astype(np.int64) for name in ("number", "quad", "events"))
    number, quad, many = numbers
    return bin_frame(known, number, marked, quad, many)


_OTHER = "'\x01other'"  # as OTHER, which begins with what SQL cannot write


def _give_bins(
    events: EventsInFiles, unit: Unit, rows: str
) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Give DuckDB the number of the bin of each first and last day; the bins."""
    spans = events.files.ask(f"SELECT first, last FROM {rows} GROUP BY first, last")
    first, last = (
        spans.column(name).cast(pa.int32()).cast(pa.int64()).fill_null(NO_DAY).to_numpy()
        for name in ("first", "last")
    )
    number, firsts, lasts, coarse = intervals_of(first, last, unit)
    events.files.give("bins_asked", spans.append_column("number", pa.array(number)))
    return firsts, lasts, coarse


def _commonest(events: EventsInFiles, by: str, rows: str, most: int) -> list[str] | None:
    told = events.rows(
        f"SELECT key, count(*) FROM (SELECT {_each(by)} AS key FROM {rows}) GROUP BY key"
    )
    values = [value for value, _ in told]
    kept = commonest(values, [size for _, size in told], most)
    return None if kept is None else [values[n] for n in kept]


def _with_blank(lists: str) -> str:
    """SQL of lists without repeats, [""] where one is empty."""
    return f"(CASE WHEN len({lists}) = 0 THEN [''] ELSE list_distinct({lists}) END)"


_PAIRED = (
    "flatten(list_transform(sources, lambda s: list_transform("
    "list_filter(targets, lambda t: t <> s), lambda t: s || '>' || t)))"
)
_LISTS = {  # keys of which an event may have several
    "dyad": _with_blank(_PAIRED),
    "actor": _with_blank("list_concat(sources, targets)"),
    **{side: _with_blank(side) for side in PARTIES},
}
_SINGLE = {"": "''", "doer": "coalesce(sources[1], targets[1], '')"}
_NUMBERS = ("story_id", "article_id", "quad")


def _key(by: str) -> str:
    """SQL of the key of an event, or of the list of its keys. Raises ValueError."""
    if by in _LISTS or by in _SINGLE:
        return {**_LISTS, **_SINGLE}[by]
    if by in _NUMBERS:
        return f"CAST({by} AS VARCHAR)"
    if by in counted_texts():
        return f"coalesce({by}, '')"
    known = (*counted_texts(), *_NUMBERS, *PARTIES, "actor", "doer", "dyad")
    raise ValueError(f"events are not counted by {by!r}; use one of {', '.join(known)}")


def _each(by: str) -> str:
    return "unnest(key)" if by in _LISTS else "key"


def _keyed(events: EventsInFiles, by: str) -> str:
    """SQL of the dated rows shown: first, last, quad and key."""
    dated, key = Condition(f"(NOT {UNDATED})"), _key(by)
    if by not in _LISTS and by != "doer":
        return events.shown(("first", "last", "quad", f"{key} AS key"), dated)
    rows = _at_level(events, ("first", "last", "quad"), dated)
    return f"(SELECT first, last, quad, {key} AS key FROM {rows})"


def _at_level(events: EventsInFiles, columns: tuple[str, ...], which: Condition = ALWAYS) -> str:
    """SQL of the rows shown with sources and targets at the level of the filters."""
    return _rolled_up(events, columns, events.shown((*columns, *PARTIES), which))


def _rolled_up(events: EventsInFiles, columns: tuple[str, ...], rows: str) -> str:
    """SQL of the columns of rows, with sources and targets at the level of the filters."""
    if events.level == "person":
        return rows
    table, named = events.files.rolled_up(events.level), ", ".join(f"shown.{c}" for c in columns)
    return (
        f"(SELECT {named}, s.rolled AS sources, t.rolled AS targets FROM {rows} AS shown "
        f"JOIN {table} AS s ON shown.sources = s.told JOIN {table} AS t ON shown.targets = t.told)"
    )


def options(events: EventsInFiles) -> FilterChoices:
    """See `FilterChoices`."""
    fields = {"type": "types", "status": "statuses", "lang": "langs", "source": ""}
    texts = {name: _values(events, name, fields[name]) for name in _TEXTS}
    dated = events.filtered.passing("date_from", "date_to")
    edges = events.rows(f"SELECT min(first), max(last) FROM {COUNTED} WHERE {dated.text}")[0]
    first, last = (None if day is None else pd.Timestamp(day) for day in edges)
    return FilterChoices(
        actors=_actor_options(events),
        types=texts["type"],
        places=_place_options(events),
        statuses=texts["status"],
        langs=texts["lang"],
        sources=texts["source"],
        first=first,
        last=last,
    )


def _values(events: EventsInFiles, name: str, field: str) -> pd.DataFrame:
    found = _counted_by(events, f"coalesce({name}, '') AS key", events.filtered.passing(field))
    return option_frame({"value": found["key"], "name": found["key"]}, _many(found))


def _place_options(events: EventsInFiles) -> pd.DataFrame:
    which = events.filtered.passing("places") & ~events.filtered.columns.unlocated
    more = "min(place_name) AS name, min(place_country) AS country"
    told = "place_id AS key, place_name, place_country"
    found = _counted_by(events, told, which, more)
    texts = {"value": found["key"], "name": found["name"], "country": found["country"]}
    return option_frame(texts, _many(found))


def _actor_options(events: EventsInFiles) -> pd.DataFrame:
    """Actors as source or target; a report, or story, counts once for each of its actors."""
    which, told = events.filtered.passing("actors"), ("story_id", "several")
    named = ", ".join((*told, *PARTIES))
    rows = f"(SELECT {named} FROM {COUNTED} WHERE {which.text})"
    both = "unnest(list_distinct(list_concat(sources, targets))) AS key"
    each = f"(SELECT story_id, several, {both} FROM {_rolled_up(events, told, rows)})"
    found = events.files.ask(
        f"SELECT key, {events.number} AS events FROM {each} GROUP BY key"
    ).to_pandas()
    return option_frame({"value": found["key"], "name": found["key"]}, _many(found))


def _counted_by(events: EventsInFiles, key: str, which: Condition, more: str = "") -> pd.DataFrame:
    """Reports or stories by key, with what `more` works out of each."""
    rows = f"(SELECT {key}, story_id, several FROM {COUNTED} WHERE {which.text})"
    told = f", {more}" if more else ""
    found: pd.DataFrame = events.files.ask(
        f"SELECT key, {events.number} AS events{told} FROM {rows} GROUP BY key"
    ).to_pandas()
    return found


def _many(found: pd.DataFrame) -> Ints:
    return found["events"].to_numpy().astype(np.int64)


def account(events: EventsInFiles, known: Loaded) -> Account:
    """See `Account`."""
    columns, filtered = events.filtered.columns, events.filtered
    told = events.rows(
        f"SELECT reason, count(*) FROM (SELECT {filtered.reason()} AS reason FROM {COUNTED}) "
        "GROUP BY reason"
    )
    by_reason = dict(told)
    named = "story_id, several"
    passing = f"(SELECT {named} FROM {COUNTED} WHERE {filtered.passing().text})"
    stories = EventsInFiles(events.files, filtered, True).number
    unsure = filtered.passing("sure") & columns.less_sure
    of_shown = _of_shown(events)
    return Account(
        loaded=sum(by_reason.values()),
        shown=by_reason.get(None, 0),
        stories=events.rows(f"SELECT {stories} FROM {passing}")[0][0],
        hidden=tuple(sorted((reason, n) for reason, n in by_reason.items() if reason)),
        articles=known.articles,
        silent=known.silent,
        left_out=known.left_out,
        rejected=known.rejected,
        less_sure=events.rows(f"SELECT count(*) FROM {COUNTED} WHERE {unsure.text}")[0][0],
        **of_shown,
    )


def _of_shown(events: EventsInFiles) -> dict[str, int]:
    """How many of the rows shown are undated, and so on: fields of `Account`."""
    columns = events.filtered.columns
    asked = {
        "undated": UNDATED,
        "bounded": f"({UNDATED} AND coalesce(bounds_from, bounds_to) IS NOT NULL)",
        "unlocated": columns.unlocated.text,
        "doubtful": columns.doubtful.text,
        "unmeasured": "(certainty_type IS NULL AND NOT edited)",
        "by_hand": "edited",
    }
    sums = ", ".join(f"count(*) FILTER ({name})" for name in asked)
    rows = events.shown(f"{sql} AS {name}" for name, sql in asked.items())
    return dict(zip(asked, events.rows(f"SELECT {sums} FROM {rows}")[0], strict=True))
