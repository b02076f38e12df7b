"""Preview of a pack before it is made: its sections with their numbers, its key events."""

from __future__ import annotations

import streamlit as st

from events.filters import Filters
from exports.pack.content import Content, EventLine, content
from exports.selection import select
from pages.shared import detail
from pages.shell import look
from pages.shell.escaping import escaped, shortened
from pages.shell.language import _, count, current, number, quoted
from pages.shell.store_access import query, reports

KEY_LINES = 6  # key events shown: as many as fit without scrolling


def draw(filters: Filters, title: str, marking: str) -> None:
    """Sections and key events of the pack; for a large store only quick counts."""
    if detail.is_large(filters):
        _large(filters)
        return
    told = _kept((query().version(), filters, current()), filters)
    _sections(told)
    _first_page(told, title, marking)


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept(key: tuple[object, ...], _filters: Filters) -> Content:
    """The content of the pack, cached by `key`: store, filters, language."""
    return content(select(reports(), _filters, lang=current()))


def _large(filters: Filters) -> None:
    account = reports().account(filters)
    rows = [
        (_("Events and sources"), count("{n} event", "{n} events", account.shown)),
        (_("Sources"), count("{n} article", "{n} articles", account.articles)),
        (_("Without a date"), number(account.undated)),
        (_("Without a place"), number(account.unlocated)),
        (_("Left out"), number(account.loaded - account.shown)),
    ]
    _table(rows)
    look.note(_("So many events are put in order only when the pack is made."))


def _sections(told: Content) -> None:
    """One line per section of the slides, the document and the web page."""
    undated, unplaced = told.receipt.undated, told.receipt.unlocated
    left_out = sum(value for _reason, value in told.receipt.left_out)
    stories = number(told.stories)
    key = _("{shown} of {all} events").format(shown=number(len(told.key)), all=stories)
    pairs = _("{shown} of {all} pairs of actors").format(
        shown=number(len(told.dyads)), all=number(told.dyads_all)
    )
    hidden = count(
        "{n} event left out by the filters", "{n} events left out by the filters", left_out
    )
    rows = [
        (_("Key events"), key),
        (_("Timeline"), _with_without(told.events - undated, undated, _("without a date"))),
        (_("Where"), _with_without(told.events - unplaced, unplaced, _("without a place"))),
        (_("Who acts on whom"), pairs),
        (_("Events and sources"), _with_reports(told)),
        (_("Receipt"), hidden),
    ]
    _table(rows)


def _with_without(having: int, lacking: int, words: str) -> str:
    return f"{count('{n} event', '{n} events', having)} · {number(lacking)} {words}"


def _with_reports(told: Content) -> str:
    shown = _("{shown} of {all} events").format(
        shown=number(len(told.table)), all=number(told.stories)
    )
    reports = count("{n} report", "{n} reports", told.events)
    articles = count("{n} article", "{n} articles", told.receipt.articles)
    return f"{shown} · {reports} · {articles}"


def _table(rows: list[tuple[str, str]]) -> None:
    head = escaped(_("What the pack will hold"))
    cells = "".join(
        f"<tr><td>{escaped(name)}</td><td>{escaped(value)}</td></tr>" for name, value in rows
    )
    st.html(f'<p class="fr-head">{head}</p><table class="fr-table">{cells}</table>')


def _first_page(told: Content, title: str, marking: str) -> None:
    """Head and first key events of the document, as they will appear in it."""
    lines = "".join(_key_line(line) for line in told.key[:KEY_LINES])
    more = len(told.key) - KEY_LINES
    rest = f'<p class="fr-small">{escaped(_("and {n} more").format(n=number(more)))}</p>'
    facts = "".join(f'<p class="fr-small">{escaped(fact)}</p>' for fact in told.facts)
    mark = f'<p class="fr-small"><b>{escaped(marking)}</b></p>' if marking else ""
    st.html(
        f'<p class="fr-head">{escaped(_("First page"))}</p><div class="fr-sheet">{mark}'
        f'<p class="fr-title">{escaped(title or told.title)}</p>'
        f'<p class="fr-sub">{escaped(told.subtitle)}</p>{facts}'
        f'<p class="fr-head">{escaped(_("Key events"))}</p>{lines}{rest if more > 0 else ""}</div>'
    )


def _key_line(line: EventLine) -> str:
    head = f"<b>{escaped(line.day)}</b> · {escaped(line.headline)} ({escaped(line.status)})"
    quote = escaped(quoted(shortened(line.quote, 220)))
    return f'<p class="fr-key">{head}<br>{quote}<br><small>{escaped(line.credit)}</small></p>'
