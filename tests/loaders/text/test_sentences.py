"""Sentence boundaries: the cases of a linguist, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.text.sentences import paragraph_spans, sentence_spans

CASES = Path(__file__).parents[2] / "cases" / "sentences.tsv"


def cases() -> list[tuple[str, list[str]]]:
    rows = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [(row[0], row[1].split(" ‖ ")) for row in rows if len(row) == 2 and row[0][0] != "#"]


@pytest.mark.parametrize(("lang", "sentences"), cases())
def test_case(lang: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[s:e] for s, e in sentence_spans(text, 0, len(text), lang)] == sentences


def test_paragraphs_keep_their_offsets() -> None:
    text = "  Un.\r\n\n\tDeux. \u2028Trois."
    assert [text[s:e] for s, e in paragraph_spans(text)] == ["Un.", "Deux.", "Trois."]


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet='aÉ1 .!?…»"“(\u00a0\n«M-', max_size=80),
    st.sampled_from(["fr", "en", "de", "xx"]),
)
def test_sentences_cover_all_words_once(text: str, lang: str) -> None:
    spans = list(sentence_spans(text, 0, len(text), lang))
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert "".join("".join(text[s:e].split()) for s, e in spans) == "".join(text.split())


@pytest.mark.parametrize("piece", [".", "? ", ". »", "« ", "A.", "1.", "... ", "\u00a0", "!\n"])
def test_endless_signs_come_to_an_end(piece: str) -> None:
    text = piece * 100_000
    spans = [s for a, b in paragraph_spans(text) for s in sentence_spans(text, a, b, "fr")]
    assert all(start < end for start, end in spans)
