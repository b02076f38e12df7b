"""Files of several articles: one that breaks leaves the others; notes and text as told."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from events.model import Article
from loaders.readers.press_article import Piece, press_article, read_each, stretches
from loaders.readers.source_file import SetAside

TEXT = "The army struck the city on Monday, officials said."


def pieces(raw: bytes) -> Iterator[Piece]:
    yield "one", lambda: press_article([TEXT], reader="x")
    yield "two", lambda: press_article([" ", ""], reader="x")
    yield "three", lambda: press_article([str(1 / len(raw.strip(b"a")))], reader="x")
    yield "four", lambda: press_article([TEXT, TEXT], reader="x")


def test_one_that_breaks_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"aaa")
    found = list(read_each(tmp_path / "a", pieces))
    assert [type(each) for each in found] == [Article, SetAside, SetAside, Article]
    told = [each.where for each in found if isinstance(each, SetAside)]
    assert told == ["two, text", "three"]
    digests = {each.sha256 for each in found if isinstance(each, Article)}
    assert digests == {hashlib.sha256(b"aaa").hexdigest()}


def test_a_file_of_no_article_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"aaa")
    (aside,) = read_each(tmp_path / "a", lambda raw: [])
    assert isinstance(aside, SetAside)
    assert aside.problem == "there is no article in the file"


def test_what_an_article_says_beside_its_text() -> None:
    paragraphs = ["One  two\nthree ", "", "four\xa0five"]
    found = press_article(
        paragraphs, reader="x", title=" A\n title ", author="Jane", section="World", page="3"
    )
    assert (found.title, found.text) == ("A title", "One two\nthree\n\nfour five")
    assert found.notes == ("author: Jane", "section: World", "page: 3")


def test_stretches() -> None:
    assert stretches("front a1 a2", re.compile("a")) == ["a1 ", "a2"]
    assert stretches("none", re.compile("b")) == []
