"""Bounds that were read one by one: how many are true, and that none contradicts itself."""

from __future__ import annotations

from benchmarks.bounds import SETS, judged, share_true

AT_LEAST = 60


def test_enough_bounds_were_read_and_nearly_all_are_true() -> None:
    rows = judged()
    assert len(rows) >= AT_LEAST
    assert {row["set"] for row in rows} == set(SETS)
    assert share_true(rows) >= 0.95
    assert share_true(row for row in rows if row["set"] == "unseen") >= 0.95


def test_a_judged_bound_is_an_interval_within_publication() -> None:
    for row in judged():
        first, last = row["from"], row["to"]
        assert first or last
        assert not (first and last) or first <= last
        assert row["status"] == "planned" or not last or last <= row["published"]
