"""Every test file is run: what lies under tests/ is what pytest collects."""

from __future__ import annotations

from benchmarks.goals_house import collected_test_files, uncollected_test_files


def test_no_test_file_is_passed_over() -> None:
    assert uncollected_test_files() == []
    assert len(collected_test_files()) > 60
