"""The first slide, which says what happened, and the slides of the key stories by subject."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Inches

from events.ontology import QUAD_COLOURS
from exports.pack.content import Content
from exports.pack.event_line import EventLine
from exports.pack.lead import LeadPart
from exports.pack.shapes import (
    GREY,
    INK,
    add_link,
    add_paragraph,
    add_raised,
    fill,
    shape,
    text_box,
    write,
)
from exports.pack.slide_frame import LEAST, LEFT, add_note, line_box, new_slide, numbered
from exports.pack.wrapping import cut

_MAIN_WIDTH, _SIDE_LEFT = 7.5, 8.45  # inches
NO_BREAK = "\u00a0"
# heights in inches: the name of a subject, a story, another line of its headline, of its quote
_HEAD, _STORY, _HEADLINE, _QUOTE = 0.34, 0.8, 0.26, 0.19
_OF_HEADLINE, _OF_QUOTE = 84, 132  # characters of a line
_ROOM = 5.2
_TOP = 1.42


def lead_slide(deck: Any, content: Content) -> None:
    """Title, period and filters; main events, disputes and plans, with footnotes."""
    slide = new_slide(deck, content, content.title)
    write(slide.shapes.title.text_frame, cut(content.title, 70), 30, bold=True)
    rule = shape(slide, MSO_SHAPE.RECTANGLE, line_box(1.32, 0.04), "rule")
    fill(rule, QUAD_COLOURS[2])
    told = " · ".join(content.facts)
    text_box(slide, cut(told, 160), line_box(1.42), LEAST, GREY)
    numbers = itertools.count(1)
    main, *others = content.lead
    box = text_box(slide, main.heading, line_box(1.85, 3.9, 0.55, _MAIN_WIDTH), 14, GREY, bold=True)
    _add_lines(box.text_frame, main, numbers, 18)
    box = None
    for part in others:
        if box is None:
            place = line_box(1.85, 3.9, _SIDE_LEFT)
            box = text_box(slide, part.heading, place, 14, GREY, bold=True)
        else:
            add_paragraph(box.text_frame, part.heading, 14, GREY, bold=True, space=10)
        _add_lines(box.text_frame, part, numbers, 14)
    _footnotes(slide, content)
    rows = content.receipt.rows(content.lang)
    notes = [f"{name}\t{value}" for name, value in rows]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _add_lines(frame: Any, part: LeadPart, numbers: Iterator[int], size: int) -> None:
    for line in part.lines:
        paragraph = add_paragraph(frame, cut(line.text, 130), size, INK, space=6)
        add_raised(paragraph, str(next(numbers)), size)
    if not part.lines:
        add_paragraph(frame, part.nothing, size, GREY, space=6)


def _footnotes(slide: Any, content: Content) -> None:
    """The sources of all lines, one after the other, each leading to its article."""
    lines = [line for part in content.lead for line in part.lines]
    if not lines:
        return
    box = text_box(slide, "", line_box(6.02, 0.95), LEAST, GREY)
    paragraph = box.text_frame.paragraphs[0]
    for number, line in enumerate(lines, start=1):
        add_raised(paragraph, str(number), LEAST)
        told = cut(line.short, 60).replace(" ", NO_BREAK)  # a line ends between two sources only
        add_link(paragraph, f"{NO_BREAK}{told}", line.url, LEAST, GREY)
        add_link(paragraph, "   ", "", LEAST)


def key_slides(deck: Any, content: Content) -> None:
    """The key stories by subject, as many on a slide as can be read."""
    pages = list(_pages(content))
    for number, page in enumerate(pages, start=1):
        name = numbered(content.say("Key events"), number, len(pages))
        lines = tuple(line for _name, line in page)
        slide = new_slide(deck, content, name, credits(lines))
        top, before = _TOP, None
        for subject, line in page:
            if subject != before:
                text_box(slide, cut(subject, 110), line_box(top), 14, GREY, bold=True)
                top, before = top + _HEAD, subject
            _key_story(slide, line, top)
            top += _height(line)
        add_note(slide, content.key_rule)


def _pages(content: Content) -> Iterator[list[tuple[str, EventLine]]]:
    """(name of the subject, story) of each slide."""
    page: list[tuple[str, EventLine]] = []
    used, before = 0.0, ""
    for group in content.groups:
        name = group.name or content.say("Other events")
        for line in group.lines:
            height = _height(line) + (_HEAD if name != before or not page else 0)
            if page and used + height > _ROOM:
                yield page
                page, used, height = [], 0.0, _height(line) + _HEAD
            page.append((name, line))
            used, before = used + height, name
    if page:
        yield page


def _height(line: EventLine) -> float:
    longer = _HEADLINE * (len(line.told) > _OF_HEADLINE)
    return _STORY + longer + _QUOTE * (len(line.quote) + len(line.mark) > _OF_QUOTE)


def _key_story(slide: Any, line: EventLine, top: float) -> None:
    bar = shape(
        slide,
        MSO_SHAPE.RECTANGLE,
        (LEFT, Inches(top + 0.03), Inches(0.06), Inches(_height(line) - 0.12)),
        f"{line.type}: {line.headline}",
    )
    fill(bar, QUAD_COLOURS[line.quad])
    text_box(slide, line.day, line_box(top, 0.8, 0.72, 1.95), 14, bold=True)
    box = text_box(slide, cut(line.told, 2 * _OF_HEADLINE), line_box(top, 0.8, 2.75), 16, bold=True)
    add_paragraph(box.text_frame, line.quoted(215), LEAST)
    paragraph = add_paragraph(box.text_frame, "", LEAST, GREY)
    add_link(paragraph, cut(line.credit, 120), line.url, LEAST, GREY)


def credits(lines: Sequence[EventLine]) -> str:
    """Sources of events, one line each, for the notes of a slide."""
    return "\n".join(f"{line.day}: {line.credit} {line.url}".strip() for line in lines)
