"""What the pages tell of an event in a line."""

from __future__ import annotations

import pytest

from pages.shared import facts

LINES = [  # type, mode, status, what a list says of the act
    ("RETREAT", "release", "reported", "Release"),
    ("RETREAT", "ceasefire", "planned", "Ceasefire (planned)"),
    ("RETREAT", "", "reported", "Retreat"),
    ("CONSULT", "host", "reported", "Visit"),
    ("ASSAULT", "nothing of ours", "claimed", "Assault (claimed)"),
]


@pytest.mark.parametrize(("kind", "mode", "status", "line"), LINES)
def test_an_act_is_called_by_its_mode_where_it_has_one(
    kind: str, mode: str, status: str, line: str
) -> None:
    assert facts.what({"type": kind, "mode": mode, "status": status}) == line
