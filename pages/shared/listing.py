"""Events as lists: short headlines to click, and the table twin of a chart with its row selection.

Both make the evidence reachable by keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pandas as pd
import streamlit as st

from events.publication import published_iso
from events.records import records
from pages.shared import disagreement, evidence, facts, grades, search_hits
from pages.shared.facts import Row
from pages.shell import counting, names
from pages.shell.escaping import plain, shortened
from pages.shell.language import _, label

A_PAGE = 15
MOST_ROWS = 10_000  # of a table that a browser scrolls


def headlines(
    table: pd.DataFrame, key: str, height: int | None = None, a_page: int = A_PAGE
) -> None:
    """One line per event: date and headline, class and outlet; click for evidence."""
    headlines_of(range(len(table)), lambda places: table.iloc[list(places)], key, height, a_page)


def headlines_of(
    wanted: Sequence[int],
    rows_of: Callable[[Sequence[int]], pd.DataFrame],
    key: str,
    height: int | None = None,
    a_page: int = A_PAGE,
) -> None:
    """The same with paging: `rows_of` loads only the events of the page shown."""
    pages = -(-len(wanted) // a_page)
    number = 1
    shown = st.container(key=f"frise_events_{key}", height=height or "content", border=False)
    if pages > 1:
        number = st.pagination(pages, key=f"page_{key}", max_visible_pages=5)
    with shown:
        rows = records(rows_of(wanted[(number - 1) * a_page : number * a_page]))
        disputed = disagreement.disputed_stories(rows)
        found = search_hits.hits([row["event_id"] for row in rows])
        for row in rows:
            mark = _("disputed") if int(row["story_id"]) in disputed else ""
            _headline(row, key, mark, search_hits.lines(row, found) if found else [])


def _headline(row: Row, key: str, mark: str, found: Sequence[str]) -> None:
    when = plain(facts.when(row, short=True))
    parts = (facts.class_line(row), str(row["source"]), counting.reports_of(dict(row)), mark)
    small = " · ".join(part for part in parts if part)
    more = "".join(f"  \n:small[{line}]" for line in found)
    st.button(
        f"**{when}** {plain(facts.headline(row))}  \n:small[{plain(small)}]{more}",
        key=f"item_{key}_{row['event_id']}",
        type="tertiary",
        width="stretch",
        on_click=evidence.choose,
        args=(int(row["event_id"]),),
    )


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """The events in the reader's language, one row each, in the same order, for a page's tables."""
    rows = records(table)
    return pd.DataFrame(
        {
            _("Date"): [facts.when(row, short=True) for row in rows],
            _("First day"): [facts.date_of(row["first"]) for row in rows],
            _("Headline"): [facts.headline(row) for row in rows],
            _("Who"): [_joined(row["sources"]) for row in rows],
            _("Type"): [label(str(row["type"])) for row in rows],
            _("To whom"): [_joined(row["targets"]) for row in rows],
            _("Where"): [names.place_of(row) for row in rows],
            _("Status"): [label(str(row.get("story_status", row["status"]))) for row in rows],
            **_reports(table),
            _("Quote"): [shortened(str(row["quote"]), 300) for row in rows],
            _("Outlet"): [str(row["source"]) for row in rows],
            _("Published"): [published_iso(row) or None for row in rows],
            _("Grade"): [grades.mark(row) for row in rows],
            _("Confidence"): [float(row["confidence"]) for row in rows],
        }
    )


def _reports(table: pd.DataFrame) -> dict[str, list[int]]:
    """The column of the number of reports, where a row is an event of several."""
    return {_("Reports"): table["reports"].tolist()} if "reports" in table else {}


@contextmanager
def unfolded(words: str, key: str) -> Iterator[bool]:
    """An expander, and whether it is open: only then is its content made and sent."""
    fold = st.expander(words, key=f"fold_{key}", on_change="rerun")
    with fold:
        yield bool(fold.open)


def table_twin(table: pd.DataFrame, key: str, height: int = 300, most: int = 2000) -> None:
    """The events as a table; selecting a row shows its evidence. At most `most` rows are drawn."""
    shown = table.head(most)
    days = st.column_config.DateColumn(format="YYYY-MM-DD")
    rows = readable(shown)
    found = search_hits.hits(shown["event_id"].tolist())
    if found is not None:
        rows[_("Found")] = [search_hits.where(row, found) for row in records(shown)]
    st.dataframe(
        rows.dropna(axis="columns", how="all"),  # no column of days for undated events
        key=f"twin_{key}",
        height=height,
        hide_index=True,
        selection_mode="single-row",
        on_select=lambda: _on_row(f"twin_{key}", shown["event_id"].tolist()),
        column_config={
            _("First day"): days,
            _("Headline"): st.column_config.TextColumn(width="large"),
            _("Quote"): st.column_config.TextColumn(width="large"),
            _("Confidence"): st.column_config.NumberColumn(format="percent"),
        },
    )
    if len(table) > most:
        st.caption(
            _("The first {shown} of {all}; narrow the filters, or take the file.").format(
                shown=counting.counted(most),
                all=counting.counted(len(table)),
            )
        )


def doubtful_table(table: pd.DataFrame, key: str, height: int = 300) -> None:
    """Events with the candidate for their place, its certainty and the reasons; selecting a row
    shows its evidence."""
    rows = records(table)
    shown = pd.DataFrame(
        {
            _("Candidate"): [names.place_of(row) for row in rows],
            _("Certainty"): [facts.place_share(row) for row in rows],
            _("Why"): ["; ".join(facts.place_reasons(row)) for row in rows],
            _("What"): [facts.headline(row) for row in rows],
            _("Quote"): [shortened(str(row["quote"]), 300) for row in rows],
        }
    )
    ids = table["event_id"].tolist()
    select_rows(shown, f"twin_{key}", lambda at: evidence.choose(int(ids[at])), height)


def _on_row(key: str, ids: Sequence[int]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows and rows[0] < len(ids):
        evidence.choose(int(ids[rows[0]]))


def select_rows(
    table: pd.DataFrame,
    key: str,
    chosen: Callable[[int], None],
    height: int | str = "auto",
    widths: Mapping[str, int] | None = None,
) -> None:
    """Any table whose row selection calls `chosen` with the row's position; widths in pixels."""

    def on_select() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and rows[0] < len(table):
            chosen(int(rows[0]))

    st.dataframe(
        table,
        key=key,
        hide_index=True,
        height=height,  # type: ignore[arg-type]
        selection_mode="single-row",
        on_select=on_select,
        column_config={
            name: st.column_config.Column(width=width) for name, width in (widths or {}).items()
        },
    )


def _joined(codes: Sequence[str]) -> str:
    return ", ".join(names.actor(code) for code in codes)
