"""Zoom by wheel: Ctrl (or Cmd) and wheel, or two fingers on a touchpad, over a time chart.

plotly's own scroll zoom only stretches the drawing and never requests finer marks. This component
only reports the wheel steps and the pointer position; the server then draws the new days.
"""

from __future__ import annotations

import streamlit as st

from pages.shared import zoom
from pages.shared.zoom import Days

CHART = "frise_timeline_chart"  # the key of the container around the chart
_KEY = "frise_wheel"
# without Ctrl the wheel scrolls the page as usual
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
    except (TypeError, ValueError):  # unexpected data from the browser
        return
    zoom.choose(*zoom.towards(shown, factor, at, whole))
