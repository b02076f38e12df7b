"""The timeline: density strip, lanes with marks or bins, axis.

Every mark's customdata is ``[kind, id, ids, lane, first, last]``. kind "event": `id` is the best
report and `ids` all reports under the mark ("12,15"; "" where there is but one); ids are text, a
63-bit number does not survive JavaScript. lane: its number from the top, "-1" for all. kind
"bin": `id` is the unit of the bins, lane the key of its lane (pages.timeline_parts.bin_events finds
its events). kind "density": days, and the words of its hover. Flags: charts.timeline.scene_pins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from charts.chart import Caption, Chart
from charts.drawing import Drawing, Panel
from charts.sheet.caption import frame, key_symbols, left_out_note
from charts.sheet.frame_marks import framed
from charts.sheet.theme import theme_of
from charts.sheet.twins import timeline_twin
from charts.timeline.marks import BOUNDED
from charts.timeline.panel import panels
from charts.timeline.scene import lay_out
from charts.timeline.scene_axis import strip_note
from charts.timeline.scene_model import CompareOptions, TimelineOptions, TimelineScene
from charts.timeline.scene_pins import LETTERS, MOST_TOLD, number_flags, pin_notes
from charts.timeline.spans import View, default_view, to_date, to_number
from events.wording import format_day, format_number, label, listed, translator

PANEL_GAP = 30.0


def timeline(
    table: pd.DataFrame,
    options: TimelineOptions = TimelineOptions(),  # noqa: B008 (frozen)
) -> Chart[Drawing]:
    """Events of `table` (EVENT_COLUMNS) in lanes."""
    return _chart([lay_out(table, options)], options)


def compare(
    parts: Sequence[tuple[str, pd.DataFrame]],
    options: CompareOptions = CompareOptions(),  # noqa: B008 (frozen)
) -> Chart[Drawing]:
    """Two (or more) tables one above the other, each (label, table)."""
    return _chart(_scenes(parts, options), options)


def _scenes(
    parts: Sequence[tuple[str, pd.DataFrame]], options: CompareOptions
) -> list[TimelineScene]:
    """Panels with the same left edge and scale, so that they can be compared by eye."""
    tables = [table for _, table in parts]
    views = _views(tables, options.views)
    pins = options.panel_pins or [options.pins] * len(parts)
    plans = [
        replace(options, view=view, label=text, pins=mine)
        for (text, _), view, mine in zip(parts, views, pins, strict=True)
    ]
    scenes = [lay_out(table, plan) for table, plan in zip(tables, plans, strict=True)]
    left = max(scene.scale.left for scene in scenes)
    return [
        lay_out(table, replace(plan, left=left)) for table, plan in zip(tables, plans, strict=True)
    ]


def _views(tables: list[pd.DataFrame], views: Sequence[View | None] | None) -> list[View | None]:
    if views is None:
        return [default_view(pd.concat(tables, ignore_index=True))] * len(tables)
    given = [*views, *[views[-1]] * (len(tables) - len(views))]
    days = max((to_number(v[1]) - to_number(v[0]) for v in given if v), default=0)
    return [(v[0], to_date(to_number(v[0]) + days)) if v else None for v in given]


def _chart(scenes: list[TimelineScene], options: TimelineOptions) -> Chart[Drawing]:
    lang, caption, look = options.lang, options.caption, theme_of(options.theme)
    number_flags(scenes)
    notes = scene_notes(scenes, lang)
    around = frame(caption, notes, scene_symbols(scenes), scenes[0].width, lang)
    titled = PANEL_GAP * any(scene.label for scene in scenes)
    top, drawn = around.header + titled, list[Panel]()
    for scene in scenes:
        drawn += panels(scene, top, look, lang)
        top += scene.height + PANEL_GAP
    drawing = framed(around, top - PANEL_GAP - around.header, look, tuple(drawn))
    rows, shown = sum(s.rows for s in scenes), sum(s.drawn for s in scenes)
    twin = partial(timeline_twin, scenes, lang)
    alt = timeline_alt(scenes, caption, lang)
    return Chart(drawing, rows, shown, sum_left_out(scenes), notes, alt, twin)


def sum_left_out(scenes: list[TimelineScene]) -> dict[str, int]:
    """Counts of `left_out`, by reason, summed over all panels."""
    total: dict[str, int] = {}
    for scene in scenes:
        for reason, number in scene.left_out.items():
            total[reason] = total.get(reason, 0) + number
    return total


def scene_symbols(scenes: list[TimelineScene]) -> list[str]:
    """The symbols that the key explains."""
    marks = [mark for scene in scenes for mark in scene.marks()]
    quads = {mark.quad for mark in marks} | {b.quad for scene in scenes for b in scene.bins}
    symbols = key_symbols({mark.status for mark in marks}, quads)
    symbols += ["coded"] if any(mark.coded for mark in marks) else []
    symbols += [BOUNDED] if any(mark.status == BOUNDED for mark in marks) else []
    symbols += ["pin"] if any(scene.flags for scene in scenes) else []
    symbols += ["gap"] if any(scene.gaps for scene in scenes) else []
    return symbols + (["missed"] if any(scene.missed for scene in scenes) else [])


def scene_notes(
    scenes: list[TimelineScene],
    lang: str,
    strip: bool = True,
    pinned: int = MOST_TOLD,
    letters: int = LETTERS,
) -> tuple[str, ...]:
    """Notes on what is not drawn and on bins in place of marks, and at most `pinned` of those that
    persons pinned, `letters` of each; `strip`: whether it is shown."""
    _ = translator(lang)
    notes = []
    binned = next((scene for scene in scenes if scene.binned), None)
    if binned is not None:
        text = _("Each bar counts the events of one {unit}; pale bars those dated less precisely.")
        notes.append(text.format(unit=label(binned.unit, lang).lower()))
        notes.append(_("Heights grow with the square root of the number."))
    notes += [strip_note(scene, lang) for scene in scenes[:1] if strip and scene.has_strip]
    notes.append(left_out_note(sum_left_out(scenes), lang))
    notes += pin_notes(scenes, lang, pinned, letters)
    return tuple(note for note in notes if note)


def timeline_alt(scenes: list[TimelineScene], caption: Caption, lang: str) -> str:
    """The alternative text: title, number of events, days, lanes with their numbers."""
    _ = translator(lang)
    parts = [caption.title] if caption.title else []
    for scene in scenes:
        first, last = scene.view
        text = _("Timeline of {n} events from {first} to {last}.").format(
            n=format_number(scene.drawn, lang),
            first=format_day(first, "day", lang),
            last=format_day(last, "day", lang),
        )
        lanes = [f"{b.lane.name} {b.lane.events}" for b in scene.lanes[:8] if b.lane.name]
        told = lanes or [mark.label for mark in reversed(scene.marks()) if mark.label][:8]
        parts.append(f"{text} {listed(told, lang)}." if told else text)
    return " ".join(parts)
