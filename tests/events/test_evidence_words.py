"""Evidence in the reader's language: shapes translated, quotations and sources left alone."""

from __future__ import annotations

import datetime as dt

import pytest

from events.evidence_words import evidence_in_words
from events.model import Article
from loaders.text.publication import infer_publication
from loaders.text.read import read_document


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ('for: told as past: "2022", "2023"', 'pour\u00a0: dit au passé\u00a0: "2022", "2023"'),
        (
            "for: NATO has 32 members: since 2024-03-07 (NATO: accession of Sweden)",
            "pour\u00a0: NATO compte 32 membres\u00a0: "
            "depuis 2024-03-07 (NATO: accession of Sweden)",
        ),
        ('"jeudi" is near the day of publication', '"jeudi" est proche du jour de publication'),
        ('"2023" is "l\'an dernier"', '"2023" est "l\'an dernier"'),
        ("the text does not settle its date", "le texte ne suffit pas à fixer sa date"),
        ("against: something never written before", "contre\u00a0: something never written before"),
    ],
)
def test_known_shapes_are_translated_and_others_kept(english: str, french: str) -> None:
    assert evidence_in_words(english, "fr") == french
    assert evidence_in_words(english, "en") == english


def test_what_the_inference_writes_is_french_for_a_french_reader() -> None:
    text = (
        "Mardi 3 décembre, le président Emmanuel Macron s'est rendu à Riyad. En 2023, il y était."
    )
    article = Article(1, "", text, "fr")
    published = infer_publication(read_document(article, named=False), dt.date(2026, 1, 1))
    assert published.evidence
    for sentence in published.evidence:
        assert evidence_in_words(sentence, "fr") != sentence, sentence
