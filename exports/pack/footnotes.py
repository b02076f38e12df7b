"""Footnotes in a DOCX: python-docx does not support them, so the footnotes part is written here.

Format: ECMA-376 part 1, 17.11 (footnotes): ids 0 and 1 are the separators, ours start at 2.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from exports.cells import xml_text

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>"
)
_TIGHT = '<w:pPr><w:spacing w:before="0" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>'
_RAISED = '<w:rPr><w:sz w:val="17"/><w:vertAlign w:val="superscript"/></w:rPr>'


class Footnotes:
    """Footnotes of one document: `add` one to a paragraph, then `write` all into the file."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str]] = []

    def add(self, paragraph: Any, text: str, url: str = "") -> None:
        """Put a footnote mark at the end of a paragraph; the address ends the footnote."""
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self.texts) + 2))
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(reference)
        self.texts.append((text, url))

    def write(self, document: Any) -> None:
        """Add the footnotes part to the document, or write over that of a template."""
        try:
            part = document.part.part_related_by(RELATIONSHIP_TYPE.FOOTNOTES)
        except KeyError:
            part = Part(PackURI("/word/footnotes.xml"), _TYPE, b"", document.part.package)
            document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        notes = "".join(
            _note(number, text, _link(part, url))
            for number, (text, url) in enumerate(self.texts, start=2)
        )
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        xml = f'{head}<w:footnotes xmlns:w="{_W}" xmlns:r="{_R}">{_SEPARATORS}{notes}</w:footnotes>'
        part._blob = xml.encode("utf-8")


def _link(part: Any, url: str) -> str:
    """The address as words that lead there."""
    if not url:
        return ""
    key = part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return f'<w:hyperlink r:id="{key}">{_words(url)}</w:hyperlink>'


def _note(number: int, text: str, link: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p>{_TIGHT}<w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f"{_words(text)}{link}</w:p></w:footnote>"
    )


def _words(text: str) -> str:
    size = '<w:rPr><w:sz w:val="17"/></w:rPr>'
    return f'<w:r>{size}<w:t xml:space="preserve"> {escape(xml_text(text))}</w:t></w:r>'
