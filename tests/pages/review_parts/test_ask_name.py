"""What waits is listed before the name is given."""

from __future__ import annotations

import pytest

from pages.review_parts import ask_name
from tests.charts.tables import event, table


@pytest.mark.parametrize(("outlet", "small"), [("AFP", "21 Nov 2024 · AFP"), ("", "21 Nov 2024")])
def test_the_line_of_an_event_ends_with_its_last_word(outlet: str, small: str) -> None:
    row = {**event(1), **table([event(1, source=outlet)]).iloc[0]}
    assert ask_name._line(row).endswith(f"<small>{small}</small></li>")
