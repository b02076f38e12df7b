"""The map's play-through in time: which step is shown, and which events lie in it.

A step is a day, week or month with something to draw; empty ones between are skipped and counted.
An event belongs to a step if its whole interval lies in it; in cumulative mode, if its interval
has ended by then. Events that are undated or dated less precisely than a step are only counted,
never assigned to a step.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from pages.shell import counting, link, look
from pages.shell.escaping import escaped
from pages.shell.language import _, count, day, label, number

UNITS = ("day", "week", "month")
SECONDS = 1.6  # time per step while it plays
_WIDE = 350  # width of the step selector in pixels: its labels fit on a tablet too
_PLAYING = "map_playing"
_CHANGED = "map_playing_changed"
_FREQUENCY = {"day": "D", "week": "W-SUN", "month": "M"}


def _period(start: dt.date, unit: str) -> pd.Period:
    return pd.Period(pd.Timestamp(start), freq=_FREQUENCY[unit])


@dataclass(frozen=True)
class Steps:
    """Steps of a table: their first days and the chosen one.

    outside: number of rows in no step. passed: rows in skipped days, weeks or months.
    """

    unit: str
    starts: list[dt.date]
    position: int
    outside: int
    passed: int
    summed: bool

    @property
    def start(self) -> dt.date:
        return self.starts[self.position]

    @property
    def skipped(self) -> int:
        """Number of days, weeks or months between the previous step and this one."""
        if not self.position:
            return 0
        before = _period(self.starts[self.position - 1], self.unit)
        return int((_period(self.start, self.unit) - before).n) - 1

    @property
    def at_end(self) -> bool:
        return self.position + 1 >= len(self.starts)


def playing() -> bool:
    """Whether the animation is running."""
    return bool(st.session_state.get(_PLAYING)) and bool(link.view("step"))


def step_of(rows: pd.DataFrame, unit: str) -> pd.Series:
    """First day of the step that contains each row's interval; NaT where none does."""
    known = rows["first"].notna() & rows["last"].notna()
    first = rows["first"].where(known).dt.to_period(_FREQUENCY[unit])
    last = rows["last"].where(known).dt.to_period(_FREQUENCY[unit])
    starts: pd.Series = first.where(first == last).dt.start_time
    return starts


def find(rows: pd.DataFrame, drawn: pd.Series) -> tuple[Steps | None, pd.DataFrame]:
    """The steps of the chosen unit and the rows of the chosen step; all rows without a unit.

    drawn: which rows the map draws in its view.
    """
    unit = link.view("step")
    if unit not in UNITS:
        return None, rows
    of = step_of(rows, unit)
    moments = sorted(of[drawn].dropna().unique())
    if not moments:
        return None, rows
    starts = [moment.date() for moment in moments]
    wanted, summed = link.view("at"), bool(link.view("sum"))
    passed_by = [n for n, start in enumerate(starts) if str(start) <= wanted]
    position = max(passed_by, default=0) if wanted else _busiest(of[drawn], moments)
    passed = of.notna() & ((of > moments[-1]) if summed else ~of.isin(moments))
    steps = Steps(unit, starts, position, int(of.isna().sum()), int(passed.sum()), summed)
    chosen = pd.Timestamp(steps.start)
    return steps, rows[(of <= chosen) if summed else (of == chosen)]


def _busiest(of: pd.Series, moments: list[pd.Timestamp]) -> int:
    """Position of the step with most events; of several the latest."""
    counts = of.value_counts()
    return max(range(len(moments)), key=lambda n: (counts[moments[n]], n))


def without_steps() -> None:
    """Say so if a unit is chosen and nothing drawn is dated that precisely."""
    if link.view("step") in UNITS:
        look.note(_("Nothing that the map draws is dated as precisely as a step: all is shown."))


def advance(steps: Steps) -> None:
    """Go to the next step; at the end stop the animation."""
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
    """Whether play or pause was clicked since the last run: the timer needs a full rerun."""
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
        width=_WIDE,
        on_change=_set_unit,
    )


def _set_unit() -> None:
    link.set_view("step", st.session_state["map_step"])
    st.session_state[_PLAYING] = False


def controls(steps: Steps, shown: int) -> None:
    """Previous, play or pause, next; single or cumulative; name and count of the step."""
    with st.container(key="frise_steps", horizontal=True, vertical_alignment="center"):
        earlier, later = _("Earlier step with events"), _("Later step with events")
        st.button("←", key="step_back", help=earlier, on_click=_move, args=(steps, -1))
        words = _("Pause") if playing() else _("Play")
        sign = "pause" if playing() else "play_arrow"
        st.button(words, key="step_play", on_click=_play, args=(steps,), type="primary",
                  icon=f":material/{sign}:")  # fmt: skip
        st.button("→", key="step_on", help=later, on_click=_move, args=(steps, 1))
        st.session_state["map_sum"] = steps.summed
        st.toggle(
            _("All up to then"),
            key="map_sum",
            on_change=lambda: link.set_view("sum", "1" if st.session_state["map_sum"] else None),
        )
        told = [_in_words(steps), counting.counted(shown), _skipped(steps)]
        st.html(f'<p class="fr-line">{escaped(" · ".join(filter(None, told)))}</p>')
    elsewhere = _elsewhere(steps)
    if elsewhere:
        st.caption(elsewhere)


def _skipped(steps: Steps) -> str:
    """Number of days, weeks or months skipped before this step, in words."""
    if not steps.skipped:
        return ""
    if steps.unit == "day":
        return count("{n} day skipped before it", "{n} days skipped before it", steps.skipped)
    if steps.unit == "week":
        return count("{n} week skipped before it", "{n} weeks skipped before it", steps.skipped)
    return count("{n} month skipped before it", "{n} months skipped before it", steps.skipped)


def _elsewhere(steps: Steps) -> str:
    """A sentence on the events in no step and on those in skipped periods."""
    told = {
        _("Undated or dated less precisely than a step, in no step: {n}."): steps.outside,
        _("Skipped, as nothing of that time is drawn here: {n}."): steps.passed,
    }
    return " ".join(text.format(n=number(n)) for text, n in told.items() if n)


def _in_words(steps: Steps) -> str:
    name = day(steps.start, steps.unit if steps.unit != "day" else "day")
    until = _("up to {day}").format(day=name) if steps.summed else name
    place = _("{n} of {all}").format(n=number(steps.position + 1), all=number(len(steps.starts)))
    return f"{until} ({place})"
