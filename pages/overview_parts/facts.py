"""What is loaded, how sure it is, and what was left out: numbers beside the pictures."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from events import wording
from events.answers import Account
from events.certainty import LIKELY, SURE
from events.filters import Filters
from events.headline import capitalised
from events.ontology import STATUSES
from pages.shell import certainty, counting, link, names, store_access
from pages.shell.escaping import escaped
from pages.shell.language import _, count, current, label, number


def draw(table: pd.DataFrame, account: Account, filters: Filters) -> None:
    """Numbers of what is loaded, how sure it is, and what was left out."""
    _loaded(table, account, filters)
    _sureness(table)
    _left_out(account)


def _loaded(table: pd.DataFrame, account: Account, filters: Filters) -> None:
    options = store_access.reports().options(filters)
    outlets = options.sources[options.sources["value"] != ""]
    lines = [
        counting.told(account),
        count("{n} article", "{n} articles", account.articles)
        + " · "
        + count("{n} outlet", "{n} outlets", len(outlets)),
    ]
    if options.first is not None and options.last is not None:
        first, last = options.first.date(), options.last.date()
        lines.append(wording.format_interval(first, last, "span", current(), True))
    langs = [
        f"{names.language_in_text(str(row.value))} {number(int(row.events))}"  # type: ignore[arg-type]
        for row in options.langs.itertuples()
    ]
    lines.append(capitalised(", ".join(langs)))
    _section(_("What is loaded"), lines)


def _sureness(table: pd.DataFrame) -> None:
    """Events by confidence and by status."""
    share = table["confidence"]
    rows = [
        (
            _("Sure ({share} and more)").format(share=wording.format_share(SURE, current())),
            int((share >= SURE).sum()),
        ),
        (_("Likely"), int(((share >= LIKELY) & (share < SURE)).sum())),
        (
            _("Doubtful (under {share})").format(share=wording.format_share(LIKELY, current())),
            int((share < LIKELY).sum()),
        ),
    ]
    _bars(_("How sure"), rows, max(1, len(table)))
    statuses = table["status"].value_counts()
    told = [(label(status), int(statuses.get(status, 0))) for status in STATUSES]
    _bars(_("Status"), told, max(1, len(table)))


def _bars(head: str, rows: list[tuple[str, int]], whole: int) -> None:
    """Names with their numbers, and a thin bar for the share of the whole."""
    items = "".join(
        f"<tr><td>{escaped(name)}</td><td class='fr-number'>{number(value)}</td>"
        f"<td><div class='fr-bar' style='width:{max(1, round(90 * value / whole))}px'></div></td>"
        "</tr>"
        for name, value in rows
        if value
    )
    st.html(f'<p class="fr-head">{escaped(head)}</p><table class="fr-table">{items}</table>')


def _left_out(account: Account) -> None:
    rows = {
        "unsure": (certainty.less_sure_words(), account.less_sure * account.hides_less_sure),
        "hidden": (_("Hidden by filters"), account.hidden_otherwise),
        "undated": (_("Without a date"), account.undated),
        "unplaced": (_("Without a place"), account.unlocated),
        "text": (_("Pieces left out of articles"), sum(n for _reason, n in account.left_out)),
        "files": (_("Files set aside"), account.rejected),
    }
    st.html(f'<p class="fr-head">{escaped(_("What was left out"))}</p>')
    with st.container(key="frise_events_left"):
        for name, (words, value) in rows.items():
            if value and st.button(
                _("{name}: {value}").format(name=words, value=number(value)),
                key=f"overview_{name}",
                type="tertiary",
            ):
                link.set_view("list", name)
                st.switch_page("pages/left_out.py")


def _section(head: str, lines: list[str]) -> None:
    shown = "".join(f'<p class="fr-small">{escaped(line)}</p>' for line in lines if line)
    st.html(f'<p class="fr-head">{escaped(head)}</p>{shown}')
