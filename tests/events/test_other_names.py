"""A search finds what stands under another name, and no more than that."""

from __future__ import annotations

import ibis
import pytest

from events.other_names import others, wanted
from events.registry import fold
from events.word_search import contains_words

CASES = [
    ("Kiev", "Strikes on Kyiv overnight", True),
    ("kyiv", "Frappes sur Kiev dans la nuit", True),
    ("elysee", "L’Élysée a démenti", True),
    ("Pékin", "Beijing warned Manila", True),
    ("OTAN", "NATO ministers met", True),
    ("Poutine", "Vladimir Putin said", True),
    ("Corée du Sud", "South Korea lifted martial law", True),
    ("kiev otan", "NATO ministers met in Kyiv", True),
    ("kiev otan", "NATO ministers met in Brussels", False),
    ("Rome", "a romance in Milan", False),
    ("Hillary Clinton", "Bill Clinton spoke", False),
    ("Nations unies", "un homme est mort", False),
    ("rapprochement", "aucun rapport", False),
]


@pytest.mark.parametrize(("text", "told", "found"), CASES)
def test_a_search_finds_other_names(text: str, told: str, found: bool) -> None:
    table = ibis.memtable({"search": [fold(told)]})
    assert bool(table.filter(contains_words(table, text)).count().execute()) is found


def test_the_longest_known_name_is_one() -> None:
    assert [name.words for name in wanted("frappe Corée du Sud")] == [
        ("frappe",),
        ("coree", "du", "sud"),
    ]


def test_words_of_two_letters_stand_for_nothing_else() -> None:
    assert others("un") == ()
    assert all(len(name) > 2 for name in others("united nations"))
