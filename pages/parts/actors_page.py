"""Who acts on whom: node-link chart, matrix, flows; an actor or a pair leads to its events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.actors import flows, matrix, network
from charts.chart import Caption, Chart
from charts.tempo import dyad
from charts.together import named_together, quoted_in
from events import filter_words, registry
from events.filters import Filters
from pages.parts import actors_controls, detail, downloads, link, listing, look, names, side
from pages.parts.data import query
from pages.parts.language import _, current
from pages.parts.plain import escaped

PAGE = "actors"
WIDTH, HEIGHT = 850, 470
PLOTLY = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False}


def draw(filters: Filters) -> None:
    """The page."""
    table = rolled_up(detail.recent(filters), filters)
    dyads = query().dyads(filters)
    chart_side, panel = look.split(2.3)
    with chart_side:
        actors_controls.draw(dyads)
        tables = {_("Pairs of actors"): lambda: readable(dyads)}
        downloads.draw(filters, PAGE, tables, _stills(dyads, filters))
        made = _draw_chart(dyads, filters)
        if (
            actors_controls.chart_kind() == "network"
        ):  # the other charts carry their notes themselves
            st.html("".join(f'<p class="fr-small">{escaped(text)}</p>' for text in made.notes))
        _over_time(table, filters)
    with panel:
        about = side.weightiest(table[[bool(len(s) and len(t)) for s, t in _sides(table)]])
        side.say_newest(filters, table)
        side.draw(about, PAGE, _("Weightiest events between two actors"), 560)
    with listing.unfolded(_("The same pairs as a table"), PAGE) as is_open:
        if is_open:
            _twin(dyads, filters)


def rolled_up(table: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The events with their actors counted at the level of the filters."""
    if filters.level == "person":
        return table
    changed = table.copy(deep=False)
    for side_name in ("sources", "targets"):
        changed[side_name] = [
            list(dict.fromkeys(registry.roll_up(code, filters.level) for code in codes))
            for codes in table[side_name]
        ]
    return changed


def _sides(table: pd.DataFrame) -> list[tuple[Sequence[str], Sequence[str]]]:
    return list(zip(table["sources"], table["targets"], strict=True))


def _draw_chart(dyads: pd.DataFrame, filters: Filters) -> Chart[Any]:
    words = filter_words.in_words(filters, current())
    if actors_controls.chart_kind() == "network":
        look.title(_("Who acts on whom"), words)
        return _network(dyads, filters)
    return (
        _matrix(dyads, filters, words)
        if actors_controls.chart_kind() == "matrix"
        else _flows(dyads, words)
    )


def _network(dyads: pd.DataFrame, filters: Filters) -> Chart[dict[str, Any]]:
    made = network(
        dyads,
        min_events=actors_controls.least(),
        ego=link.view("actorview") or None,
        width=WIDTH,
        height=HEIGHT,
        lang=current(),
        theme=look.theme(),
        together=_together(filters),
    )
    series = made.figure["series"][0]
    options = {**made.figure, "series": [{**series, "selectedMode": "single"}]}
    key = f"actors_network_{_nonce()}"
    st.echarts_chart(
        options,
        key=key,
        width=WIDTH,
        height=HEIGHT,
        theme=None,
        alt=made.alt or None,
        on_select=lambda: _network_selected(key, series, filters),
    )
    return made


def _together(filters: Filters) -> Counter[tuple[str, str]] | None:
    """Pairs named in one sentence, None where they are not wanted; of a large store not counted."""
    if not actors_controls.together():
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
                    pick_together(*pair, filters)
                else:
                    pick_pair(*pair, filters)
            elif group["data_type"] != "edge" and index < len(series["data"]):
                pick_actor(str(series["data"][index]["code"]), filters)
            _again()


def _matrix(dyads: pd.DataFrame, filters: Filters, words: str) -> Chart[go.Figure]:
    made = matrix(
        dyads,
        measure=actors_controls.measure(),
        width=WIDTH,
        lang=current(),
        theme=look.theme(),
        caption=Caption(_("Who acts on whom: acting in rows, acted upon in columns"), words),
    )
    key = f"actors_matrix_{_nonce()}"
    st.plotly_chart(
        made.figure,
        key=key,
        theme=None,
        config=PLOTLY,
        selection_mode="points",
        alt=made.alt or None,
        on_select=lambda: _matrix_selected(key, filters),
    )
    return made


def _matrix_selected(key: str, filters: Filters) -> None:
    for point in st.session_state[key]["selection"]["points"][:1]:
        source, target = (str(code) for code in point["customdata"][:2])
        pick_pair(source, target, filters)
        _again()


def _flows(dyads: pd.DataFrame, words: str) -> Chart[go.Figure]:
    made = flows(
        dyads,
        width=WIDTH,
        lang=current(),
        theme=look.theme(),
        caption=Caption(_("Who acts on whom, by class of event"), words),
    )
    st.plotly_chart(
        made.figure, key="actors_flows", theme=None, config=PLOTLY, alt=made.alt or None
    )
    look.note(_("A row of the table beneath opens the events of a pair."))
    return made


def _nonce() -> int:
    return int(st.session_state.get("actors_nonce", 0))


def _again() -> None:
    """A fresh chart: the same mark can be clicked again."""
    st.session_state["actors_nonce"] = _nonce() + 1


def pick_pair(source: str, target: str, filters: Filters) -> None:
    """Show the events of one actor on another, and the pair over time."""
    table = rolled_up(detail.of_actor(filters, source or target), filters)
    sides = _sides(table)
    chosen = [
        (source in s if source else not len(s)) and (target in t if target else not len(t))
        for s, t in sides
    ]
    link.set_view("dyad", f"{source}|{target}" if source and target else None)
    named = [names.actor(code) for code in (source, target) if code]
    side.pick(" → ".join(named), PAGE, table.loc[chosen, "event_id"].tolist())


def pick_together(first: str, second: str, filters: Filters) -> None:
    """Show the events in whose sentence both actors are named."""
    events = query().events(filters)
    mentions = query().mentions(filters)
    codes = mentions["code"].map(lambda code: registry.roll_up(code, filters.level))
    told = [set(quoted_in(events, mentions[codes == code])) for code in (first, second)]
    title = _("{a} and {b} named together").format(a=names.actor(first), b=names.actor(second))
    side.pick(title, PAGE, sorted(told[0] & told[1]))


def pick_actor(code: str, filters: Filters) -> None:
    """Show the events of one actor, acting or acted upon."""
    table = rolled_up(detail.of_actor(filters, code), filters)
    chosen = [code in s or code in t for s, t in _sides(table)]
    side.pick(names.actor(code), PAGE, table.loc[chosen, "event_id"].tolist())


def _over_time(table: pd.DataFrame, filters: Filters) -> None:
    """The chosen pair over time: cooperation above the line, conflict below."""
    source, _bar, target = link.view("dyad").partition("|")
    if not (source and target):
        return
    if detail.is_large(filters):  # the table at hand holds the newest days only
        table = rolled_up(detail.of_actor(filters, source), filters)
    title = _("{a} and {b} over time").format(a=names.actor(source), b=names.actor(target))
    made = dyad(
        table,
        source,
        target,
        width=WIDTH,
        lang=current(),
        theme=look.theme(),
        caption=Caption(title, _("Events a day, week or month; cooperation above, conflict below")),
    )
    st.plotly_chart(made.figure, key="actors_dyad", theme=None, config=PLOTLY, alt=made.alt or None)
    st.button(
        _("Close"), key="dyad_close", type="tertiary", on_click=link.set_view, args=("dyad", None)
    )


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
        lambda i: pick_pair(str(pairs[i][0]), str(pairs[i][1]), filters),
        320,
    )


def _stills(dyads: pd.DataFrame, filters: Filters) -> dict[str, downloads.Still]:
    """The charts of this page as pictures, as they are set now."""
    words = filter_words.in_words(filters, current())
    shared: dict[str, Any] = {"lang": current(), "theme": look.theme()}
    rows = _("Who acts on whom: acting in rows, acted upon in columns")
    by_class = _("Who acts on whom, by class of event")
    links: dict[str, Any] = {
        "min_events": actors_controls.least(),
        "ego": link.view("actorview") or None,
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
