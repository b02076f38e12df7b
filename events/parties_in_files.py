"""Who acts on whom in a large store.

Its rows hold the numbers of lists of parties, `sources_no` and `targets_no`; each list is told once
in the table PARTIES (no, told), and code by code in `events.conditions.MEMBERS` (no, code). Rows
are counted by these numbers before codes are looked at: what is done with codes grows with the
distinct lists, not with the events.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from events.conditions import Condition
from events.counts import option_frame
from events.events_in_files import BY_QUAD, COUNTED, QUADS, SEVERAL, EventsInFiles

PARTIES = "parties"
NUMBERS = ("sources_no", "targets_no")
_NUMBERS = ", ".join(NUMBERS)
# the keys of a row of the codes `source` and `target`, "" where it has none
_KEYS = {
    "sources": "source",
    "targets": "target",
    "actor": "unnest([source, target])",
    "dyad": "CASE WHEN source <> '' AND target <> '' AND source <> target "
    "THEN source || '>' || target ELSE '' END",
}
LISTS = tuple(_KEYS)  # keys of which an event may have several


def dyads(events: EventsInFiles) -> pd.DataFrame:
    """DYAD_COLUMNS: see `Query.dyads`. Put in order by DuckDB: pandas takes longer."""
    rows = events.shown((*NUMBERS, "quad", "score"))
    counted = f"(SELECT {_NUMBERS}, sum(score) AS scores, {BY_QUAD} FROM {rows} GROUP BY ALL)"
    sums = ", ".join(f"CAST(sum({name}) AS BIGINT) AS {name}" for name in QUADS)
    pairs = (
        f"SELECT s.code AS source, t.code AS target, sum(scores) AS scores, {sums} "
        f"FROM {_with_codes(events, counted)} GROUP BY ALL"
    )
    return events.frame(
        f"SELECT source, target, {' + '.join(QUADS)} AS events, scores / events AS score, "
        f"{', '.join(QUADS)} FROM ({pairs}) WHERE events > 0 AND (source <> '' OR target <> '') "
        "ORDER BY events DESC, source, target"
    )


def _with_codes(events: EventsInFiles, rows: str) -> str:
    """SQL of rows joined with the codes of their sources, s.code, and of their targets, t.code."""
    members = events.members
    return (
        f"{rows} AS told JOIN {members} AS s ON told.sources_no = s.no "
        f"JOIN {members} AS t ON told.targets_no = t.no"
    )


def actor_options(events: EventsInFiles) -> pd.DataFrame:
    """Actors as source or target; a report, or story, counts once for each of its actors."""
    which = events.filtered.passing("actors")
    alone = which & ~SEVERAL if events.one_a_story else which
    counted = _reports_by_actor(events, alone)
    if events.one_a_story:
        counted += f" UNION ALL {_stories_by_actor(events, which & SEVERAL)}"
    found = events.frame(
        f"SELECT key, sum(events) AS events FROM ({counted}) WHERE key <> '' GROUP BY key"
    )
    many = found["events"].to_numpy().astype(np.int64)
    return option_frame({"value": found["key"], "name": found["key"]}, many)


def _reports_by_actor(events: EventsInFiles, which: Condition) -> str:
    """SQL of key and `events`, to be added up: sources and targets, less those that are both."""
    counted = (
        f"(SELECT {_NUMBERS}, count(*) AS events FROM {COUNTED} WHERE {which.text} GROUP BY ALL)"
    )
    both = _with_codes(events, "counted")
    sides = " UNION ALL ".join(
        f"SELECT code AS key, events FROM counted JOIN {events.members} ON {side} = no"
        for side in NUMBERS
    )
    return (
        f"SELECT key, events FROM (WITH counted AS MATERIALIZED {counted} {sides} "
        f"UNION ALL SELECT s.code, -events FROM {both} WHERE s.code = t.code)"
    )


def _stories_by_actor(events: EventsInFiles, which: Condition) -> str:
    """SQL of key and `events`, the stories of which a report has it."""
    rows = f"(SELECT DISTINCT {_NUMBERS}, story_id FROM {COUNTED} WHERE {which.text})"
    sides = " UNION ".join(
        f"SELECT code AS key, story_id FROM rows JOIN {events.members} ON {side} = no"
        for side in NUMBERS
    )
    return (
        "SELECT key, count(*) AS events FROM "
        f"(WITH rows AS MATERIALIZED {rows} {sides}) GROUP BY key"
    )


def keys_of(events: EventsInFiles, by: str, rows: str) -> str:
    """SQL of sources_no, targets_no and `key` of all pairs of lists of some rows, a row a key, ""
    where a pair has none. by: one of LISTS."""
    pairs = f"(SELECT DISTINCT {_NUMBERS} FROM {rows})"
    codes = (
        f"SELECT {_NUMBERS}, s.code AS source, t.code AS target FROM {_with_codes(events, pairs)}"
    )
    return (
        f"SELECT {_NUMBERS}, unnest(coalesce(list(DISTINCT key) FILTER (key <> ''), [''])) AS key "
        f"FROM (SELECT {_NUMBERS}, {_KEYS[by]} AS key FROM ({codes})) GROUP BY {_NUMBERS}"
    )
