"""The density strip, the ticks, the lines and the gaps of a timeline."""

from __future__ import annotations

import numpy as np
import pandas as pd

from charts.sheet import names
from charts.sheet.measure import text_width
from charts.sheet.scale import Scale, ticks
from charts.sheet.theme import LABEL_SIZE
from charts.timeline import bins as level
from charts.timeline.scene_model import MARGIN, DayLine, TimelineOptions, TimelineScene
from charts.timeline.spans import intervals, to_number
from events.wording import format_day, format_number, translator


def fill_strip(
    scene: TimelineScene, table: pd.DataFrame, spans: pd.DataFrame, options: TimelineOptions
) -> None:
    """Lay out the density strip: the whole span of all events, with the view shaded."""
    if options.density is not None:
        whole = intervals(options.density)
        quads = options.density.get("quad", 0)
        strip = pd.DataFrame({"first": whole["first"], "last": whole["last"], "quad": quads})
        strip = strip.assign(events=options.density["events"].to_numpy())[whole["dated"]]
        wide = options.density.get("coarse", whole["open_start"] & False)[whole["dated"]]
        scene.strip, scene.strip_rest = strip[~wide], int(strip[wide]["events"].sum())
    else:
        dated = spans["dated"].to_numpy(dtype=bool)
        first = spans["first"].to_numpy(dtype="int64")[dated]
        last = spans["last"].to_numpy(dtype="int64")[dated]
        quad = table["quad"].to_numpy(dtype="int64")[dated]
        scene.strip = level.strip_bins(first, last, quad, 200)
        scene.strip_rest = len(first) - int(scene.strip["events"].sum())
    ends = [scene.scale.first, scene.scale.last]
    if len(scene.strip):
        ends += [int(scene.strip["first"].min()), int(scene.strip["last"].max())]
    scale = scene.scale
    scene.strip_scale = Scale(min(ends), max(ends), scale.left, scale.right)


def strip_words(scene: TimelineScene, lang: str) -> tuple[str, str]:
    """Label of the strip: all days, its events, and of how many if some are in no bar."""
    _ = translator(lang)
    held = int(scene.strip["events"].sum())
    if not scene.strip_rest:
        return _("All days"), names.events_word(held, lang)
    every = format_number(held + scene.strip_rest, lang)
    return _("All days"), _("{n} of {all}").format(n=format_number(held, lang), all=every)


def strip_note(scene: TimelineScene, lang: str) -> str:
    """A note on dated events that the strip does not count; "" where it counts all."""
    _ = translator(lang)
    if not scene.strip_rest:
        return ""
    one = _("1 event dated to a longer span is not in the strip of all days.")
    many = _("{n} events dated to longer spans are not in the strip of all days.")
    return (one if scene.strip_rest == 1 else many).format(n=format_number(scene.strip_rest, lang))


def fill_axis(scene: TimelineScene, options: TimelineOptions) -> None:
    _ = translator(options.lang)
    scene.ticks = ticks(scene.scale, options.lang)
    cut = format_day(options.cutoff, "day", options.lang, True) if options.cutoff else ""
    told = _("Cut-off {day}").format(day=cut)
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
        scene.knows_gaps = True
        scene.gaps = _gaps(scene.scale, options.article_days)


def _line(scene: TimelineScene, x: float, text: str, line_kind: str) -> DayLine:
    """The label is left of the cut-off line and right of today's, where there is room."""
    width = text_width(text, LABEL_SIZE) + 4
    left = line_kind == "cutoff"
    taken = [line.x for line in scene.lines]
    if left and x - width < scene.scale.left:
        left = False
    elif not left and x + width > scene.scale.right + MARGIN:
        left = True
        text = "" if any(x - width < other for other in taken) else text
    return DayLine(x, text, line_kind, left)


def _gaps(scale: Scale, article_days: pd.DataFrame) -> list[tuple[float, float]]:
    """Runs of days in the view without any loaded article, in pixels."""
    days = pd.to_datetime(article_days["day"]).dropna().to_numpy(dtype="datetime64[D]")
    loaded = np.zeros(scale.last - scale.first + 3, dtype=bool)
    numbers = days.astype("int64") - scale.first + 1
    numbers = numbers[(numbers > 0) & (numbers < len(loaded) - 1)]
    loaded[numbers] = True
    loaded[0] = loaded[-1] = True
    edges = np.flatnonzero(np.diff(loaded.astype("int8")))
    runs = edges.reshape(-1, 2)
    found = [(scale.x(scale.first + int(a)), scale.x(scale.first + int(b))) for a, b in runs]
    return [(x0, x1) for x0, x1 in found if x1 - x0 >= 1.5]
