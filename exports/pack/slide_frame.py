"""What every slide has: measures, title, filters, a note, marking, number and cut-off."""

from __future__ import annotations

from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches

from exports.pack.content import Content
from exports.pack.shapes import GREY, Area, text_box, write
from exports.pack.template import title_layout
from exports.pack.wrapping import cut

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT = Inches(0.55)
INNER = int(WIDTH - 2 * LEFT)
LEAST = 12  # points: what can be read from a distance
NOTE_LETTERS = 280  # that fit at the foot of a slide
_FOOT = Inches(7.08)


def area(top: float = 1.4, height: float = 5.2) -> Area:
    """The room below the title; inches."""
    return int(LEFT), int(Inches(top)), INNER, int(Inches(height))


def line_box(top: float, height: float = 0.3, left: float = 0.55, width: float = 0) -> Area:
    """A box from `left` to the right margin, or so wide; inches."""
    room = int(WIDTH) - int(Inches(left)) - int(LEFT)
    return int(Inches(left)), int(Inches(top)), int(Inches(width)) or room, int(Inches(height))


def new_slide(deck: Any, content: Content, title: str, note: str = "") -> Any:
    """A slide with its title, subtitle (filters) and notes (sources)."""
    slide = deck.slides.add_slide(title_layout(deck))
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (Emu(v) for v in line_box(0.42, 0.5))
    write(head.text_frame, title, 24, bold=True)
    head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
    head.text_frame.margin_left = 0
    text_box(slide, cut(content.subtitle, 150), line_box(0.95), LEAST, GREY)
    told = [note, content.subtitle, content.footer or content.dated]
    slide.notes_slide.notes_text_frame.text = "\n".join(part for part in told if part)
    return slide


def add_note(slide: Any, text: str) -> None:
    """Write at the foot what a slide does not show."""
    if text:
        text_box(slide, cut(text, NOTE_LETTERS), line_box(6.62, 0.42), LEAST, GREY)


def numbered(title: str, number: int, pages: int) -> str:
    """The title of one of several slides: "Key events (1/3)"."""
    return title if pages == 1 else f"{title} ({number}/{pages})"


def add_numbers(deck: Any, content: Content) -> None:
    """Marking above and below, page number and cut-off on every slide."""
    pages = list(deck.slides)
    for number, slide in enumerate(pages, start=1):
        for top in (0.12, 7.08) if content.marking else ():
            box = line_box(top)
            text_box(slide, content.marking, box, LEAST, bold=True, align=PP_ALIGN.CENTER)
        foot = (int(WIDTH - Inches(1.6)), int(_FOOT), int(Inches(1.05)), int(Inches(0.3)))
        text_box(slide, f"{number} / {len(pages)}", foot, LEAST, GREY, align=PP_ALIGN.RIGHT)
        told = f"{content.receipt.software} · {content.dated}"
        box = (int(LEFT), int(_FOOT), int(Inches(5.2)), int(Inches(0.3)))
        text_box(slide, told, box, LEAST, GREY)
