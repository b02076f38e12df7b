"""Days known by their act: the words that tell it, in their order."""

from __future__ import annotations

import pytest

from loaders.find.dates.named_days import named_days


@pytest.mark.parametrize(
    ("month", "day", "text", "told"),
    [
        (10, 7, "Hamas attacked Israel", True),
        (10, 7, "griff die Hamas Israel an", True),
        (10, 7, "Israel attacked Hamas in Rafah", False),
        (10, 7, "Israel rejected what Hamas offered", False),
        (2, 24, "Russia invaded Ukraine", True),
        (2, 24, "Russia bombed Kyiv in Ukraine", False),
        (9, 11, "al-Qaeda flew planes into the towers", True),
        (8, 17, "attacks in Barcelona", False),  # no words in the table
    ],
)
def test_an_act_is_told_by_its_words_in_order(month: int, day: int, text: str, told: bool) -> None:
    assert named_days()[month, day].is_told(text) is told
