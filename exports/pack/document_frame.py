"""What the DOCX stands on: Frise's styles and A4 page, or those of a template."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from exports.cells import xml_text
from exports.pack.template import TemplateError

FONT = "Arial"
_STYLES = (("Title", 24), ("Heading 1", 15), ("Heading 2", 12), ("List Bullet", 10.5))


def new_document(marking: str, lang: str, template: bytes | None) -> Any:
    """An empty document with its marking above and below. Raises TemplateError."""
    document = _of_template(template) if template else _own()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"fr": "fr-FR"}.get(lang, "en-GB"))
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    section = document.sections[0]
    for edge in (section.header, section.footer):
        if marking:
            _mark(edge, marking)
    if template is None:
        _number(section.footer.paragraphs[0], bool(marking))
    return document


def text_width(document: Any) -> float:
    """Width of the text of the last section in centimetres."""
    section = document.sections[-1]
    return float((section.page_width - section.left_margin - section.right_margin) / Cm(1))


def turn(document: Any) -> None:
    """A new section in landscape."""
    section = document.add_section()
    sides = sorted((section.page_width, section.page_height))
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_height, section.page_width = sides


def _own() -> Any:
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10.5)
    for name, size in _STYLES[:3]:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0x22, 0x22, 0x22)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    return document


def _of_template(template: bytes) -> Any:
    """The template without its text; styles that it lacks stand out by size and weight alone."""
    try:
        document = Document(io.BytesIO(template))
        body = document.element.body
        for element in list(body):
            if element.tag != qn("w:sectPr"):
                body.remove(element)
        if not document.sections:
            body.append(OxmlElement("w:sectPr"))
    except (KeyError, ValueError, AttributeError) as error:
        raise TemplateError("the template for documents cannot be read") from error
    for name, size in _STYLES:
        if name not in document.styles:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.font.size, style.font.bold = Pt(size), name != "List Bullet"
    return document


def _mark(edge: Any, marking: str) -> None:
    """The marking above what a template has there; in a document of ours it is alone."""
    first = edge.paragraphs[0] if edge.paragraphs else edge.add_paragraph()
    paragraph = first.insert_paragraph_before() if first.text else first
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(xml_text(marking))
    run.bold, run.font.size = True, Pt(10)


def _number(paragraph: Any, after: bool) -> None:
    """Page number and number of pages, after a marking."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(" · " if after else "").font.size = Pt(9)
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ").font.size = Pt(9)
    _field(paragraph, "NUMPAGES")


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
