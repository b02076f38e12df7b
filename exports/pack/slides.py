"""PPTX, 16:9: editable charts, a timeline of movable shapes, a map, sources on each slide."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.util import Emu, Inches

from charts.chart import Caption
from charts.registry import CHARTS
from charts.sheet.caption import frame, left_out_note
from charts.sheet.measure import text_width
from charts.timeline.figure import scene_notes, scene_symbols
from charts.timeline.scene_model import TimelineScene
from charts.timeline.scene_pins import LETTERS
from exports.pack.adopting import adopt
from exports.pack.archive import with_date
from exports.pack.content import Content
from exports.pack.shapes import describe
from exports.pack.slide_charts import dyad_chart, dyads_note, tempo_chart
from exports.pack.slide_frame import (
    HEIGHT,
    INNER,
    LEFT,
    NOTE_LETTERS,
    WIDTH,
    add_note,
    add_numbers,
    area,
    new_slide,
)
from exports.pack.slide_lead import credits, key_slides, lead_slide
from exports.pack.slide_marks import Canvas, draw_symbol
from exports.pack.slide_tables import part_slides, receipt_slide
from exports.pack.table_part import sources_part
from exports.pack.template import empty_deck
from exports.pack.timeline_shapes import PIXELS, draw_timeline
from exports.selection import Selection

# pinned notes at the foot of the timeline and letters of each: the first choice that fits
_PINNED = ((3, LETTERS), (3, 50), (2, LETTERS), (2, 50), (1, LETTERS), (1, 50), (0, 0))
_KEY = 1.32  # top of the timeline's key in inches
_TEMPO_TITLES = {
    "day": "Events a day",
    "week": "Events a week",
    "month": "Events a month",
    "quarter": "Events a quarter",
    "year": "Events a year",
    "decade": "Events a decade",
}


def to_pptx(
    content: Content,
    selection: Selection,
    map_png: bytes | None = None,
    template: bytes | None = None,
) -> bytes:
    """The briefing as slides. `map_png`: the still map; without it there is no map slide.
    `template`: a checked one (`exports.pack.template`). Raises TemplateError.
    """
    deck = empty_deck(template) if template else _own_deck()
    deck.core_properties.title = content.title
    deck.core_properties.author = "Frise"
    moment = selection.made_at.replace(tzinfo=None)
    deck.core_properties.created = deck.core_properties.modified = moment
    lead_slide(deck, content)
    key_slides(deck, content)
    for part in content.parts:
        if part is content.changes and not part.rows:
            continue  # "nothing has changed" is no slide; the document says it
        part_slides(deck, content, part)
    _timeline_slide(deck, content, selection)
    _chart_slides(deck, content, map_png)
    if content.key:
        part_slides(deck, content, sources_part(content.key, content.lang))
    receipt_slide(deck, content)
    add_numbers(deck, content)
    if template:
        adopt(deck)
    out = io.BytesIO()
    deck.save(out)
    return with_date(out.getvalue(), selection.made_at)


def _own_deck() -> Any:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    return deck


def _timeline_slide(deck: Any, content: Content, selection: Selection) -> None:
    slide = new_slide(deck, content, content.say(CHARTS["timeline"].heading), credits(content.key))
    scene = draw_timeline(slide, selection, area(_KEY + 0.5, 6.55 - _KEY - 0.5))
    symbols = scene_symbols([scene])
    marks = scene.marks()
    symbols += ["bar"] * any(not mark.dot for mark in marks)
    symbols += ["count"] * any(mark.reports > 1 for mark in marks)
    symbols += ["more"] * bool(scene.badges())
    canvas = Canvas(slide, LEFT, Inches(_KEY), INNER / PIXELS)
    for item in frame(Caption(), (), symbols, PIXELS, content.lang).key:
        y = 8 + 17.0 * item.line
        draw_symbol(canvas, item.symbol, item.x, y)
        text_x = item.text_x + (4 if item.symbol in ("bar", "count", "more") else 0)
        canvas.text(item.text, (text_x, y - 8, text_x + text_width(item.text, 10.5), y + 8), 10)
    add_note(slide, _foot(scene, content.lang))


def _foot(scene: TimelineScene, lang: str) -> str:
    """The notes of the scene that fit, with those that persons pinned, or how many there are."""
    for most, letters in _PINNED:
        lines = scene_notes([scene], lang, strip=False, pinned=most, letters=letters)
        if len(" ".join(lines)) <= NOTE_LETTERS:
            return " ".join(lines)
    return " ".join(reversed(lines))  # what explains bars is cut before what counts


def _chart_slides(deck: Any, content: Content, map_png: bytes | None) -> None:
    if len(content.tempo):
        title = content.say(_TEMPO_TITLES[content.tempo_unit])
        slide = new_slide(deck, content, title)
        tempo_chart(slide, content, title, area(height=5.2))
        add_note(slide, left_out_note(content.tempo_left_out, content.lang))
    if map_png:
        _map_slide(deck, content, map_png)
    if content.dyads:
        title = content.say("Who acts on whom")
        slide = new_slide(deck, content, title)
        dyad_chart(slide, content, title, area(height=5.2))
        add_note(slide, dyads_note(content))


def _map_slide(deck: Any, content: Content, picture: bytes) -> None:
    slide = new_slide(deck, content, content.say(CHARTS["map"].heading))
    made = slide.shapes.add_picture(io.BytesIO(picture), LEFT, Inches(1.3), height=Inches(5.7))
    if made.width > INNER:
        made.height, made.width = Emu(int(made.height * INNER / made.width)), Emu(INNER)
    made.left = Emu(int((WIDTH - made.width) / 2))
    describe(made, content.say("Map of the places of the events"))
