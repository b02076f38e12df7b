"""A plotly chart on a page: no toolbar, with its alternative text and a callback for clicks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from charts.chart import Chart

_PLAIN = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False}


def show(
    made: Chart[go.Figure],
    key: str,
    on_select: Callable[[], None],
    modes: str | Sequence[str] = "points",
) -> None:
    """Draw the chart; the selection is in the session state under `key`.

    It keeps the width it was laid out for if the page has room: stretched by a fraction of a
    pixel it would be drawn a second time.
    """
    chosen: Any = modes
    st.plotly_chart(
        made.figure,
        key=key,
        width=int(made.figure.layout.width),
        theme=None,
        config=_PLAIN,
        on_select=on_select,
        selection_mode=chosen,
        alt=made.alt or None,
    )
