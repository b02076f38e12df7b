"""DOCX: the bottom line with footnotes, key stories by subject, charts; sources and receipt."""

from __future__ import annotations

import io
from typing import Any

from docx.shared import Cm, Pt, RGBColor

from exports.cells import xml_text
from exports.pack.archive import with_date
from exports.pack.content import Content
from exports.pack.document_frame import new_document, text_width, turn
from exports.pack.document_tables import add_facts, add_table
from exports.pack.event_line import EVENT_COLUMNS, EventLine, cells
from exports.pack.footnotes import Footnotes
from exports.pack.wrapping import cut
from exports.selection import Selection

GREY = RGBColor(0x5F, 0x68, 0x70)
_SHARES = (0.105, 0.178, 0.09, 0.077, 0.307, 0.243)  # of the table of events


def to_docx(
    content: Content,
    selection: Selection,
    pictures: dict[str, bytes],
    template: bytes | None = None,
) -> bytes:
    """The briefing as a document. `pictures`: PNGs by title, in order; each gets an alt text.
    `template`: a checked one (`exports.pack.template`). Raises TemplateError.
    """
    document = new_document(content.marking, content.lang, template)
    document.core_properties.title = content.title
    document.core_properties.author = "Frise"
    moment = selection.made_at.replace(tzinfo=None)
    document.core_properties.created = document.core_properties.modified = moment
    notes = Footnotes()
    _opening(document, content)
    _lead(document, content, notes)
    _key_stories(document, content, notes)
    _parts(document, content)
    _pictures(document, content, pictures)
    turn(document)
    _annex(document, content)
    notes.write(document)
    out = io.BytesIO()
    document.save(out)
    return with_date(out.getvalue(), selection.made_at)


def _opening(document: Any, content: Content) -> None:
    document.add_paragraph(xml_text(content.title), style="Title")
    facts = [content.subtitle, " · ".join(content.facts[:2]), content.facts[2]]
    for fact in facts:
        _small(document, fact, 10.5)


def _lead(document: Any, content: Content, notes: Footnotes) -> None:
    """The bottom line: what happened, what is disputed, what is announced, each with its source."""
    for part in content.lead:
        document.add_heading(xml_text(part.heading), 2)
        for line in part.lines:
            paragraph = document.add_paragraph(xml_text(line.text), style="List Bullet")
            paragraph.paragraph_format.space_after = Pt(3)
            notes.add(paragraph, line.credit, line.url)
        if not part.lines:
            _small(document, part.nothing, 10.5)


def _key_stories(document: Any, content: Content, notes: Footnotes) -> None:
    if not content.groups:
        return
    document.add_heading(content.say("Key events"), 1)
    _small(document, content.key_rule)
    for group in content.groups:
        document.add_heading(xml_text(group.name or content.say("Other events")), 2)
        for line in group.lines:
            _key_story(document, line, notes)


def _key_story(document: Any, line: EventLine, notes: Footnotes) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.add_run(xml_text(line.day)).bold = True
    paragraph.add_run(xml_text(f" · {line.told}"))
    quote = document.add_paragraph()
    quote.paragraph_format.left_indent = Cm(0.6)
    quote.add_run(xml_text(line.quoted(1_200)))
    notes.add(quote, line.credit, line.url)


def _parts(document: Any, content: Content) -> None:
    for part in content.parts:
        document.add_heading(xml_text(part.title), 1)
        _small(document, part.note)
        rows = [[cut(text, 600) for text in row] for row in part.rows]
        widths = [text_width(document) * share for share in part.widths]
        if rows:
            add_table(document, part.columns, rows, widths)


def _small(document: Any, text: str, size: float = 9) -> None:
    """A grey line, if there is one."""
    if text:
        run = document.add_paragraph().add_run(xml_text(text))
        run.font.color.rgb, run.font.size = GREY, Pt(size)


def _pictures(document: Any, content: Content, pictures: dict[str, bytes]) -> None:
    for title, picture in pictures.items():
        document.add_heading(content.say(title), 1)
        shape = document.add_picture(io.BytesIO(picture), width=Cm(text_width(document)))
        shape._inline.docPr.set("descr", f"{content.say(title)}. {content.subtitle}")


def _annex(document: Any, content: Content) -> None:
    """Every event with its source, and the receipt."""
    document.add_heading(content.say("Annex: events and sources"), 1)
    _small(document, content.cut)
    rows = [[cut(text, 400) for text in cells(line)] for line in content.table]
    widths = [text_width(document) * share for share in _SHARES]
    add_table(document, [content.say(name) for name in EVENT_COLUMNS], rows, widths)
    document.add_heading(content.say("Annex: receipt"), 1)
    add_facts(document, content.receipt.rows(content.lang), (7.0, 17.0))
