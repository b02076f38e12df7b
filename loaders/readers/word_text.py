"""The paragraphs of a DOCX as they read with all tracked changes accepted."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from loaders.readers.office_package import attribute, local_name, part_bytes, xml_part
from loaders.readers.source_file import UnreadableError

# deleted and moved-away text, and the second form of what older programs cannot draw
_LEFT_OUT = {"del", "moveFrom", "Fallback"}
_CHANGES = {"ins", "del", "moveFrom", "moveTo"}
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_MAIN = "word/document.xml"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with the name of its style in English ("heading 1", "title", "")."""

    text: str
    style: str


@dataclass(frozen=True)
class WordText:
    """The paragraphs of a document in order, those of tables and text boxes among them, and what a
    reader should know of it."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...]


def word_text(archive: zipfile.ZipFile) -> WordText:
    """The text of a DOCX. Raises UnreadableError where it has none or a part is damaged."""
    name = _main_part(archive)
    main = xml_part(archive, name)
    if main is None:
        remedy = "Save it as .docx from the program that made it."
        raise UnreadableError(name, "", "this is no DOCX document", remedy)
    return WordText(tuple(_joined(main, _styles(archive, name))), tuple(_notes(archive, main)))


def _main_part(archive: zipfile.ZipFile) -> str:
    """The part that holds the text: the one that the archive names, else the usual one."""
    relations = xml_part(archive, "_rels/.rels")
    for relation in relations.iter() if relations is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/")
    return _MAIN


def _styles(archive: zipfile.ZipFile, main: str) -> dict[str, str]:
    """Id of a style -> its name in lower case; ids are in the language of the program."""
    tree = xml_part(archive, posixpath.join(posixpath.dirname(main), "styles.xml"))
    names: dict[str, str] = {}
    for style in tree.iter() if tree is not None else ():
        if local_name(style) == "style":
            told = (attribute(each, "val") for each in style if local_name(each) == "name")
            names[attribute(style, "styleId")] = next(told, "").lower()
    return names


def _joined(main: etree._Element, styles: dict[str, str]) -> Iterator[Paragraph]:
    """Paragraphs; one whose mark is deleted goes on in the next."""
    begun: list[str] = []
    for element in main.iter():
        if local_name(element) != "p" or _is_left_out(element):
            continue
        begun += _pieces(element)
        if _mark_is_deleted(element):
            continue
        text, begun = "".join(begun).strip(), []
        if text:
            yield Paragraph(text, styles.get(_style_id(element), ""))
    if text := "".join(begun).strip():
        yield Paragraph(text, "")


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    """The text of a paragraph; what stands in a text box in it is a paragraph of its own."""
    inside = list(reversed(paragraph))
    while inside:
        element = inside.pop()
        name = local_name(element)
        if name == "t":
            yield element.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name not in _LEFT_OUT and name not in ("p", "pPr") and not _is_hidden(element):
            inside += reversed(element)


def _is_left_out(paragraph: etree._Element) -> bool:
    return any(local_name(each) in _LEFT_OUT for each in paragraph.iterancestors())


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run has the property "vanish": it is not shown and not printed."""
    properties = next((each for each in run if local_name(each) == "rPr"), ())
    return any(local_name(each) == "vanish" for each in properties)


def _properties(paragraph: etree._Element) -> etree._Element | tuple[()]:
    return next((each for each in paragraph if local_name(each) == "pPr"), ())


def _style_id(paragraph: etree._Element) -> str:
    named = (each for each in _properties(paragraph) if local_name(each) == "pStyle")
    return next((attribute(each, "val") for each in named), "")


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    of_mark = next((each for each in _properties(paragraph) if local_name(each) == "rPr"), ())
    return any(local_name(each) == "del" for each in of_mark)


def _notes(archive: zipfile.ZipFile, main: etree._Element) -> Iterator[str]:
    names = archive.namelist()
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "the file holds macros, which were not run"
    if outside := sum(part_bytes(archive, name).count(b"TargetMode") for name in _related(names)):
        yield f"{outside} links lead out of the file and were not followed"
    if any(local_name(each) in _CHANGES for each in main.iter()):
        yield "tracked changes are read as accepted"
    if any(local_name(each) == "footnoteReference" for each in main.iter()):
        yield "footnotes are not read"


def _related(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith("word/_rels/")]
