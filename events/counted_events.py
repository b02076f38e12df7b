"""The table of what is counted of a large store: a row a current event.

It holds the columns that filters and counts read, with edits, stories and columns of the article
applied, so that no question joins tables or reads text. It lies in the private folder of one
process (`events.scratch`) and is brought from version to version by what changed, which holds while
ids stay those of the same events and files of the store are added only: `events.snapshot` begins
with an empty folder where that is not so.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from events.counts_in_files import COUNTED

_MADE_ANEW = 4  # where more than one event in so many changed, all rows are made anew
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

    def __init__(self, connection: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> None:
        """columns: those that it holds of current_events."""
        self._connection, self._columns = connection, columns
        self._is_made = False

    def bring_up_to_date(self) -> None:
        """Make its rows those of the views as they are now. Raises duckdb.Error: it is made anew
        the next time."""
        was_made, self._is_made = self._is_made, False
        if not (was_made and self._carry_on()):
            self._make()
        self._is_made = True

    def _make(self) -> None:
        self._connection.execute(f"CREATE OR REPLACE TABLE {COUNTED} AS {self._rows()}")
        self._note_seen(_SEEN)

    def _carry_on(self) -> bool:
        """Make the rows of the events anew that changed; False where they are too many."""
        run = self._connection.execute
        for name in _SEEN:
            run(f"CREATE OR REPLACE TEMP TABLE changed_{name} AS {_changed(name)}")
        run(
            "CREATE OR REPLACE TEMP TABLE changed_events AS SELECT told_id AS event_id "
            f"FROM changed_stories UNION SELECT event_id FROM changed_edits UNION {_touched()}"
        )
        counts = f"SELECT (SELECT count(*) FROM changed_events), count(*) FROM {COUNTED}"
        changed, every = run(counts).fetchall()[0]
        if changed * _MADE_ANEW > every:
            return False
        mine = "event_id IN (SELECT event_id FROM changed_events)"
        late = "article_id IN (SELECT article_id FROM changed_articles)"
        run(f"DELETE FROM {COUNTED} WHERE {mine}")
        # asked apart: DuckDB looks up a few ids in the files, but not one of two kinds
        run(f"INSERT INTO {COUNTED} {self._rows()} WHERE {mine}")
        run(
            f"INSERT INTO {COUNTED} {self._rows()} WHERE {late} "
            "AND event_id NOT IN (SELECT event_id FROM changed_events)"
        )
        self._note_seen(self._grown())
        return True

    def _grown(self) -> list[str]:
        """Those of _SEEN that have other rows than before."""
        asked = ((name, f"SELECT count(*) FROM changed_{name}") for name in _SEEN)
        return [name for name, sql in asked if self._connection.execute(sql).fetchall()[0][0]]

    def _rows(self) -> str:
        named = ", ".join(self._columns)
        several = "story_id IN (SELECT story_id FROM shared_stories) AS several"
        return f"SELECT {named}, {several} FROM current_events"

    def _note_seen(self, names: Iterable[str]) -> None:
        for name in names:
            self._connection.execute(f"CREATE OR REPLACE TABLE seen_{name} AS {_SEEN[name]}")


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
