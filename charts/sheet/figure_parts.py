"""A plotly figure while it is put together: plain mappings, made a figure once at the end.

Plotly checks every property of every trace as it is added, which took a third of the time of a
timeline; a test checks each chart's mappings against the same schema instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

# A page hands the same figure to plotly.js two or three times as it mounts. With a data revision
# that stays, no template (an object that is new each time), lists for arrays, and the modes that
# the page would set itself, all but the first find nothing to draw.
_AS_SENT = {
    "template": "none",
    "autotypenumbers": "strict",
    "datarevision": 0,
    "clickmode": "event+select",
    "dragmode": "pan",  # over fixed axes: dragging does nothing
    "hovermode": "closest",
}


@dataclass
class FigureParts:
    """Traces and layout in plotly's own terms."""

    traces: list[dict[str, Any]] = field(default_factory=list)
    layout: dict[str, Any] = field(default_factory=dict)

    def add_scatter(self, **trace: Any) -> None:
        self.traces.append({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        self.traces.append({"type": "bar", **trace})

    def update_layout(self, **layout: Any) -> None:
        """Whole properties: a later one of the same name takes the place of the earlier."""
        self.layout |= layout

    def figure(self) -> go.Figure:
        """The figure."""
        layout = {**_AS_SENT, **self.layout}
        return go.Figure({"data": self.traces, "layout": layout}, _validate=False)
