"""The days that the timeline shows; in the link as ``2024-11-01..2024-11-30``."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import streamlit as st

from charts.timeline.spans import default_view, intervals, to_date, to_number
from pages.shell import link
from pages.shell.language import _

Days = tuple[dt.date, dt.date]
STEPS = {"week": 7, "month": 31, "year": 366}
ALL = "all"
MOST_DAYS = 3_000_000
MOST = 0.75  # share of the events that the first view holds
# the first view, and the bars, reach to the newest news where that makes them at most so many times
# as long
WIDER, BARS = 2, 40


def days(table: pd.DataFrame, asked: str) -> Days | None:
    """The days to show: those in the link, ALL days, else those with most events."""
    return chosen(asked) or (whole_of(table) if asked == ALL else densest(table))


def whole_of(table: pd.DataFrame) -> Days | None:
    """From the first to the last day of all dated events, remote ones included."""
    spans = intervals(table)
    dated = spans[spans["dated"]]
    if dated.empty:
        return None
    return to_date(int(dated["first"].min())), to_date(int(dated["last"].max()))


def densest(table: pd.DataFrame) -> Days | None:
    """The shortest range of days with most of the events dated to a month or more precisely, and
    up to the newest of them where that is not far.

    News also mentions past years: with all of them the relevant weeks would shrink to a line.
    """
    spans = intervals(table)
    short = spans[spans["dated"] & ((spans["last"] - spans["first"]) < 32)]
    if len(short) < 8:
        return default_view(table)
    begins = np.sort(short["first"].to_numpy())
    held = int(np.ceil(MOST * len(begins)))
    lengths = begins[held - 1 :] - begins[: len(begins) - held + 1]
    at = int(lengths.argmin())
    low, high = int(begins[at]), int(begins[at + held - 1])
    newest = _newest(table.loc[short.index], short)
    if newest - low <= WIDER * (high - low):
        high = max(high, newest)
    margin = max(2, (high - low) // 12)
    return to_date(low - margin), to_date(high + margin)


def until_newest(table: pd.DataFrame) -> Days | None:
    """Where most events are, their neighbours, and all that follows up to the newest: what bars
    show, which grow no thinner for it (their unit of time grows). Where it follows decades later
    the events would be one bar, and it stays outside."""
    shown = default_view(table)
    spans = intervals(table)
    dated = spans[spans["dated"]]
    if shown is None or dated.empty:
        return shown
    newest = to_date(_newest(table.loc[dated.index], dated))
    is_near = newest - shown[0] <= BARS * (shown[1] - shown[0])
    return shown[0], max(shown[1], newest) if is_near else shown[1]


def _newest(table: pd.DataFrame, spans: pd.DataFrame) -> int:
    """Last day (since 1970) of what these rows tell as done, and not after their newest article: a
    year that was misread leads nowhere. 0 where they tell nothing of the kind."""
    last = spans["last"]
    if "status" in table:
        last = last[table["status"] != "planned"]
    if "published" in table and not pd.isna(published := table["published"].max()):
        last = last[last <= to_number(published.date())]
    return int(last.max()) if len(last) else 0


def chosen(asked: str) -> Days | None:
    """The days of the query parameter `view`, None if it has none."""
    first, _dots, last = asked.partition("..")
    try:
        found = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except ValueError:
        return None
    return found if found[0] <= found[1] else None


def choose(first: dt.date | None, last: dt.date | None) -> None:
    """Show these days; None for all."""
    link.set_view("view", f"{first}..{last}" if first and last else ALL)


def choose_words(first: str, last: str) -> None:
    """Show the days of two ISO moments of a chart, in any order."""
    low, high = sorted((first[:10], last[:10]))
    try:
        choose(dt.date.fromisoformat(low), dt.date.fromisoformat(high))
    except ValueError:
        return


def choose_numbers(one: float, other: float) -> None:
    """Show the days of two places of a chart's axis (days since 1970), in any order."""
    low, high = sorted((float(one), float(other)))
    choose(to_date(int(low // 1)), to_date(int(high // 1)))


def shifted(shown: Days, share: float) -> Days:
    """The days shifted by a share of their number, within the calendar."""
    step = round(((shown[1] - shown[0]).days + 1) * share) or (1 if share > 0 else -1)
    try:
        return shown[0] + dt.timedelta(days=step), shown[1] + dt.timedelta(days=step)
    except OverflowError:
        return shown


def around(shown: Days, length: int) -> Days:
    """`length` days around the middle of those shown."""
    middle = shown[0] + (shown[1] - shown[0]) / 2
    try:
        first = middle - dt.timedelta(days=length // 2)
        return first, first + dt.timedelta(days=length - 1)
    except OverflowError:
        return shown


def zoomed(shown: Days, factor: float, whole: Days | None) -> Days:
    """The days with their number times `factor`, around the same centre, within `whole`."""
    length = max(1, round(((shown[1] - shown[0]).days + 1) * factor))
    first, last = around(shown, length)
    if whole is not None and factor > 1:
        first, last = max(first, min(whole[0], shown[0])), min(last, max(whole[1], shown[1]))
    return first, last


def towards(shown: Days, factor: float, at: float, whole: Days | None) -> Days:
    """The days with their number times `factor`; the day at share `at` of the width is fixed.

    At least one day; when zooming out, not beyond `whole`.
    """
    if not (0 < factor < 1e6 and 0 <= at <= 1):
        return shown
    days = (shown[1] - shown[0]).days + 1
    length = max(1, min(round(days * factor), MOST_DAYS))
    begin = shown[0].toordinal() + round((days - length) * at)
    first = min(max(1, begin), dt.date.max.toordinal() - length + 1)
    found = dt.date.fromordinal(first), dt.date.fromordinal(first + length - 1)
    if whole is None or factor <= 1:
        return found
    return max(found[0], min(whole[0], shown[0])), min(found[1], max(whole[1], shown[1]))


def controls(shown: Days | None, whole: Days | None) -> None:
    """Buttons: earlier, later, zoom in, zoom out, week, month, year, all."""
    if shown is None:
        return
    words = {"week": _("Week"), "month": _("Month"), "year": _("Year")}
    _button("back", "←", _("Earlier"), shifted(shown, -0.5))
    _button("on", "→", _("Later"), shifted(shown, 0.5))
    _button("in", "+", _("Closer"), zoomed(shown, 0.5, whole))
    _button("out", "−", _("Wider"), zoomed(shown, 2.0, whole))
    for step, length in STEPS.items():
        _button(step, words[step], None, around(shown, length))
    _button("all", _("All"), _("All days"), (None, None))


def _button(
    name: str, words: str, told: str | None, to: tuple[dt.date | None, dt.date | None]
) -> None:
    st.button(words, key=f"zoom_{name}", help=told, on_click=choose, args=to)
