"""The day of an event in the form of corrections: one of the choices, or another one by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import get_args

import streamlit as st

from events.corrections import NONE, unit_of
from events.model import Precision
from pages.shell.language import _, label

_ANOTHER = "another"
_LEAST, _MOST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


def draw(key: str, name: str, values: Sequence[str], words: Callable[[str], str]) -> str:
    """The chosen interval as edits write it; `values` are the choices, the present one first."""
    shown = {_ANOTHER: _("another day …")}
    chosen = st.selectbox(
        name,
        [*values, _ANOTHER],
        key=key,
        format_func=lambda value: shown.get(value) or words(value),
    )
    return _by_hand(key, values[0]) if chosen == _ANOTHER else str(chosen)


def _by_hand(key: str, before: str) -> str:
    """A day and how precise it is; of a span its last day too."""
    start = dt.date.today()
    if before != NONE:
        start = dt.date.fromisoformat(next(day for day in before.split("/") if day))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        precision = st.selectbox(
            _("Precision"), get_args(Precision), key=f"{key}_precision", format_func=label
        )
        first = _day(_("First day") if precision == "span" else _("Day"), f"{key}_first", start)
        last = _day(_("Last day"), f"{key}_last", first) if precision == "span" else first
    if precision != "span":
        first, last = unit_of(first, precision)
    return f"{first}/{max(first, last)}/{precision}"


def _day(name: str, key: str, start: dt.date) -> dt.date:
    told = st.date_input(
        name, value=start, key=key, min_value=_LEAST, max_value=_MOST, format="YYYY-MM-DD"
    )
    return told if isinstance(told, dt.date) else start
