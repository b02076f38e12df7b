"""The column beside a chart: evidence of the chosen event, else a list of events to choose from.

A clicked mark may stand for several events (a place, a bar, a pair of actors): then the list
shows those, each with a link to its evidence.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from events import audit_log
from events.filters import Filters
from exports.delimited import table_to_csv
from pages.shared import detail, evidence, listing, search_hits
from pages.shell import counting, language, look, person
from pages.shell.escaping import escaped
from pages.shell.language import _, current, number
from pages.shell.store_access import query

_PICKED = "frise_picked"
_FILE = "frise-events-of-mark.csv"


@dataclass(frozen=True)
class Picked:
    """The events of one mark: title, page, ids in order, total number.

    `whole` exceeds the number of ids if the mark has more events than are loaded at once.
    """

    title: str
    page: str
    ids: tuple[int, ...]
    whole: int


def say_newest(filters: Filters, table: pd.DataFrame, words: str = "") -> None:
    """For a large store, say that the list has its newest events only."""
    if detail.is_large(filters):
        told = words or _("The list holds the newest {events}; the chart counts all of them.")
        look.note(told.format(events=counting.counted(len(table))))


def pick(title: str, page: str, ids: Sequence[int], whole: int = 0) -> None:
    """Show the events of a mark (`whole` in total); a single one opens its evidence at once."""
    unique = tuple(dict.fromkeys(int(i) for i in ids))
    found = Picked(title, page, unique, max(whole, len(unique)))
    st.session_state[_PICKED] = found if len(unique) > 1 else None
    evidence.choose(unique[0] if len(unique) == 1 else None)


def picked(page: str) -> Picked | None:
    """What was picked on this page, if it is still valid."""
    found: Picked | None = st.session_state.get(_PICKED)
    return found if found and found.page == page else None


def unpick() -> None:
    """Return to the list of all events."""
    st.session_state[_PICKED] = None
    evidence.choose(None)


def draw(table: pd.DataFrame, page: str, title: str, height: int) -> None:
    """Draw the evidence, or the events of the clicked mark, or `table` under `title`."""
    row = evidence.chosen()
    behind = picked(page)
    if row is not None:
        if behind is not None and int(row["event_id"]) in behind.ids:
            back = counting.counted(behind.whole)
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
    if search_hits.hits(()) is not None:
        title, table = _("Found, in the sentence first"), search_hits.ranked(table)
    hint = escaped(_("click one for its evidence"))
    st.html(f'<p class="fr-head">{escaped(title)} <i>· {hint}</i></p>')
    listing.headlines(table, page, height)


def _list_behind(table: pd.DataFrame, behind: Picked, height: int) -> None:
    """All events of the mark, page by page, and a button to download them."""
    head, close = st.columns([10, 1.6], vertical_alignment="center")
    events = counting.counted(behind.whole)
    head.html(f'<p class="fr-line">{escaped(behind.title)} · {escaped(events)}</p>')
    close.button("×", key="side_close", help=_("Close"), on_click=unpick)
    if behind.whole > len(behind.ids):
        told = _("{n} of {all} are listed: narrow the filters, or take the file.")
        look.note(told.format(n=number(len(behind.ids)), all=number(behind.whole)))
    listing.headlines_of(behind.ids, lambda ids: rows_of(table, ids), page_key(behind), height)
    if len(behind.ids) > listing.A_PAGE:
        st.download_button(
            _("These events as a file (CSV)"),
            functools.partial(_file, behind.ids, current(), person.name()),
            file_name=_FILE,
            mime="text/csv",
            key="side_file",
            type="tertiary",
            on_click="ignore",
        )


def _file(ids: Sequence[int], lang: str, who: str) -> bytes:
    with language.fixed(lang):
        audit_log.record_leaving(query().location, who, f"{_FILE}: {len(ids)} reports")
        return table_to_csv(listing.readable(query().events_with(ids)))


def rows_of(table: pd.DataFrame, ids: Sequence[int]) -> pd.DataFrame:
    """The events of the ids, in that order: from `table`, the others from the store."""
    found = table[table["event_id"].isin(ids)]
    missing = [i for i in ids if i not in set(found["event_id"])]
    if missing:
        found = pd.concat([found, query().events_with(missing)], ignore_index=True)
    order = {event_id: place for place, event_id in enumerate(ids)}
    return found.iloc[found["event_id"].map(order).argsort(kind="stable")]


def page_key(behind: Picked) -> str:
    """Widget key of the list."""
    return f"{behind.page}_behind"
