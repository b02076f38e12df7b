"""Notes of readers in the reader's language: shapes translated, names left alone."""

from __future__ import annotations

import re

import pytest

from events.note_words import SHAPES, note_in_words


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("author: Dunn, Mary", "auteur\u00a0: Dunn, Mary"),
        ("3 of 12 pages hold no text", "pages sans texte\u00a0: 3 sur 12"),
        ("page: A3", "page\u00a0: A3"),
        ("footnotes are not read", "les notes de bas de page ne sont pas lues"),
        ("something never noted before", "something never noted before"),
    ],
)
def test_known_notes_are_translated_and_others_kept(english: str, french: str) -> None:
    assert note_in_words(english, "fr") == french


@pytest.mark.parametrize(("shape", "message"), SHAPES, ids=lambda value: str(value))
def test_every_shape_has_its_fields_and_its_french(shape: re.Pattern[str], message: str) -> None:
    fields = set(re.findall(r"{(\w+)}", message))
    assert fields == set(shape.groupindex)
    values = dict.fromkeys(fields, "7")
    french = note_in_words(re.sub(r"\(\?P<\w+>[^)]*\)", "7", shape.pattern), "fr")
    assert french != message.format(**values) or message == "page: {page}"
