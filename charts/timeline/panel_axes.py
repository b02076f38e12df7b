"""A scene on the axes of a plotly sheet: scene pixels to axis and sheet coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from charts.sheet import hover, names
from charts.sheet.plotly_sheet import Sheet
from charts.timeline.marks import Mark
from charts.timeline.scene_model import TimelineScene
from charts.timeline.spans import iso

Drawn = list[dict[str, object]]


@dataclass
class Panel:
    """A scene on its axes, `top` pixels below the sheet's top; collects texts and shapes."""

    sheet: Sheet
    scene: TimelineScene
    number: int
    top: float
    lang: str
    words: Drawn = field(default_factory=list)
    shapes: Drawn = field(default_factory=list)

    def axis(self, name: str, strip: bool = False) -> str:
        """Axis names of the lanes (x, x3, ...) and of the strip (x2, x4, ...)."""
        index = 2 * self.number + 1 + strip
        return name if index == 1 else f"{name}{index}"

    def days(self, pixels: Sequence[float]) -> list[float]:
        """Days since 1970 at pixels of the scene: half as many bytes to send as milliseconds."""
        return [self.scene.scale.day(x) for x in pixels]

    def heights(self, pixels: Sequence[float]) -> list[float]:
        """Heights of the scene, rounded to a hundredth of a pixel for sending."""
        return [round(float(y), 2) for y in pixels]

    def custom(
        self, mark_kind: str, rows: Sequence[int], lane: int, first: int, last: int
    ) -> list[str]:
        """The customdata of a mark; see charts.timeline.figure."""
        ids = [str(self.scene.records[row]["event_id"]) for row in rows]
        best, listed = (ids[0], ",".join(ids[1:] and ids)) if ids else ("", "")
        return [mark_kind, best, listed, str(lane), iso(first), iso(last)]

    def event_hover(self, mark: Mark) -> str:
        """Hover text of a mark."""
        return hover.event_hover(self.scene.records[mark.rows[0]], mark.reports, self.lang)

    def shape(
        self, shape_type: str, x0: float, x1: float, y0: float, y1: float, **more: Any
    ) -> None:
        """A shape at pixels of the scene, across the lanes' axis."""
        begin, end = self.days([x0, x1])
        ends = {"x0": begin, "x1": end, "y0": y0, "y1": y1}
        refs = {"xref": self.axis("x"), "yref": self.axis("y"), "layer": "below"}
        self.shapes.append({"type": shape_type, **refs, **ends, **more})

    def boxes(
        self,
        boxes: Iterable[tuple[float, float, float, float]],
        colour: str,
        layer: str = "between",
        strip: bool = False,
    ) -> None:
        """Boxes of one colour (begin and end in days, two heights) as a single shape.

        As bars each would be a separate element in the browser.
        """
        self.path(_outline(boxes), layer, strip, fillcolor=colour, line={"width": 0})

    def frames(self, boxes: Iterable[tuple[float, float, float, float]], colour: str) -> None:
        """Outlines of boxes, drawn over everything else."""
        self.path(_outline(boxes), "above", line={"color": colour, "width": 1.3})

    def path(self, drawn: str, layer: str, strip: bool = False, **more: Any) -> None:
        """A path of many pieces, x in days since 1970; nothing for an empty path."""
        refs = {"xref": self.axis("x", strip), "yref": self.axis("y", strip), "layer": layer}
        if drawn:
            self.shapes.append({"type": "path", "path": drawn, **refs, **more})

    def text(self, x: float, y: float, text: str, **more: Any) -> None:
        """Text at pixels of the scene, with a fixed distance from the left edge."""
        self.words.append(self.sheet.text(x, self.top + y, text, **more))

    def text_at(self, x: float, y: float, text: str, anchor: str, **font: Any) -> None:
        """Text at a day of the axis."""
        note = self.sheet.text(self.sheet.left, self.top + y, text, anchor=anchor, **font)
        note |= {"xref": self.axis("x"), "x": self.scene.scale.day(x), "xshift": 0}
        self.words.append(note)

    def on(self) -> dict[str, Any]:
        """The axes of the lanes, for traces that may extend beyond the edge."""
        return {"xaxis": self.axis("x"), "yaxis": self.axis("y"), "cliponaxis": False}


def _outline(boxes: Iterable[tuple[float, float, float, float]]) -> str:
    """Boxes (begin and end in days, two heights) as one path."""
    return "".join(
        f"M{x0},{round(y0, 1):g}H{x1}V{round(y1, 1):g}H{x0}Z" for x0, x1, y0, y1 in boxes
    )


def text_trace(
    panel: Panel,
    items: list[tuple[float, float, str]],
    size: float,
    colour: str,
    side: str = "middle right",
) -> None:
    """Texts at pixels of the scene (x, y, text), in one trace: each costs the browser 10 ms."""
    if not items:
        return
    panel.sheet.figure.add_scatter(
        x=panel.days([x for x, _, _ in items]),
        y=panel.heights([y + 1 for _, y, _ in items]),  # plotly sets text a little high
        mode="text",
        text=[names.escape(text) for _, _, text in items],
        textposition=side,
        textfont={"size": size, "color": colour},
        hoverinfo="skip",
        **panel.on(),
    )
