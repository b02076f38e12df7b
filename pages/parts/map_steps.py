"""The map's play-through in time: which step is shown, and which events lie in it.

A step is a day, week or month in which something happened. An event belongs to a step when its
whole interval lies in it; summed up, when its interval has ended by then. What is undated or dated
less precisely than a step is counted, never put somewhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.parts import link
from pages.parts.language import _, count, day, label, number
from pages.parts.plain import escaped

UNITS = ("day", "week", "month")
SECONDS = 1.6  # a step while it plays
_PLAYING = "map_playing"
_CHANGED = "map_playing_changed"
_FREQUENCY = {"day": "D", "week": "W-SUN", "month": "M"}


@dataclass(frozen=True)
class Steps:
    """Steps of a table: their first days, the chosen one, and the rows outside of all steps."""

    unit: str
    starts: list[dt.date]
    position: int
    outside: int
    summed: bool

    @property
    def start(self) -> dt.date:
        return self.starts[self.position]

    @property
    def at_end(self) -> bool:
        return self.position + 1 >= len(self.starts)


def playing() -> bool:
    """Whether the map plays by itself."""
    return bool(st.session_state.get(_PLAYING)) and bool(link.view("step"))


def step_of(rows: pd.DataFrame, unit: str) -> pd.Series:
    """First day of the step in which each row's interval lies; NaT where it lies in none."""
    known = rows["first"].notna() & rows["last"].notna()
    first = rows["first"].where(known).dt.to_period(_FREQUENCY[unit])
    last = rows["last"].where(known).dt.to_period(_FREQUENCY[unit])
    starts: pd.Series = first.where(first == last).dt.start_time
    return starts


def find(rows: pd.DataFrame) -> tuple[Steps | None, pd.DataFrame]:
    """The steps of the chosen unit and the rows of the chosen step; all rows where none is."""
    unit = link.view("step")
    if unit not in UNITS:
        return None, rows
    of = step_of(rows, unit)
    starts = [moment.date() for moment in sorted(of.dropna().unique())]
    if not starts:
        return None, rows
    wanted = link.view("at")
    position = max((n for n, start in enumerate(starts) if wanted >= str(start)), default=0)
    steps = Steps(unit, starts, position, int(of.isna().sum()), bool(link.view("sum")))
    chosen = pd.Timestamp(steps.start)
    return steps, rows[(of <= chosen) if steps.summed else (of == chosen)]


def advance(steps: Steps) -> None:
    """One step on; at the end the play stops."""
    if steps.at_end:
        st.session_state[_PLAYING] = False
    else:
        _go(steps, steps.position + 1)


def _go(steps: Steps, position: int) -> None:
    held = min(max(position, 0), len(steps.starts) - 1)
    link.set_view("at", str(steps.starts[held]))


def _move(steps: Steps, by: int) -> None:
    st.session_state[_PLAYING] = False
    _go(steps, steps.position + by)


def just_changed() -> bool:
    """Whether play or pause was pressed since the last run: the whole page sets the clock."""
    return bool(st.session_state.pop(_CHANGED, False))


def _play(steps: Steps) -> None:
    st.session_state[_PLAYING] = not playing()
    st.session_state[_CHANGED] = True
    if playing() and steps.at_end:
        _go(steps, 0)


def choose_unit() -> None:
    """The control: all days, or step by step."""
    words = {"": _("All days")} | {unit: _("By {unit}").format(unit=label(unit).lower())
                                   for unit in UNITS}  # fmt: skip
    st.session_state["map_step"] = link.view("step")
    st.segmented_control(
        _("Play through in time"),
        list(words),
        key="map_step",
        format_func=lambda unit: words[unit],
        label_visibility="collapsed",
        required=True,
        on_change=_set_unit,
    )


def _set_unit() -> None:
    link.set_view("step", st.session_state["map_step"])
    st.session_state[_PLAYING] = False


def controls(steps: Steps, shown: int) -> None:
    """Back, play or pause, on; only this step or all up to it; the step and its count in words."""
    with st.container(key="frise_steps", horizontal=True, vertical_alignment="center"):
        st.button("←", key="step_back", help=_("Earlier"), on_click=_move, args=(steps, -1))
        words = _("Pause") if playing() else _("Play")
        st.button(words, key="step_play", on_click=_play, args=(steps,))
        st.button("→", key="step_on", help=_("Later"), on_click=_move, args=(steps, 1))
        st.session_state["map_sum"] = steps.summed
        st.toggle(
            _("All up to then"),
            key="map_sum",
            on_change=lambda: link.set_view("sum", "1" if st.session_state["map_sum"] else None),
        )
        st.html(f'<p class="fr-line">{escaped(_in_words(steps))} · '
                f'{escaped(count("{n} event", "{n} events", shown))}</p>')  # fmt: skip
    if steps.outside:
        told = _("Undated or dated less precisely than a step, in no step: {n}.")
        st.caption(told.format(n=number(steps.outside)))


def _in_words(steps: Steps) -> str:
    name = day(steps.start, steps.unit if steps.unit != "day" else "day")
    until = _("up to {day}").format(day=name) if steps.summed else name
    place = _("{n} of {all}").format(n=number(steps.position + 1), all=number(len(steps.starts)))
    return f"{until} ({place})"
