"""Work grows with the length of a text alone: calls are counted, not seconds."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.growth import Pattern, is_linear, main, read_patterns, read_rows
from events.model import Published
from loaders.grammar.tokens import words_of
from loaders.pipeline import extract
from loaders.readers.fields import make_article
from loaders.readers.source_file import UnreadableError
from loaders.readers.web_page import MAX_ATTRIBUTES, parse_page

PUBLISHED = Published(dt.date(2024, 11, 26), "given", "day", 1.0, ("given",))
LENGTH = 2_500  # above the limit of one sentence
UNITS = [
    *("Kiev ", "Russia struck Kyiv. ", '"', "He said that ", "two days before "),
    # words, marks and beginnings once more
    *(
        pytest.param(unit, marks=pytest.mark.long)
        for unit in ("Russia and ", "A. ", "12 ", "President ", "KYIV (Reuters) - ")
    ),
]


def calls(unit: str, length: int) -> int:
    """Calls of functions that reading a text takes."""
    article = make_article(f"News: {Pattern(unit).text(length)}", lang="en", published=PUBLISHED)
    counted = 0
    words_of.cache_clear()  # words that were read before are not read again

    def count(_frame: FrameType, _event: str, _told: object) -> None:
        nonlocal counted
        counted += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract(article, dt.date(2024, 12, 1))
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("unit", UNITS)
def test_four_times_the_length_is_four_times_the_work(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    # every fact is looked for in every sentence: in line with the length, but slow to count
    monkeypatch.setattr("loaders.pipeline.contradictions", lambda *_: ())
    calls(unit, LENGTH)  # tables are read once
    assert calls(unit, 4 * LENGTH) <= 4.8 * calls(unit, LENGTH)


def test_the_patterns_of_the_benchmark() -> None:
    found = read_patterns()
    assert len({str(pattern) for pattern in found}) == len(found) >= 40
    assert all(len(pattern.text(5_000)) >= 5_000 for pattern in found)


def test_linear_is_told_from_square() -> None:
    assert is_linear(1.0, 4.4)
    assert is_linear(0.01, 0.5)
    assert not is_linear(1.0, 16.0)


@pytest.mark.parametrize("attribute", ["a{}=b ", "a{} ", 'a{}="x"', "a{}='x y' "])
def test_a_tag_with_attributes_without_end_is_refused(attribute: str) -> None:
    def page(count: int) -> str:
        return f"<p {''.join(attribute.format(n) for n in range(count))}>Russia struck Kyiv.</p>"

    with pytest.raises(UnreadableError, match="attributes"):
        parse_page(page(100_000))
    assert parse_page(page(MAX_ATTRIBUTES // 2)) is not None


def test_a_run_that_was_cut_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    monkeypatch.setenv("FRISE_LOADING_READER", "1")  # the run sets it: it is put back
    kept, asked = tmp_path / "rows.jsonl", ["--reader", "off", "--most", "400", "x ", "Kiev "]
    assert main([*asked, "--kept", str(kept), "--minutes", "0"]) == 1
    assert "2 not measured" in capsys.readouterr().out
    assert main([*asked, "--kept", str(kept)]) == 0
    one, other = kept.read_text().strip().splitlines()
    kept.write_text(f"{one}\n{other[:20]}")
    first = read_rows(kept)
    texts: list[str] = []

    def measured(pattern: Pattern, _length: int) -> float:
        texts.append(str(pattern))
        return 0.0

    monkeypatch.setattr("benchmarks.growth.seconds", measured)
    assert main([*asked, "--kept", str(kept)]) == 0
    again = read_rows(kept)
    assert len(first) == 1
    assert again[0] == first[0]
    assert {row.pattern for row in again} == {"x ", "Kiev "}
    assert first[0].pattern not in texts
    assert again[1].pattern in texts
