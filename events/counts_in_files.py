"""Counts over the events in the files of a large store, each a question to DuckDB.

They answer as `events.counts` does of the events in memory, of one row a report or one a story; a
test asks both the same. What is counted by actors: `events.parties_in_files`; by time:
`events.bins_in_files`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from events.answers import Account, FilterChoices, Loaded
from events.columns_in_memory import PLACE, Ints
from events.conditions import ALWAYS, UNDATED, Condition
from events.counts import option_frame, place_frame
from events.events_in_files import BY_QUAD, COUNTED, QUADS, SEVERAL, EventsInFiles
from events.parties_in_files import actor_options

EDITED = Condition("edited")

# choices that are the values of a column, and the filter that they are chosen for
_TEXTS = {"type": "types", "status": "statuses", "lang": "langs", "source": ""}


def count(events: EventsInFiles) -> int:
    return int(events.rows(f"SELECT count(*) FROM {events.shown(['event_id'])}")[0][0])


def places(events: EventsInFiles, sure: bool = False) -> pd.DataFrame:
    """PLACE_COLUMNS: see `Query.places`."""
    columns = events.filtered.columns
    which = ~columns.unlocated & (~columns.doubtful if sure else ALWAYS)
    told = (*PLACE, "lat", "lon")
    least = ", ".join(f"min({name}) AS {name}" for name in told[1:])
    rows = events.shown((*told, "quad"), which)
    found = events.frame(f"SELECT place_id, {least}, {BY_QUAD} FROM {rows} GROUP BY place_id")
    return place_frame(
        {name: found[name].to_numpy() for name in told},
        found[list(QUADS)].to_numpy().astype(np.int64),
    )


def options(events: EventsInFiles) -> FilterChoices:
    """See `FilterChoices`."""
    texts = _text_options(events)
    first, last = _edges(events)
    return FilterChoices(
        actors=actor_options(events),
        types=texts["type"],
        places=_place_options(events),
        statuses=texts["status"],
        langs=texts["lang"],
        sources=texts["source"],
        first=first,
        last=last,
    )


def _edges(events: EventsInFiles) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """The days that the events span, whatever days the filters ask for."""
    dated = events.filtered.passing("date_from", "date_to")
    sql = f"SELECT min(first), max(last) FROM {COUNTED} WHERE {dated.text}"
    first, last = (None if day is None else pd.Timestamp(day) for day in events.rows(sql)[0])
    return first, last


def _text_options(events: EventsInFiles) -> dict[str, pd.DataFrame]:
    """The choices among the values of each of _TEXTS; those of one condition in one question."""
    by_condition: dict[str, list[str]] = {}
    for name, field in _TEXTS.items():
        by_condition.setdefault(events.filtered.passing(field).text, []).append(name)
    found = pd.concat(
        events.frame(_values(events, names, Condition(which)))
        for which, names in by_condition.items()
    )
    told = {name: found[found["name"] == name].reset_index(drop=True) for name in _TEXTS}
    return {
        name: option_frame({"value": rows["key"], "name": rows["key"]}, _many(rows))
        for name, rows in told.items()
    }


def _values(events: EventsInFiles, names: list[str], which: Condition) -> str:
    """SQL of the reports or stories of each value of some columns: `name`, `key`, `events`."""
    alone = which & ~SEVERAL if events.one_a_story else which
    named = ", ".join(f"coalesce({name}, '') AS {name}" for name in names)
    sets, first = ", ".join(f"({name})" for name in names), f"coalesce({', '.join(names)}, '')"
    name_of = "".join(f" WHEN {name} IS NOT NULL THEN '{name}'" for name in names)
    counted = (
        f"SELECT CASE{name_of} END AS name, {first} AS key, count(*) AS events "
        f"FROM (SELECT {named} FROM {COUNTED} WHERE {alone.text}) GROUP BY GROUPING SETS ({sets})"
    )
    if not events.one_a_story:
        return counted
    shared = "".join(
        f" UNION ALL SELECT '{name}', key, count(*) FROM (SELECT DISTINCT coalesce({name}, '') "
        f"AS key, story_id FROM {COUNTED} WHERE {(which & SEVERAL).text}) GROUP BY key"
        for name in names
    )
    return f"SELECT name, key, sum(events) AS events FROM ({counted}{shared}) GROUP BY ALL"


def _place_options(events: EventsInFiles) -> pd.DataFrame:
    which = events.filtered.passing("places") & ~events.filtered.columns.unlocated
    least = ", ".join(f"min({name}) AS {name}" for name in _NAMED)
    alone = which & ~SEVERAL if events.one_a_story else which
    counted = (
        f"SELECT place_id, {least}, count(*) AS events FROM {COUNTED} WHERE {alone.text} "
        "GROUP BY place_id"
    )
    if events.one_a_story:
        once = (
            f"SELECT place_id, {least} FROM {COUNTED} WHERE {(which & SEVERAL).text} "
            "GROUP BY place_id, story_id"
        )
        counted += f" UNION ALL SELECT place_id, {least}, count(*) FROM ({once}) GROUP BY place_id"
    found = events.frame(
        f"SELECT place_id, {least}, sum(events) AS events FROM ({counted}) GROUP BY place_id"
    )
    texts = {"value": found["place_id"], "name": found["place_name"]}
    return option_frame({**texts, "country": found["place_country"]}, _many(found))


_NAMED = ("place_name", "place_country")


def _many(found: pd.DataFrame) -> Ints:
    return found["events"].to_numpy().astype(np.int64)


def account(events: EventsInFiles, known: Loaded) -> Account:
    """See `Account`."""
    reasons = _by_reason(events)
    by_reason = {reason: many for reason, many, _ in reasons}
    return Account(
        loaded=sum(by_reason.values()),
        shown=by_reason.get(None, 0),
        stories=_stories(events),
        hidden=tuple(sorted((reason, n) for reason, n in by_reason.items() if reason)),
        articles=known.articles,
        silent=known.silent,
        left_out=known.left_out,
        rejected=known.rejected,
        less_sure=sum(less_sure for *_, less_sure in reasons),
        by_hand=_by_hand(events),
        **_of_shown(events),
    )


def _by_reason(events: EventsInFiles) -> list[tuple[str | None, int, int]]:
    """The first reason that hides events (None: shown), how many, and how many of those are less
    sure and pass all other filters."""
    filtered = events.filtered
    unsure = filtered.passing("sure") & filtered.columns.less_sure
    rows = f"(SELECT {filtered.reason()} AS reason, {unsure.text} AS unsure FROM {COUNTED})"
    return events.rows(
        f"SELECT reason, count(*), count(*) FILTER (unsure) FROM {rows} GROUP BY reason"
    )


def _by_hand(events: EventsInFiles) -> int:
    """How many of the rows shown, or of the stories in any of their reports, persons edited."""
    if events.one_a_story:
        return _stories(events, EDITED)
    passing = (events.filtered.passing() & EDITED).text
    return int(events.rows(f"SELECT count(*) FROM {COUNTED} WHERE {passing}")[0][0])


def _stories(events: EventsInFiles, which: Condition = ALWAYS) -> int:
    """Number of stories that the reports tell that pass and that `which` holds of."""
    passing = events.filtered.passing() & which
    shared = f"SELECT DISTINCT story_id FROM {COUNTED} WHERE {(passing & SEVERAL).text}"
    alone = f"SELECT count(*) FROM {COUNTED} WHERE {(passing & ~SEVERAL).text}"
    return int(events.rows(f"SELECT ({alone}) + (SELECT count(*) FROM ({shared}))")[0][0])


def _of_shown(events: EventsInFiles) -> dict[str, int]:
    """How many of the rows shown are undated, and so on: fields of `Account`."""
    columns = events.filtered.columns
    asked = {
        "undated": UNDATED,
        "bounded": f"({UNDATED} AND coalesce(bounds_from, bounds_to) IS NOT NULL)",
        "unlocated": columns.unlocated.text,
        "doubtful": columns.doubtful.text,
        "unmeasured": "(certainty_type IS NULL AND NOT edited)",
    }
    sums = ", ".join(f"count(*) FILTER ({name})" for name in asked)
    rows = events.shown(f"{sql} AS {name}" for name, sql in asked.items())
    return dict(zip(asked, events.rows(f"SELECT {sums} FROM {rows}")[0], strict=True))
