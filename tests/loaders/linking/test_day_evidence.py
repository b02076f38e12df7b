"""The days an act may have."""

from __future__ import annotations

import datetime as dt

from events.model import Article, Published
from loaders.pipeline import extract


def test_a_text_of_invisible_characters_has_no_sentence_that_opens_it() -> None:
    day = dt.date(2024, 11, 20)
    title = "Russia struck Kyiv on Monday"
    article = Article(1, title, "\u200b", "en", published=Published.given(day))
    (event,) = extract(article, day).events
    assert event.date is not None
    assert event.date.first == dt.date(2024, 11, 18)
