"""Counts by time over the events in the files of a large store, each a question to DuckDB.

Where an event has one key, rows are counted by their first and last day, which are few, before
these are put into bins; where it may have several, by bin and the numbers of its lists of parties.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from events.answers import OTHER, Unit
from events.columns_in_memory import AS_TOLD
from events.conditions import UNDATED, Condition, listed
from events.counts import bin_frame, commonest, counted_texts
from events.events_in_files import EventsInFiles
from events.parties_in_files import LISTS, NUMBERS, keys_of
from events.registry import roll_up

_IDS = ("story_id", "article_id", "quad")
_DATED = Condition(f"(NOT {UNDATED})")
_OTHER = "\x01other"  # as OTHER, which begins with what SQL cannot write
_SUMS = "SELECT number, key, quad, sum(events) AS events FROM"


def bins(events: EventsInFiles, unit: Unit, by: str, most: int = 0) -> pd.DataFrame:
    """BIN_COLUMNS: see `Query.bins`. Raises ValueError."""
    table, known = events.files.bins(unit)
    count = _by_list if by in LISTS else _by_value
    found = count(events, table, by, most)
    marked = found["key"].replace(_OTHER, OTHER).to_numpy(object)
    numbers = (found[name].to_numpy().astype(np.int64) for name in ("number", "quad", "events"))
    number, quad, many = numbers
    return bin_frame(known, number, marked, quad, many)


def _by_value(events: EventsInFiles, table: str, by: str, most: int) -> pd.DataFrame:
    """number, key, quad and events by a key of which an event has one."""
    name = _name_of(events, by)
    rows = events.shown(("first", "last", "quad", f"{_key(by)} AS key"), _DATED)
    key = "key"
    if most:
        kept = _kept(events, f"SELECT key, count(*) FROM {rows} GROUP BY key", most, name)
        if kept is not None:
            key = f"CASE WHEN key IN ({listed(kept)}) THEN key ELSE '{_OTHER}' END"
    counted = f"SELECT first, last, quad, {key} AS key, count(*) AS events FROM {rows} GROUP BY ALL"
    told = events.frame(f"{_SUMS} {_binned(f'({counted})', table)} GROUP BY ALL")
    if events.level == AS_TOLD or by != "doer":
        return told
    told["key"] = told["key"].map(name)
    return told.groupby(["number", "key", "quad"], as_index=False).sum()


def _by_list(events: EventsInFiles, table: str, by: str, most: int) -> pd.DataFrame:
    """The same by a key of which an event may have several: it counts once for each."""
    rows = events.shown(("first", "last", "quad", *NUMBERS), _DATED)
    each = ", ".join(("number", "quad", *NUMBERS))
    counted = f"(SELECT {each}, count(*) AS events FROM {_binned(rows, table)} GROUP BY ALL)"
    given = (
        f"WITH counted AS MATERIALIZED {counted}, "
        f"keys AS MATERIALIZED ({keys_of(events, by, 'counted')})"
    )
    joined = f"counted JOIN keys USING ({', '.join(NUMBERS)})"
    kept = None
    if most:
        sizes = f"{given} SELECT key, sum(events) FROM {joined} GROUP BY key"
        kept = _kept(events, sizes, most, str)
    if kept is None:
        return events.frame(f"{given} {_SUMS} {joined} GROUP BY ALL")
    mine = f"key IN ({listed(kept)})"
    told = (
        f"(SELECT number, key, quad, events FROM {joined} WHERE {mine} "
        f"UNION ALL SELECT number, '{_OTHER}', quad, events FROM counted "
        f"ANTI JOIN (SELECT * FROM keys WHERE {mine}) USING ({', '.join(NUMBERS)}))"
    )
    return events.frame(f"{given} {_SUMS} {told} GROUP BY ALL")


def _binned(rows: str, table: str) -> str:
    """SQL of rows with the `number` of their bin."""
    return (
        f"{rows} AS told JOIN {table} AS bins ON told.first IS NOT DISTINCT FROM bins.first "
        "AND told.last IS NOT DISTINCT FROM bins.last"
    )


def _kept(
    events: EventsInFiles, sizes: str, most: int, name: Callable[[str], str]
) -> list[str] | None:
    """The keys whose names are the commonest; None where none is left out. sizes: SQL of keys and
    how many rows have each."""
    told = events.rows(sizes)
    by_name: dict[str, int] = {}
    for key, many in told:
        by_name[name(key)] = by_name.get(name(key), 0) + int(many)
    values = list(by_name)
    places = commonest(values, list(by_name.values()), most)
    if places is None:
        return None
    kept = {values[n] for n in places}
    return [key for key, _ in told if name(key) in kept]


def _name_of(events: EventsInFiles, by: str) -> Callable[[str], str]:
    """What a key is counted as: who acts, at the level of the filters."""
    if by != "doer":
        return str
    return lambda code: roll_up(code, events.level) if code not in ("", _OTHER) else code


def _key(by: str) -> str:
    """SQL of the key of an event. Raises ValueError."""
    if by in ("", "doer"):
        return by or "''"
    if by in _IDS:
        return f"CAST({by} AS VARCHAR)"
    if by in counted_texts():
        return f"coalesce({by}, '')"
    known = (*counted_texts(), *_IDS, "doer", *LISTS)
    raise ValueError(f"events are not counted by {by!r}; use one of {', '.join(known)}")
