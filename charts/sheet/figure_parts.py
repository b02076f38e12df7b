"""A plotly figure under construction: plain dicts, turned into a figure once at the end.

Plotly validates every property of every added trace, which took a third of the time of a
timeline; a test validates each chart's dicts against the same schema instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

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
}


@dataclass
class FigureParts:
    """Traces and layout as plotly dicts."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)

    def add_scatter(self, **trace: Any) -> None:
        self.traces.append({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        self.traces.append({"type": "bar", **trace})

    def update_layout(self, **layout: Any) -> None:
        """Set whole properties; a later one replaces an earlier one of the same name."""
        self.layout |= layout

    def figure(self) -> go.Figure:
        """The figure."""
        layout = {**_AS_SENT, **self.layout}
        return go.Figure({"data": self.traces, "layout": layout}, _validate=False)
