"""Who acts on whom: node-link chart, matrix, flows; an actor or a pair leads to its events."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.actors import flows, matrix, network
from charts.chart import Caption, Chart
from charts.together import named_together
from events import filter_words, registry
from events.filters import Filters
from pages.parts import (
    actors_controls,
    detail,
    downloads,
    dyad_over_time,
    link,
    listing,
    look,
    names,
    plotted,
    room,
    side,
)
from pages.parts import actors_picks as picks
from pages.parts.data import query
from pages.parts.language import _, current
from pages.parts.plain import escaped

PAGE = picks.PAGE
Together = Counter[tuple[str, str]] | None
HEIGHT = 470


def draw(filters: Filters) -> None:
    """The page."""
    dyads = query().dyads(filters)
    chart_side, panel = look.split(2.3)
    with chart_side:
        actors_controls.draw(dyads)
        tables = {_("Pairs of actors"): lambda: readable(dyads)}
        together = _together(filters)
        downloads.draw(filters, PAGE, tables, _stills(dyads, filters, together))
        made = _draw_chart(dyads, filters, together)
        if (
            actors_controls.chart_kind() == "network"
        ):  # the other charts carry their notes themselves
            st.html("".join(f'<p class="fr-small">{escaped(text)}</p>' for text in made.notes))
        # the chart is on its way before events are asked for
        table = picks.rolled_up(detail.recent(filters), filters)
        dyad_over_time.draw(table, filters, room.chart_width())
    with panel:
        about = side.weightiest(table[[bool(len(s) and len(t)) for s, t in picks.sides(table)]])
        side.say_newest(filters, table)
        side.draw(about, PAGE, _("Weightiest events between two actors"), 560)
    with listing.unfolded(_("The same pairs as a table"), PAGE) as is_open:
        if is_open:
            _twin(dyads, filters)
    if together is not None:
        with listing.unfolded(_("Actors named together as a table"), "together") as is_open:
            if is_open:
                _together_twin(together, filters)


def _draw_chart(dyads: pd.DataFrame, filters: Filters, together: Together) -> Chart[Any]:
    words = filter_words.in_words(filters, current())
    if actors_controls.chart_kind() == "network":
        look.title(_("Who acts on whom"), words)
        return _network(dyads, filters, together)
    return (
        _matrix(dyads, filters, words)
        if actors_controls.chart_kind() == "matrix"
        else _flows(dyads, filters, words)
    )


def _network(dyads: pd.DataFrame, filters: Filters, together: Together) -> Chart[dict[str, Any]]:
    made = network(
        dyads,
        min_events=actors_controls.least(),
        ego=link.view("actorview") or None,
        width=room.chart_width(),
        height=HEIGHT,
        lang=current(),
        theme=look.theme(),
        together=together,
    )
    series = made.figure["series"][0]
    options = {**made.figure, "series": [{**series, "selectedMode": "single"}]}
    key = f"actors_network_{_nonce()}"
    st.echarts_chart(
        options,
        key=key,
        width="stretch",
        height=HEIGHT,
        theme=None,
        alt=made.alt or None,
        on_select=lambda: _network_selected(key, series, filters),
    )
    return made


def _together(filters: Filters) -> Together:
    """Pairs named in one sentence, None where they are not wanted; of a large store not counted."""
    if not actors_controls.together() or actors_controls.chart_kind() != "network":
        return None
    if detail.is_large(filters):
        look.note(_("Too many events to look for actors named together: narrow the filters."))
        return None
    mentions = query().mentions(filters)
    level = filters.level
    if level != "person":
        mentions = mentions.assign(code=[registry.roll_up(c, level) for c in mentions["code"]])
    return named_together(query().events(filters), mentions)


def _network_selected(key: str, series: dict[str, Any], filters: Filters) -> None:
    for group in st.session_state[key]["selection"]["selected"]:
        for index in group["data_indices"][:1]:
            if group["data_type"] == "edge" and index < len(series["links"]):
                found = series["links"][index]
                pair = str(found["source"]), str(found["target"])
                if "together" in found:
                    picks.together(*pair, filters)
                else:
                    picks.pair(*pair, filters)
            elif group["data_type"] != "edge" and index < len(series["data"]):
                picks.actor(str(series["data"][index]["code"]), filters)
            _again()


def _matrix(dyads: pd.DataFrame, filters: Filters, words: str) -> Chart[go.Figure]:
    made = matrix(
        dyads,
        measure=actors_controls.measure(),
        width=room.chart_width(),
        lang=current(),
        theme=look.theme(),
        caption=Caption(_("Who acts on whom: acting in rows, acted upon in columns"), words),
    )
    key = f"actors_matrix_{_nonce()}"
    plotted.show(made, key, lambda: _matrix_selected(key, filters))
    return made


def _matrix_selected(key: str, filters: Filters) -> None:
    for point in st.session_state[key]["selection"]["points"][:1]:
        source, target = (str(code) for code in point["customdata"][:2])
        picks.pair(source, target, filters)
        _again()


def _flows(dyads: pd.DataFrame, filters: Filters, words: str) -> Chart[go.Figure]:
    made = flows(
        dyads,
        width=room.chart_width(),
        lang=current(),
        theme=look.theme(),
        caption=Caption(_("Who acts on whom, by class of event"), words),
    )
    key = f"actors_flows_{_nonce()}"
    plotted.show(made, key, lambda: _flow_selected(key, filters))
    return made


def _flow_selected(key: str, filters: Filters) -> None:
    for point in st.session_state[key]["selection"]["points"][:1]:
        source, target, quad = point["customdata"][:3]
        picks.flow(str(source), str(target), int(quad or 0), filters)
        _again()


def _nonce() -> int:
    return int(st.session_state.get("actors_nonce", 0))


def _again() -> None:
    """A fresh chart: the same mark can be clicked again."""
    st.session_state["actors_nonce"] = _nonce() + 1


def readable(dyads: pd.DataFrame) -> pd.DataFrame:
    """The pairs in the reader's words."""
    return pd.DataFrame(
        {
            _("Who"): [names.actor(c) if c else _("not named") for c in dyads["source"]],
            _("To whom"): [names.actor(c) if c else _("not named") for c in dyads["target"]],
            _("Events"): dyads["events"].tolist(),
            _("Mean score"): dyads["score"].round(1).tolist(),
        }
    )


def _twin(dyads: pd.DataFrame, filters: Filters) -> None:
    pairs = list(zip(dyads["source"], dyads["target"], strict=True))
    listing.select_rows(
        readable(dyads),
        "actors_twin",
        lambda i: picks.pair(str(pairs[i][0]), str(pairs[i][1]), filters),
        320,
    )


def _together_twin(together: Counter[tuple[str, str]], filters: Filters) -> None:
    """Every pair named in one sentence, drawn or not; a row shows the sentences."""
    pairs = [pair for pair, _number in together.most_common()]
    rows = pd.DataFrame(
        {
            _("Actor"): [names.actor(first) for first, _second in pairs],
            _("Named with"): [names.actor(second) for _first, second in pairs],
            _("Events"): [together[pair] for pair in pairs],
        }
    )
    listing.select_rows(rows, "together_twin", lambda i: picks.together(*pairs[i], filters), 320)


def _stills(
    dyads: pd.DataFrame, filters: Filters, together: Together
) -> dict[str, downloads.Still]:
    """The charts of this page as pictures, as they are set now."""
    words = filter_words.in_words(filters, current())
    shared: dict[str, Any] = {"lang": current(), "theme": look.theme()}
    rows = _("Who acts on whom: acting in rows, acted upon in columns")
    by_class = _("Who acts on whom, by class of event")
    links: dict[str, Any] = {
        "min_events": actors_controls.least(),
        "ego": link.view("actorview") or None,
        "together": together,
    }
    links |= shared | {"caption": Caption(_("Who acts on whom"), words)}
    cells = {"measure": actors_controls.measure(), **shared, "caption": Caption(rows, words)}
    return {
        _("Links"): downloads.Still("network_figure", dyads, links),
        _("Matrix"): downloads.Still("matrix_figure", dyads, cells),
        _("Flows"): downloads.Still(
            "flows_figure", dyads, {**shared, "caption": Caption(by_class, words)}
        ),
    }
