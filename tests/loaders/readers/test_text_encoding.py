"""Texts in encodings that nobody told: read by their letters, and said so."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from events.model import Article
from loaders.readers import read_path
from loaders.readers.text_encoding import detected

TEXTS = tomllib.loads((Path(__file__).parents[2] / "cases" / "encodings.toml").read_text("utf-8"))[
    "text"
]
CASES = [(row["text"], name) for row in TEXTS for name in row["encodings"]]
WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")


@pytest.mark.parametrize(("text", "encoding"), CASES, ids=lambda value: value[:12])
def test_a_text_is_read_in_its_encoding_with_a_note(
    text: str, encoding: str, tmp_path: Path
) -> None:
    raw = text.encode(encoding, "ignore")  # old encodings lack some signs
    (tmp_path / "a.txt").write_bytes(raw)
    (article,) = read_path(tmp_path / "a.txt")
    assert isinstance(article, Article)
    assert article.text == raw.decode(encoding)
    assert any("does not tell its encoding" in note for note in article.notes)


def test_half_a_text_is_enough() -> None:
    halves = [(text[: len(text) // 2], encoding) for text, encoding in CASES]
    told = [(half.encode(encoding, "ignore"), encoding) for half, encoding in halves]
    told = [(raw, encoding) for raw, encoding in told if encoding != "iso2022_jp"]
    assert not [e for raw, e in told if raw.decode(detected(raw), "replace") != raw.decode(e)]


@pytest.mark.parametrize("encoding", WESTERN)
def test_a_table_is_read_in_its_encoding(encoding: str, tmp_path: Path) -> None:
    text = "À Téhéran, le ministre a été reçu. " * 3
    (tmp_path / "a.csv").write_text(f"date;texte\n2024-08-06;{text}\n", encoding)
    (article,) = read_path(tmp_path / "a.csv")
    assert isinstance(article, Article)
    assert article.text == text.strip()


def test_bytes_that_make_no_words_are_in_no_encoding() -> None:
    assert detected(bytes(range(0x80, 0x100)) * 20) == ""
    assert detected(b"\xff\xfe\xfd" * 200) == ""
