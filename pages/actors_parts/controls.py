"""Controls of the actors page: chart, threshold, actor in the middle, measure."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from charts.registry import of_page
from pages.shell import counting, link, look, names
from pages.shell.language import _

FEWEST = 3  # actors on either side for a matrix or flows


def chart_kind(dyads: pd.DataFrame) -> str:
    """Which of the charts of the page is shown."""
    kind = link.view("chart", "network")
    return kind if kind in offered(dyads) else "network"


def offered(dyads: pd.DataFrame) -> list[str]:
    """The charts that have something to show: of few actors the network alone."""
    pairs = linked(dyads)
    large = min(pairs["source"].nunique(), pairs["target"].nunique()) >= FEWEST
    return [chart.name for chart in of_page("actors") if large or chart.name == "network"]


def draw(dyads: pd.DataFrame) -> None:
    """The row of controls."""
    words = {chart.name: _(chart.label) for chart in of_page("actors")}
    kind, kinds = chart_kind(dyads), offered(dyads)
    with st.container(key="frise_controls", horizontal=True, vertical_alignment="center"):
        if len(kinds) > 1:
            _choice(_("Chart"), {name: words[name] for name in kinds}, "chart", kind)
        if kind == "network":
            _least(dyads)
            _ego(dyads)
            _together()
        elif kind == "matrix":
            _measure()
    if kind != link.view("chart", "network"):
        look.note(_("Too few actors for this chart: their links are drawn instead."))


def linked(dyads: pd.DataFrame) -> pd.DataFrame:
    """The pairs that are links: two different actors, both named."""
    named = (dyads["source"] != "") & (dyads["target"] != "")
    return dyads[named & (dyads["source"] != dyads["target"])]


def _least(dyads: pd.DataFrame) -> None:
    """Select the smallest number of events for a link to be drawn."""
    st.session_state["actors_least"] = least(dyads)
    st.selectbox(
        _("Links drawn"),
        _steps(dyads),
        key="actors_least",
        width=235,
        format_func=threshold,
        label_visibility="collapsed",
        help=_("Links with fewer events are counted beneath the chart, not drawn."),
        on_change=lambda: link.set_view("least", int(st.session_state["actors_least"])),
    )


def threshold(least_events: int) -> str:
    """``links of 5 events or more``."""
    events = counting.counted(least_events)
    return _("links of {events} or more").format(events=events)


def _steps(dyads: pd.DataFrame) -> list[int]:
    """The thresholds that keep at least one link, of the actor in the middle if there is one."""
    middle = ego(dyads)
    pairs = linked(dyads) if middle is None else _links_of(dyads, middle)
    most = int(pairs["events"].max()) if len(pairs) else 1
    return [n for n in (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000) if n <= max(1, most)]


def least(dyads: pd.DataFrame) -> int:
    """The largest available threshold that is not above the query parameter."""
    wanted = max(1, int(link.view("least", "1")))
    return max(n for n in _steps(dyads) if n <= wanted)


def _ego(dyads: pd.DataFrame) -> None:
    """Select one actor for the middle, to show it with its neighbours."""
    st.session_state["actors_ego"] = ego(dyads)
    st.selectbox(
        _("Around one actor"),
        sorted(_linked_actors(dyads), key=names.actor),
        key="actors_ego",
        index=None,
        format_func=names.actor,
        placeholder=_("Around one actor …"),
        label_visibility="collapsed",
        width=230,
        on_change=lambda: link.set_view("actorview", st.session_state["actors_ego"]),
    )


def _linked_actors(dyads: pd.DataFrame) -> set[str]:
    pairs = linked(dyads)
    return {*pairs["source"].unique(), *pairs["target"].unique()}


def _links_of(dyads: pd.DataFrame, code: str) -> pd.DataFrame:
    return linked(dyads[(dyads["source"] == code) | (dyads["target"] == code)])


def ego(dyads: pd.DataFrame) -> str | None:
    """The chosen actor in the middle, if it has a link."""
    asked = link.view("actorview")
    return asked if asked and len(_links_of(dyads, asked)) else None


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
    """Whether pairs that are only named together are drawn; off by default."""
    return link.view("together") == "1"


def _measure() -> None:
    words = {"events": _("Number of events"), "score": _("Mean score")}
    _choice(_("Measure"), words, "measure", measure())


def _choice(title: str, words: dict[str, str], view: str, chosen: str) -> None:
    """A choice among a few values, kept as query parameter `view`."""
    key = f"actors_{view}"
    st.session_state[key] = chosen
    st.segmented_control(
        title,
        list(words),
        key=key,
        format_func=lambda value: words[value],
        label_visibility="collapsed",
        required=True,
        on_change=lambda: link.set_view(view, st.session_state[key]),
    )


def measure() -> Literal["events", "score"]:
    """What the cells of the matrix show: events or mean score."""
    return "score" if link.view("measure") == "score" else "events"
