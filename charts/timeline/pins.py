"""Notes that persons pinned: small flags at the upper edge of a timeline, with their words.

A flag's customdata is that of a mark (`charts.timeline.figure`): kind "event" with the events that
the notes are about, "pin" where they are about the day itself.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.sheet import names
from charts.sheet.measure import wrap
from charts.sheet.theme import theme_of
from charts.timeline.spans import View, to_number
from events.wording import format_day

_WIDTH, _SIZE, _LINES = 260.0, 11, 4  # of the words of a note, in pixels and lines


@dataclass(frozen=True)
class Pin:
    """A pinned note: its day, what it says, who wrote it, and the event that it is about (0: the
    day itself)."""

    day: dt.date
    text: str
    who: str
    event: int = 0


def add_pins(
    figure: go.Figure, pins: Sequence[Pin], view: View, lang: str, theme: str
) -> list[Pin]:
    """Add a flag for each day in view that has pins; those that are outside it."""
    by_day: dict[dt.date, list[Pin]] = defaultdict(list)
    for pin in pins:
        by_day[pin.day].append(pin)
    shown = {day: each for day, each in sorted(by_day.items()) if view[0] <= day <= view[1]}
    if shown:
        figure.add_scatter(
            x=[to_number(day) + 0.5 for day in shown],
            y=[figure.layout.yaxis.range[1]] * len(shown),
            mode="markers",
            marker={
                "symbol": "triangle-down",
                "size": 11,
                "color": theme_of(theme).accent,
                "line": {"width": 0},
            },
            hovertext=[_words(day, each, lang) for day, each in shown.items()],
            hoverinfo="text",
            customdata=[_custom(day, each) for day, each in shown.items()],
            xaxis="x",
            yaxis="y",
            cliponaxis=False,
            showlegend=False,
        )
    return [pin for pin in pins if pin.day not in shown]


def _words(day: dt.date, pins: Sequence[Pin], lang: str) -> str:
    lines = [f"<b>{names.escape(format_day(day, 'day', lang))}</b>"]
    for pin in pins:
        told = wrap(f"{pin.who} · {' '.join(pin.text.split())}", _WIDTH, _SIZE, lines=_LINES)
        lines += [names.escape(line) for line in told]
    return "<br>".join(lines)


def _custom(day: dt.date, pins: Sequence[Pin]) -> list[str]:
    events = list(dict.fromkeys(str(pin.event) for pin in pins if pin.event))
    kind = "event" if events else "pin"
    best, listed = (events[0], ",".join(events[1:] and events)) if events else ("", "")
    return [kind, best, listed, "-1", day.isoformat(), day.isoformat()]
