"""The table of what is counted of a large store: a row a current event.

It holds the columns that filters and counts read, with edits, stories and columns of the article
applied, so that no question joins the tables of the store or reads text. The lists of parties are
numbers of rows of PARTIES: few lists are told often, and lists are slow to compare and to count by.
STORY_DAYS holds the first days of the reports of each story that has several: they are looked for
in the rows of those days.
It lies in the private folder of one process (`events.scratch`) and is brought from version to
version by what changed, which holds while ids stay those of the same events and files of the store
are added only: `events.snapshot` begins with an empty folder where that is not so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import duckdb

from events.columns import JOINED_COLUMNS
from events.columns_in_memory import PARTIES as SIDES
from events.conditions import ALWAYS, MEMBERS, UNDATED, Condition, listed
from events.current_rows import STORIES_OF_PART
from events.events_in_files import COUNTED, SEVERAL, STORY_DAYS
from events.parties_in_files import PARTIES
from events.story_rows import REFUSALS, UNWEIGHED

_TOLD = ("events", "edited_rows")  # all rows of told_events are of these
# of the columns of an article, those that others of its outlet have otherwise
_OF_EACH_ARTICLE = ("published", "retrieved")
_MADE_AT_ONCE = 500_000  # events
_RANKED_AT_ONCE = 500_000  # reports of stories with several
_MADE_ANEW = 4  # where more than one event in so many changed, all rows are made anew
_MUCH = 50  # one event in so many
# the order of the reports of a story, the main one first; as `events.story_rows.OneRowAStory`
_MAIN_FIRST = f"""coalesce(coder, '') <> '',
(status = 'denied' OR type IN ({listed(REFUSALS)})), status = 'planned', {UNDATED},
2 - coalesce(weight, {int(UNWEIGHED)}), coalesce(place_id, '') = '',
last - first NULLS LAST, confidence DESC, published NULLS FIRST, event_id"""
# what the rows depend on beside the rows of events, which are never changed: its rows by name
_SEEN = {
    "articles": "SELECT article_id, load_id, source, reliability, origin, published, lang "
    "FROM newest_articles",
    "stories": "SELECT told_id, story_id FROM newest_stories",
    "edits": "SELECT event_id, field, edit_id FROM standing_edits",
    "joined": 'SELECT apart, "into" AS onto FROM joined_stories',
    "shared": "SELECT story_id FROM shared_stories",
}


class CountedEvents:
    """The table COUNTED of one connection that has the views of `events.current_rows`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, columns: tuple[str, ...], by_month: bool
    ) -> None:
        """columns: those that it holds of current_events. by_month: whether files of events tell
        their month."""
        self._connection, self._columns, self._by_month = connection, columns, by_month
        self.is_made = False
        self.new = 0  # rows that were made since somebody set it

    def bring_up_to_date(self) -> None:
        """Make its rows those of the views as they are now. Raises duckdb.Error: it is made anew
        the next time."""
        was_made, self.is_made = self.is_made, False
        if not (was_made and self._carry_on()):
            self._make()
            self.new = self._size()
        self.is_made = True

    def is_much_new(self) -> bool:
        """Whether to make what is `new` again takes longer than to copy all."""
        return self.new * _MUCH > self._size()

    def _size(self) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {COUNTED}").fetchall()[0][0])

    def _make(self) -> None:
        lists = " UNION ".join(map(_lists, _TOLD))
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {PARTIES} AS {_numbered(lists, after='0')}"
        )
        self._make_rows()
        self._name_members()
        self._rank_all()
        self._connection.execute(f"CREATE OR REPLACE TABLE {STORY_DAYS} AS {_story_days(ALWAYS)}")
        self._note_seen(_SEEN)

    def _make_rows(self) -> None:
        """Make all rows, some months at a time: what is joined has to fit in the memory that DuckDB
        may take. Articles name their outlet and what goes with it by a number."""
        run = self._connection.execute
        of_outlet = [name for name in self._of_article if name not in _OF_EACH_ARTICLE]
        texts = ", ".join(of_outlet)
        outlets = f"SELECT DISTINCT {texts} FROM newest_articles"
        run(
            "CREATE OR REPLACE TEMP TABLE outlets AS "
            f"SELECT row_number() OVER () AS outlet_no, {texts} FROM ({outlets})"
        )
        same = " AND ".join(f"a.{name} IS NOT DISTINCT FROM o.{name}" for name in of_outlet)
        run(
            "CREATE OR REPLACE TEMP TABLE narrow_articles AS SELECT article_id, load_id, "
            f"{', '.join(_OF_EACH_ARTICLE)}, CAST(outlet_no AS INTEGER) AS outlet_no "
            f"FROM newest_articles AS a JOIN outlets AS o ON {same}"
        )
        how = f"CREATE OR REPLACE TABLE {COUNTED} AS"
        for months in self._parts():
            self._make_part(how, months)
            how = f"INSERT INTO {COUNTED}"
        for name in ("narrow_articles", "outlets", "articles_of_part"):
            run(f"DROP TABLE {name}")
        run(f"DELETE FROM {STORIES_OF_PART}")

    def _make_part(self, how: str, months: Condition) -> None:
        """Make the rows of some months. Of articles and stories those that they name are held."""
        run, which = self._connection.execute, months.text
        ids = " UNION ALL ".join(
            f"SELECT event_id, article_id FROM {told} WHERE {which}" for told in _TOLD
        )
        run(f"CREATE OR REPLACE TEMP TABLE part AS {ids}")
        run(
            f"CREATE OR REPLACE TABLE {STORIES_OF_PART} AS SELECT * FROM newest_stories "
            "WHERE told_id IN (SELECT event_id FROM part)"
        )
        run(
            "CREATE OR REPLACE TEMP TABLE articles_of_part AS SELECT * FROM narrow_articles "
            "WHERE article_id IN (SELECT article_id FROM part)"
        )
        run("DROP TABLE part")
        rows = (
            "(SELECT * FROM told_events JOIN articles_of_part USING (article_id, load_id) "
            f"JOIN outlets USING (outlet_no) WHERE {which})"
        )
        with self._joined_as_written():
            run(f"{how} {self._with_numbers(rows)}")

    def _parts(self) -> list[Condition]:
        """The events in parts of some months; one part where files do not tell their month."""
        if not self._by_month:
            return [ALWAYS]
        told = "SELECT month, count(*) FROM events GROUP BY month ORDER BY month"
        groups: list[list[str]] = []
        room = 0
        for month, many in self._connection.execute(told).fetchall():
            if room < many or not groups:
                groups.append([])
                room = _MADE_AT_ONCE
            groups[-1].append(month)
            room -= many
        named = [Condition(f"(month IN ({listed(months)}))") for months in groups]
        # what persons added may be of a month that no file has
        every = listed(month for months in groups for month in months)
        others = f"(month IS NULL OR month NOT IN ({every}))" if every else "true"
        return [*named, Condition(others)]

    @contextmanager
    def _joined_as_written(self) -> Iterator[None]:
        """DuckDB holds articles and lists in memory and lets the events pass. It would else take
        the events, of which it expects few, and write them to disk where memory is short."""
        run = self._connection.execute
        run("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        try:
            yield
        finally:
            run("SET disabled_optimizers = ''")

    def _carry_on(self) -> bool:
        """Make the rows of the events anew that changed; False where they are too many."""
        run = self._connection.execute
        for name in _SEEN:
            run(f"CREATE OR REPLACE TEMP TABLE changed_{name} AS {_changed(name)}")
        run(
            "CREATE OR REPLACE TEMP TABLE changed_events AS SELECT told_id AS event_id "
            f"FROM changed_stories UNION SELECT event_id FROM changed_edits UNION {_touched()}"
        )
        changed = int(run("SELECT count(*) FROM changed_events").fetchall()[0][0])
        if changed * _MADE_ANEW > self._size():
            return False
        self._replace("event_id IN (SELECT event_id FROM changed_events)")
        self._note_seen(self._grown())
        return True

    def _replace(self, mine: str) -> None:
        """Make the rows anew that a condition holds of, and those of changed articles."""
        run = self._connection.execute
        told = f"SELECT {', '.join((*self._told, *SIDES))} FROM current_events"
        late = "article_id IN (SELECT article_id FROM changed_articles)"
        # asked apart: DuckDB looks up a few ids in the files, but not one of two kinds
        run(f"CREATE OR REPLACE TEMP TABLE fresh AS {told} WHERE {mine}")
        run(f"INSERT INTO fresh {told} WHERE {late} AND NOT {mine}")
        self.new += int(run("SELECT count(*) FROM fresh").fetchall()[0][0])
        lists = f"({_lists('fresh')}) EXCEPT SELECT told FROM {PARTIES}"
        run(f"INSERT INTO {PARTIES} {_numbered(lists, after=f'(SELECT max(no) FROM {PARTIES})')}")
        self._name_members()
        of_stories = f"SELECT story_id FROM {COUNTED} WHERE several AND {mine}"
        run(f"CREATE OR REPLACE TEMP TABLE told_otherwise AS {of_stories}")
        run(f"DELETE FROM {COUNTED} WHERE {mine}")
        run(f"INSERT INTO {COUNTED} {self._with_numbers('fresh')}")
        run("INSERT INTO told_otherwise SELECT story_id FROM fresh")
        theirs = Condition("(story_id IN (SELECT story_id FROM told_otherwise))")
        self._rank(theirs)
        run(f"DELETE FROM {STORY_DAYS} WHERE {theirs.text}")
        run(f"INSERT INTO {STORY_DAYS} {_story_days(theirs)}")

    def _name_members(self) -> None:
        """Tell the codes of each list one by one."""
        codes = "CASE WHEN told = [] THEN [''] ELSE list_distinct(told) END"
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {MEMBERS} AS "
            f"SELECT no, unnest({codes}) AS code FROM {PARTIES}"
        )

    def _rank_all(self) -> None:
        """Give all their places, some stories at a time: what is put in order has to fit in the
        memory that DuckDB may take."""
        sql = f"SELECT count(*) FROM {COUNTED} WHERE {SEVERAL.text}"
        parts = 1 + int(self._connection.execute(sql).fetchall()[0][0]) // _RANKED_AT_ONCE
        for part in range(parts):
            self._rank(Condition(f"(story_id % {parts} = {part})"))

    def _rank(self, which: Condition) -> None:
        """Give the reports of some stories their place: 1 is the main one."""
        ranked = (
            "SELECT event_id AS id, row_number() OVER "
            f"(PARTITION BY story_id ORDER BY {_MAIN_FIRST}) AS place "
            f"FROM {COUNTED} WHERE several AND {which.text}"
        )
        self._connection.execute(
            f"UPDATE {COUNTED} SET place_in_story = place FROM ({ranked}) AS ranked "
            "WHERE event_id = id AND place_in_story <> place"
        )

    def _grown(self) -> list[str]:
        """Those of _SEEN that have other rows than before."""
        asked = ((name, f"SELECT count(*) FROM changed_{name}") for name in _SEEN)
        return [name for name, sql in asked if self._connection.execute(sql).fetchall()[0][0]]

    @property
    def _of_article(self) -> tuple[str, ...]:
        """Its columns that are of the article."""
        return tuple(name for name in self._columns if name in JOINED_COLUMNS)

    @property
    def _told(self) -> tuple[str, ...]:
        """Its columns without the parties."""
        return tuple(name for name in self._columns if name not in SIDES)

    def _with_numbers(self, rows: str) -> str:
        """SQL of its rows, of rows with their columns and lists of parties."""
        named = ", ".join(f"rows.{name}" for name in self._told)
        several = "story_id IN (SELECT story_id FROM shared_stories) AS several"
        doer = "coalesce(rows.sources[1], rows.targets[1], '') AS doer"
        numbers = ", ".join(f"{side}.no AS {side}_no" for side in SIDES)
        joined = " ".join(
            f"JOIN {PARTIES} AS {side} ON coalesce(rows.{side}, []) = {side}.told" for side in SIDES
        )
        return (
            f"SELECT {named}, {several}, {doer}, {numbers}, CAST(1 AS INTEGER) AS place_in_story "
            f"FROM {rows} AS rows {joined}"
        )

    def _note_seen(self, names: Iterable[str]) -> None:
        for name in names:
            self._connection.execute(f"CREATE OR REPLACE TABLE seen_{name} AS {_SEEN[name]}")


def _story_days(which: Condition) -> str:
    """SQL of the rows of STORY_DAYS of the stories with several reports that a condition holds
    of."""
    return (
        "SELECT story_id, min(first) AS least, max(first) AS most, "
        f"bool_or(first IS NULL) AS undated FROM {COUNTED} WHERE {(SEVERAL & which).text} "
        "GROUP BY story_id"
    )


def _lists(table: str) -> str:
    """SQL of the lists of parties of a table of events, each once."""
    return " UNION ".join(f"SELECT coalesce({side}, []) AS told FROM {table}" for side in SIDES)


def _numbered(lists: str, after: str) -> str:
    """SQL of the rows of PARTIES of some lists, with numbers after a number."""
    return f"SELECT told, CAST({after} + row_number() OVER () AS INTEGER) AS no FROM ({lists})"


def _touched() -> str:
    """The events of the table whose article or story changed."""
    stories = (
        "SELECT apart FROM changed_joined UNION SELECT onto FROM changed_joined "
        "UNION SELECT story_id FROM changed_shared"
    )
    return (
        f"SELECT event_id FROM {COUNTED} WHERE story_id IN ({stories}) "
        "OR article_id IN (SELECT article_id FROM changed_articles)"
    )


def _changed(name: str) -> str:
    """The rows that are there now or were noted, but not both."""
    now, then = f"({_SEEN[name]})", f"(SELECT * FROM seen_{name})"
    return f"({now} EXCEPT {then}) UNION ALL ({then} EXCEPT {now})"
