"""Other names of what is searched for."""

from __future__ import annotations

from events.other_names import others, wanted


def test_the_longest_known_name_is_one() -> None:
    assert [name.words for name in wanted("frappe Corée du Sud")] == [
        ("frappe",),
        ("coree", "du", "sud"),
    ]


def test_words_of_two_letters_stand_for_nothing_else() -> None:
    assert others("un") == ()
    assert all(len(name) > 2 for name in others("united nations"))
