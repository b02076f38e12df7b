"""Rows that others coded in stories of reports: they follow, and never lead."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.stories.coded import coded_stories
from loaders.stories.reports import ordered_reports
from tests.loaders.stories.test_stories import DNIPRO, KHARKIV, as_table, report

PAIRS = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "coded_stories.toml").read_text("utf-8")
)["pair"]
ROW = {
    **DNIPRO, "sources": ["RUS:MIL", "UKR:MIL"], "targets": [], "published": "2024-11-21",
    "quote": "Russian forces fired a missile at the city.", "date_basis": "explicit",
    "date_text": "",
}  # fmt: skip


def joined(reports: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[int, int]:
    """Story of each row, the reports each being a story of its own."""
    told = ordered_reports(as_table(*reports))
    return coded_stories(as_table(*rows), told, {each.event_id: each.event_id for each in told})


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["why"] for pair in PAIRS])
def test_a_row_joins_the_reports_of_its_act(pair: dict[str, Any]) -> None:
    told = report(1, **{**DNIPRO, **pair.get("report", {})})
    row = report(2, **{**ROW, **pair.get("row", {})})
    assert joined([told], [row]) == {2: 1 if pair["same"] else 2}


def test_rows_do_not_join_each_other_nor_two_stories() -> None:
    reports = [report(1, **DNIPRO), report(2, **{**DNIPRO, "targets": []})]
    found = joined(reports, [report(5, **ROW), report(6, **ROW), report(7, **{**ROW, **KHARKIV})])
    assert found == {5: 1, 6: 1, 7: 7}


def test_a_day_of_many_rows_joins_no_report_of_the_country() -> None:
    ukraine = {"place_id": "UKR", "place_country": "UKR", "place_kind": "country"}
    rows = [report(5, **ROW), report(6, **{**ROW, **KHARKIV})]
    assert joined([report(1, **ukraine)], rows) == {5: 5, 6: 6}
