"""The work of one article is bounded by counts, and what is not read is said."""

from __future__ import annotations

import datetime as dt

import pytest

from events.model import Article, Published
from loaders.text.budget import EACH, REASON, SENTENCE, WORK, work
from loaders.text.document import Document, by_sentence
from loaders.text.read import read_document
from loaders.text.sentences import sentence_spans


def document(text: str, title: str = "") -> Document:
    published = Published.unknown()
    came = dt.datetime(2024, 11, 26, tzinfo=dt.UTC)
    article = Article(1, title, text, "en", "", "", published, came, "", "test")
    return read_document(article, named=False)


@pytest.mark.parametrize("text", ["word " * 2_000, "x" * 9_000, "a, b" * 2_001, f"{'y' * 1_999} z"])
def test_a_sentence_without_end_is_read_in_pieces(text: str) -> None:
    pieces = [text[s:e] for s, e in sentence_spans(text, 0, len(text), "en")]
    assert max(map(len, pieces)) <= SENTENCE
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_piece_ends_at_a_space() -> None:
    text = "word " * 2_000
    pieces = {text[s:e].split()[-1] for s, e in sentence_spans(text, 0, len(text), "en")}
    assert pieces == {"word"}


def test_what_is_past_the_limit_is_left_out_and_noted() -> None:
    many = WORK // work("Russia struck Kyiv.")
    text = "Russia struck Kyiv. " * (many + 3)
    made = document(text)
    assert len(made.sentences) == many
    (past,) = [left for left in made.noise if left.reason == REASON]
    assert text[past.start : past.end] == past.text
    assert past.text.count("struck") == 3
    assert past.start >= made.sentences[-1].end
    assert any(str(past.start) in note for note in made.notes)


@pytest.mark.parametrize(
    ("sentence", "cost"), [("One, two.", 4), ("x" * 600, 100), ("(((", 3), ("", 0)]
)
def test_work_counts_words_marks_and_long_words(sentence: str, cost: int) -> None:
    assert work(sentence) == cost + EACH


def test_an_article_within_the_limits_says_nothing() -> None:
    made = document("Russia struck Kyiv. Ukraine answered.", "War")
    assert not made.noise
    assert not made.notes


def test_each_mention_stands_in_its_sentence() -> None:
    made = document("Russia struck Kyiv. Ukraine answered.", "Kyiv was struck. Ukraine answered")
    sentences = made.sentences
    assert by_sentence(sentences, sentences) == [[sentence] for sentence in sentences]
