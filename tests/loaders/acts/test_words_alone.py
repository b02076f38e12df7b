"""Reading by words alone, where there is no learned reader."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from events.model import Article, Extraction, Published
from loaders.acts.words_alone import WordsAlone
from loaders.pipeline import extract
from tests.loaders.acts.made import made_input

pytestmark = pytest.mark.usefixtures("no_models")


def _read(text: str, lang: str) -> Extraction:
    day = Published.given(dt.date(2024, 11, 23))
    return extract(Article(1, "", text, lang, published=day), dt.date(2024, 11, 23))


@pytest.mark.parametrize(
    ("lang", "text", "kind", "source", "target", "first"),
    [
        ("fr", "La Russie a bombardé Odessa jeudi.", "ASSAULT", "RUS", "UKR", "2024-11-21"),
        ("en", "Israel bombed Lebanon on Friday.", "ASSAULT", "ISR", "LBN", "2024-11-22"),
        ("es", "Rusia atacó el jueves a Ucrania.", "ASSAULT", "RUS", "UKR", "2024-11-21"),
        ("uk", "Росія атакувала Дніпро 21 листопада.", "ASSAULT", "RUS", "UKR", "2024-11-21"),
        ("ru", "США ввели санкции против Ирана 20 ноября.", "SANCTION", "USA", "IRN", "2024-11-20"),
    ],
)
def test_the_nearest_mentions_belong_to_an_event_word(
    lang: str, text: str, kind: str, source: str, target: str, first: str
) -> None:
    (event,) = _read(text, lang).events
    assert (event.type, event.sources, event.targets) == (kind, (source,), (target,))
    assert event.date is not None
    assert str(event.date.first) == first


def test_its_events_say_that_nothing_is_known_of_their_certainty() -> None:
    told = _read("Israel bombed Lebanon on Friday.", "en")
    assert [event.certainty for event in told.events] == [()]
    assert all(event.reasons for event in told.events)
    assert any("no learned reader" in note for note in told.notes)


def test_a_word_with_a_negation_before_it_tells_nothing_and_is_listed() -> None:
    told = _read("Israel did not bomb Lebanon.", "en")
    assert not told.events
    assert [item.reason for item in told.left_out] == ["negated"]


def test_it_answers_in_the_shape_of_the_network() -> None:
    given = made_input("Israel bombed Lebanon on Friday. Talks failed.")
    for part, reading in WordsAlone().read_in_sections(given):
        assert reading.types.shape[0] == len(part.words)
        assert reading.roles.shape == (len(reading.acts), 3, len(part.parties) + 2)
        for shares in (reading.types, reading.roles, reading.days, reading.places):
            assert np.allclose(shares.sum(-1), 1, atol=1e-5)
