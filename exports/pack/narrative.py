"""DOCX: key events in order with quotes and footnoted sources, charts, the table, the receipt."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from events import wording
from exports.cells import xml_text
from exports.pack.archive import with_date
from exports.pack.content import Content, EventLine
from exports.pack.footnotes import Footnotes
from exports.pack.slide_tables import EVENT_COLUMNS, cells
from exports.pack.wrapping import cut
from exports.selection import Selection

FONT = "Arial"
GREY = RGBColor(0x5F, 0x68, 0x70)
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
    _key_events(document, content, notes)
    _pictures(document, content, pictures)
    _landscape(document)
    _table(document, content)
    _receipt(document, content)
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
        run = document.add_paragraph().add_run(xml_text(fact))
        run.font.color.rgb = GREY


def _key_events(document: Any, content: Content, notes: Footnotes) -> None:
    document.add_heading(content.say("Key events"), 1)
    _rule(document, content.key_rule)
    for line in content.key:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(xml_text(line.day)).bold = True
        paragraph.add_run(xml_text(f" · {line.headline} ({line.status})"))
        quote = document.add_paragraph()
        quote.paragraph_format.left_indent = Cm(0.6)
        quote.add_run(xml_text(wording.quoted(line.quote, content.lang)))
        notes.add(quote, source(line))


def _rule(document: Any, text: str) -> None:
    """A grey line on what was cut and why."""
    if text:
        run = document.add_paragraph().add_run(text)
        run.font.color.rgb, run.font.size = GREY, Pt(9)


def source(line: EventLine) -> str:
    """The text of the footnote with the source of an event."""
    return " ".join(part for part in (line.credit, line.url) if part)


def _pictures(document: Any, content: Content, pictures: dict[str, bytes]) -> None:
    for title, picture in pictures.items():
        document.add_heading(content.say(title), 1)
        shape = document.add_picture(io.BytesIO(picture), width=Cm(16.6))
        shape._inline.docPr.set("descr", f"{content.say(title)}. {content.subtitle}")


def _landscape(document: Any) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)


def _table(document: Any, content: Content) -> None:
    document.add_heading(content.say("Events and sources"), 1)
    _rule(document, content.cut)
    table = document.add_table(rows=1, cols=len(EVENT_COLUMNS))
    _rules(table)
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0].cells, [content.say(name) for name in EVENT_COLUMNS], bold=True)
    _mark_row(table.rows[0], "tblHeader")
    for line in content.table:
        row = table.add_row()
        _fill(row.cells, [cut(text, 400) for text in cells(line)])
        _mark_row(row, "cantSplit")


def _fill(row: Any, texts: list[str], bold: bool = False) -> None:
    for cell, text, width in zip(row, texts, _WIDTHS, strict=True):
        cell.width = Cm(width)
        if bold:
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), "E6E6E6")
            cell._tc.get_or_add_tcPr().append(shade)
        run = cell.paragraphs[0].add_run(xml_text(text))
        run.font.size, run.bold = Pt(8.5), bold
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _rules(table: Any) -> None:
    """Draw thin grey lines between rows and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "C9CED2")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    table._tbl.tblPr.append(borders)


def _mark_row(row: Any, name: str) -> None:
    """Repeat a row on every page (tblHeader), or keep it on one (cantSplit)."""
    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _receipt(document: Any, content: Content) -> None:
    document.add_heading(content.say("Receipt"), 1)
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (7.0, 17.0), strict=True):
        column.width = Cm(width)
    for name, value in content.receipt.rows(content.lang):
        row = table.add_row().cells
        for cell, text, width in zip(row, (name, value), (7.0, 17.0), strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].add_run(xml_text(text)).font.size = Pt(9)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
