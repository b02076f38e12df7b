"""RTF: text as it is shown, whatever stands between."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.model import Article
from loaders.readers import SetAside, read_path
from loaders.readers.rtf_text import MAX_DEPTH, rtf_text

FONTS = rb"{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset204 Cyr;}{\f2\fcharset128 Jp;}}"
CASES: dict[str, tuple[bytes, list[str]]] = {
    "plain": (rb"One.\par Two.\par", ["One.", "Two."]),
    "line breaks of the file": (b"One\r\n goes on.\n", ["One goes on."]),
    "signs": (rb"\'ab\~L\rquote a\emdash b\{c\}\\d\line e\tab f", ["«\xa0L’a—b{c}\\d\ne f"]),
    "old letters": (rb"\'c9lys\'e9e", ["Élysée"]),
    "letters of a font": (rb"{\f1 \'cc\'e8\'f0}{\f0 \'cc}", ["МирÌ"]),
    "two bytes a letter": (rb"{\f2 \'93\'fa\'96\'7b}", ["日本"]),
    "Unicode": (rb"\u201?\u-10179?\u-8704?x\uc2\u233\'c3\'a9y", ["É😀xéy"]),
    "Unicode without a twin": (rb"\uc0\u233 y", ["éy"]),
    "half a pair": (rb"a\u-10179?b", ["a\ufffdb"]),
    "deleted": (rb"A{\deleted old }new\deleted gone\deleted0 .", ["Anew."]),
    "hidden": (rb"Seen.{\v not}\v not\v0  Seen.\v not\plain Seen.", ["Seen. Seen.Seen."]),
    "a picture": (rb"A{\pict\wmetafile8 0102ab}b", ["Ab"]),
    "bytes": (b"A{\\pict\\bin7 }{\\\\}}x}b", ["Ab"]),
    "bytes in the text": (b"A\\bin3 }}}b", ["Ab"]),
    "more bytes than there are": (rb"A\par\bin9999999999 }", ["A"]),
    "less than none": (rb"A\bin-5 b", ["Ab"]),
    "an unknown destination": (rb"A{\*\secret not}b", ["Ab"]),
    "a twin in Unicode": (rb"{\upr{A?}{\*\ud{A\u233?}}}", ["Aé"]),
    "a text box": (rb"A{\shp{\*\shpinst\shpleft0{\shptxt In it.\par}}}b", ["A", "In it.", "b"]),
    "a link": (
        rb'{\field{\*\fldinst{HYPERLINK "http://x"}}{\fldrslt{the page}}} it',
        ["the page it"],
    ),
    "heads and notes": (rb"{\header H}{\footerr F}A{\footnote note}b", ["Ab"]),
    "a table": (rb"\trowd One\cell Two\cell\row Three", ["One", "Two", "Three"]),
    "more closed than opened": (rb"A}B}C", ["A"]),
    "never closed": (rb"A{B{C", ["ABC"]),
    "a word at the end": (rb"A\u", ["A"]),
}


@pytest.mark.parametrize(("body", "paragraphs"), CASES.values(), ids=CASES)
def test_text_as_it_is_shown(body: bytes, paragraphs: list[str]) -> None:
    found = rtf_text(rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + rb"\pard " + body + b"}")
    assert list(found.paragraphs) == paragraphs


def test_what_the_file_says_of_itself(tmp_path: Path) -> None:
    info = rb"{\info{\title La tr\'eave}{\author Jane}{\company No}{\creatim\yr2024\mo5\dy1\hr9}}"
    raw = rb"{\rtf1\ansi" + info + rb"One sentence is here.\par Another one is here.}"
    (tmp_path / "a.rtf").write_bytes(raw)
    (found,) = read_path(tmp_path / "a.rtf")
    assert isinstance(found, Article)
    assert found.title == "La trêve"
    assert found.notes[0] == "author: Jane"
    assert "made on 2024-05-01" in found.notes[1]
    assert found.published.date is None


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"no RTF", "no RTF file"),
        (rb"{\rtf1 }", "no text"),
        (rb"{\rtf1 " + b"{" * (MAX_DEPTH + 1) + b"x", "nested deeper"),
    ],
)
def test_bad_files_are_set_aside(tmp_path: Path, raw: bytes, problem: str) -> None:
    (tmp_path / "a.rtf").write_bytes(raw)
    (found,) = read_path(tmp_path / "a.rtf")
    assert isinstance(found, SetAside)
    assert problem in found.problem
