"""What a load did with tables of events that others coded, and what their terms say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from events.coders import coder
from pages.shell import escaping, look
from pages.shell.language import _, current, named, number


def show(report: Any, list_under: Callable[[str, Sequence[str]], None]) -> None:
    """A `loaders.coded_rows.TableReport`: its counts, terms, changed and withdrawn rows."""
    head = f"{report.coder} ({report.table})"
    st.html(
        f'<p class="fr-line" role="status">{escaping.escaped(named(head, _counts(report)))}</p>'
    )
    st.caption(_("Rows of tables are no reports: the filter “Read or coded by” shows them."))
    terms = coder(report.coder).terms_in(current())
    if terms:
        look.note(terms)
    unknown = [f"{name} ({number(n)})" for name, n in report.unknown_types.most_common()]
    list_under(_("Types in no table of correspondences"), unknown)
    list_under(_("Changed rows"), report.changed)
    list_under(_("Withdrawn: the newer table no longer has them"), report.withdrawn)
    list_under(_("Back again"), report.back)
    if report.uncovered:
        told = _("{n} rows of before are not in it, nor in the days and places it covers: kept.")
        look.note(told.format(n=number(report.uncovered)))
    if report.incomplete:
        look.note(_("Rows that it lacks were not withdrawn: some of it could not be read."))


def _counts(report: Any) -> str:
    counts = {
        _("new rows"): report.added,
        _("changed"): len(report.changed),
        _("as before"): report.same,
        _("no longer in it"): len(report.withdrawn),
        _("back again"): len(report.back),
        _("given twice"): report.repeated,
        _("taken out by a person before"): report.refused,
        _("without a type of Frise"): report.without_type,
        _("without a day"): report.without_day,
    }
    told = [named(what, number(n)) for what, n in counts.items() if n or what == _("new rows")]
    return " · ".join(told)
