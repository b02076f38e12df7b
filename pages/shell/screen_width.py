"""Width of the browser window: charts are laid out for it, so that labels fit.

The server cannot query it: a component reports it once, and again when the window is resized. A
session cookie keeps the width for the next link opened, which is then drawn only once.
"""

from __future__ import annotations

import streamlit as st

USUAL = 1280  # pixels, until the browser has reported its width
STEP = 20  # reported widths are rounded down to it: fewer charts to draw and to cache
LEAST, MOST = 360, 1700  # MOST: look.css, the widest page
STACKED = 1120  # look.css: up to here the panel is below the chart
_PADDING = 40
_SHARE, _GAP = 2.3 / 3.3, 13.5  # of the columns of a page, as the browser lays them out
_KEY, _COOKIE = "frise_room", "frise_screen"
_SCRIPT = """
export default function ({ data, setTriggerValue }) {
  let timer = 0;
  const tell = () => {
    const main = document.querySelector('[data-testid="stMain"]') || document.documentElement;
    const wide = Math.floor(main.clientWidth / data.step) * data.step;
    document.cookie = data.cookie + "=" + wide + "; path=/; SameSite=Strict";
    if (wide !== data.known) setTriggerValue("width", wide);
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(tell, 400); };
  tell();
  window.addEventListener("resize", later);
  return () => { clearTimeout(timer); window.removeEventListener("resize", later); };
}
"""
_listen = st.components.v2.component("frise_room", js=_SCRIPT)


def listen() -> None:
    """Let the browser report its width if it differs from the assumed one."""
    with st.container(key="frise_room_holder"):  # hidden by look.css
        told = {"known": screen(), "step": STEP, "cookie": _COOKIE}
        _listen(key=_KEY, data=told, on_width_change=_told)


def _told() -> None:
    st.session_state[_COOKIE] = _pixels(st.session_state[_KEY]["width"])


def _pixels(told: object) -> int:
    """A reported width as a multiple of STEP, within bounds."""
    try:
        wide = int(float(str(told)))
    except (ValueError, OverflowError):
        return USUAL
    return STEP * (min(max(wide, LEAST), 10_000) // STEP)


def screen() -> int:
    """Width of the browser's window in pixels, a multiple of STEP; USUAL until it is known."""
    if _COOKIE not in st.session_state:
        st.session_state[_COOKIE] = _pixels(st.context.cookies.get(_COOKIE, USUAL))
    return int(st.session_state[_COOKIE])


def chart_width() -> int:
    """Width of a chart in pixels, beside its panel, or above it on a narrow screen."""
    return chart_width_of(screen())


def panel_width() -> int:
    """Width in pixels of the panel beside a chart, or of the page where it is below."""
    inside = min(screen(), MOST) - _PADDING
    return inside if screen() <= STACKED else int(inside * (1 - _SHARE) - _GAP)


def chart_width_of(wide: int) -> int:
    """The same for a window of `wide` pixels; never more than the browser has.

    A chart of exactly its final width is drawn only once (pages.shared.plotted).
    """
    inside = min(wide, MOST) - _PADDING
    if wide <= STACKED:
        return inside
    return 10 * int((inside * _SHARE - _GAP) / 10)
