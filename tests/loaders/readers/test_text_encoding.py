"""Texts in encodings that nobody told: read by their letters, and said so."""

from __future__ import annotations

import codecs
import tomllib
from pathlib import Path

import pytest

from events.model import Article
from loaders.readers import read_path
from loaders.readers.coded.cells import cells_of
from loaders.readers.source_file import UnreadableError, decode
from loaders.readers.text_encoding import detected

FOLDER = Path(__file__).parents[2] / "cases"
TEXTS = tomllib.loads((FOLDER / "encodings.toml").read_text("utf-8"))["text"]
CASES = [(row["text"], name) for row in TEXTS for name in row["encodings"]]
TITLES = tomllib.loads((FOLDER / "short_encodings.toml").read_text("utf-8"))["texts"]
SHORT = [(line, name) for row in TITLES for name in row["encodings"] for line in row["lines"]]
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


@pytest.mark.parametrize(("text", "encoding"), SHORT, ids=lambda value: value[:24])
def test_a_title_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_guess_that_fails_later_gives_way_to_the_next() -> None:
    # its first bytes make Korean letters, the last one has no second byte
    assert decode("« Guerre » à".encode("cp1252")) == "« Guerre » à"
    text = f"{'外交部发言人表示深表关切' * 1_000}\n"
    assert decode(text.encode("gb18030")) == text
    with pytest.raises(UnreadableError):
        decode(text.encode("gb18030")[:-2])


def test_a_table_of_ascii_lines_is_read_by_those_that_are_not(tmp_path: Path) -> None:
    rows = "2024-08-06;nothing\n" * 60_000 + "2024-08-07;Взрыв в Киеве, есть раненые\n"
    (tmp_path / "a.csv").write_text(f"date;text\n{rows}", "cp1251")
    *_, (_, cells) = cells_of(tmp_path / "a.csv")
    assert cells[1] == "Взрыв в Киеве, есть раненые"


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


@pytest.mark.parametrize("mark", [codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE])
def test_a_mark_of_utf_32_is_not_taken_for_that_of_utf_16(mark: bytes) -> None:
    order = "le" if mark == codecs.BOM_UTF32_LE else "be"
    assert decode(mark + "Харків, Russia".encode(f"utf-32-{order}")) == "Харків, Russia"
