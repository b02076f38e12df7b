"""DOCX and ODT: the text as it reads, and what no program should have written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path
from tests.loaders.readers.office_files import ODT_TYPE, archive, docx, odt, paragraph

TEXT = "Russia struck the Ukrainian city of Kharkiv on Monday, officials said."
CHANGED = (
    "<w:ins><w:r><w:t>new </w:t></w:r></w:ins>",
    "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>",
    "<w:moveFrom><w:r><w:t>gone </w:t></w:r></w:moveFrom>",
    "<w:moveTo><w:r><w:t>come</w:t></w:r></w:moveTo>",
)
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
    f"{paragraph('In the box.')}</w:txbxContent></mc:Choice><mc:Fallback>"
    f"{paragraph('In the box.')}</mc:Fallback></mc:AlternateContent></w:r>"
)
STYLES = (
    '<w:styles xmlns:w="w"><w:style w:styleId="Titre"><w:name w:val="Title"/></w:style></w:styles>'
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
ODT_CHANGES = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p>"
    "</text:deletion></text:changed-region></text:tracked-changes>"
)


def read(tmp_path: Path, raw: bytes, name: str = "a.docx") -> Any:
    (tmp_path / name).write_bytes(raw)
    (found,) = read_path(tmp_path / name)
    return found


DOCX = {
    "plain": (paragraph(TEXT), TEXT, []),
    "runs join": (
        paragraph("Rus", "sia struck", "<w:r><w:tab/></w:r>", "it."),
        "Russia struck it.",
        [],
    ),
    "a line break": (paragraph("One", "<w:r><w:br/></w:r>", "two"), "One\ntwo", []),
    "changes": (paragraph(*CHANGED), "new come", ["tracked changes are read as accepted"]),
    "a deleted mark joins": (
        paragraph("One ", properties="<w:rPr><w:del/></w:rPr>") + paragraph("two."),
        "One two.",
        ["tracked changes are read as accepted"],
    ),
    "a text box once": (paragraph("Before.", BOX), "Before.\n\nIn the box.", []),
    "hidden text": (
        paragraph("Seen.", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>not</w:t></w:r>"),
        "Seen.",
        [],
    ),
    "a table": (
        f"<w:tbl><w:tr><w:tc>{paragraph('A.')}</w:tc><w:tc>{paragraph('B.')}</w:tc></w:tr></w:tbl>",
        "A.\n\nB.",
        [],
    ),
    "a field": (paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>", "Text."), "Text.", []),
    "a footnote": (
        paragraph("Text.", "<w:r><w:footnoteReference/></w:r>"),
        "Text.",
        ["footnotes are not read"],
    ),
}


@pytest.mark.parametrize(("body", "text", "notes"), DOCX.values(), ids=DOCX)
def test_docx_reads_as_it_is_shown(tmp_path: Path, body: str, text: str, notes: list[str]) -> None:
    found = read(tmp_path, docx(body))
    assert isinstance(found, Article)
    assert (found.text, list(found.notes), found.reader) == (text, notes, "word_document")


ODTS = {
    "plain": (f"<text:p>{TEXT}</text:p>", TEXT, []),
    "spaces and breaks": (
        '<text:p>A<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d\ne</text:p>',
        "A b c\nd e",
        [],
    ),
    "changes": (
        f"{ODT_CHANGES}<text:p>new</text:p>",
        "new",
        ["tracked changes are read as accepted"],
    ),
    "a comment": (
        "<text:p>A<office:annotation><text:p>no</text:p></office:annotation>b</text:p>",
        "Ab",
        [],
    ),
    "a link": (
        "<text:p>See <text:a>the <text:span>page</text:span></text:a>.</text:p>",
        "See the page.",
        [],
    ),
    "a list": (
        "<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>",
        "One",
        [],
    ),
}


@pytest.mark.parametrize(("body", "text", "notes"), ODTS.values(), ids=ODTS)
def test_odt_reads_as_it_is_shown(tmp_path: Path, body: str, text: str, notes: list[str]) -> None:
    found = read(tmp_path, odt(body), "a.odt")
    assert isinstance(found, Article)
    assert (found.text, list(found.notes), found.reader) == (text, notes, "open_document")


TITLES = {
    "the style": docx(
        paragraph("Paris")
        + paragraph("War", properties='<w:pStyle w:val="Titre"/>')
        + paragraph(TEXT),
        word__styles_dot_xml=STYLES,
    ),
    "a first line": docx(paragraph("War") + paragraph(TEXT)),
    "the property": docx(
        paragraph(TEXT) + paragraph(TEXT),
        docProps__core_dot_xml="<p><title>War</title><creator>Jane</creator></p>",
    ),
}


@pytest.mark.parametrize("raw", TITLES.values(), ids=TITLES)
def test_titles(tmp_path: Path, raw: bytes) -> None:
    found = read(tmp_path, raw)
    assert isinstance(found, Article)
    assert found.title == "War"
    assert "War" not in found.text


def test_the_day_a_file_was_made_is_no_date_of_publication(tmp_path: Path) -> None:
    made = "<p><creator>Jane</creator><created>2024-11-21T08:00:00Z</created></p>"
    found = read(tmp_path, docx(paragraph(TEXT), docProps__core_dot_xml=made))
    assert isinstance(found, Article)
    assert found.published.date is None
    assert [note.partition(":")[0] for note in found.notes] == [
        "author",
        "the file was made on 2024-11-21, which is no date of publication",
    ]


def test_macros_and_outside_links_are_noted(tmp_path: Path) -> None:
    relations = '<r><a TargetMode="External" Target="file:///etc/passwd"/></r>'
    parts: dict[str, str | bytes] = {
        "word__vbaProject_dot_bin": b"macro",
        "word___rels__document_dot_xml_dot_rels": relations,
    }
    found = read(tmp_path, docx(paragraph(TEXT), **parts), "a.docm")
    assert isinstance(found, Article)
    assert len(found.notes) == 2
    assert found.text == TEXT


BAD = {
    "no archive": (b"PK\x03\x04 and no more", "a.docx", "damaged"),
    "a password": (b"\xd0\xcf\x11\xe0" + bytes(600), "a.docx", "password"),
    "of 1997": (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", "before 2007"),
    "another archive": (archive({"word/document2.xml": "<x/>"}), "a.docx", "no DOCX"),
    "broken XML": (archive({"word/document.xml": "<w:document"}), "a.docx", "damaged"),
    "no text": (docx(paragraph()), "a.docx", "no text"),
    "a bomb": (archive({"word/document.xml": f"{BOMB}]><d>&j;</d>"}), "a.docx", "damaged"),
    "an entity": (archive({"word/document.xml": f"{BOMB}]><d>&a;</d>"}), "a.docx", "entities"),
    "a bomb in ODT": (odt("<text:p>&j;</text:p>", f"{BOMB}]>"), "a.odt", "damaged"),
    "an entity in ODT": (odt("<text:p>&a;</text:p>", f"{BOMB}]>"), "a.odt", "entities"),
    "packed zeros": (docx(" " * 30_000_000), "a.docx", "unpacks to more"),
    "deep": (archive({"word/document.xml": "<a>" * 100_000}), "a.docx", "damaged"),
    "no content": (archive({"mimetype": ODT_TYPE}), "a.odt", "no ODT"),
    "ODT with a password": (
        odt("", **{"META-INF__manifest_dot_xml": "<m><encryption-data/></m>"}),
        "a.odt",
        "password",
    ),
}


@pytest.mark.parametrize(("raw", "name", "problem"), BAD.values(), ids=BAD)
def test_bad_files_are_set_aside(tmp_path: Path, raw: bytes, name: str, problem: str) -> None:
    found = read(tmp_path, raw, name)
    assert isinstance(found, SetAside)
    assert problem in found.problem
    assert found.remedy.endswith(".")


def test_an_entity_from_outside_is_not_read(tmp_path: Path) -> None:
    prolog = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    found = read(tmp_path, odt("<text:p>&a; Text.</text:p>", prolog), "a.odt")
    assert isinstance(found, SetAside)
