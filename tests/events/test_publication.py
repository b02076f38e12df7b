"""The publication of a report as precisely as it is known, in texts, lists and lines."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from events.difference_words import source_words
from events.publication import published_iso, published_words

FIRST = pd.Timestamp("2025-03-01")
TOLD = [
    (FIRST, "day", "1 March 2025", "1er mars 2025", "2025-03-01"),
    (FIRST, "", "1 March 2025", "1er mars 2025", "2025-03-01"),
    (FIRST, "month", "March 2025", "mars 2025", "2025-03"),
    (FIRST, "year", "2025", "2025", "2025"),
    (pd.NaT, "", "", "", ""),
]


@pytest.mark.parametrize(("published", "precision", "english", "french", "iso"), TOLD)
def test_a_month_or_year_stands_as_such(
    published: Any, precision: str, english: str, french: str, iso: str
) -> None:
    row = {"published": published, "published_precision": precision, "source": "Le Journal"}
    assert published_words(row, "en") == english
    assert published_words(row, "fr") == french
    assert published_iso(row) == iso
    short = f", {published_words(row, 'en', short=True)}" if english else ""
    assert source_words(row, "en") == f"Le Journal{short}"
