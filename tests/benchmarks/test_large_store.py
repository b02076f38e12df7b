"""How large roll-ups of a store would be, and the store that is made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.large_store import ROLL_UPS, roll_ups
from benchmarks.synthetic import write_events
from events.query import Query

COUNT = 400


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Query:
    store = write_events(
        COUNT, tmp_path_factory.mktemp("large") / "store", stories=True, alternatives=False
    )
    assert store.read("events", ["event_id"]).num_rows == COUNT
    assert store.read("alternatives", ["event_id"]).num_rows == 0
    return Query(store.location)


def test_each_roll_up_has_as_many_rows_as_combinations(
    made: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", "100")
    head, _, *lines = roll_ups(made)
    rows = {
        name: int(many) for _, name, many, *_ in ([*map(str.strip, x.split("|"))] for x in lines)
    }
    assert head.startswith("| counts by |")
    assert set(rows) == set(ROLL_UPS)
    assert 0 < rows["day, type, status"] <= rows["the same and status"] <= COUNT
    assert rows["day, type, pair, place"] <= rows["the same and status"]


def test_a_store_in_memory_is_refused_with_what_to_do(tmp_path: Path) -> None:
    small = Query(write_events(20, tmp_path / "store").location)
    with pytest.raises(ValueError, match="--in-memory"):
        list(roll_ups(small))
