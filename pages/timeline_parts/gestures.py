"""Zoom by hand over a time chart: drag across days, or Ctrl (or Cmd) and wheel, or two fingers on
a touchpad.

plotly's own zooms only stretch the drawing and never request finer marks, and with its box to drag
Streamlit reports no clicks. This component only reports the days dragged over, or the wheel steps
and the pointer position; the server then draws the new days.
"""

from __future__ import annotations

import math

import streamlit as st

from pages.shared import zoom
from pages.shared.zoom import Days

CHART = "frise_timeline_chart"  # the key of the container around the chart
_KEY = "frise_gestures"
# without Ctrl the wheel scrolls the page as usual; a finger that moves scrolls it, too
_SCRIPT = """
const LEAST = 8;  // pixels: less is a click, to plotly too
export default function ({ data, setTriggerValue }) {
  const chart = document.querySelector(".st-key-" + data.chart);
  if (!chart) return;
  const plotted = () => {
    const plot = chart.querySelector(".js-plotly-plot");
    return plot && plot._fullLayout && plot._fullLayout._plots ? plot : null;
  };
  const panel = (plot, event) => {  // the panel with days beneath the pointer
    const box = plot.getBoundingClientRect();
    const x = event.clientX - box.left, y = event.clientY - box.top;
    const within = (axis, at) => at >= axis._offset && at <= axis._offset + axis._length;
    const found = Object.values(plot._fullLayout._plots).find(
      ({ xaxis, yaxis }) => within(xaxis, x) && within(yaxis, y));
    return found && { box, xaxis: found.xaxis, yaxis: found.yaxis };
  };
  let factor = 1, at = 0.5, timer = 0;
  const send = () => { setTriggerValue("turned", [factor, at]); factor = 1; timer = 0; };
  const turn = (event) => {
    const plot = data.wheel && plotted();
    if (!plot || !(event.ctrlKey || event.metaKey)) return;
    const size = plot._fullLayout._size;
    event.preventDefault();
    const left = plot.getBoundingClientRect().left + size.l;
    if (!timer) at = Math.min(1, Math.max(0, (event.clientX - left) / size.w));
    factor *= Math.exp(Math.min(120, Math.max(-120, event.deltaY)) * 0.004);
    clearTimeout(timer);
    timer = setTimeout(send, 160);
  };
  let held = null;
  const from = (event) => Math.min(held.x, clamped(event));
  const clamped = (event) => {
    const left = held.box.left + held.xaxis._offset;
    return Math.min(left + held.xaxis._length, Math.max(left, event.clientX));
  };
  const press = (event) => {
    const plot = plotted();
    if (!plot || event.button || event.pointerType === "touch") return;
    const found = panel(plot, event);
    if (!found) return;
    held = { ...found, x: event.clientX, field: null };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", leave);
    window.addEventListener("pointercancel", drop);
    window.addEventListener("keydown", escape);
  };
  const move = (event) => {
    const wide = Math.abs(clamped(event) - held.x);
    if (!held.field && wide < LEAST) return;
    if (!held.field) {
      held.field = document.createElement("div");
      Object.assign(held.field.style, { position: "fixed", pointerEvents: "none", zIndex: 9,
        background: "currentColor", opacity: 0.14, top: held.box.top + held.yaxis._offset + "px",
        height: held.yaxis._length + "px" });
      chart.appendChild(held.field);
    }
    Object.assign(held.field.style, { left: from(event) + "px", width: wide + "px" });
  };
  const leave = (event) => {
    const { box, xaxis, field, x } = held, to = clamped(event);
    drop();
    if (!field) return;
    const days = [x, to].map((at) => xaxis.p2l(at - box.left - xaxis._offset));
    setTriggerValue("dragged", days);
  };
  const escape = (event) => { if (event.key === "Escape") drop(); };
  const drop = () => {
    if (held && held.field) held.field.remove();
    held = null;
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", leave);
    window.removeEventListener("pointercancel", drop);
    window.removeEventListener("keydown", escape);
  };
  chart.addEventListener("wheel", turn, { passive: false });
  chart.addEventListener("pointerdown", press, { capture: true });
  return () => {
    clearTimeout(timer);
    drop();
    chart.removeEventListener("wheel", turn);
    chart.removeEventListener("pointerdown", press, { capture: true });
  };
}
"""
_listen = st.components.v2.component("frise_gestures", js=_SCRIPT)


def listen(shown: Days | None, whole: Days | None, wheel: bool) -> None:
    """Let dragging, and the wheel if so wanted, zoom the chart in the container CHART."""
    if shown is None:
        return
    _listen(
        key=_KEY,
        data={"chart": CHART, "wheel": wheel},
        on_turned_change=lambda: _turned(shown, whole),
        on_dragged_change=_dragged,
    )


def _turned(shown: Days, whole: Days | None) -> None:
    found = _two_numbers("turned")
    if found:
        zoom.choose(*zoom.towards(shown, *found, whole))


def _dragged() -> None:
    found = _two_numbers("dragged")
    if found:
        zoom.choose_numbers(*found)


def _two_numbers(name: str) -> tuple[float, float] | None:
    """What the browser reports under a name; None for anything unexpected."""
    try:
        one, other = (float(value) for value in st.session_state[_KEY][name])
    except (TypeError, ValueError):
        return None
    return (one, other) if math.isfinite(one) and math.isfinite(other) else None
