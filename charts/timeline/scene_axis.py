"""The density strip, the ticks, the lines and the gaps of a timeline."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from charts.sheet import names
from charts.sheet.measure import text_width
from charts.sheet.scale import Scale, ticks
from charts.sheet.theme import LABEL_SIZE
from charts.timeline import bins as level
from charts.timeline.scene_model import MARGIN, DayLine, TimelineOptions, TimelineScene
from charts.timeline.spans import intervals, to_date, to_number
from events.wording import format_day, format_number, translator


def fill_strip(
    scene: TimelineScene, table: pd.DataFrame, spans: pd.DataFrame, options: TimelineOptions
) -> None:
    """Lay out the density strip: the days with nearly all events, with the view framed."""
    if options.density is not None:
        days = intervals(options.density)
        counted = options.density.assign(first=days["first"], last=days["last"])[days["dated"]]
        wide = counted.get("coarse", (days["open_start"] & False)[days["dated"]])
        rows = counted.assign(quad=counted.get("quad", 0))[~wide]
        long = int(counted.loc[wide, "events"].sum())
    else:
        rows = spans.assign(quad=table["quad"].astype("int64"), events=1)[spans["dated"]]
        long = 0
    first, last, events = (rows[c].to_numpy("int64") for c in ("first", "last", "events"))
    low, high = strip_days(first, last, events, (scene.scale.first, scene.scale.last))
    inside = (first >= low) & (last <= high)
    scene.strip_outside = int(events[last < low].sum()), int(events[first > high].sum())
    if options.density is not None:
        scene.strip = rows.loc[inside, ["first", "last", "quad", "events"]]
    else:
        quad = rows["quad"].to_numpy("int64")[inside]
        scene.strip = level.strip_bins(first[inside], last[inside], quad, 200)
    held = int(scene.strip["events"].sum()) + sum(scene.strip_outside)
    scene.strip_rest = long + int(events.sum()) - held
    if len(scene.strip):
        low, high = (
            min(low, int(scene.strip["first"].min())),
            max(high, int(scene.strip["last"].max())),
        )
    scene.strip_scale = Scale(low, high, scene.scale.left, scene.scale.right)


_OUTLYING = 0.02  # share of the events at either end that the strip may leave out
_MOST = 0.7  # share of the events in the busy days
_REACH = 2.5  # days of the strip before and after the busy days, as a multiple of these


def strip_days(
    first: np.ndarray, last: np.ndarray, events: np.ndarray, view: tuple[int, int]
) -> tuple[int, int]:
    """First and last day of the strip, which holds the view.

    All days, if the events spread over them. Else the days without the outermost two per cent of
    the events, cut so that the busy ones have a sixth of the room.
    """
    if not len(first):
        return view
    whole = int(first.min()), int(last.max())
    begin, end = _busy(first, events)
    reach = int(_REACH * (end - begin + 1))
    low = max(_quantile(first, events, _OUTLYING), begin - reach)
    high = min(_quantile(last, events, 1 - _OUTLYING), end + reach)
    if 1.5 * (high - low + 1) >= whole[1] - whole[0] + 1:
        low, high = whole
    return min(low, view[0]), max(high, view[1])


def _quantile(days: np.ndarray, events: np.ndarray, share: float) -> int:
    """The day by which a share of the events has passed."""
    order = np.argsort(days, kind="stable")
    passed = np.cumsum(events[order])
    return int(days[order][np.searchsorted(passed, share * passed[-1])])


def _busy(first: np.ndarray, events: np.ndarray) -> tuple[int, int]:
    """The shortest range of days on which most of the events begin."""
    order = np.argsort(first, kind="stable")
    begins, held = first[order], events[order]
    passed = np.cumsum(held)
    stops = np.searchsorted(passed, passed - held + _MOST * passed[-1])
    starts = np.flatnonzero(stops < len(begins))
    at = int(starts[np.argmin(begins[stops[starts]] - begins[starts])])
    return int(begins[at]), int(begins[stops[at]])


def strip_words(scene: TimelineScene, lang: str) -> tuple[str, str]:
    """Label of the strip: its days, its events, and of how many if some are in no bar."""
    _ = translator(lang)
    held = int(scene.strip["events"].sum())
    name = _("Busiest days") if any(scene.strip_outside) else _("All days")
    every = held + scene.strip_rest + sum(scene.strip_outside)
    if every == held:
        return name, names.events_word(held, lang)
    told = _("{n} of {all}").format(n=format_number(held, lang), all=format_number(every, lang))
    return name, told


def strip_ends(scene: TimelineScene, lang: str) -> tuple[str, str]:
    """Words below the two ends of the strip: its first and last day, events before and after."""
    _ = translator(lang)
    scale, (before, after) = scene.strip_scale, scene.strip_outside
    first, last = (format_day(to_date(day), "day", lang, True) for day in (scale.first, scale.last))
    if before:
        first = f"{first} · " + _("{n} earlier").format(n=format_number(before, lang))
    if after:
        last = _("{n} later").format(n=format_number(after, lang)) + f" · {last}"
    return first, last


BREAK = "//"


def strip_breaks(scene: TimelineScene) -> list[float]:
    """The ends of the strip beyond which there are more events: x, drawn as BREAK."""
    ends = zip((scene.scale.left, scene.scale.right), scene.strip_outside, strict=True)
    return [x for x, events in ends if events]


def strip_note(scene: TimelineScene, lang: str) -> str:
    """A note on dated events that the strip does not count; "" where it counts all."""
    _ = translator(lang)
    if not scene.strip_rest:
        return ""
    one = _("1 event dated to a longer span is not in the strip above the lanes.")
    many = _("{n} events dated to longer spans are not in the strip above the lanes.")
    return (one if scene.strip_rest == 1 else many).format(n=format_number(scene.strip_rest, lang))


def fill_axis(scene: TimelineScene, options: TimelineOptions) -> None:
    _ = translator(options.lang)
    scene.ticks = ticks(scene.scale, options.lang)
    cut = format_day(options.cutoff, "day", options.lang, True) if options.cutoff else ""
    told = _("Cut-off {day}: no later article").format(day=cut)
    wanted = ((options.cutoff, told, "cutoff"), (options.today, _("Today"), "today"))
    for day, text, line_kind in wanted:
        if day is None or not scene.scale.first <= to_number(day) <= scene.scale.last:
            continue
        if line_kind == "today" and day == options.cutoff:
            continue
        # the cut-off line is at the end of its day, today's at its start
        number = to_number(day) + (1 if line_kind == "cutoff" else 0)
        scene.lines.append(_line(scene, scene.scale.x(number), text, line_kind))
    if options.article_days is not None:
        days = pd.to_datetime(options.article_days["day"]).dropna().to_numpy("datetime64[D]")
        missed = np.array(options.missed_days, dtype="datetime64[D]")
        scene.gaps = _runs(scene.scale, np.concatenate([days, missed]), within=False)
        scene.missed = _runs(scene.scale, missed, within=True)


def _line(scene: TimelineScene, x: float, text: str, line_kind: str) -> DayLine:
    """The label is left of the cut-off line and right of today's, where there is room."""
    width = text_width(text, LABEL_SIZE) + 4
    left = line_kind == "cutoff"
    taken = [line.x for line in scene.lines]
    if left and x - width < MARGIN:
        left = False
    elif not left and x + width > scene.scale.right + MARGIN:
        left = True
        text = "" if any(x - width < other for other in taken) else text
    return DayLine(x, text, line_kind, left)


def _runs(scale: Scale, days: NDArray[np.datetime64], within: bool) -> list[tuple[float, float]]:
    """Runs of days in the view that are `within` the given ones, or not, in pixels."""
    chosen = np.full(scale.last - scale.first + 3, not within)
    numbers = days.astype("int64") - scale.first + 1
    chosen[numbers[(numbers > 0) & (numbers < len(chosen) - 1)]] = within
    chosen[0] = chosen[-1] = False
    edges = np.flatnonzero(np.diff(chosen.astype("int8")))
    runs = edges.reshape(-1, 2)
    found = [(scale.x(scale.first + int(a)), scale.x(scale.first + int(b))) for a, b in runs]
    return [(x0, x1) for x0, x1 in found if x1 - x0 >= 1.5]
