"""ODT (OpenDocument text, as LibreOffice writes it): text with tracked changes accepted, title,
author. Macros are never run; comments, footnotes, headers and footers are not read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.office_package import attribute, local_name, package, part_bytes, xml_part
from loaders.readers.office_properties import properties_of
from loaders.readers.press_article import read_each
from loaders.readers.source_file import SetAside, UnreadableError
from loaders.readers.word_document import document_article
from loaders.readers.word_text import Paragraph, WordText

# deleted text is kept apart, and stands in no paragraph; the rest is beside the text
_LEFT_OUT = {"tracked-changes", "annotation", "note", "scripts", "forms", "event-listeners"}
_SIGNS = {"tab": " ", "line-break": "\n"}
_MIMETYPE = b"application/vnd.oasis.opendocument.text"
_MOST_SPACES = 100


def detect(head: Head) -> bool:
    """Whether the file is a ZIP archive that says it is an OpenDocument text, or has its parts and
    the name of one: packed anew, it may say nothing."""
    if "content.xml" not in head.members:
        return False
    unsaid = "mimetype" not in head.members and "META-INF/manifest.xml" in head.members
    return _MIMETYPE in head.raw[:200] or (unsaid and head.suffix in (".odt", ".ott"))


def read(path: Path) -> Iterator[Article | SetAside]:
    """The one article of a document."""
    return read_each(path, lambda raw: [("", lambda: _article(raw))])


def _article(raw: bytes) -> Article:
    with package(raw) as archive:
        if b"encryption-data" in part_bytes(archive, "META-INF/manifest.xml"):
            remedy = "Save it without a password and load that."
            raise UnreadableError("", "", "the file has a password", remedy)
        content = xml_part(archive, "content.xml")
        if content is None:
            remedy = "Save it as .odt from the program that made it."
            raise UnreadableError("content.xml", "", "this is no ODT document", remedy)
        found = WordText(tuple(_paragraphs(content)), tuple(_notes(archive, content)))
        return document_article(found, properties_of(archive, "meta.xml"), "open_document")


def _paragraphs(content: etree._Element) -> Iterator[Paragraph]:
    styles = _parents(content)
    for element in content.iter():
        if local_name(element) not in ("p", "h") or _is_left_out(element):
            continue
        text = "".join(_pieces(element)).strip()
        if text:
            yield Paragraph(text, _style(element, styles))


def _parents(content: etree._Element) -> dict[str, str]:
    """Style of this document alone ("P1") -> the named style it is made from."""
    styles = (each for each in content.iter() if local_name(each) == "style")
    return {attribute(s, "name"): attribute(s, "parent-style-name") for s in styles}


def _style(element: etree._Element, parents: dict[str, str]) -> str:
    """The style as DOCX names it: "title", "heading 1", or another."""
    if local_name(element) == "h":
        return f"heading {attribute(element, 'outline-level') or 1}"
    name = attribute(element, "style-name")
    return (parents.get(name) or name).lower()


def _pieces(element: etree._Element) -> Iterator[str]:
    """Text of a paragraph; a text box in it is a paragraph of its own."""
    inside: list[etree._Element | str] = [element]
    while inside:
        each = inside.pop()
        if isinstance(each, str):
            yield each
            continue
        name = local_name(each)
        if name == "s":
            yield " " * min(_MOST_SPACES, int(attribute(each, "c") or 1))
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif each is element or name not in (*_LEFT_OUT, "p", "h", ""):
            inside += reversed(_content(each))


def _content(element: etree._Element) -> list[etree._Element | str]:
    """Text and children of an element in order; line breaks of the source are spaces."""
    parts: list[etree._Element | str] = [_flat(element.text)]
    for child in element:
        parts += [child, _flat(child.tail)]
    return parts


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _is_left_out(element: etree._Element) -> bool:
    return any(local_name(each) in _LEFT_OUT for each in element.iterancestors())


def _notes(archive: zipfile.ZipFile, content: etree._Element) -> Iterator[str]:
    names = [local_name(each) for each in content.iter()]
    if any(name.startswith("Basic/") for name in archive.namelist()):
        yield "the file holds macros, which were not run"
    if "changed-region" in names:
        yield "tracked changes are read as accepted"
    if "note" in names:
        yield "footnotes are not read"
