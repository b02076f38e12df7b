"""Views of the current rows of a store, after newest revisions, story groupings and edits.

Only rows whose article row carries the same `load_id`, of the newest revision, take part, and only
those of articles that are not withdrawn. Views on them, and small tables held in memory: a question
then compiles in milliseconds. What Ibis makes of them depends on the columns of the tables alone:
it is compiled once a process (`_Maker`), since that takes twenty times as long as running it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr import types as ir

from events.coders import CODED
from events.columns import JOINED_COLUMNS
from events.corrections import FIELDS
from events.edited_events import ADDED, EVENT, added_event, by_event, edited, is_rejected, row_of
from events.tables import SCHEMAS, Row, empty_column

_KEYS = ("article_id", "load_id")
ASKED = "events_asked"  # the view of rows of events that somebody chose, for asked_rows
_GIVEN = "rows_given"  # the name of rows while a table is made of them
_COLUMNS_OF_ALL = """SELECT table_name, column_name, data_type FROM duckdb_columns()
WHERE NOT internal AND table_name IN (SELECT unnest(?)) ORDER BY table_name, column_index"""
_COMPILED: dict[tuple[object, str], str] = {}  # SQL by the columns of the store's tables, and name


@dataclass(frozen=True)
class _Maker:
    """Makes tables and views of expressions, compiled once for stores of the same columns."""

    connection: Backend
    columns: tuple[Any, ...]
    views: dict[str, Callable[[], None]] = field(default_factory=dict)

    def sql(self, name: str, expression: Callable[[], ir.Table]) -> str:
        """The expression of that name as SQL."""
        key = (self.columns, name)
        if key not in _COMPILED:
            _COMPILED[key] = str(self.connection.compile(expression()))
        return _COMPILED[key]

    def keep(self, name: str, expression: Callable[[], ir.Table]) -> None:
        """Store what it gives now as a table in memory."""
        self.connection.raw_sql(f"CREATE OR REPLACE TABLE {name} AS {self.sql(name, expression)}")

    def view(self, name: str, expression: Callable[[], ir.Table]) -> None:
        """A view that is asked each time, made when it is first needed."""

        def make() -> None:
            made = self.sql(name, expression)
            self.connection.raw_sql(f"CREATE OR REPLACE VIEW {name} AS {made}")

        self.views[name] = make

    def rows(self, name: str, expression: Callable[[], ir.Table]) -> list[Row]:
        """What it gives now."""
        told: pa.Table = self.connection.con.sql(self.sql(name, expression)).to_arrow_table()
        rows: list[Row] = told.to_pylist()
        return rows

    def store(self, name: str, table: pa.Table) -> None:
        """Store rows as a table in memory."""
        give_table(self.connection, name, table)


def give_table(connection: Backend, name: str, table: pa.Table) -> None:
    """Store rows as a table in DuckDB's memory."""
    connection.con.register(_GIVEN, table)
    connection.raw_sql(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {_GIVEN}")
    connection.con.unregister(_GIVEN)


def make_views(
    connection: Backend, reliability: Callable[[str], str]
) -> dict[str, Callable[[], None]]:
    """Makes newest_articles and the other tables that are held; how to make the views by name:
    current_events, told_events (without what they have of their articles, those of older revisions
    too), asked_rows (those of the view ASKED, and all that were edited, without what they have of
    their articles and stories, those of older revisions too), rejected_events,
    current_mentions, current_left_out, standing_withdrawals.

    Reads the tables of the store, registered under their names. `reliability`: of an outlet.
    """
    found = connection.con.execute(_COLUMNS_OF_ALL, [list(SCHEMAS)]).fetchall()
    make = _Maker(connection, tuple(found))
    _keep_current_articles(make, reliability)
    _keep_stories(make)
    _keep_edits(make)
    _keep_edited_rows(make)
    _view_current(make)
    return make.views


def edits_with_standing(connection: Backend) -> ir.Table:
    """All edits with `standing` (still in force) and `by_rule`, the story id before any edit."""
    edits = connection.table("edits")
    counting = connection.table("standing_edits").select(counting="edit_id")
    told = edits.left_join(counting, edits["edit_id"] == counting["counting"])
    stories = connection.table("newest_stories").rename(rule_story="story_id")
    told = told.left_join(stories, told["event_id"] == stories["told_id"])
    by_rule = ibis.coalesce(told["rule_story"], told["event_id"])
    return told.mutate(standing=told["counting"].notnull(), by_rule=by_rule)


def _keep_current_articles(make: _Maker, reliability: Callable[[str], str]) -> None:
    """Store the newest revision of each article, without its text, as an in-memory table."""
    connection = make.connection
    make.keep("withdrawn_articles", lambda: _withdrawn(connection))
    make.keep("single_articles", lambda: _single(connection))
    rows = make.rows("outlets", lambda: connection.table("single_articles")[["source"]].distinct())
    graded = [{"outlet": r["source"], "reliability": reliability(r["source"] or "")} for r in rows]
    schema = pa.schema([("outlet", pa.string()), ("reliability", pa.string())])
    make.store("graded_outlets", pa.Table.from_pylist(graded, schema))
    make.keep("newest_articles", lambda: _with_origin(connection))
    connection.raw_sql("DROP TABLE single_articles")
    make.view("standing_withdrawals", lambda: _named_withdrawals(connection))


def _current(connection: Backend) -> ir.Table:
    """The newest revision of each article."""
    articles = connection.table("articles")
    newest = ibis.window(
        group_by="article_id", order_by=[ibis.desc("revision"), ibis.desc("load_id")]
    )
    # sorting whole rows would take twice as long
    ranked = articles.select(*_KEYS, "revision").mutate(rank=ibis.row_number().over(newest))
    return _with_coder(articles.semi_join(ranked.filter(ranked["rank"] == 0), _KEYS))


def _single(connection: Backend) -> ir.Table:
    """The current articles that are not withdrawn."""
    return _current(connection).anti_join(connection.table("withdrawn_articles"), "article_id")


def _named_withdrawals(connection: Backend) -> ir.Table:
    """Standing withdrawals with title and source of the article."""
    titles = _current(connection).select("article_id", "title", "source")
    withdrawn = connection.table("withdrawn_articles")
    return withdrawn.left_join(titles, "article_id").drop("article_id_right")


def _with_coder(articles: ir.Table) -> ir.Table:
    """Articles with `coder`: who coded the row of a table that one is, "" of one that was read."""
    reader = articles["reader"]
    return articles.mutate(
        coder=reader.startswith(CODED).ifelse(reader.split("/")[1], "").fill_null("")
    )


def _withdrawn(connection: Backend) -> ir.Table:
    """The decision of each article that is withdrawn or erased now."""
    told = connection.table("withdrawals")
    newest = ibis.window(group_by="article_id", order_by=ibis.desc("number"))
    ranked = told.mutate(rank=ibis.row_number().over(newest))
    return ranked.filter(ranked["rank"] == 0, ranked["action"] != "restored").drop("rank")


def _with_origin(connection: Backend) -> ir.Table:
    """The current articles with `copy_of` and `origin`, the outlet of what they copy."""
    copies = connection.table("copies")
    newest = ibis.window(group_by="article_id", order_by=ibis.desc("number"))
    ranked = copies.mutate(rank=ibis.row_number().over(newest))
    told = ranked.filter(ranked["rank"] == 0).select(told_id="article_id", told_of="copy_of")
    articles = connection.table("single_articles")
    first = articles.select(first_id="article_id", first_source="source")
    joined = articles.left_join(told, articles["article_id"] == told["told_id"])
    joined = joined.left_join(first, joined["told_of"] == first["first_id"])
    grades = connection.table("graded_outlets")
    joined = joined.left_join(grades, joined["source"] == grades["outlet"])
    named = joined.mutate(
        copy_of=ibis.coalesce(joined["first_id"], joined["article_id"]),
        origin=ibis.coalesce(joined["first_source"], joined["source"]),
    )
    return named.drop("told_id", "told_of", "first_id", "first_source", "outlet")


def _keep_stories(make: _Maker) -> None:
    """Store the stories by rule: a row for each report that is not the earliest of its story."""
    make.keep("newest_stories", lambda: _newest_stories(make.connection))


def _newest_stories(connection: Backend) -> ir.Table:
    stories = connection.table("stories")
    whole = stories["grouping"].max(where=stories["event_id"] == 0).as_scalar()
    told = stories.filter(stories["grouping"] >= whole, stories["event_id"] > 0)
    newest = ibis.window(group_by="event_id", order_by=ibis.desc("grouping"))
    ranked = told.mutate(rank=ibis.row_number().over(newest))
    latest = ranked.filter(ranked["rank"] == 0, ranked["story_id"] != ranked["event_id"])
    return latest.select(told_id="event_id", story_id="story_id")


def _keep_edits(make: _Maker) -> None:
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


def _joined_stories(make: _Maker) -> list[tuple[int, int]]:
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


def _view_current(make: _Maker) -> None:
    """The views of rows of current articles, so that a query compiles in milliseconds."""
    connection = make.connection
    make.view("current_mentions", lambda: _of_current(connection, "mentions"))
    make.view("current_left_out", lambda: _of_current(connection, "left_out"))
    make.view("current_events", lambda: _of_stories(connection, _kept(connection)))
    make.view("asked_rows", lambda: _kept(connection, ASKED))
    make.view("told_events", lambda: _in_stories(connection, _kept(connection)))
    make.view("rejected_events", lambda: _of_stories(connection, _rejected(connection)))


def _of_current(connection: Backend, name: str) -> ir.Table:
    """The rows of a table that belong to current articles."""
    return (
        connection.table(name).semi_join(connection.table("newest_articles"), _KEYS).drop("load_id")
    )


def _kept(connection: Backend, name: str = "events") -> ir.Table:
    """The events as read and as persons corrected or added them, without those rejected."""
    told = _numbered(connection.table("edited_rows"), is_edited=True)
    read = _numbered(connection.table(name).anti_join(told, "event_id"))
    return read.union(told.filter(~told["rejected"]).drop("rejected"))


def _rejected(connection: Backend) -> ir.Table:
    """The events of which a person said that they are none."""
    told = _numbered(connection.table("edited_rows"), is_edited=True)
    return told.filter(told["rejected"]).drop("rejected")


def _of_stories(connection: Backend, rows: ir.Table) -> ir.Table:
    """Events of current articles with their story and the columns of their article."""
    named = connection.table("newest_articles").select(*_KEYS, *JOINED_COLUMNS)
    return _in_stories(connection, rows).join(named, _KEYS).drop("load_id")


def _numbered(events: ir.Table, is_edited: bool = False) -> ir.Table:
    """Events with the numbers of their rows in the table of tokens (`tokens.row_number`); what a
    person edited is not in it and has a negative one."""
    number = events["event_id"] ^ events["load_id"]
    article = events["article_id"] ^ events["load_id"]
    return events.mutate(event_key=-1 - number if is_edited else number, article_key=article)


def _keep_edited_rows(make: _Maker) -> None:
    """Store the current events that persons corrected or added, as they are then: the columns of
    `events` and `rejected`, whether a person said that it is no event."""
    connection = make.connection
    values = by_event(make.rows("corrections", lambda: _corrections(connection)))
    rows = _rows_laid_over(connection, values) if values else []
    columns = [name for table, name, _ in make.columns if table == "events"]
    schema = pa.schema([SCHEMAS["events"].field(name) for name in columns])
    told = pa.Table.from_pylist(rows, schema)
    rejected = pa.array([is_rejected(values[row["event_id"]]) for row in rows], pa.bool_())
    make.store("edited_rows", told.append_column("rejected", rejected))


def _corrections(connection: Backend) -> ir.Table:
    latest = connection.table("standing_edits")
    return latest.filter(latest["field"].isin([*FIELDS, ADDED, EVENT]))


def _rows_laid_over(connection: Backend, values: dict[int, dict[str, str]]) -> list[Row]:
    """The rows of these events in the current articles, with the values laid over them."""
    events, articles = connection.table("events"), connection.table("newest_articles")
    mine = events.filter(events["event_id"].isin(sorted(values))).semi_join(articles, _KEYS)
    read = {row["event_id"]: row for row in connection.to_pyarrow(mine).to_pylist()}
    added = {i: added_event(told[ADDED]) for i, told in values.items() if told.get(ADDED)}
    wanted = sorted({words.article_id for words in added.values()})
    known = articles.filter(articles["article_id"].isin(wanted))
    of_id = {row["article_id"]: row for row in connection.to_pyarrow(known).to_pylist()}
    for event, words in added.items():
        if event not in read and words.article_id in of_id:
            read[event] = row_of(words, of_id[words.article_id], _empty_row())
    return [edited(row, values[i]) for i, row in read.items()]


def _empty_row() -> Row:
    return {field.name: empty_column(field.type, 1)[0].as_py() for field in SCHEMAS["events"]}


def _in_stories(connection: Backend, events: ir.Table) -> ir.Table:
    """Events with their story id, and whether a person decided something about them."""
    stories = connection.table("newest_stories")
    grouped = events.left_join(stories, events["event_id"] == stories["told_id"])
    grouped = grouped.drop("told_id")
    edits = connection.table("newest_edits")
    told = grouped.left_join(edits, grouped["event_id"] == edits["told_id"])
    story = ibis.coalesce(told["told_story"], told["story_id"], told["event_id"])
    decided = told.mutate(story_id=story, edited=told["told_id"].notnull())
    decided = decided.drop("told_id", "told_story")
    joined = connection.table("joined_stories")
    one = decided.left_join(joined, decided["story_id"] == joined["apart"])
    return one.mutate(story_id=ibis.coalesce(one["into"], one["story_id"])).drop("apart", "into")


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
