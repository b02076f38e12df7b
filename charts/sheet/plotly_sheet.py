"""The frame of a plotly chart: title, subtitle, key, notes and footer around its panels.

Positions are pixels of the planned width; texts keep their distance from the left edge when the
page resizes the chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from charts.assets.fonts import CSS_FAMILY
from charts.sheet.caption import CaptionFrame
from charts.sheet.figure_parts import FigureParts
from charts.sheet.names import escape
from charts.sheet.shapes import DASHES, half_disc, line_dash
from charts.sheet.theme import LABEL_SIZE, SUBTITLE_SIZE, TITLE_SIZE, Theme


@dataclass
class Sheet:
    """A figure of `width` x `height` pixels; the plot area spans left..width-right."""

    figure: FigureParts
    frame: CaptionFrame
    theme: Theme
    width: float
    height: float
    left: float
    right: float = 12.0

    def domain(self, top: float, bottom: float) -> list[float]:
        """The axis domain (paper units) between two heights in pixels from the sheet's top."""
        return [max(0.0, 1 - bottom / self.height), min(1.0, 1 - top / self.height)]

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = LABEL_SIZE,
        bold: bool = False,
        colour: str = "",
        anchor: str = "left",
    ) -> dict[str, object]:
        """An annotation at pixels from the sheet's top left; the text is escaped."""
        shown = escape(text)
        return {
            "text": f"<b>{shown}</b>" if bold else shown,
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": round(1 - y / self.height, 6),
            "xshift": x - self.left,
            "xanchor": anchor,
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": size, "color": colour or self.theme.text},
        }

    def symbol(self, symbol: str, x: float, y: float, size: float = 9.0) -> list[dict[str, object]]:
        """Add the shapes of a key symbol around a point in pixels from the sheet's top left."""
        place = {"xref": "paper", "yref": "paper", "xanchor": 0, "yanchor": 1 - y / self.height}
        pixel = {"xsizemode": "pixel", "ysizemode": "pixel", "layer": "above", **place}
        at, r = x - self.left, size / 2
        line = {"color": self.theme.muted, "width": 1.4}
        box = {"x0": at - r, "x1": at + r, "y0": -r, "y1": r}
        if symbol.startswith("quad "):
            colour = self.theme.quads[int(symbol[5:])]
            return [{"type": "rect", **pixel, **box, "fillcolor": colour, "line": {"width": 0}}]
        if symbol.startswith("line "):
            flat = {**pixel, "x0": at - r, "x1": at + r, "y0": 0, "y1": 0}
            stroke = {"color": self.theme.text, "width": 1.4, "dash": css_dash(line_dash(symbol))}
            return [{"type": "line", **flat, "line": stroke}]
        if symbol == "coded":
            return [
                {
                    "type": "rect",
                    **pixel,
                    **box,
                    "fillcolor": self.theme.muted,
                    "line": {"width": 0},
                }
            ]
        if symbol in ("gap", "missed"):
            high, colour = (1.5, self.theme.muted) if symbol == "gap" else (3, self.theme.text)
            flat = {**box, "y0": -high, "y1": high, "fillcolor": colour}
            return [{"type": "rect", **pixel, **flat, "line": {"width": 0}}]
        if symbol == "bounded":
            dashed = {**line, "dash": css_dash(DASHES[symbol])}
            return [{"type": "rect", **pixel, **box, "line": dashed}]
        disc: dict[str, object] = {"type": "circle", **pixel, **box, "line": line}
        if symbol == "reported":
            return [{**disc, "fillcolor": self.theme.muted}]
        if symbol == "claimed":
            half = {"type": "path", **pixel, "path": path(half_disc(r), at), "line": {"width": 0}}
            return [disc, {**half, "fillcolor": self.theme.muted}]
        if symbol == "denied":
            return [disc, *self._cross(pixel, at, r * 0.7, line)]
        return [disc]

    def _cross(
        self, pixel: dict[str, object], at: float, r: float, line: dict[str, object]
    ) -> list[dict[str, object]]:
        ends = ({"y0": -r, "y1": r}, {"y0": r, "y1": -r})
        return [
            {"type": "line", **pixel, "x0": at - r, "x1": at + r, **end, "line": line}
            for end in ends
        ]

    def finish(self, annotations: list[dict[str, object]], shapes: list[dict[str, object]]) -> None:
        """Write the frame and all collected annotations and shapes into the figure."""
        annotations = [*annotations, *self._words()]
        for item in self.frame.key:
            shapes = [*shapes, *self.symbol(item.symbol, item.x, self.frame.key_y(item.line) - 4)]
        self.figure.update_layout(
            width=self.width,
            height=self.height,
            margin={"l": self.left, "r": self.right, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
            paper_bgcolor=self.theme.background,
            plot_bgcolor=self.theme.background,
            font={"family": CSS_FAMILY, "size": LABEL_SIZE, "color": self.theme.text},
            showlegend=False,
            hoverlabel={
                "bgcolor": self.theme.background,
                "bordercolor": self.theme.line,
                "align": "left",
                "font": {"family": CSS_FAMILY, "size": 11, "color": self.theme.text},
            },
            annotations=annotations,
            shapes=shapes,
        )

    def _words(self) -> list[dict[str, object]]:
        frame, muted = self.frame, self.theme.muted
        words = [
            self.text(12, y, line, TITLE_SIZE, bold=True)
            for line, y in zip(frame.title, frame.title_y, strict=True)
        ]
        words += [
            self.text(12, y, line, SUBTITLE_SIZE, colour=muted)
            for line, y in zip(frame.subtitle, frame.subtitle_y, strict=True)
        ]
        words += [
            self.text(item.text_x, frame.key_y(item.line) - 4, item.text, colour=muted)
            for item in frame.key
        ]
        base = self.height - frame.footer
        return words + [
            self.text(12, base + frame.note_y(number), line, colour=muted)
            for number, line in enumerate(frame.notes)
        ]


def css_dash(lengths: Sequence[int]) -> str:
    """Strokes and gaps as plotly takes them; "solid" where there are none."""
    return ",".join(f"{length}px" for length in lengths) or "solid"


def path(points: list[tuple[float, float]], dx: float = 0.0) -> str:
    """An SVG path of a closed polygon."""
    return "M" + " L".join(f"{x + dx:.2f},{y:.2f}" for x, y in points) + " Z"
