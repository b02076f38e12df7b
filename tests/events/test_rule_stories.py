"""The stories by rule, as the newest groupings say."""

from __future__ import annotations

import pyarrow as pa
import pytest

from events.rule_stories import newest

WHOLE, SOME = 0, -1  # events of rows that say how many article rows a grouping covers


def table(*rows: tuple[int, int, int]) -> pa.Table:
    names = ("grouping", "event_id", "story_id")
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    return pa.table({n: pa.array(c, pa.int64()) for n, c in zip(names, columns, strict=True)})


def test_the_newest_row_of_an_event_counts_and_a_whole_grouping_ends_those_before() -> None:
    number, covered, stories = newest(
        table(
            *((1, WHOLE, 5), (1, 90, 10)),
            *((3, SOME, 9), (3, 31, 31), (3, 32, 10), (3, -7, 0)),
            *((2, WHOLE, 8), (2, 31, 10), (2, 32, 20), (2, 33, 20)),
        )
    )
    assert (number, covered) == (3, 9)
    assert stories == {32: 10, 33: 20}
    assert 31 not in stories
    assert stories.get(90, 90) == 90
    assert stories.of_stories([10]) == {32}
    assert stories.of_stories([]) == set()
    with pytest.raises(KeyError):
        stories[34]


def test_a_store_that_was_never_grouped_has_none() -> None:
    number, covered, stories = newest(table())
    assert (number, covered, dict(stories)) == (0, 0, {})
