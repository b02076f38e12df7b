"""Every test file is run: what lies under tests/ is what pytest collects."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.goals_house import collected_test_files

TESTS = Path(__file__).resolve().parent


def test_no_test_file_is_passed_over(request: pytest.FixtureRequest) -> None:
    """Of a whole run its own items are looked at; a run of parts collects the whole once more."""
    config = request.config
    is_whole = config.args == config.getini("testpaths") and not config.option.keyword
    items = request.session.items
    run = {item.path for item in items} if is_whole else collected_test_files()
    assert set(TESTS.rglob("test_*.py")) - run == set()
    assert len(run) > 60
