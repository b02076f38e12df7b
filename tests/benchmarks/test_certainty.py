"""The table of verdicts on events read by hand: whole, and told by the certainty."""

from __future__ import annotations

import pytest

from benchmarks.certainty import ANEW, by_reason, interval, read_verdicts, table
from events.model import PLACE_SURE
from loaders.linking.certainty import TIES


def test_every_verdict_tells_how_its_place_was_tied() -> None:
    verdicts = read_verdicts()
    assert len({verdict.reading for verdict in verdicts}) > 3
    assert all(set(TIES.values()) & set(verdict.reasons) for verdict in verdicts)


def test_doubtful_places_are_wrong_more_often_than_sure_ones() -> None:
    verdicts = read_verdicts()
    sure = [v.right for v in verdicts if v.certainty >= PLACE_SURE]
    doubtful = [v.right for v in verdicts if v.certainty < PLACE_SURE]
    assert sum(sure) / len(sure) > 0.985
    assert sum(sure) / len(sure) > sum(doubtful) / len(doubtful) + 0.05


def test_events_drawn_anew_were_sure_and_read_in_two_readings() -> None:
    anew = [verdict for verdict in read_verdicts() if verdict.reading in ANEW]
    assert {verdict.reading for verdict in anew} == ANEW
    assert all(verdict.certainty >= PLACE_SURE for verdict in anew)


@pytest.mark.parametrize(("wrong", "of", "low", "high"), [(0, 200, 0.0, 1.9), (9, 200, 2.4, 8.3)])
def test_interval(wrong: int, of: int, low: float, high: float) -> None:
    assert [round(edge, 1) for edge in interval(wrong, of)] == [low, high]


def test_tables_have_a_row_a_threshold_and_a_reason() -> None:
    verdicts = read_verdicts()
    assert table(verdicts).count("\n") > 8
    assert TIES["object"] in by_reason(verdicts)
