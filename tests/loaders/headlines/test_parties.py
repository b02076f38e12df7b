"""Which mentions tell by themselves who it is, and which actors are one party."""

from __future__ import annotations

import pytest

from events.model import ActorMention
from loaders.headlines.parties import is_of, names_itself
from loaders.headlines.word_lists import holds


def _names_itself(text: str, code: str) -> bool:
    return names_itself(ActorMention("text", 0, len(text), text, code, "", "group", form="agent"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the republican guard", "IRN:MIL"),
        ("southern fighters", "ZAF:REB"),
        ("the democratic forces", "COD:REB"),
        ("united front", "USA:REB"),
        ("islamic militants", "IRN:REB"),
        ("the federation", "RUS"),
        ("le royaume", "GBR"),
        ("the police", "FRA:POL"),
    ],
)
def test_a_common_word_of_states_names_none(text: str, code: str) -> None:
    assert not _names_itself(text, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("iranian guards", "IRN:MIL"),
        ("les forces sud-africaines", "ZAF:MIL"),
        ("troupes centrafricaines", "CAF:MIL"),
        ("emirati forces", "ARE:MIL"),
        ("rebelles syriens", "SYR:REB"),
    ],
)
def test_a_word_of_one_state_names_it(text: str, code: str) -> None:
    assert _names_itself(text, code)


@pytest.mark.parametrize(
    ("code", "party", "same"),
    [
        ("SYR", "SYR:REB", True),
        ("USA:MIL", "USA", True),
        ("RUS.GOV", "RUS", True),
        ("HEZ", "HEZ", True),
        ("LBN", "HEZ", False),
        ("NATO", "EU", False),
        ("NATO", "?:UAF", False),
        ("?:CVL", "?:UAF", False),
    ],
)
def test_one_party(code: str, party: str, same: bool) -> None:
    assert is_of(code, party) is same


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("talks with US envoys", "US", True),
        ("attack on the house", "US", False),
        ("they told us", "US", False),
        ("a museum was shelled", "EU", False),
        ("shelling by russian troops", "Russian", True),
        ("a strike of the U.S. navy", "U.S.", True),
    ],
)
def test_names_are_whole_words(text: str, name: str, found: bool) -> None:
    assert holds(text, name) is found
