"""What persons say of events, laid over the rows that were read.

Kept as small tables in memory: `standing_edits` (the newest edit of each event and field),
`newest_edits` (told_id, told_story), `joined_stories`, `shared_stories` and `edited_rows`, the rows
of edited and added events as they are then. An edit changes these alone (`lay_edits`).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr import types as ir

from events.corrections import FIELDS
from events.edited_events import ADDED, EVENT, added_event, by_event, edited, is_rejected, row_of
from events.held_tables import Maker, give_table, maker
from events.tables import SCHEMAS, Row, empty_column

BEFORE = "events_before"  # rows of events before any edit, for the view laid_events
OF_STORIES = ("story_id", "joined")  # fields that tell which story events are in
AsRead = dict[int, Row | None]  # by event id: its row before any edit, None where none was read


def lay_edits(connection: Backend, as_read: AsRead) -> None:
    """Make the tables that depend on edits anew, where nothing else of the store changed: an
    event of `as_read` is not looked up again."""
    make = maker(connection)
    keep_edits(make)
    keep_edited_rows(make, as_read)


def keep_before(connection: Backend, events: Set[int], as_read: AsRead) -> None:
    """Store the rows of some events before any edit as the table BEFORE."""
    look_up(connection, events - as_read.keys(), as_read)
    rows = [row for event in sorted(events) if (row := as_read[event])]
    give_table(connection, BEFORE, pa.Table.from_pylist(rows, _schema(maker(connection))))


class Edit(NamedTuple):
    """An edit in force."""

    event_id: int
    field: str
    edit_id: int


Standing = Set[Edit]


def in_force(connection: Backend) -> Standing:
    """The edits in force."""
    told = connection.con.sql("SELECT event_id, field, edit_id FROM standing_edits")
    return {Edit(*row) for row in told.fetchall()}


def keep_edits(make: Maker) -> None:
    """Store the newest edit of each event and column, and told_id, told_story of each event."""
    make.keep("standing_edits", lambda: _standing_edits(make.connection))
    make.keep("newest_edits", lambda: _told_stories(make.connection))
    joined = _joined_stories(make)
    schema = pa.schema([("apart", pa.int64()), ("into", pa.int64())])
    rows = [{"apart": apart, "into": into} for apart, into in joined]
    make.store("joined_stories", pa.Table.from_pylist(rows, schema))
    make.keep("shared_stories", lambda: _shared_stories(make.connection))


def _standing_edits(connection: Backend) -> ir.Table:
    edits = connection.table("edits")
    newest = ibis.window(group_by=["event_id", "field"], order_by=ibis.desc("edit_id"))
    ranked = edits.mutate(rank=ibis.row_number().over(newest))
    return ranked.filter(ranked["rank"] == 0, ranked["value"] != "")


def _told_stories(connection: Backend) -> ir.Table:
    latest = connection.table("standing_edits")
    value, column = latest["value"], latest["field"]
    story = value.max(where=column == "story_id").cast("int64")
    return latest.group_by(told_id="event_id").aggregate(told_story=story)


def _joined_stories(make: Maker) -> list[tuple[int, int]]:
    """(story, the story that a person merged it into), with chains of joins followed."""
    pairs = [
        (row["event_id"], int(row["value"]))
        for row in make.rows("joins", lambda: _joins(make.connection))
    ]
    stories = _stories_of(make.connection, {event for pair in pairs for event in pair})
    return resolve_joins([(stories[a], stories[b]) for a, b in pairs])


def _shared_stories(connection: Backend) -> ir.Table:
    """The stories that some event is in that is not the first of it: all that have several."""
    rule, edits, joined = map(
        connection.table, ("newest_stories", "newest_edits", "joined_stories")
    )
    told = edits.filter(edits["told_story"].notnull()).select(story_id="told_story")
    shared = rule.select("story_id").union(told).union(joined.select(story_id="into"))
    return shared.distinct()


def _joins(connection: Backend) -> ir.Table:
    latest = connection.table("standing_edits")
    return latest.filter(latest["field"] == "joined").order_by("edit_id")


def _stories_of(connection: Backend, events: set[int]) -> dict[int, int]:
    """The story id of each event, by rule and by a person's splits (before joins)."""
    found = {event: event for event in events}
    for name, column in (("newest_stories", "story_id"), ("newest_edits", "told_story")):
        if not events:
            continue
        rows = connection.table(name)
        told = rows.filter(rows["told_id"].isin(sorted(events)), rows[column].notnull())
        for row in connection.to_pyarrow(told).to_pylist():
            found[row["told_id"]] = row[column]
    return found


def keep_edited_rows(make: Maker, as_read: AsRead) -> None:
    """Store the current events that persons corrected or added, as they are then: the columns of
    `events` and `rejected`, whether a person said that it is no event."""
    connection = make.connection
    values = by_event(make.rows("corrections", lambda: _corrections(connection)))
    rows = _rows_laid_over(connection, values, as_read) if values else []
    told = pa.Table.from_pylist(rows, _schema(make))
    rejected = pa.array([is_rejected(values[row["event_id"]]) for row in rows], pa.bool_())
    make.store("edited_rows", told.append_column("rejected", rejected))


def _schema(make: Maker) -> pa.Schema:
    """Of the table of events in this store."""
    columns = [name for table, name, _ in make.columns if table == "events"]
    return pa.schema([SCHEMAS["events"].field(name) for name in columns])


def _corrections(connection: Backend) -> ir.Table:
    latest = connection.table("standing_edits")
    return latest.filter(latest["field"].isin([*FIELDS, ADDED, EVENT]))


def _rows_laid_over(
    connection: Backend, values: dict[int, dict[str, str]], as_read: AsRead
) -> list[Row]:
    """The rows of these events in the current articles, with the values laid over them."""
    look_up(connection, values.keys() - as_read.keys(), as_read)
    read = {i: row for i in values if (row := as_read[i])}
    added = {i: added_event(told[ADDED]) for i, told in values.items() if told.get(ADDED)}
    of_id = _articles_of(connection, {words.article_id for words in added.values()})
    for event, words in added.items():
        if event not in read and words.article_id in of_id:
            read[event] = row_of(words, of_id[words.article_id], _empty_row())
    return [edited(row, values[i]) for i, row in read.items()]


def look_up(connection: Backend, events: Set[int], as_read: AsRead, stored: str = "events") -> None:
    """Put the rows of these events into `as_read`; `stored`: SQL of the rows that hold them. In SQL
    of its own: Ibis takes longer to write it than DuckDB to run it."""
    if not events:
        return
    named = ", ".join(map(str, sorted(events)))
    told = connection.con.sql(
        f"SELECT told.* FROM {stored} AS told SEMI JOIN newest_articles "
        "USING (article_id, load_id) "
        f"WHERE event_id IN ({named})"
    )
    rows = told.to_arrow_table().to_pylist()
    as_read |= dict.fromkeys(events) | {row["event_id"]: row for row in rows}


def _articles_of(connection: Backend, wanted: Set[int]) -> dict[int, Row]:
    """The current articles of these ids."""
    if not wanted:
        return {}
    articles = connection.table("newest_articles")
    known = articles.filter(articles["article_id"].isin(sorted(wanted)))
    return {row["article_id"]: row for row in connection.to_pyarrow(known).to_pylist()}


def _empty_row() -> Row:
    return {field.name: empty_column(field.type, 1)[0].as_py() for field in SCHEMAS["events"]}


def resolve_joins(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """(story, the story it is shown under) for joined stories, with chains of joins followed.

    The story that others were joined to keeps its id; a join that closes a cycle is ignored.
    """
    into: dict[int, int] = {}

    def root(story: int) -> int:
        while story in into:
            story = into[story]
        return story

    for apart, other in pairs:
        if root(apart) != root(other):
            into[root(apart)] = root(other)
    return [(story, root(story)) for story in sorted(into)]
