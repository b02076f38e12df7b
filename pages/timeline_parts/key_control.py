"""How many of the events in view the timeline draws: the main 10, 30 or 100, or all."""

from __future__ import annotations

import streamlit as st

from charts.timeline.bins import MARKS_LIMIT
from pages.shared.detail import Detail
from pages.shell import link
from pages.shell.language import _, number

STEPS = (10, 30, 100)
ALL = 0
_USUAL = STEPS[-1]  # unless all are drawn as counts


def chosen(found: Detail) -> int:
    """The number of key events drawn, ALL for every event or for counts."""
    offered = _offered(found)
    told = link.view("key")
    if told in map(str, (*offered, ALL)):
        return int(told)
    return _USUAL if _USUAL in offered and found.in_view <= MARKS_LIMIT else ALL


def _offered(found: Detail) -> list[int]:
    """The steps that would leave something out; none where the store counts."""
    return [step for step in STEPS if step < found.in_view] if found.bins is None else []


def control(found: Detail) -> None:
    """The choice; nothing where every event in view is drawn anyway."""
    offered = [*_offered(found), ALL]
    if len(offered) == 1:
        return
    st.session_state["timeline_key"] = chosen(found)
    st.segmented_control(
        _("Key events"),
        offered,
        key="timeline_key",
        format_func=lambda step: _step(step, offered[0], found),
        label_visibility="collapsed",
        help=_("Key events: main ones, told by several outlets, sure ones first."),
        required=True,
        on_change=lambda: link.set_view("key", str(st.session_state["timeline_key"])),
    )


def _step(step: int, first: int, found: Detail) -> str:
    """The words of a choice; those of the first one say what all are."""
    told = _("All {n}") if step == ALL else _("Key events: {n}") if step == first else "{n}"
    return told.format(n=number(step or found.in_view))


def measure(found: Detail) -> str:
    """``30 main ones of 112 in these days``; "" where all are drawn."""
    most = chosen(found)
    told = _("{n} main ones of {all} in these days")
    return told.format(n=number(most), all=number(found.in_view)) if most else ""
