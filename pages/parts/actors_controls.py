"""How the actors page is set: which chart, the threshold, one actor in the middle, the measure."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from pages.parts import link, names
from pages.parts.language import _, count


def chart_kind() -> str:
    """Which of the three charts is shown."""
    kind = link.view("chart", "network")
    return kind if kind in ("network", "matrix", "flows") else "network"


def draw(dyads: pd.DataFrame) -> None:
    """The row of controls."""
    words = {
        "network": _("Links"),
        "matrix": _("Matrix"),
        "flows": _("Flows"),
    }
    with st.container(key="frise_controls", horizontal=True, vertical_alignment="center"):
        st.session_state["actors_chart"] = chart_kind()
        st.segmented_control(
            _("Chart"),
            list(words),
            key="actors_chart",
            format_func=lambda kind: words[kind],
            label_visibility="collapsed",
            required=True,
            on_change=lambda: link.set_view("chart", st.session_state["actors_chart"]),
        )
        if chart_kind() == "network":
            _least(dyads)
            _ego(dyads)
            _together()
        elif chart_kind() == "matrix":
            _measure()


def _least(dyads: pd.DataFrame) -> None:
    """The least number of events that a link needs to be drawn."""
    most = int(dyads["events"].max()) if len(dyads) else 1
    steps = [n for n in (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000) if n <= max(1, most)]
    st.session_state["actors_least"] = max(n for n in steps if n <= max(1, least()))
    st.selectbox(
        _("Links drawn"),
        steps,
        key="actors_least",
        width=235,
        format_func=lambda n: _("links of {events} or more").format(
            events=count("{n} event", "{n} events", n)
        ),
        label_visibility="collapsed",
        help=_("Links with fewer events are counted beneath the chart, not drawn."),
        on_change=lambda: link.set_view("least", int(st.session_state["actors_least"])),
    )


def least() -> int:
    """The threshold of the link, at least 1."""
    return max(1, int(link.view("least", "1")))


def _ego(dyads: pd.DataFrame) -> None:
    """One actor in the middle, with those it acts with."""
    codes = sorted({code for code in [*dyads["source"], *dyads["target"]] if code}, key=names.actor)
    st.session_state["actors_ego"] = (
        link.view("actorview") if link.view("actorview") in codes else None
    )
    st.selectbox(
        _("Around one actor"),
        codes,
        key="actors_ego",
        index=None,
        format_func=names.actor,
        placeholder=_("Around one actor …"),
        label_visibility="collapsed",
        width=230,
        on_change=lambda: link.set_view("actorview", st.session_state["actors_ego"]),
    )


def _together() -> None:
    """Dashed links between actors that are only named together."""
    st.session_state["actors_together"] = together()
    st.toggle(
        _("Named together"),
        key="actors_together",
        help=_("Dashed: actors named in one sentence without an act between them."),
        on_change=lambda: link.set_view(
            "together", "1" if st.session_state["actors_together"] else None
        ),
    )


def together() -> bool:
    """Whether pairs that are only named together are drawn; not at first."""
    return link.view("together") == "1"


def _measure() -> None:
    words = {"events": _("Number of events"), "score": _("Mean score")}
    st.session_state["actors_measure"] = measure()
    st.segmented_control(
        _("Measure"),
        list(words),
        key="actors_measure",
        format_func=lambda name: words[name],
        label_visibility="collapsed",
        required=True,
        on_change=lambda: link.set_view("measure", st.session_state["actors_measure"]),
    )


def measure() -> Literal["events", "score"]:
    """What the cells of the matrix show."""
    return "score" if link.view("measure") == "score" else "events"
