"""The plotly figures: what they carry to a click, what they show of hostile text."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import pytest

from charts.actors.dyads import Edge
from charts.actors.flows import FlowsOptions
from charts.actors.matrix import MatrixOptions, cell_text
from charts.backends.plotly_figure import to_plotly
from charts.chart import Caption, Chart
from charts.drawing import Axes, Drawing, Line, Mark, Panel, Rect, Target, polygon
from charts.registry import figure_of
from charts.sheet.theme import DARK, LIGHT
from charts.timeline.scene_model import CompareOptions, TimelineOptions
from charts.timeline.tempo import value_ticks
from charts.timeline.tempo_counts import DyadOptions, TempoOptions, count
from events.ontology import QUAD_COLOURS
from events.wording import format_number
from tests.charts.tables import event, news, table

NAMES = ("timeline", "compare", "tempo", "dyad", "matrix", "flows")
timeline, compare, tempo, dyad, matrix, flows = map(figure_of, NAMES)
NEWS = news(200)
CAPTION = Caption("Title <b>&</b>", "Subtitle", "Sources: A. Cut-off 1 May 2024.")


def points(figure: go.Figure, kind: str) -> list[list[str]]:
    found = []
    for trace in figure.to_plotly_json()["data"]:
        found += [list(row) for row in trace.get("customdata", []) if row[0] == kind]
    return found


def test_marks_carry_all_ids_as_text() -> None:
    chart = timeline(NEWS)
    ids = {i for row in points(chart.figure, "event") for i in (row[2] or row[1]).split(",")}
    assert len(ids) == chart.drawn
    assert ids <= set(NEWS["event_id"].astype(str))
    assert max(int(i) for i in ids) > 2**53  # would be rounded as a JavaScript number


def test_bins_and_the_strip_carry_days_that_can_be_filtered() -> None:
    chart = timeline(news(3000), TimelineOptions(lanes="type"))
    for kind in ("bin", "density"):
        rows = points(chart.figure, kind)
        assert rows
        for row in rows:
            assert dt.date.fromisoformat(row[4]) <= dt.date.fromisoformat(row[5])


def test_tags_in_articles_are_shown_as_written() -> None:
    hostile = '<a href="javascript:alert(1)">x</a><img src=x onerror=alert(1)>'
    row = event(1, quote=hostile, sources=["X:<b>Front</b>"], source="<i>Outlet</i>")
    frame = table([row])
    figures = [
        timeline(frame, TimelineOptions(caption=Caption(hostile))).figure,
        flows(frame).figure,
    ]
    text = json.dumps([shown(json.loads(figure.to_json())) for figure in figures])
    for part in ("<a href", "<img", "<b>Front", "<i>Outlet"):
        assert part not in text
    assert "&lt;img" in text


def test_colours_are_those_of_the_design() -> None:
    assert {quad: LIGHT.quads[quad] for quad in (1, 2, 3, 4)} == QUAD_COLOURS
    for theme in (LIGHT, DARK):
        grey = {quad: luminance(theme.quads[quad]) for quad in (1, 2, 3, 4)}
        assert min(grey[1], grey[3]) > max(grey[2], grey[4]) * 1.8  # verbal is lighter
        for quad in (2, 4) if theme is DARK else (2, 4, 3):
            assert contrast(theme.quads[quad], theme.background) > (2.2 if quad == 3 else 3.0)


def shown(part: Any) -> Any:
    """A figure without its customdata: codes for clicks, never shown."""
    if isinstance(part, dict):
        return {key: shown(value) for key, value in part.items() if key != "customdata"}
    return [shown(one) for one in part] if isinstance(part, list) else part


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_status_is_told_by_shape() -> None:
    rows = [event(n, story_id=n, status=s) for n, s in enumerate(("reported", "planned", "denied"))]
    figure = timeline(
        table([*rows, event(9, status="claimed")]), TimelineOptions(lanes="type")
    ).figure
    (dots,) = [t for t in figure.data if t.type == "scatter" and len(t.marker.symbol or []) == 4]
    assert sorted(dots.marker.symbol) == ["circle", "circle-open", "circle-open", "circle-x-open"]
    halves = [s for s in figure.layout.shapes if s.xref == "x" and s.layer == "above"]
    assert len(halves) == 1
    # plotly.js tells a dragged box in pixels where a shape of the same axes is sized in pixels
    assert all(s.xsizemode != "pixel" for s in figure.layout.shapes if s.xref == "x")


def test_compared_panels_share_days_or_length() -> None:
    parts = [("Russia", NEWS.head(100)), ("Others", NEWS.tail(100))]
    shared = compare(parts, CompareOptions(lanes="type"))
    ranges = [shared.figure.layout[name].range for name in ("xaxis", "xaxis3")]
    assert ranges[0] == ranges[1]
    views = [
        (dt.date(2024, 10, 1), dt.date(2024, 10, 31)),
        (dt.date(2024, 11, 1), dt.date(2024, 11, 9)),
    ]
    two = compare(parts, CompareOptions(lanes="type", views=views)).figure.layout
    days = [two[name].range[1] - two[name].range[0] for name in ("xaxis", "xaxis3")]
    assert days[0] == days[1]


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_chart_accounts_for_its_rows_and_can_be_drawn(lang: str, theme: str) -> None:
    more: dict[str, Any] = {"lang": lang, "theme": theme, "caption": CAPTION}
    made: list[Chart[Any]] = [
        timeline(NEWS, TimelineOptions(**more)),
        compare([("a", NEWS), ("b", NEWS)], CompareOptions(**more)),
        matrix(NEWS, MatrixOptions(**more)),
        matrix(NEWS, MatrixOptions(measure="score", **more)),
        flows(NEWS, FlowsOptions(**more)),
        tempo(NEWS, TempoOptions(**more)),
        dyad(NEWS, DyadOptions(a="RUS", b="UKR", **more)),
    ]
    for chart in made:
        assert chart.rows == chart.drawn + sum(chart.left_out.values())
        assert chart.alt
        assert len(chart.twin)
        # charts are put together unchecked: here plotly checks each property of each of them
        go.Figure(chart.figure.to_plotly_json())


def test_empty_tables_make_quiet_charts() -> None:
    empty = table([])
    for chart in (timeline(empty), matrix(empty), flows(empty), tempo(empty)):
        assert (chart.rows, chart.drawn) == (0, 0)
        assert chart.figure.to_json()


def test_tempo_never_puts_a_year_on_a_day() -> None:
    year = {"first": "2023-01-01", "last": "2023-12-31", "precision": "year"}
    frame = table([event(1), event(2, story_id=2, **year)])
    years = TempoOptions(unit="year", view=(dt.date(2023, 1, 1), dt.date(2024, 12, 31)))
    by_day = tempo(frame, replace(years, unit="day"))
    assert by_day.left_out == {"dated less precisely than a bar": 1}
    by_year = tempo(frame, years)
    assert by_year.left_out == {}
    assert sum(bar.events for bar in count(frame, years).bars) == 2


def test_a_dyad_has_cooperation_above_and_conflict_below() -> None:
    rows = [event(1, type="AID"), event(2, type="ASSAULT"), event(3, type="AGREE", sources=["UKR"],
            targets=["RUS"])]  # fmt: skip
    chart = dyad(table(rows), DyadOptions(a="RUS", b="UKR"))
    (bars,) = (trace for trace in chart.figure.data if trace.type == "bar")
    bases = {row[-1]: base for row, base in zip(bars.customdata, bars.base, strict=True)}
    assert bases == {1: 0, 2: 1, 4: -1}


def test_value_ticks_are_round_and_hold_zero() -> None:
    for low, high in ((0, 1), (0, 7), (-3, 5), (0, 12_345)):
        lines = value_ticks(low, high)
        assert 0 in lines
        assert len(lines) <= 8
        assert lines == sorted(set(lines))


@pytest.mark.parametrize(
    ("events", "lang", "shown"),
    [(7, "en", "7"), (999, "en", "999"), (26_617, "en", "27K"), (26_617, "fr", "27\u00a0k")],
)
def test_a_number_too_wide_for_its_cell_is_told_in_thousands(
    events: int, lang: str, shown: str
) -> None:
    edge = Edge("FRA", "RUS", events, 0.0, {1: events})
    assert cell_text(edge, "events", lang, 26.0) == shown
    assert cell_text(edge, "events", lang, 60.0) == format_number(events, lang)


def test_marks_of_a_style_are_one_shape_below_or_above_what_is_pointed_at() -> None:
    axes = Axes(0, 0, 100, 100, (0, 10), (0, 10))
    steps = [Rect(n, 10 - n, n + 1, 10, "#000000") for n in (1, 2)]
    ribbons = [polygon(((0, 0), (n, 1), (n, 2)), "#000000", 0.5) for n in (1, 2)]
    field = Rect(0, 0, 10, 10, "", target=Target(("id",), "told"))
    marks: tuple[Mark, ...] = (*steps, *ribbons, field, Line(((0, 1), (2, 1), (2, 3)), "#000000"))
    figure = to_plotly(Drawing(100, 100, LIGHT, (Panel(axes, marks),)))
    shapes = [(shape.layer, shape.path) for shape in figure.layout.shapes]
    assert shapes == [
        ("below", "M1,10V9H2V8H3V10Z"),
        ("below", "M0,0L1,1L1,2Z"),
        ("below", "M0,0L2,1L2,2Z"),
        ("above", "M0,1H2V3"),
    ]
    (bars,) = figure.data
    assert (bars.customdata, bars.hovertext) == ((["id"],), ("told",))
