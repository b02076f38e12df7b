"""Counts over the events in memory that pass the filters: by day, actor, place and reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from events.answers import OTHER, UNITS, Account, FilterChoices, Loaded, Unit
from events.columns import EVENT_COLUMNS
from events.columns_in_memory import NO_DAY, PARTIES, PLACE, Bools, Coded, EventColumns, Ints, Keyed
from events.filter_days import in_by_bounds
from events.filters import Filters
from events.row_filters import FilteredRows

_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_WIDER = (*UNITS, "decade")
_DENSE = 20_000_000  # up to this many groups one counter array is used, without sorting
Filtered = FilteredRows[EventColumns]
# the columns that counting and searching read, beside those of the filters
_COUNTED = (
    *("event_id", "story_id", "article_id", "quad", "score", "confidence", "lat", "lon"),
    *("place_confidence", "first", "last", "type", "mode", "status", "precision", "lang"),
    *("certainty_type", "edited", "weight"),
    *("source", "origin", *PLACE, *PARTIES),
)
_SEARCHED = ("attributed_to", "event_key", "article_key")


def counted_columns() -> tuple[str, ...]:
    """The columns of current events that counts and filters read, in memory or in files."""
    filtered = (name for kind in Filters.kinds().values() for name in kind.columns)
    return tuple(dict.fromkeys((*_COUNTED, *filtered, *_SEARCHED)))


def counted_texts() -> tuple[str, ...]:
    """Those of them that hold one text, by which events can be counted."""
    known = (name for name in counted_columns() if name in EVENT_COLUMNS)
    return tuple(name for name in known if EVENT_COLUMNS[name][0] == "str")


def options(filtered: Filtered) -> FilterChoices:
    """See `FilterChoices`."""
    columns = filtered.columns
    dated = filtered.passing("date_from", "date_to")
    span = [_edge(columns.days(name)[dated], name) for name in ("first", "last")]
    return FilterChoices(
        actors=_actor_options(filtered),
        types=_values(filtered, "type", filtered.passing("types")),
        places=_place_options(filtered, filtered.passing("places")),
        statuses=_values(filtered, "status", filtered.passing("statuses")),
        langs=_values(filtered, "lang", filtered.passing("langs")),
        sources=_values(filtered, "source", filtered.passing()),
        first=span[0],
        last=span[1],
    )


def account(filtered: Filtered, known: Loaded) -> Account:
    """See `Account`."""
    columns, shown, passing = filtered.columns, filtered.shown(), filtered.passing()
    by_hand, certainty = columns.number("edited"), columns.number("certainty_type")
    hidden = ((reason, int(rows.sum())) for reason, rows in filtered.hidden().items())
    return Account(
        loaded=columns.size,
        shown=int(passing.sum()),
        stories=stories_of(columns, passing),
        hidden=tuple(sorted((reason, n) for reason, n in hidden if n)),
        undated=int((shown & columns.undated).sum()),
        bounded=int((shown & in_by_bounds(columns)).sum()),
        unlocated=int((shown & columns.unlocated).sum()),
        articles=known.articles,
        silent=known.silent,
        left_out=known.left_out,
        rejected=known.rejected,
        doubtful=int((shown & columns.doubtful).sum()),
        less_sure=int((filtered.passing("sure") & columns.less_sure).sum()),
        unmeasured=int((shown & np.isnan(certainty) & ~by_hand).sum()),
        by_hand=filtered.number(by_hand),
    )


def stories_of(columns: EventColumns, rows: Bools) -> int:
    """Number of stories that the rows tell."""
    told = np.zeros(columns.stories, bool)
    told[columns.story[rows]] = True
    return int(told.sum())


def _edge(days: Ints, name: str) -> pd.Timestamp | None:
    """The minimum of the column "first" or the maximum of "last"; None where all are unset."""
    known = days[days != NO_DAY]
    if not len(known):
        return None
    day = known.min() if name == "first" else known.max()
    return pd.Timestamp(np.datetime64(int(day), "D"))


def _values(filtered: Filtered, name: str, rows: Bools) -> pd.DataFrame:
    column = filtered.columns.text(name)
    counted = filtered.counted(name, column, rows)
    return option_frame({"value": column.values, "name": column.values}, counted)


def _actor_options(filtered: Filtered) -> pd.DataFrame:
    """Actors as source or target; an event counts once for each of its actors."""
    told = filtered.columns.parties(filtered.filters.level)
    name = f"actor by {filtered.filters.level}"
    counted = filtered.counted(name, told.key, filtered.passing("actors"), told.rows)
    return option_frame({"value": told.key.values, "name": told.key.values}, counted)


def _place_options(filtered: Filtered, rows: Bools) -> pd.DataFrame:
    columns = filtered.columns
    column = columns.text("place_id")
    table = _place_table(columns)
    texts = {"value": column.values, "name": table["place_name"], "country": table["place_country"]}
    counted = filtered.counted("place_id", column, rows & ~columns.unlocated)
    return option_frame(texts, counted)


def option_frame(texts: dict[str, Any], counted: Ints) -> pd.DataFrame:
    """Most events first; values that no event has are left out."""
    values, events = texts["value"], counted.tolist()
    order = sorted(np.flatnonzero(counted).tolist(), key=lambda n: (-events[n], values[n]))
    columns: dict[str, Any] = {
        name: pd.Series([told[n] for n in order], dtype="str") for name, told in texts.items()
    }
    return pd.DataFrame({**columns, "events": counted[order].astype("int64")})


def _place_table(columns: EventColumns) -> dict[str, npt.NDArray[Any]]:
    """Name, country and point of each `place_id`, taken from the first event there."""

    def make() -> dict[str, npt.NDArray[Any]]:
        column = columns.text("place_id")
        seen = np.zeros(len(column.values), np.int64)
        seen[column.codes[::-1]] = np.arange(columns.size)[::-1]
        texts = {n: _texts(columns.text(n))[seen] for n in PLACE}
        return texts | {n: columns.number(n)[seen] for n in ("lat", "lon")}

    return columns.cached("place table", make)


def _texts(column: Coded) -> npt.NDArray[Any]:
    texts: npt.NDArray[Any] = np.asarray(column.values, dtype=object)[column.codes]
    return texts


def places(filtered: Filtered, sure: bool = False) -> pd.DataFrame:
    """PLACE_COLUMNS: see `Query.places`."""
    columns = filtered.columns
    rows = filtered.shown() & ~columns.unlocated
    if sure:
        rows &= ~columns.doubtful
    column = columns.text("place_id")
    quads = _by_quad(column.codes[rows], columns.number("quad")[rows], len(column.values))
    there = np.flatnonzero(quads.sum(axis=1))
    told = {name: values[there] for name, values in _place_table(columns).items()}
    return place_frame(told, quads[there])


def place_frame(told: dict[str, Any], quads: Ints) -> pd.DataFrame:
    """PLACE_COLUMNS of places and their events by quad class (a row each, four columns)."""
    order = {"events": False, "place_name": True, "place_id": True}
    frame = _counted(told, quads)
    return frame.sort_values(list(order), ascending=list(order.values()), ignore_index=True)


def dyads(filtered: Filtered) -> pd.DataFrame:
    """DYAD_COLUMNS: see `Query.dyads`."""
    columns = filtered.columns
    pairs = columns.pairs(filtered.filters.level)
    rows = filtered.shown()[pairs.rows]
    number, event = pairs.number[rows], pairs.rows[rows]
    quads = _by_quad(number, columns.number("quad")[event], len(pairs.sources))
    scores = np.bincount(number, columns.number("score")[event], minlength=len(pairs.sources))
    sources, targets = (np.asarray(side, dtype=object) for side in (pairs.sources, pairs.targets))
    return dyad_frame(sources, targets, quads, scores)


def dyad_frame(
    sources: npt.NDArray[Any], targets: npt.NDArray[Any], quads: Ints, scores: npt.NDArray[Any]
) -> pd.DataFrame:
    """DYAD_COLUMNS of pairs, their events by quad class and the sums of their scores."""
    events = quads.sum(axis=1)
    there = np.flatnonzero((events > 0) & ((sources != "") | (targets != "")))
    frame = _counted({"source": sources[there], "target": targets[there]}, quads[there])
    frame.insert(3, "score", scores[there] / np.maximum(events[there], 1))
    order = ["events", "source", "target"]
    return frame.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _by_quad(codes: npt.NDArray[Any], quads: npt.NDArray[Any], size: int) -> Ints:
    """Number of events of each code (rows) and quad class (four columns)."""
    both = codes.astype(np.int64) * 4 + (quads.astype(np.int64) - 1)
    return np.bincount(both, minlength=4 * size).reshape(size, 4).astype(np.int64)


def _counted(told: dict[str, Any], quads: Ints) -> pd.DataFrame:
    columns = {
        name: pd.Series(values, dtype="str") if values.dtype == object else values
        for name, values in told.items()
    }
    counts = {f"quad_{n + 1}": quads[:, n] for n in range(4)}
    return pd.DataFrame({**columns, "events": quads.sum(axis=1), **counts})


def bins(filtered: Filtered, unit: Unit, by: str, most: int = 0) -> pd.DataFrame:
    """BIN_COLUMNS: see `Query.bins`."""
    columns = filtered.columns
    dated = filtered.shown() & ~columns.undated
    told = _shown(columns.keyed(by, filtered.filters.level), dated, most)
    event, width = told.rows, max(1, len(told.key.values))
    number, firsts, lasts, coarse = _intervals(columns, unit)
    keys = number[event] * width + told.key.codes
    groups, events = _groups(
        keys * 4 + (columns.number("quad")[event].astype(np.int64) - 1), len(firsts) * width * 4
    )
    interval, key = groups // (4 * width), groups // 4 % width
    keys = np.asarray(told.key.values, dtype=object)[key]
    return bin_frame((firsts, lasts, coarse), interval, keys, groups % 4 + 1, events)


def bin_frame(
    bins: tuple[Ints, Ints, Bools],
    number: Ints,
    keys: npt.NDArray[Any],
    quads: Ints,
    events: Ints,
) -> pd.DataFrame:
    """BIN_COLUMNS of counted groups: the number of the bin of each, its key, quad and events."""
    firsts, lasts, coarse = bins
    frame = pd.DataFrame(
        {
            "first": _as_days(firsts[number]),
            "last": _as_days(lasts[number]),
            "key": pd.Series(keys, dtype="str"),
            "quad": quads.astype("int8"),
            "coarse": coarse[number],
            "events": events,
        }
    )
    return frame.sort_values(["first", "last", "key", "quad"], ignore_index=True)


def _shown(told: Keyed, wanted: Bools, most: int) -> Keyed:
    """The wanted events with their keys; with `most`, only the `most` commonest keys.

    "" counts as one of them. Events with none of those keys get the key OTHER, once each.
    """
    rows = wanted[told.rows]
    event, codes = told.rows[rows], told.key.codes[rows]
    sizes = np.bincount(codes, minlength=len(told.key.values)).tolist()
    kept = commonest(told.key.values, sizes, most)
    if kept is None:
        return Keyed(event, Coded(codes, told.key.values))
    to = np.full(len(sizes), -1)
    to[kept] = np.arange(len(kept))
    here = to[codes] >= 0
    others = wanted.copy()
    others[event[here]] = False
    rest = np.flatnonzero(others)
    places = np.concatenate([to[codes[here]], np.full(len(rest), len(kept))])
    values = (*(told.key.values[n] for n in kept), OTHER)
    return Keyed(np.concatenate([event[here], rest]), Coded(places, values))


def commonest(values: Sequence[str], sizes: Sequence[int], most: int) -> list[int] | None:
    """Places of the `most` commonest of the values, "" among them; None where none is left out."""
    named = [n for n, size in enumerate(sizes) if size and values[n]]
    nameless = [n for n, size in enumerate(sizes) if size and not values[n]]
    room = max(1, most - len(nameless))
    if not most or len(named) <= room:
        return None
    named.sort(key=lambda n: (-sizes[n], values[n]))
    return [*named[: max(1, room - 1)], *nameless]


def _groups(numbers: Ints, size: int) -> tuple[Ints, Ints]:
    """The distinct numbers and the count of each."""
    if size <= _DENSE:
        counted = np.bincount(numbers, minlength=size)
        there = np.flatnonzero(counted)
        return there, counted[there].astype(np.int64)
    there, counted = np.unique(numbers, return_counts=True)
    return there, counted.astype(np.int64)


def _intervals(columns: EventColumns, unit: Unit) -> tuple[Ints, Ints, Ints, Bools]:
    """The time bins that events are counted in: index per event, then first, last, coarse per bin.

    An event that fits in no bin goes to the smallest larger unit that contains it; if there is
    none, to an interval from its first bin to its last.
    """

    days = columns.days("first"), columns.days("last")
    return columns.cached(("intervals", unit), lambda: intervals_of(*days, unit))


def intervals_of(first: Ints, last: Ints, unit: Unit) -> tuple[Ints, Ints, Ints, Bools]:
    """`_intervals` of days, NO_DAY where one is missing."""
    first, last = first.copy(), last.copy()
    todo = (first != NO_DAY) & (last != NO_DAY)
    coarse = np.ones(len(first), bool)
    for wider in _WIDER[_WIDER.index(unit) :]:
        begin = _begin(first, wider)
        fits = todo & (begin == _begin(last, wider))
        first[fits], last[fits] = begin[fits], _end(begin[fits], wider)
        coarse[fits] = wider != unit
        todo &= ~fits
    rest = todo | (first == NO_DAY) | (last == NO_DAY)
    first[rest] = _begin(first[rest], unit)
    last[rest] = _end(_begin(last[rest], unit), unit)
    known, number = _distinct(first, last, coarse)
    return number, *known


def _distinct(first: Ints, last: Ints, coarse: Bools) -> tuple[tuple[Ints, Ints, Bools], Ints]:
    """The distinct (first, last, coarse) triples, and per row the index of its triple."""
    known = np.concatenate([days[days != NO_DAY] for days in (first, last)])
    base = int(known.min()) if len(known) else 0
    width = int(known.max()) - base + 2 if len(known) else 2
    a, b = (np.where(days == NO_DAY, 0, days - base + 1) for days in (first, last))
    both, number = np.unique((a * width + b) * 2 + coarse, return_inverse=True)
    days = [np.where(n == 0, NO_DAY, n + base - 1) for n in (both // 2 // width, both // 2 % width)]
    return (days[0], days[1], (both % 2).astype(bool)), number


def _begin(days: Ints, unit: str) -> Ints:
    """First day of the bin of each day; NO_DAY stays."""
    if unit == "day":
        return days
    if unit == "week":
        # 1970-01-01 was a Thursday
        return np.where(days == NO_DAY, NO_DAY, days - (days + 3) % 7)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    begin = (months - months % _MONTHS[unit]).astype("datetime64[M]").astype("datetime64[D]")
    return np.where(days == NO_DAY, NO_DAY, begin.astype(np.int64))


def _end(begin: Ints, unit: str) -> Ints:
    """Last day of the bins that begin on the days."""
    if unit in ("day", "week"):
        return np.where(begin == NO_DAY, NO_DAY, begin + (6 if unit == "week" else 0))
    months = begin.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    after = (months + _MONTHS[unit]).astype("datetime64[M]").astype("datetime64[D]")
    return np.where(begin == NO_DAY, NO_DAY, after.astype(np.int64) - 1)


def _as_days(days: Ints) -> npt.NDArray[np.datetime64]:
    return days.astype("datetime64[D]").astype("datetime64[s]")
