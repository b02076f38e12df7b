"""PDF: paragraphs, columns, running heads; and files with passwords, forms, scripts, no text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from events.model import Article
from loaders.readers import SetAside, pdf_process, read_path
from loaders.readers.pdf_layout import columns, without_running_heads
from loaders.readers.pdf_paragraphs import Vocabulary, joined, title_lines
from loaders.readers.pdf_text import Line
from tests.loaders.readers.pdf_files import HEAD, changed, pdf

TEXT = (
    "The ministers of both countries met on Monday in Paris and signed an agreement",
    "on the purchase of ammunition. It is to run for five years, they said.",
)


def read(tmp_path: Path, raw: bytes) -> Any:
    (tmp_path / "a.pdf").write_bytes(raw)
    (found,) = read_path(tmp_path / "a.pdf")
    return found


def article(tmp_path: Path, raw: bytes) -> Article:
    found = read(tmp_path, raw)
    assert isinstance(found, Article), found
    return found


def with_script(writer: PdfWriter) -> None:
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("alert()"),
        }
    )
    names = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("a"), action])})
    tree = DictionaryObject({NameObject("/JavaScript"): names})
    writer.root_object[NameObject("/Names")] = tree


def with_form(writer: PdfWriter) -> None:
    form = DictionaryObject({NameObject("/Fields"): ArrayObject()})
    writer.root_object[NameObject("/AcroForm")] = form


def test_lines_become_paragraphs(tmp_path: Path) -> None:
    found = article(tmp_path, pdf([["An agreement in Paris", "", *TEXT, "", *TEXT]]))
    assert found.title == "An agreement in Paris"
    assert found.text == "\n\n".join([" ".join(TEXT)] * 2)
    assert found.published.date is None


def test_running_heads_and_numbers_go_and_are_told(tmp_path: Path) -> None:
    body = [f"Line {n} of text." for n in range(9)]
    pages = [["The Post, 1 May 2024", "", f"Page {n}.", *body, str(n)] for n in (1, 2, 3)]
    found = article(tmp_path, pdf(pages))
    assert "Post" not in found.text
    assert found.text.count("Line 5 of text.") == 3
    assert not found.text.endswith("3")
    assert any("left out: The Post, 1 May 2024" in note for note in found.notes)
    assert str(found.published.date) == "2024-05-01"
    assert "running head" in found.published.evidence[0]


def test_pages_without_text_are_counted(tmp_path: Path) -> None:
    found = article(tmp_path, pdf([TEXT, [], [], ["The army moved.", *TEXT[::-1]]]))
    assert "2 of 4 pages hold no text" in found.notes
    begins = found.text.index("The army")
    assert f"pages begin at characters: 1: 0, 4: {begins}" in found.notes


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (with_script, "1 scripts, which were not run"),
        (with_form, "holds a form"),
        (lambda w: w.add_metadata({"/CreationDate": "D:20240501120000Z"}), "made on 2024-05-01"),
        (lambda w: w.add_metadata({"/Author": "Jane Doe"}), "author: Jane Doe"),
        (lambda w: w.encrypt("", "owner"), None),
    ],
)
def test_what_a_file_tells_beside_its_text(
    tmp_path: Path, change: Callable[[PdfWriter], object], note: str | None
) -> None:
    found = article(tmp_path, changed(pdf([TEXT]), change))
    assert found.text == " ".join(TEXT)
    assert note is None or any(note in told for told in found.notes)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("An agreement", "An agreement"),
        ("Microsoft Word - a.docx", ""),
        ("note 4.docx", ""),
        ("x", ""),
    ],
)
def test_a_title_of_the_file_counts_where_it_is_one(tmp_path: Path, title: str, told: str) -> None:
    raw = changed(pdf([TEXT]), lambda writer: writer.add_metadata({"/Title": title}))
    assert article(tmp_path, raw).title == told


BAD = {
    "a password": (lambda: changed(pdf([TEXT]), lambda w: w.encrypt("secret")), "password"),
    "no text": (lambda: pdf([[], [], []]), "no page holds text"),
    "no PDF": (lambda: HEAD + b"and no more", "damaged"),
    "cut": (lambda: pdf([TEXT])[:100], "damaged"),
}


@pytest.mark.parametrize(("make", "problem"), BAD.values(), ids=BAD)
def test_bad_files_are_set_aside(tmp_path: Path, make: Callable[[], bytes], problem: str) -> None:
    found = read(tmp_path, make())
    assert isinstance(found, SetAside)
    assert problem in found.problem
    assert found.remedy.endswith(".")


def test_pages_past_the_limit_are_told(tmp_path: Path) -> None:
    pages = [["", *TEXT, f"Report {n}.", *TEXT] for n in range(pdf_process.MAX_PAGES + 500)]
    found = article(tmp_path, pdf(pages))
    assert "pages 1001 to 1500 are not read: split the file" in found.notes
    assert "Report 999." in found.text
    assert "Report 1000." not in found.text


def test_a_process_that_dies_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "dies.py"
    script.write_text("import os; os.abort()")
    monkeypatch.setattr("loaders.readers.pdf_text._SCRIPT", script)
    found = read(tmp_path, pdf([TEXT]))
    assert isinstance(found, SetAside)
    assert "broke its reader" in found.problem


def line(text: str, left: float, top: float, width: float = 100, height: float = 10) -> Line:
    return Line(text, left, top - height, left + width, top)


def test_columns_are_read_one_after_the_other() -> None:
    rows = [700 - 12 * n for n in range(20)]
    left = [line(f"l{n}", 50, top) for n, top in enumerate(rows)]
    right = [line(f"r{n}", 170, top) for n, top in enumerate(rows)]
    across = [line("head", 50, 730, 220), line("middle", 50, 580.5, 220, 2)]
    mixed = [each for pair in zip(right, left, strict=True) for each in pair]
    told = [[each.text for each in column] for column in columns([*mixed, *across])]
    assert [column[0] for column in told] == ["head", "l0", "r0", "middle", "l10", "r10"]
    assert [len(column) for column in told] == [1, 10, 10, 1, 10, 10]


def test_a_short_table_is_no_column() -> None:
    rows = [700 - 12 * n for n in range(3)]
    cells = [line(f"{x}{n}", x, top, 20) for n, top in enumerate(rows) for x in (50, 200)]
    assert [each.text for each in columns(cells)[0]] == [
        "50_0 200_0".replace("_", ""),
        "501 2001",
        "502 2002",
    ]


def test_a_line_that_comes_twice_in_the_text_is_no_head() -> None:
    page = [line(f"text {n}", 50, 700 - 12 * n) for n in range(4)]
    middle = [line("again and again", 50, 600)]
    foot = [line(f"text {n}", 50, 500 - 12 * n) for n in range(4)]
    pages, heads = without_running_heads([[*page, *middle, *foot]] * 2, [842.0] * 2)
    assert [len(each) for each in pages] == [5, 5]
    assert "again and again" not in heads


@pytest.mark.parametrize(
    ("text", "top", "is_head"),
    [
        ("The Post, 1 May 2024", 820, True),
        ("The Post, 1 May 2024", 720, False),
        ("The army moved.", 820, False),
        ("word " * 20, 820, False),
    ],
)
def test_a_short_line_in_the_margin_is_a_head(text: str, top: float, is_head: bool) -> None:
    body = [line(f"text {n}.", 50, 700 - 12 * n) for n in range(9)]
    (page,), heads = without_running_heads([[line(text, 50, top), *body]], [842.0])
    assert (len(page) == len(body)) == is_head == (heads == [text])


def test_the_title_is_no_initial() -> None:
    page = [line("War goes on", 50, 760, 200, 20), line("here too", 50, 738, 200, 19)]
    body = [line(f"text {n} of the article.", 50, 700 - 12 * n) for n in range(9)]
    initial = line("L", 50, 715, 30, 36)
    assert title_lines([[*page, initial, *body]], 10.0) == page
    assert title_lines([[initial, *body]], 10.0) == []


HYPHENS = {
    ("gou\xad", "vernements"): "gouvernements",
    ("a-t\xad", "elle dit"): "a-t-elle dit",
    ("dit\xad", "il a"): "dit-il a",
    ("F\xad", "16"): "F-16",
    ("Saint\xad", "Malo"): "Saint-Malo",
    ("contre\xad", "attaque"): "contre-attaque",
    ("whole", "lines"): "whole lines",
    ("end\xad",): "end-",
}


@pytest.mark.parametrize(("lines", "text"), HYPHENS.items(), ids=lambda value: str(value))
def test_hyphens_at_the_ends_of_lines(lines: tuple[str, ...], text: str) -> None:
    known = Vocabulary(frozenset({"dit", "il", "elle"}), frozenset({"contre-attaque"}))
    assert joined(lines, known) == text
