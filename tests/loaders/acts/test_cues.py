"""Event words of the lexicon and what stands before them that speaks against an act."""

from __future__ import annotations

import pytest

from tests.loaders.acts.made import made_input

CASES = [
    ("Russia bombed Odesa on Tuesday.", "bombed", "ASSAULT", set()),
    ("Russia did not bomb Odesa on Tuesday.", "bomb", "ASSAULT", {"negated"}),
    ("If Russia bombs Odesa again, the talks will end.", "bombs", "ASSAULT", {"hypothetical"}),
    ("La Russie n'a jamais bombardé Odessa mardi.", "bombardé", "ASSAULT", {"negated"}),
]


@pytest.mark.parametrize(("text", "word", "event_type", "cues"), CASES)
def test_an_event_word_knows_its_type_and_cues(
    text: str, word: str, event_type: str, cues: set[str]
) -> None:
    given = made_input(text)
    found = [w for w in given.event_words if given.word(w.first) == word]
    assert [(w.type, set(w.cues)) for w in found] == [(event_type, cues)]


def test_words_of_sport_are_a_cue() -> None:
    text = "The striker attacked the goalkeeper's corner and scored a goal in the league final."
    attacked = [w for w in made_input(text).event_words if w.type == "ASSAULT"]
    assert attacked
    assert all("sport" in w.cues for w in attacked)
