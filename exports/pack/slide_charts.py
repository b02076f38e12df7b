"""Native charts of the slides: editable, with their numbers in an embedded workbook."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Emu, Pt

from charts.sheet.caption import left_out_note
from events.ontology import QUAD_COLOURS
from exports.pack.content import Content
from exports.pack.shapes import FONT, RULE, Area, describe


def tempo_chart(slide: Any, content: Content, title: str, area: Area) -> None:
    """Events over time, stacked by quad class: one column per bin."""
    data = CategoryChartData(number_format="0")
    data.categories = list(content.tempo["label"])
    for quad, name in enumerate(content.quads, start=1):
        data.add_series(name, [int(n) for n in content.tempo[f"quad_{quad}"]])
    _chart(slide, XL_CHART_TYPE.COLUMN_STACKED, data, title, area)


def dyad_chart(slide: Any, content: Content, title: str, area: Area) -> None:
    """The pairs with most events, stacked by quad class: one bar per pair."""
    rows = list(reversed(content.dyads))  # a bar chart draws its categories from the bottom up
    data = CategoryChartData(number_format="0")
    data.categories = [f"{row.source} → {row.target}" for row in rows]
    for quad, name in enumerate(content.quads, start=1):
        data.add_series(name, [row.quads[quad - 1] for row in rows])
    _chart(slide, XL_CHART_TYPE.BAR_STACKED, data, title, area)


def dyads_note(content: Content) -> str:
    """A note: how many pairs have no bar, and how many events name no pair."""
    parts = []
    if content.dyads_all > len(content.dyads):
        text = content.say("The {shown} of {all} pairs of actors with most events.")
        parts.append(text.format(shown=len(content.dyads), all=content.dyads_all))
    if content.dyads_without:
        parts.append(left_out_note({"no pair of actors": content.dyads_without}, content.lang))
    return " ".join(parts)


def _chart(slide: Any, chart_type: Any, data: CategoryChartData, alt: str, area: Area) -> None:
    frame = slide.shapes.add_chart(chart_type, *(Emu(side) for side in area), data)
    frame.name = alt
    describe(frame, alt)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(12), FONT
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    _axes(chart)
    for quad, series in enumerate(plot.series, start=1):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(QUAD_COLOURS[quad][1:])


def _axes(chart: Any) -> None:
    values, categories = chart.value_axis, chart.category_axis
    values.major_gridlines.format.line.color.rgb = RGBColor.from_string(RULE)
    values.format.line.fill.background()
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0", False
    values.minimum_scale = 0
    categories.tick_labels.font.size = Pt(12)
    categories.format.line.color.rgb = RGBColor.from_string(RULE)
