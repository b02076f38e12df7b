"""Who acts on whom: node-link chart, matrix, flows; an actor or a pair leads to its events."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from charts.actors.together import named_together
from charts.chart import Caption, Chart, ChartOptions
from charts.registry import CHARTS, figure_of, of_page, options_of
from charts.timeline import key_events
from events import registry
from events.filters import Filters
from pages.actors_parts import controls, dyad_over_time, links, picks
from pages.actors_parts.links import Links, Seen, Together
from pages.shared import detail, downloads, listing, plotted, side_panel
from pages.shell import counting, frame, look, names, screen_width
from pages.shell.language import _, current
from pages.shell.store_access import query

PAGE = picks.PAGE


def draw(filters: Filters) -> None:
    """The page."""
    dyads = query().dyads(filters)
    kind = controls.chart_kind(dyads)
    chart_side, panel = look.split(2.3)
    with chart_side:
        controls.draw(dyads)
        tables = {_("Pairs of actors"): lambda: readable(dyads)}
        together = _together(filters) if kind == "network" else None
        seen = links.seen_by(filters, dyads)
        downloads.draw(filters, PAGE, tables, _stills(seen, filters, together))
        made = _draw_chart(kind, seen, filters, together)
        around = seen.ego if kind == "network" else None
        shown: Links = links.drawn(made) if around else frozenset()
        # the chart is sent before the events are queried
        table = picks.rolled_up(detail.recent(filters), filters)
        dyad_over_time.draw(table, filters, screen_width.chart_width())
    with panel:
        if around:
            _list_around(around, shown, filters)
        else:
            _list(table, filters)
    with listing.unfolded(_(CHARTS["network"].twin), PAGE) as is_open:
        if is_open:
            _twin(_of_links(dyads, shown) if around else dyads, filters)
    if together is not None:
        with listing.unfolded(_("Actors named together as a table"), "together") as is_open:
            if is_open:
                _together_twin(together, filters)


def _list(table: pd.DataFrame, filters: Filters) -> None:
    """List the events between two actors, one per story."""
    about = key_events.ranked(table[[bool(len(s) and len(t)) for s, t in picks.sides(table)]])
    side_panel.say_newest(filters, table)
    side_panel.draw(about, PAGE, _("Weightiest events between two actors"), 560)


def _list_around(ego: str, shown: Links, filters: Filters) -> None:
    """List every event on the links drawn around one actor."""
    table = picks.on_links(filters, shown, ego)
    told = _(
        "Of many events the list holds the newest of this actor, {events}; the chart counts all."
    )
    side_panel.say_newest(filters, table, told)
    events = counting.counted(len(table))
    title = _("Around one actor, {actor}: {events} on the links drawn")
    if detail.is_large(filters):
        title = _("Around one actor, {actor}: {events} on its own links")
    side_panel.draw(table, PAGE, title.format(actor=names.actor(ego), events=events), 560)


def _of_links(dyads: pd.DataFrame, shown: Links) -> pd.DataFrame:
    pairs = zip(dyads["source"], dyads["target"], strict=True)
    return dyads[[pair in shown for pair in pairs]]


def _draw_chart(kind: str, seen: Seen, filters: Filters, together: Together) -> Chart[Any]:
    words = counting.in_words(filters)
    if kind == "network":
        return links.draw(seen, filters, together)
    options = _options(kind, words)
    made = figure_of(kind)(seen.table, replace(options, width=screen_width.chart_width()))
    key = f"actors_{kind}_{picks.nonce()}"
    plotted.show(made, key, lambda: _selected(key, kind, filters))
    return made


def _selected(key: str, kind: str, filters: Filters) -> None:
    """Open what was clicked: customdata begin with source and target, of flows with a class too."""
    for point in st.session_state[key]["selection"]["points"][:1]:
        source, target, quad = (*point["customdata"], "")[:3]
        if kind == "flows":
            picks.flow(str(source), str(target), int(quad or 0), filters)
        else:
            picks.pair(str(source), str(target), filters)
        picks.again()


def _together(filters: Filters) -> Together:
    """Pairs named in one sentence; None if not wanted. Not counted for a large store."""
    if not controls.together():
        return None
    if detail.is_large(filters):
        look.note(_("Too many events to look for actors named together: narrow the filters."))
        return None
    mentions = query().mentions(filters)
    level = filters.level
    if level != "person":
        mentions = mentions.assign(code=[registry.roll_up(c, level) for c in mentions["code"]])
    return named_together(query().events(filters), mentions)


def readable(dyads: pd.DataFrame) -> pd.DataFrame:
    """The table of pairs with names and headers in the reader's language."""
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


def _options(kind: str, words: str) -> ChartOptions:
    """Options for both the page and its picture; `words`: the filters as text."""
    measured: dict[str, Any] = {"measure": controls.measure()} if kind == "matrix" else {}
    around = Caption(_(CHARTS[kind].title()), words)
    return options_of(kind)(lang=current(), theme=look.theme(), caption=around, **measured)


def _stills(seen: Seen, filters: Filters, together: Together) -> list[downloads.Still]:
    """The charts of this page as pictures, as they are set now."""
    words = counting.in_words(filters)
    asked = {
        chart.name: links.options(seen, filters, together)
        if chart.name == "network"
        else _options(chart.name, words)
        for chart in of_page(PAGE)
    }
    return [downloads.Still(name, seen.table, options) for name, options in asked.items()]


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw)
