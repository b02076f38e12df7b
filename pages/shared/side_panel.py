"""The column beside a chart: evidence of the chosen event, else a list of events to choose from.

What was clicked may stand for several events (a place, a bar, a pair of actors): then the list
shows those, and each leads to its evidence.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from events.filters import Filters
from exports.delimited import table_to_csv
from pages.shared import detail, evidence, listing
from pages.shell import language, look
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current, number
from pages.shell.store_access import query

_PICKED = "frise_picked"


@dataclass(frozen=True)
class Picked:
    """Events behind one mark: what they are, on which page, their ids in order, how many in all.

    `whole` is more than the ids of a mark that stands for more events than are taken at once.
    """

    title: str
    page: str
    ids: tuple[int, ...]
    whole: int


def say_newest(filters: Filters, table: pd.DataFrame, words: str = "") -> None:
    """Of a large store, say that what stands here holds its newest events only."""
    if detail.is_large(filters):
        told = words or _("The list holds the newest {events}; the chart counts all of them.")
        look.note(told.format(events=count("{n} event", "{n} events", len(table))))


def pick(title: str, page: str, ids: Sequence[int], whole: int = 0) -> None:
    """Show the events behind a mark, of `whole` events; a single one shows its evidence at once."""
    unique = tuple(dict.fromkeys(int(i) for i in ids))
    found = Picked(title, page, unique, max(whole, len(unique)))
    st.session_state[_PICKED] = found if len(unique) > 1 else None
    evidence.choose(unique[0] if len(unique) == 1 else None)


def picked(page: str) -> Picked | None:
    """What was clicked on this page, if it still counts."""
    found: Picked | None = st.session_state.get(_PICKED)
    return found if found and found.page == page else None


def unpick() -> None:
    """Go back to the list of all events."""
    st.session_state[_PICKED] = None
    evidence.choose(None)


def draw(table: pd.DataFrame, page: str, title: str, height: int) -> None:
    """Evidence, or the events behind the mark that was clicked, or `table` under `title`."""
    row = evidence.chosen()
    behind = picked(page)
    if row is not None:
        if behind is not None and int(row["event_id"]) in behind.ids:
            back = count("{n} event", "{n} events", behind.whole)
            st.button(
                _("Back to {events}").format(events=back),
                key="side_back",
                type="tertiary",
                on_click=evidence.choose,
                args=(None,),
            )
        evidence.panel(row)
        return
    if behind is not None:
        _list_behind(table, behind, height)
        return
    hint = escaped(_("click one for its evidence"))
    st.html(f'<p class="fr-head">{escaped(title)} <i>· {hint}</i></p>')
    listing.headlines(table, page, height)


def _list_behind(table: pd.DataFrame, behind: Picked, height: int) -> None:
    """Every event of the mark, page by page; a way to all of them as a file."""
    head, close = st.columns([10, 1.6], vertical_alignment="center")
    events = count("{n} event", "{n} events", behind.whole)
    head.html(f'<p class="fr-line">{escaped(behind.title)} · {escaped(events)}</p>')
    close.button("×", key="side_close", help=_("Close"), on_click=unpick)
    if behind.whole > len(behind.ids):
        told = _("{n} of {all} are listed: narrow the filters, or take the file.")
        look.note(told.format(n=number(len(behind.ids)), all=number(behind.whole)))
    listing.headlines_of(behind.ids, lambda ids: rows_of(table, ids), page_key(behind), height)
    if len(behind.ids) > listing.A_PAGE:
        st.download_button(
            _("These events as a file (CSV)"),
            functools.partial(_file, behind.ids, current()),
            file_name="frise-events-of-mark.csv",
            mime="text/csv",
            key="side_file",
            type="tertiary",
            on_click="ignore",
        )


def _file(ids: Sequence[int], lang: str) -> bytes:
    with language.fixed(lang):
        return table_to_csv(listing.readable(query().events_with(ids)))


def rows_of(table: pd.DataFrame, ids: Sequence[int]) -> pd.DataFrame:
    """The events of the ids, in that order: from the table at hand, the others from the store."""
    found = table[table["event_id"].isin(ids)]
    missing = [i for i in ids if i not in set(found["event_id"])]
    if missing:
        found = pd.concat([found, query().events_with(missing)], ignore_index=True)
    order = {event_id: place for place, event_id in enumerate(ids)}
    return found.iloc[found["event_id"].map(order).argsort(kind="stable")]


def page_key(behind: Picked) -> str:
    """A key for the widgets of the list."""
    return f"{behind.page}_behind"


def weightiest(table: pd.DataFrame) -> pd.DataFrame:
    """One report a story: most independent sources first, then the surest, then the newest."""
    outlets = table.groupby("story_id")["origin"].nunique().rename("outlets")
    ranked = table.join(outlets, on="story_id").sort_values(
        ["outlets", "confidence", "first", "event_id"],
        ascending=[False, False, False, True],
        na_position="last",
    )
    return ranked.drop_duplicates("story_id")
