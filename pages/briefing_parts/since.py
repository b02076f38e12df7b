"""What changed since the last briefing of these filters, or since a day that the reader chooses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from events.filters import Filters
from events.packs import last_pack
from events.since import Since, changes_since
from exports.pack.table_part import TablePart, changes_part
from pages.shared import detail
from pages.shell import look
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current
from pages.shell.store_access import reports

MOST = 12  # changes in the table; the files have all
_KEY = "briefing_since"


def last(filters: Filters) -> dt.datetime | None:
    """The moment of the last briefing of the filters, made of another state of the store."""
    return last_pack(reports().location, filters, reports().version())


def draw(filters: Filters) -> None:
    """The table of changes, under a day that can be chosen."""
    if detail.is_large(filters):
        return
    before = last(filters)
    st.session_state.setdefault(_KEY, before.date() if before else None)
    chosen: dt.date | None = st.date_input(_("What changed since"), key=_KEY, format="DD/MM/YYYY")
    if chosen is None:
        look.note(_("No briefing of these filters was made before. Choose a day."))
        return
    moment = dt.datetime.combine(chosen, dt.time(), dt.UTC)
    if before and before.date() == chosen:
        moment = before
    _table(changes_part(_kept((reports().version(), filters, moment), filters, moment), current()))


@st.cache_resource(max_entries=4, show_spinner=False)
def _kept(key: tuple[object, ...], _filters: Filters, _moment: dt.datetime) -> Since:
    """The changes, cached by `key`: store, filters, moment."""
    return changes_since(reports(), _filters, _moment)


def _table(part: TablePart) -> None:
    """The changes, without the columns in which none tells anything."""
    shown = part.rows[:MOST]
    told = [n for n in range(len(part.columns)) if any(row[n] for row in shown)]
    st.html(f'<p class="fr-head">{escaped(part.title)}</p>')
    if shown:
        head = _row([part.columns[n] for n in told], "th")
        rows = "".join(_row([row[n] for n in told], "td") for row in shown)
        st.html(f'<table class="fr-table fr-changes">{head}{rows}</table>')
    if part.note:
        look.note(part.note)
    more = len(part.rows) - MOST
    if more > 0:
        look.note(count("{n} more change in the files.", "{n} more changes in the files.", more))


def _row(texts: Sequence[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escaped(text)}</{tag}>" for text in texts) + "</tr>"
