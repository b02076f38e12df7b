"""Two who review and one who reads, in three browsers on one store, while its server is killed: a
small `benchmarks.team`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import team
from benchmarks.synthetic import write_events

pytestmark = pytest.mark.browser


def test_two_reviewers_lose_nothing_by_a_kill(
    chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    write_events(100, store)
    monkeypatch.setattr(team, "PAUSE_SECONDS", 0.2)
    found = team.run(store, rounds=4, kills=1, down=1, browser=chromium)
    assert not found.faults
    assert found.stored == found.told
    assert found.told >= 14  # of nine turns of each, some are "later"
    assert found.edits >= found.told
    assert found.in_changes
