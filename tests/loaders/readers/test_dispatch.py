"""Which reader reads a file, files enclosed in files, and articles longer than one can be."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from events.identity import article_id
from events.model import Article, Published
from loaders.readers import READERS, SetAside, read_path
from loaders.readers.dispatch import MAX_DEPTH, format_of, read_file, unpacked_limit
from loaders.readers.fields import make_article
from loaders.readers.format import About, Enclosed, Format, Found, head_of
from loaders.readers.long_text import PART_CHARACTERS, cut
from loaders.readers.source_file import MAX_CHARACTERS

TEXT = "Russia struck the Ukrainian city of Kharkiv on Monday, officials said."
PAGE = (
    f"<!-- saved --><!DOCTYPE html><html><body><article><p>{TEXT * 5}</p></article></body></html>"
)


def boxed(path: Path) -> Iterator[Found]:
    """A toy container: "BOX", then one enclosed file: its name, a line end, its bytes."""
    name, _, raw = path.read_bytes().removeprefix(b"BOX").partition(b"\n")
    day = Published(dt.date(2024, 11, 26), "given", "day", 1.0, ("the box",))
    about = About(source="The Box", url="https://example.org/b", published=day, notes=("boxed",))
    yield Enclosed(name.decode(), io.BytesIO(raw), about)
    yield make_article("The label of the box. It is long enough.", lang="en")


BOX = Format("box", (".box",), boxed, lambda head: head.raw.startswith(b"BOX"))
FORMATS = (BOX, *READERS)


def found(tmp_path: Path, name: str, raw: bytes) -> list[Any]:
    path = tmp_path / name
    path.write_bytes(raw)
    return list(read_file(path, FORMATS))


@pytest.mark.parametrize(
    ("name", "content", "reader", "note"),
    [
        ("a.txt", PAGE, "web_page", "the file is named .txt"),
        ("a", PAGE, "web_page", None),
        ("a.html", PAGE, "web_page", None),
        ("a.html", f"<p>{TEXT * 5}</p>", "web_page", None),
        ("a.txt", f"He wrote <html> and more. {TEXT}", "plain_text", None),
        ("a.MD", TEXT, "front_matter", None),
    ],
)
def test_the_content_tells_the_format(
    tmp_path: Path, name: str, content: str, reader: str, note: str | None
) -> None:
    (article,) = found(tmp_path, name, content.encode())
    assert isinstance(article, Article)
    assert article.reader == reader
    assert [told.split(" and ")[0] for told in article.notes] == ([note] if note else [])


def test_of_two_formats_of_a_suffix_the_general_one_reads(tmp_path: Path) -> None:
    special = Format("special page", (".html",), boxed, lambda head: "special" in head.text)
    (tmp_path / "a.html").write_text("<p>other</p>")
    read = format_of(head_of(tmp_path / "a.html"), (special, *READERS))
    assert read is not None
    assert read.name == "saved web page"


def test_an_enclosed_file_is_read_by_its_own_format(tmp_path: Path) -> None:
    inner, label = found(tmp_path, "a.box", f"BOXin/a.md\n# Title\n\n{TEXT}".encode())
    assert isinstance(inner, Article)
    assert (inner.title, inner.text, inner.reader) == ("Title", TEXT, "front_matter")
    assert (inner.source, inner.url) == ("The Box", "https://example.org/b")
    assert inner.published.date == dt.date(2024, 11, 26)
    assert inner.id == article_id(TEXT, "The Box")
    assert inner.notes == ("in its file: in/a.md", "boxed")
    assert isinstance(label, Article)


def test_what_the_file_itself_tells_stands(tmp_path: Path) -> None:
    raw = f"BOXa.md\n---\nsource: Le Site\npublished: 2020-01-02\n---\n{TEXT}".encode()
    inner = found(tmp_path, "a.box", raw)[0]
    assert isinstance(inner, Article)
    assert (inner.source, inner.published.date) == ("Le Site", dt.date(2020, 1, 2))


@pytest.mark.parametrize("name", ["a.exe", "../../a.exe", "/etc/a.exe", "a." + "x" * 5_000, ""])
def test_an_enclosed_file_of_no_format_is_set_aside_and_the_rest_read(
    tmp_path: Path, name: str
) -> None:
    aside, label = found(tmp_path, "a.box", f"BOX{name}\n\x00\x01".encode())
    assert isinstance(aside, SetAside)
    assert (aside.file, aside.where) == (str(tmp_path / "a.box"), name)
    assert isinstance(label, Article)
    assert [each.name for each in tmp_path.iterdir()] == ["a.box"]


def test_a_reader_that_finds_nothing_is_said(tmp_path: Path) -> None:
    silent = Format("silence", (".txt",), lambda _: iter(()))
    (tmp_path / "a.txt").write_text(TEXT)
    (aside,) = read_file(tmp_path / "a.txt", (silent,))
    assert isinstance(aside, SetAside)
    assert aside.problem == "nothing could be read from it as silence"


def test_files_enclosed_too_deep_are_set_aside(tmp_path: Path) -> None:
    items = found(tmp_path, "a.box", b"BOXa.box\n" * 50 + b"BOXa.md\nend")
    aside = [item for item in items if isinstance(item, SetAside)]
    assert len(items) == MAX_DEPTH + 2
    assert "deeper than" in aside[0].problem
    assert aside[0].where.count("a.box") == MAX_DEPTH + 1


def test_what_unpacks_to_too_much_ends_the_container(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_LOADING_MAX_CONTAINER_MB", "0.001")
    (aside,) = found(tmp_path, "a.box", b"BOXa.md\n" + b"word " * 1_000)
    assert isinstance(aside, SetAside)
    assert "unpacks to more" in aside.problem
    assert aside.where == "a.md"


def test_the_limit_of_unpacking_grows_with_the_file() -> None:
    assert unpacked_limit(10) == 20_000_000
    assert unpacked_limit(10_000_000) == 1_000_000_000
    assert unpacked_limit(1_000_000_000) == 2_000_000_000


def test_a_long_article_is_cut_into_parts_and_nothing_is_lost(tmp_path: Path) -> None:
    paragraph = f"{TEXT} {TEXT}\n\n"
    text = f"A title\n\n{paragraph * (MAX_CHARACTERS // len(paragraph) + 1)}"
    parts = found(tmp_path, "a.txt", text.encode())
    assert len(parts) == -(-len(text) // PART_CHARACTERS)
    told = [part for part in parts if isinstance(part, Article)]
    assert "\n\n".join(part.text for part in told) == text.partition("\n\n")[2].strip()
    assert [part.title for part in told] == ["A title", *[""] * (len(parts) - 1)]
    assert len({part.id for part in told}) > 1
    assert told[1].notes[-1].startswith(f"part 2 of {len(parts)} of 'A title'")


@pytest.mark.parametrize(
    "text", ["ab" * 60, "a b " * 30, "a.\n\nb. c\n" * 12, " " * 120, "a\f" * 60]
)
def test_pieces_are_bounded_and_hold_every_character(text: str) -> None:
    pieces = list(cut(text, 10))
    assert max(map(len, pieces)) <= 10
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_file_within_the_limit_is_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("word " * (MAX_CHARACTERS // 5))
    assert len(list(read_path(tmp_path))) == 1
