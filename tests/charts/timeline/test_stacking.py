"""A label beside its mark tells something, or stands nowhere."""

from __future__ import annotations

import pytest

from charts.sheet.scale import Scale
from charts.timeline.marks import Mark
from charts.timeline.stacking import Labels, with_label

LONG = "Plateau du Golan : Israël saisit des biens de la Syrie"


def mark(x: float) -> Mark:
    return Mark(0, (0,), True, x, x + 8, 0, 0, 3, "reported", False, False, (1, 1, 0.5, 0))


@pytest.mark.parametrize(
    ("words", "room", "told"),
    [
        (LONG, 400, LONG),
        (LONG, 150, "Plateau du Golan : Israël…"),
        (LONG.replace("Plateau du Golan", "Les États-Unis"), 90, ""),
        (LONG, 60, ""),
        ("Trêve", 60, "Trêve"),  # short, and whole
    ],
)
def test_a_label_is_whole_or_cut_to_words_that_tell(words: str, room: float, told: str) -> None:
    labels = Labels(lambda _row: words, Scale(0, 1, 300, 320 + room))
    found = with_label(mark(304), labels)
    assert (found.label if found else "") == told
