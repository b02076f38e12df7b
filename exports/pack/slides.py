"""PPTX, 16:9: editable charts, a timeline of movable shapes, a map, sources on each slide."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches

from charts.chart import Caption
from charts.registry import CHARTS
from charts.sheet.caption import frame, left_out_note
from charts.sheet.measure import text_width
from charts.timeline.figure import scene_notes, scene_symbols
from events.ontology import QUAD_COLOURS
from exports.pack.archive import with_date
from exports.pack.content import Content, EventLine, pair
from exports.pack.shapes import (
    GREY,
    Area,
    add_paragraph,
    anchor_below,
    describe,
    fill,
    shape,
    text_box,
    write,
)
from exports.pack.slide_charts import dyad_chart, dyads_note, tempo_chart
from exports.pack.slide_marks import Canvas, draw_symbol
from exports.pack.slide_tables import event_table, receipt_table, shortened
from exports.pack.timeline_shapes import PIXELS, draw_timeline
from exports.pack.wrapping import chunks, cut
from exports.selection import Selection

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT = Inches(0.55)
INNER = int(WIDTH - 2 * LEFT)
ROWS_PER_SLIDE = 11
KEY_PER_SLIDE = 6
_FOOT = Inches(7.1)
_KEY = 1.32  # top of the timeline's key in inches
_TEMPO_TITLES = {
    "day": "Events a day",
    "week": "Events a week",
    "month": "Events a month",
    "quarter": "Events a quarter",
    "year": "Events a year",
    "decade": "Events a decade",
}


def to_pptx(content: Content, selection: Selection, map_png: bytes | None = None) -> bytes:
    """The briefing as slides. `map_png`: the still map; without it there is no map slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title = content.title
    deck.core_properties.author = "Frise"
    moment = selection.made_at.replace(tzinfo=None)
    deck.core_properties.created = deck.core_properties.modified = moment
    _title_slide(deck, content)
    _key_slides(deck, content)
    _timeline_slide(deck, content, selection)
    _chart_slides(deck, content, map_png)
    _table_slides(deck, content)
    receipt_table(_slide(deck, content, content.say("Receipt")), content, _area())
    _number(deck, content)
    out = io.BytesIO()
    deck.save(out)
    return with_date(out.getvalue(), selection.made_at)


def _area(top: float = 1.4, height: float = 5.45) -> Area:
    return int(LEFT), int(Inches(top)), INNER, int(Inches(height))


def _line_box(top: float, height: float = 0.3, left: float = 0.55) -> Area:
    width = int(WIDTH) - int(Inches(left)) - int(LEFT)
    return int(Inches(left)), int(Inches(top)), width, int(Inches(height))


def _slide(deck: Any, content: Content, title: str, note: str = "") -> Any:
    """A slide with its title, subtitle (filters) and notes (sources)."""
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (Emu(v) for v in _line_box(0.42, 0.5))
    write(head.text_frame, title, 24, bold=True)
    head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    head.text_frame.margin_left = 0
    text_box(slide, cut(content.subtitle, 160), _line_box(0.95), 12, GREY)
    told = [note, content.subtitle, content.footer or content.dated]
    slide.notes_slide.notes_text_frame.text = "\n".join(part for part in told if part)
    return slide


def _title_slide(deck: Any, content: Content) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (Emu(v) for v in _line_box(1.9, 1.5))
    write(head.text_frame, content.title, 40, bold=True)
    head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    head.text_frame.margin_left = 0
    anchor_below(head.text_frame)
    rule = shape(slide, MSO_SHAPE.RECTANGLE, _line_box(3.5, 0.05), "rule")
    fill(rule, QUAD_COLOURS[2])
    box = text_box(slide, cut(content.subtitle, 400), _line_box(3.7, 2.4), 18, GREY)
    for fact in content.facts:
        add_paragraph(box.text_frame, fact, 16, GREY)
    rows = content.receipt.rows(content.lang)
    told = [pair(name, value, content.lang) for name, value in rows]
    slide.notes_slide.notes_text_frame.text = "\n".join(told)


def _key_slides(deck: Any, content: Content) -> None:
    title = content.say("Key events")
    pages = chunks(content.key, KEY_PER_SLIDE)
    for number, lines in enumerate(pages, start=1):
        name = title if len(pages) == 1 else f"{title} ({number}/{len(pages)})"
        slide = _slide(deck, content, name, credits(lines))
        for row, line in enumerate(lines):
            _key_event(slide, line, 1.45 + row * 0.87)
        _note(slide, content.key_rule)


def _key_event(slide: Any, line: EventLine, top: float) -> None:
    bar = shape(
        slide,
        MSO_SHAPE.RECTANGLE,
        (LEFT, Inches(top + 0.03), Inches(0.06), Inches(0.74)),
        f"{line.type}: {line.headline}",
    )
    fill(bar, QUAD_COLOURS[line.quad])
    day = (int(Inches(0.72)), int(Inches(top)), int(Inches(2.1)), int(Inches(0.8)))
    text_box(slide, line.day, day, 13, bold=True)
    box = text_box(slide, cut(line.headline, 100), _line_box(top, 0.85, 2.9), 13, bold=True)
    add_paragraph(box.text_frame, cut(line.quote, 175), 11)
    told = " · ".join(part for part in (line.status, line.credit) if part)
    add_paragraph(box.text_frame, cut(told, 150), 9, GREY)


def _timeline_slide(deck: Any, content: Content, selection: Selection) -> None:
    slide = _slide(deck, content, content.say(CHARTS["timeline"].heading), credits(content.key))
    scene = draw_timeline(slide, selection, _area(_KEY + 0.5, 6.68 - _KEY - 0.5))
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
    _note(slide, " ".join(scene_notes([scene], content.lang, strip=False)))


def _note(slide: Any, text: str) -> None:
    """Write below a chart what it does not show."""
    if text:
        text_box(slide, cut(text, 320), _line_box(6.7, 0.36), 10, GREY)


def _chart_slides(deck: Any, content: Content, map_png: bytes | None) -> None:
    if len(content.tempo):
        title = content.say(_TEMPO_TITLES[content.tempo_unit])
        slide = _slide(deck, content, title)
        tempo_chart(slide, content, title, _area(height=5.2))
        _note(slide, left_out_note(content.tempo_left_out, content.lang))
    if map_png:
        _map_slide(deck, content, map_png)
    if content.dyads:
        title = content.say("Who acts on whom")
        slide = _slide(deck, content, title)
        dyad_chart(slide, content, title, _area(height=5.2))
        _note(slide, dyads_note(content))


def _map_slide(deck: Any, content: Content, picture: bytes) -> None:
    slide = _slide(deck, content, content.say(CHARTS["map"].heading))
    made = slide.shapes.add_picture(io.BytesIO(picture), LEFT, Inches(1.3), height=Inches(5.7))
    if made.width > INNER:
        made.height, made.width = Emu(int(made.height * INNER / made.width)), Emu(INNER)
    made.left = Emu(int((WIDTH - made.width) / 2))
    describe(made, content.say("Map of the places of the events"))


def _table_slides(deck: Any, content: Content) -> None:
    title = content.say("Events and sources")
    pages = chunks(content.table, ROWS_PER_SLIDE)
    for number, lines in enumerate(pages, start=1):
        name = title if len(pages) == 1 else f"{title} ({number}/{len(pages)})"
        slide = _slide(deck, content, name, credits(lines))
        event_table(slide, content, lines, _area())
        _note(slide, " ".join(part for part in (content.cut, shortened(content, lines)) if part))


def _number(deck: Any, content: Content) -> None:
    """Marking above and below, page number and cut-off on every slide."""
    pages = list(deck.slides)
    for number, slide in enumerate(pages, start=1):
        for top in (0.12, 7.1) if content.marking else ():
            box = _line_box(top)
            text_box(slide, content.marking, box, 11, bold=True, align=PP_ALIGN.CENTER)
        foot = (int(WIDTH - Inches(1.6)), int(_FOOT), int(Inches(1.05)), int(Inches(0.3)))
        text_box(slide, f"{number} / {len(pages)}", foot, 10, GREY, align=PP_ALIGN.RIGHT)
        told = f"{content.receipt.software} · {content.dated}"
        text_box(slide, told, (int(LEFT), int(_FOOT), int(Inches(4.5)), int(Inches(0.3))), 10, GREY)


def credits(lines: tuple[EventLine, ...]) -> str:
    """Sources of events, one line each, for the notes of a slide."""
    return "\n".join(f"{line.day}: {line.credit} {line.url}".strip() for line in lines)
