"""What bounds an event, in the reader's language."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from events.bounds_words import SHAPES, bounds_in_words, reason_in_words

DAY, LATER = dt.date(2024, 11, 21), dt.date(2024, 11, 23)
OF_DAY = "21 novembre 2024"


@pytest.mark.parametrize(
    ("first", "last", "english", "french"),
    [
        (None, None, "", ""),
        (DAY, None, "not before 21 November 2024", f"pas avant le {OF_DAY}"),
        (None, DAY, "not after 21 November 2024", f"pas après le {OF_DAY}"),
        (DAY, DAY, "can only be 21 November 2024", "forcément le 21 novembre 2024"),
        (DAY, LATER, "within 21–23 November 2024", "entre ces jours\u00a0: 21–23 novembre 2024"),
    ],
)
def test_bounds(first: dt.date | None, last: dt.date | None, english: str, french: str) -> None:
    assert bounds_in_words(first, last, "en") == (english and f"undated, {english}")
    assert bounds_in_words(first, last, "fr") == (french and f"sans date, {french}")


@pytest.mark.parametrize(
    ("stored", "french"),
    [
        ("not after publication, 2024-11-21", f"pas après la publication, le {OF_DAY}"),
        (
            '"hours earlier": 2024-11-21 to …',
            f"compté à partir d’un acte (depuis le {OF_DAY})\u00a0: «\u00a0hours earlier\u00a0»",
        ),
        (
            'answers "denied it": 2024-11-21',
            f"cela répond à un acte ({OF_DAY})\u00a0: «\u00a0denied it\u00a0»",
        ),
        ("of another version", "of another version"),
    ],
)
def test_reasons(stored: str, french: str) -> None:
    assert reason_in_words(stored, "fr") == french


@pytest.mark.parametrize(("shape", "message"), SHAPES, ids=lambda value: str(value))
def test_every_shape_gives_the_fields_of_its_message(shape: re.Pattern[str], message: str) -> None:
    assert set(re.findall(r"{(\w+)}", message)) == set(shape.groupindex)
