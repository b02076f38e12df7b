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


def test_a_range_that_alone_dates_a_sentence_is_the_day_of_its_act() -> None:
    day = dt.date(2024, 9, 2)
    text = "De 22 heures le 31 août à 3 heures le 1er septembre, la Russie a bombardé Kharkiv."
    article = Article(1, "", text, "fr", published=Published.given(day))
    (event,) = extract(article, day).events
    assert event.date is not None
    assert (event.date.first, event.date.last) == (dt.date(2024, 8, 31), dt.date(2024, 9, 1))
