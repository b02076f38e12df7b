"""The registry of charts: the columns, function, page and titles of each.

Functions are given by name and imported on first use, so that a list of charts needs neither
plotly nor matplotlib. No module named here imports this one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pkgutil import resolve_name
from typing import Any

from charts.chart import Chart, ChartOptions

# (table, options) -> Chart; see charts.chart.ChartOptions
ChartFunction = Callable[..., Chart[Any]]


@dataclass(frozen=True)
class RegisteredChart:
    """A chart. Words for readers are msgids of data/locale.

    columns: those it reads of EVENT_COLUMNS (events/columns.py); charts of places and of pairs
    also take counts from the store (PLACE_COLUMNS, DYAD_COLUMNS). options, draw: "module:name" of
    its options class and of the function that makes its marks. figure: of the function that draws
    it for the page where that is not plotly. page: the module of `pages` that shows it. titles: by
    variant, "" if there is only one. measures: what its marks count, for the subtitle. twin:
    heading of its table twin. label: its name in the chart selector and the list of files of its
    page, "" if in neither. heading: its heading in a briefing, "" if in none.
    """

    name: str
    columns: tuple[str, ...]
    options: str
    draw: str
    page: str
    titles: Mapping[str, str]
    measures: str
    twin: str
    figure: str = ""
    label: str = ""
    heading: str = ""

    def title(self, variant: str = "") -> str:
        """The msgid of the title."""
        return self.titles[variant]


_BY_LANE = {
    "actor": "Events by actor",
    "type": "Events by type",
    "place": "Events by place",
    "dyad": "Events by who acts on whom",
    "subject": "Events by subject",
}
_DATES = ("first", "last", "precision", "open_start", "open_end")
_PLACE = ("place_id", "place_name", "place_country")
_LANES = ("event_id", "weight", *_DATES, "status", "headline", "headline_lang", "attributes",
          "type", "mode", "sources", "targets", "quote", "source", *_PLACE, "story_id", "quad",
          "confidence", "origin", "coder", "attributed_to", "place_kind", "lang", "part",
          "start", "spans",
          "certainty_sources", "certainty_targets", "certainty_place")  # fmt: skip
_PAIRS = ("sources", "targets", "quad", "score")
_ARCS = ("event_id", *_PAIRS)

CHARTS: dict[str, RegisteredChart] = {
    chart.name: chart
    for chart in (
        RegisteredChart(
            name="timeline",
            columns=_LANES,
            options="charts.timeline.scene_model:TimelineOptions",
            draw="charts.timeline.figure:timeline",
            page="timeline",
            titles=_BY_LANE,
            measures="each event on its days, in lanes; many events as numbers a unit of time",
            twin="The same events as a table",
            label="Timeline",
            heading="Timeline",
        ),
        RegisteredChart(
            name="compare",
            columns=_LANES,
            options="charts.timeline.scene_model:CompareOptions",
            draw="charts.timeline.figure:compare",
            page="timeline",
            titles=_BY_LANE,
            measures="as the timeline, for two sets of events or of days one above the other",
            twin="The same events as a table",
            label="Timeline",
        ),
        RegisteredChart(
            name="tempo",
            columns=(*_DATES, "quad"),
            options="charts.timeline.tempo_counts:TempoOptions",
            draw="charts.timeline.tempo:tempo",
            page="overview",
            titles={"": "Events over time"},
            measures="number of events a unit of time, by class of event",
            twin="The same bars as a table",
            label="Events over time",
            heading="Tempo",
        ),
        RegisteredChart(
            name="map",
            columns=(*_PLACE, "place_kind", "lat", "lon", "place_confidence", "type", *_ARCS),
            options="charts.map.options:MapOptions",
            draw="charts.map.picture:map_picture",
            figure="charts.map.deck:map_deck",
            page="map",
            titles={"": "Where it happened"},
            measures="number of events a place, by class or type of event",
            twin="The same events as a table",
            label="Map",
            heading="Where",
        ),
        RegisteredChart(
            name="network",
            columns=_PAIRS,
            options="charts.actors.network_layout:NetworkOptions",
            draw="charts.actors.network_picture:network_picture",
            figure="charts.actors.network:network",
            page="actors",
            titles={
                "": "Who acts on whom",
                "ego": "Who acts on whom, around one actor: {actor}",
            },
            measures="number and mean score of the events from an actor to another",
            twin="The same pairs as a table",
            label="Links",
        ),
        RegisteredChart(
            name="matrix",
            columns=_PAIRS,
            options="charts.actors.matrix:MatrixOptions",
            draw="charts.actors.matrix:matrix",
            page="actors",
            titles={"": "Who acts on whom: acting in rows, acted upon in columns"},
            measures="number or mean score of the events from an actor to another",
            twin="The same pairs as a table",
            label="Matrix",
            heading="Who acts on whom",
        ),
        RegisteredChart(
            name="flows",
            columns=_PAIRS,
            options="charts.actors.flows:FlowsOptions",
            draw="charts.actors.flows:flows",
            page="actors",
            titles={"": "Who acts on whom, by class of event"},
            measures="number of events from an actor to another, by class of event",
            twin="The same pairs as a table",
            label="Flows",
        ),
        RegisteredChart(
            name="dyad",
            columns=(*_DATES, "quad", "sources", "targets"),
            options="charts.timeline.tempo_counts:DyadOptions",
            draw="charts.timeline.tempo:dyad",
            page="actors",
            titles={"": "{a} and {b} over time"},
            measures="number of events between two actors a unit of time, by class of event",
            twin="The same bars as a table",
        ),
    )
}


def of_page(page: str) -> list[RegisteredChart]:
    """The charts that a reader of a page can choose from, in order."""
    return [chart for chart in CHARTS.values() if chart.page == page and chart.label]


def drawing_of(name: str) -> ChartFunction:
    """The function that makes its marks. Raises ValueError for an unknown name."""
    draw: ChartFunction = resolve_name(_named(name).draw)
    return draw


def figure_of(name: str) -> ChartFunction:
    """The function that draws a chart for the page. Raises as `drawing_of`."""
    own = _named(name).figure
    if own:
        function: ChartFunction = resolve_name(own)
        return function
    return _through("charts.backends.plotly_figure:to_plotly", name)


def still_of(name: str) -> ChartFunction:
    """The function that draws its picture; imports matplotlib. Raises as `drawing_of`."""
    return _through("charts.backends.still_figure:to_still", name)


def _through(backend: str, name: str) -> ChartFunction:
    """What makes the marks of a chart and passes them to a backend."""
    draw, passed_on = drawing_of(name), resolve_name(backend)

    def drawn(table: Any, *options: Any) -> Chart[Any]:
        made = draw(table, *options)
        return replace(made, figure=passed_on(made.figure))

    return drawn


def options_of(name: str) -> type[ChartOptions]:
    """The options class of a chart. Raises ValueError as `figure_of`."""
    options: type[ChartOptions] = resolve_name(_named(name).options)
    return options


def _named(name: str) -> RegisteredChart:
    if name in CHARTS:
        return CHARTS[name]
    known = "; ".join(f"{chart.name} ({chart.measures})" for chart in CHARTS.values())
    raise ValueError(f"no chart is called {name!r} in charts/registry.py; there are: {known}")
