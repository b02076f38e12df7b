"""Views of the current rows of a store, after newest revisions, story groupings and edits.

Only rows whose article row carries the same `load_id`, of the newest revision, take part, and only
those of articles that are not withdrawn. Views on them, and small tables held in memory
(`events.held_tables`): a question then compiles in milliseconds. What persons edited is laid over
them by `events.laid_edits`.
"""

from __future__ import annotations

from collections.abc import Callable

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr import types as ir

from events.coders import CODED
from events.columns import JOINED_COLUMNS
from events.held_tables import Maker, View, maker
from events.laid_edits import BEFORE, AsRead, keep_edited_rows, keep_edits

_KEYS = ("article_id", "load_id")
STORIES_OF_PART = "stories_of_part"  # rows of newest_stories, for told_events; empty at first


def make_views(
    connection: Backend, reliability: Callable[[str], str], as_read: AsRead
) -> dict[str, View]:
    """Makes newest_articles and the other tables that are held; how to make the views by name:
    current_events, told_events (with the stories in the table STORIES_OF_PART, without what they
    have of their articles, those of older revisions too), laid_events (those of the table BEFORE,
    and all that were edited), rejected_events, current_mentions, current_left_out,
    standing_withdrawals, told_edits (all edits with `standing`, still in force, and `by_rule`, the
    story id before any edit).

    Reads the tables of the store, registered under their names. `reliability`: of an outlet.
    `as_read` takes what edits are laid over, for `lay_edits`.
    """
    make = maker(connection)
    _keep_current_articles(make, reliability)
    _keep_stories(make)
    keep_edits(make)
    keep_edited_rows(make, as_read)
    return _views(make)


def views_of_held(connection: Backend) -> dict[str, View]:
    """As `make_views`, where the tables that are held are there."""
    return _views(maker(connection))


def _edits_with_standing(connection: Backend) -> ir.Table:
    edits = connection.table("edits")
    counting = connection.table("standing_edits").select(counting="edit_id")
    told = edits.left_join(counting, edits["edit_id"] == counting["counting"])
    stories = connection.table("newest_stories").rename(rule_story="story_id")
    told = told.left_join(stories, told["event_id"] == stories["told_id"])
    by_rule = ibis.coalesce(told["rule_story"], told["event_id"])
    return told.mutate(standing=told["counting"].notnull(), by_rule=by_rule)


def _keep_current_articles(make: Maker, reliability: Callable[[str], str]) -> None:
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


def _keep_stories(make: Maker) -> None:
    """Store the stories by rule: a row for each report that is not the earliest of its story."""
    make.keep("newest_stories", lambda: _newest_stories(make.connection))
    make.keep(STORIES_OF_PART, lambda: make.connection.table("newest_stories").limit(0))


def _newest_stories(connection: Backend) -> ir.Table:
    stories = connection.table("stories")
    whole = stories["grouping"].max(where=stories["event_id"] == 0).as_scalar()
    told = stories.filter(stories["grouping"] >= whole, stories["event_id"] > 0)
    newest = ibis.window(group_by="event_id", order_by=ibis.desc("grouping"))
    ranked = told.mutate(rank=ibis.row_number().over(newest))
    latest = ranked.filter(ranked["rank"] == 0, ranked["story_id"] != ranked["event_id"])
    return latest.select(told_id="event_id", story_id="story_id")


def _views(make: Maker) -> dict[str, View]:
    """The views of rows of current articles, so that a query compiles in milliseconds."""
    connection = make.connection
    make.view("standing_withdrawals", lambda: _named_withdrawals(connection))
    make.view("current_mentions", lambda: _of_current(connection, "mentions"))
    make.view("current_left_out", lambda: _of_current(connection, "left_out"))
    make.view("current_events", lambda: _of_stories(connection, _kept(connection)))
    make.view("laid_events", lambda: _of_stories(connection, _kept(connection, BEFORE)))
    make.view("told_events", lambda: _in_stories(connection, _kept(connection), STORIES_OF_PART))
    make.view("rejected_events", lambda: _of_stories(connection, _rejected(connection)))
    make.view("told_edits", lambda: _edits_with_standing(connection))
    return make.views


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


def _in_stories(connection: Backend, events: ir.Table, by_rule: str = "newest_stories") -> ir.Table:
    """Events with their story id, and whether a person decided something about them."""
    stories = connection.table(by_rule)
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
