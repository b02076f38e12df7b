"""DOCX: the bottom line with footnotes, key stories by subject, charts; sources and receipt."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from exports.cells import xml_text
from exports.pack.archive import with_date
from exports.pack.content import Content
from exports.pack.document_tables import add_facts, add_table
from exports.pack.event_line import EVENT_COLUMNS, EventLine, cells
from exports.pack.footnotes import Footnotes
from exports.pack.wrapping import cut
from exports.selection import Selection

FONT = "Arial"
GREY = RGBColor(0x5F, 0x68, 0x70)
_WIDTH = 16.6  # of the text, in centimetres, A4
_WIDTHS = (2.6, 4.4, 2.2, 1.9, 7.6, 6.0)  # column widths in centimetres, A4 landscape


def to_docx(content: Content, selection: Selection, pictures: dict[str, bytes]) -> bytes:
    """The briefing as a document. `pictures`: PNGs by title, in order; each gets an alt text."""
    document = Document()
    document.core_properties.title = content.title
    document.core_properties.author = "Frise"
    moment = selection.made_at.replace(tzinfo=None)
    document.core_properties.created = document.core_properties.modified = moment
    _styles(document, content.lang)
    _page(document.sections[0], content)
    notes = Footnotes()
    _opening(document, content)
    _lead(document, content, notes)
    _key_stories(document, content, notes)
    _parts(document, content)
    _pictures(document, content, pictures)
    _landscape(document)
    _annex(document, content)
    notes.write(document)
    out = io.BytesIO()
    document.save(out)
    return with_date(out.getvalue(), selection.made_at)


def _styles(document: Any, lang: str) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    for name, size in (("Title", 24), ("Heading 1", 15), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x22, 0x22, 0x22)
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"fr": "fr-FR"}.get(lang, "en-GB"))
    normal.element.get_or_add_rPr().append(language)


def _page(section: Any, content: Content) -> None:
    """A4, marking above and below, page number."""
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    for edge in (section.header, section.footer):
        paragraph = edge.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(xml_text(content.marking))
        run.bold, run.font.size = True, Pt(10)
    foot = section.footer.paragraphs[0]
    foot.add_run(" · " if content.marking else "").font.size = Pt(9)
    _field(foot, "PAGE")
    foot.add_run(" / ").font.size = Pt(9)
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


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
        widths = [_WIDTH * share for share in part.widths]
        add_table(document, part.columns, rows, widths)


def _small(document: Any, text: str, size: float = 9) -> None:
    """A grey line, if there is one."""
    if text:
        run = document.add_paragraph().add_run(xml_text(text))
        run.font.color.rgb, run.font.size = GREY, Pt(size)


def _pictures(document: Any, content: Content, pictures: dict[str, bytes]) -> None:
    for title, picture in pictures.items():
        document.add_heading(content.say(title), 1)
        shape = document.add_picture(io.BytesIO(picture), width=Cm(16.6))
        shape._inline.docPr.set("descr", f"{content.say(title)}. {content.subtitle}")


def _landscape(document: Any) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)


def _annex(document: Any, content: Content) -> None:
    """Every event with its source, and the receipt."""
    document.add_heading(content.say("Annex: events and sources"), 1)
    _small(document, content.cut)
    rows = [[cut(text, 400) for text in cells(line)] for line in content.table]
    add_table(document, [content.say(name) for name in EVENT_COLUMNS], rows, _WIDTHS)
    document.add_heading(content.say("Annex: receipt"), 1)
    add_facts(document, content.receipt.rows(content.lang), (7.0, 17.0))
