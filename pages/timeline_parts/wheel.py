"""Zoom by wheel: Ctrl (or Cmd) and the wheel, or two fingers on a touchpad, over a chart of days.

plotly's own scroll zoom stretches what was drawn and never asks for finer marks. This component
only counts the turns and where the pointer stood; the server draws the days asked for.
"""

from __future__ import annotations

import streamlit as st

from pages.shared import zoom
from pages.shared.zoom import Days

CHART = "frise_timeline_chart"  # the key of the container around the chart
_KEY = "frise_wheel"
# without Ctrl the wheel moves the page, as everywhere
_SCRIPT = """
export default function ({ data, setTriggerValue }) {
  const chart = document.querySelector(".st-key-" + data.chart);
  if (!chart) return;
  let factor = 1, at = 0.5, timer = 0;
  const send = () => { setTriggerValue("turned", [factor, at]); factor = 1; timer = 0; };
  const turn = (event) => {
    const plot = chart.querySelector(".js-plotly-plot");
    const size = plot && plot._fullLayout && plot._fullLayout._size;
    if (!size || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const left = plot.getBoundingClientRect().left + size.l;
    if (!timer) at = Math.min(1, Math.max(0, (event.clientX - left) / size.w));
    factor *= Math.exp(Math.min(120, Math.max(-120, event.deltaY)) * 0.004);
    clearTimeout(timer);
    timer = setTimeout(send, 160);
  };
  chart.addEventListener("wheel", turn, { passive: false });
  return () => { clearTimeout(timer); chart.removeEventListener("wheel", turn); };
}
"""
_listen = st.components.v2.component("frise_wheel", js=_SCRIPT)


def listen(shown: Days | None, whole: Days | None) -> None:
    """Let the wheel zoom the chart in the container CHART."""
    if shown is None:
        return
    _listen(key=_KEY, data={"chart": CHART}, on_turned_change=lambda: _turned(shown, whole))


def _turned(shown: Days, whole: Days | None) -> None:
    turned = st.session_state[_KEY]["turned"]
    try:
        factor, at = (float(value) for value in turned)
    except (TypeError, ValueError):  # the browser sent something else
        return
    zoom.choose(*zoom.towards(shown, factor, at, whole))
