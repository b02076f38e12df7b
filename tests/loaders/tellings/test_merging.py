"""Tellings of one article that are one event, and those that are not: tests/cases/tellings.tsv."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.gold_events import events_of

CASES = Path(__file__).resolve().parents[2] / "cases" / "tellings.tsv"


def _rows() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row[0]}:{row[3][:60]}")
def test_one_event_for_each_act(row: list[str]) -> None:
    lang, published, title, text, days = row
    dates = [e.date for e in events_of(text, title, lang, published) if e.type == "ASSAULT"]
    told = sorted(str(date.first) if date else "undated" for date in dates)
    assert told == days.split()
