"""A drawing as a plotly figure for a page.

What a pointer finds becomes bars and markers, one trace a kind; everything else becomes shapes, one
a style, and texts, one trace a style where they stand inside their axes: as elements of their own
each would cost the browser milliseconds. Plotly validates every property of a trace that is added,
which took a third of the time of a timeline: here plain dicts are made into a figure at the end,
and tests hold them against plotly's schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from charts.assets.fonts import CSS_FAMILY
from charts.backends.plotly_path import Place, shape_path, symbol_shapes
from charts.drawing import Axes, Drawing, Line, Mark, Panel, Path, Rect, Symbol, Target, Text
from charts.sheet.names import escape
from charts.sheet.theme import LABEL_SIZE, Theme, rgba

# A page passes the same figure to plotly.js two or three times as it mounts. All but the first
# redraw nothing if the data revision is constant, there is no template (a new object each time),
# arrays are lists, and the modes that the page would set are already set.
_AS_SENT = {
    "template": "none",
    "autotypenumbers": "strict",
    "datarevision": 0,
    "clickmode": "event+select",
    "dragmode": "pan",  # the axes are fixed, so dragging does nothing
    "hovermode": "closest",
    "selectdirection": "h",
    "barmode": "overlay",
    "bargap": 0,
    "showlegend": False,
}
_UNSEEN = "rgba(0,0,0,0)"
_TURNED = -4  # pixels: plotly turns text around the corner of its box
_LOW = 1  # pixels: plotly sets the text of a trace a little high
_SIDES = {"left": "middle right", "center": "middle center", "right": "middle left"}


def to_plotly(drawing: Drawing) -> go.Figure:
    """The drawing as a plotly figure. Its axes have the numbers of the panels that have axes."""
    boxes = [panel.axes for panel in drawing.panels if panel.axes]
    left = min((box.left for box in boxes), default=0.0)
    right = max((box.right for box in boxes), default=drawing.width)
    made = _Made(drawing, left, right)
    number = 0
    for panel in drawing.panels:
        number += panel.axes is not None
        _draw(made, panel, number)
    return made.figure()


@dataclass
class _Made:
    """A plotly figure under construction; its plot area reaches from `left` to `right` pixels."""

    drawing: Drawing
    left: float
    right: float
    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    axes: dict[str, Any] = field(default_factory=dict)

    def figure(self) -> go.Figure:
        drawing, look = self.drawing, self.drawing.theme
        font = {"family": CSS_FAMILY, "color": look.text}
        edges = {"l": self.left, "r": drawing.width - self.right, "t": 0, "b": 0, "pad": 0}
        layout = {
            **_AS_SENT,
            **self.axes,
            "width": drawing.width,
            "height": drawing.height,
            "margin": {**edges, "autoexpand": False},
            "paper_bgcolor": look.background,
            "plot_bgcolor": look.background,
            "font": {**font, "size": LABEL_SIZE},
            "hoverlabel": {
                "bgcolor": look.background,
                "bordercolor": look.line,
                "align": "left",
                "font": {**font, "size": 11},
            },
            "annotations": self.notes,
            "shapes": self.shapes,
        }
        return go.Figure({"data": self.traces, "layout": layout}, _validate=False)


def _draw(made: _Made, panel: Panel, number: int) -> None:
    """Add a panel; `number`: of its axes."""
    place = Place(panel.axes, number, made.left)
    if panel.axes:
        made.axes |= _axes(made, panel.axes, place)
    first = next((n for n, mark in enumerate(panel.marks) if _target(mark)), len(panel.marks))
    made.shapes += _shapes(panel.marks[:first], place, "below" if panel.axes else "above")
    made.shapes += _shapes(panel.marks[first:], place, "above")
    texts = [mark for mark in panel.marks if isinstance(mark, Text)]
    inside = [text for text in texts if panel.axes and _is_inside(text, panel.axes)]
    made.traces += _bars(panel.marks, place)
    made.traces += _dots(panel.marks, place)
    made.traces += _words(inside, place, made.drawing.theme)
    apart = set(map(id, inside))
    made.notes += [_note(made, text, panel.axes) for text in texts if id(text) not in apart]


def _axes(made: _Made, axes: Axes, place: Place) -> dict[str, Any]:
    wide, high = made.right - made.left, made.drawing.height
    across = [(axes.left - made.left) / wide, (axes.right - made.left) / wide]
    down = [max(0.0, 1 - axes.bottom / high), min(1.0, 1 - axes.top / high)]
    plain = {
        "type": "linear",
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "showticklabels": False,
        "ticks": "",
        "fixedrange": True,
    }
    x = {**plain, "range": list(axes.x), "domain": across, "anchor": place.y}
    y = {**plain, "range": [axes.y[1], axes.y[0]], "domain": down, "anchor": place.x}
    return {place.x.replace("x", "xaxis"): x, place.y.replace("y", "yaxis"): y}


def _target(mark: Mark) -> Target | None:
    return mark.target if isinstance(mark, Rect | Symbol) else None


def _is_inside(text: Text, axes: Axes) -> bool:
    """Whether a trace would show the text: plotly hides those that begin outside the axes."""
    x, y = axes.pixel(text.x, text.y)
    held = axes.left <= x <= axes.right and axes.top <= y <= axes.bottom
    return held and not (text.turn or text.dx or text.dy)


def _shapes(marks: Iterable[Mark], place: Place, layer: str) -> list[dict[str, Any]]:
    """One shape for all marks of a style; a translucent path may overlap and is one of its own."""
    styles: dict[tuple[Any, ...], list[Mark]] = {}
    found: list[dict[str, Any]] = []
    for number, mark in enumerate(marks):
        if isinstance(mark, Line):
            key: tuple[Any, ...] = (mark.colour, mark.width, mark.dash, mark.opacity)
            styles.setdefault(key, []).append(mark)
        elif isinstance(mark, Rect | Path) and mark.fill and not _target(mark):
            alone = number * (isinstance(mark, Path) and mark.opacity < 1)
            styles.setdefault((type(mark), mark.fill, mark.opacity, alone), []).append(mark)
        elif isinstance(mark, Symbol):
            found += symbol_shapes(mark, place)
    drawn = [{**_style(mine[0]), "path": shape_path(mine, place)} for mine in styles.values()]
    shapes = [{"type": "path", **place.refs(), "layer": layer, **shape} for shape in drawn]
    return [*shapes, *found]


def _style(mark: Any) -> dict[str, Any]:
    if isinstance(mark, Line):
        dash = {"dash": ",".join(f"{length}px" for length in mark.dash)} if mark.dash else {}
        return {"line": {"color": _paint(mark.colour, mark.opacity), "width": mark.width, **dash}}
    return {"fillcolor": _paint(mark.fill, mark.opacity), "line": {"width": 0}}


def _paint(colour: str, opacity: float) -> str:
    if not colour:
        return _UNSEEN
    return colour if opacity == 1 else rgba(colour, opacity)


def _bars(marks: Sequence[Mark], place: Place) -> list[dict[str, Any]]:
    """Rectangles that a pointer finds, one trace a template."""
    by_template: dict[str, list[Rect]] = {}
    for mark in marks:
        if isinstance(mark, Rect) and mark.target:
            by_template.setdefault(mark.target.template, []).append(mark)
    return [_bar_trace(mine, place) for mine in by_template.values()]


def _bar_trace(mine: list[Rect], place: Place) -> dict[str, Any]:
    across = {
        "base": place.xs(mark.x0 for mark in mine),
        "x": place.xs(mark.x1 - mark.x0 for mark in mine),
        "y": place.ys((mark.y0 + mark.y1) / 2 for mark in mine),
        "width": place.ys(abs(mark.y1 - mark.y0) for mark in mine),
        "orientation": "h",
    }
    up = {
        "base": place.ys(mark.y0 for mark in mine),
        "y": place.ys(mark.y1 - mark.y0 for mark in mine),
        "x": place.xs((mark.x0 + mark.x1) / 2 for mark in mine),
        "width": place.xs(mark.x1 - mark.x0 for mark in mine),
    }
    colours = [_paint(mark.fill, mark.opacity) for mark in mine]
    marker = {"color": _one_or_all(colours), "line": {"width": 0}}
    sides = up if place.axes and place.axes.upright else across
    return {"type": "bar", **sides, "marker": marker, **_found(mine), **place.on()}


def _dots(marks: Sequence[Mark], place: Place) -> list[dict[str, Any]]:
    """Symbols on axes, one trace a template; those that are only pointed at apart."""
    groups: dict[tuple[str, bool], list[Symbol]] = {}
    for mark in marks:
        if isinstance(mark, Symbol) and mark.target:
            groups.setdefault((mark.target.template, bool(mark.colour)), []).append(mark)
    return [_dot_trace(mine, place) for mine in groups.values()]


def _dot_trace(mine: list[Symbol], place: Place) -> dict[str, Any]:
    solid = [mark.status == "reported" for mark in mine]
    marker: dict[str, Any] = {
        "symbol": _one_or_all([_name(mark) for mark in mine]),
        "size": [
            round(mark.size - mark.width * (not full) * 2 / 3, 2)
            for mark, full in zip(mine, solid, strict=True)
        ],
        "color": _one_or_all([mark.colour or _UNSEEN for mark in mine]),
        "opacity": 1,
        "line": {
            "width": _one_or_all(
                [mark.width * (not full) for mark, full in zip(mine, solid, strict=True)]
            )
        },
    }
    unseen = {"marker": {"opacity": 0}}
    kept = {} if mine[0].colour else {"selected": unseen, "unselected": unseen}
    at = {"x": place.xs(mark.x for mark in mine), "y": place.ys(mark.y for mark in mine)}
    found = {**at, "marker": marker, **kept, **_found(mine)}
    return {"type": "scatter", "mode": "markers", "cliponaxis": False, **found, **place.on()}


def _name(mark: Symbol) -> str:
    """Plotly's name of a symbol."""
    shape = "square" if mark.square else "circle"
    ends = {"planned": "-open", "claimed": "-open", "denied": "-x-open"}
    return shape + ends.get(mark.status, "")


def _found(mine: Sequence[Rect | Symbol]) -> dict[str, Any]:
    """What a pointer finds at the marks of a trace."""
    targets = [mark.target for mark in mine if mark.target]
    custom = {"customdata": [list(target.custom) for target in targets]}
    if targets[0].template:
        return {**custom, "hovertemplate": f"{targets[0].template}<extra></extra>"}
    return {**custom, "hoverinfo": "text", "hovertext": [target.hover for target in targets]}


def _one_or_all(values: list[Any]) -> Any:
    """One value where all are the same: it is sent once."""
    return values[0] if len(set(values)) == 1 else values


def _words(texts: list[Text], place: Place, look: Theme) -> list[dict[str, Any]]:
    """Texts inside their axes, one trace a style."""
    styles: dict[tuple[Any, ...], list[Text]] = {}
    for text in texts:
        styles.setdefault((text.size, text.bold, text.anchor), []).append(text)
    low = _LOW * place.axes.per_pixel[1] if place.axes else 0.0
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": place.xs(text.x for text in mine),
            "y": place.ys(text.y + low for text in mine),
            "text": [escape(text.text) for text in mine],
            "textposition": _SIDES[anchor],
            "textfont": {
                "size": size,
                "color": _one_or_all([text.colour or look.text for text in mine]),
                **({"weight": 600} if bold else {}),
            },
            "hoverinfo": "skip",
            "cliponaxis": False,
            **place.on(),
        }
        for (size, bold, anchor), mine in styles.items()
    ]


def _note(made: _Made, text: Text, axes: Axes | None) -> dict[str, Any]:
    """A text outside its axes, or of the drawing: it keeps its pixels from a share of the width."""
    x, y = axes.pixel(text.x, text.y) if axes else (made.left, text.y)
    shift = (text.dx if axes else text.x - made.left) + _TURNED * bool(text.turn)
    shown = escape(text.text)
    turned = {"textangle": -text.turn, "yanchor": "bottom"} if text.turn else {"yanchor": "middle"}
    return {
        "text": f"<b>{shown}</b>" if text.bold else shown,
        "xref": "paper",
        "yref": "paper",
        "x": round((x - made.left) / (made.right - made.left), 6),
        "y": round(1 - (y + text.dy) / made.drawing.height, 6),
        "xshift": shift,
        "xanchor": text.anchor,
        "showarrow": False,
        "font": {"size": text.size, "color": text.colour or made.drawing.theme.text},
        **turned,
    }
