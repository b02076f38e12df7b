"""A story: who was first, who dates it best, and where the reports differ."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.laid_edits import resolve_joins
from events.story import best_dated, differences, earliest, independent
from tests.charts.tables import event, table


def day(text: str) -> dict[str, Any]:
    return {"first": pd.Timestamp(text), "last": pd.Timestamp(text)}


def killed(number: int) -> str:
    return json.dumps([["killed", str(number), f"{number} killed"], ["weapon", "drone", "drone"]])


def told(*reports: dict[str, Any]) -> pd.DataFrame:
    rows = [event(number, event_id=number, **given) for number, given in enumerate(reports, 1)]
    return table(rows)


def test_reports_that_agree_have_no_differences() -> None:
    assert differences(told({}, {})) == []


def test_figures_are_told_apart_never_averaged() -> None:
    late = {"published": pd.Timestamp("2024-11-25")}
    found = differences(told({"attributes": killed(137), **late}, {"attributes": killed(40)}))
    assert [d.subject for d in found] == ["attribute:killed"]
    assert [(v.value, v.reports) for v in found[0].versions] == [("40", (2,)), ("137", (1,))]
    assert not found[0].compatible


def test_a_report_without_a_figure_does_not_differ() -> None:
    assert differences(told({"attributes": killed(40)}, {})) == []


NO_PLACE = {"place_id": "", "place_name": "", "place_country": "", "place_kind": ""}
MONTH = {
    "first": pd.Timestamp("2024-11-01"), "last": pd.Timestamp("2024-11-30"), "precision": "month"
}  # fmt: skip


@pytest.mark.parametrize(
    ("subject", "changes", "compatible"),
    [
        ("place", NO_PLACE, True),
        ("place", {"place_name": "Kharkiv"}, False),
        ("date", day("2024-11-22"), False),
        ("date", MONTH, True),
        ("precision", MONTH, True),
        ("sources", {"sources": []}, True),
        ("sources", {"sources": ["RUS", "BLR"]}, True),
        ("sources", {"sources": ["BLR"]}, False),
        ("targets", {"targets": ["POL"]}, False),
        ("status", {"status": "denied"}, False),
        ("status", {"status": "planned"}, True),
        ("type", {"type": "COERCE"}, False),
    ],
)
def test_what_reports_differ_in(subject: str, changes: dict[str, Any], compatible: bool) -> None:
    found = {d.subject: d for d in differences(told({}, changes))}
    assert found[subject].compatible is compatible
    assert len(found[subject].versions) == 2


def test_the_earliest_and_the_best_dated_report() -> None:
    late = {"published": pd.Timestamp("2024-11-25")}
    reports = told({**late}, MONTH, {"published": pd.NaT}, {**late, "time": "14:30"})
    assert earliest(reports) == 2
    assert best_dated(reports) == 4
    assert best_dated(told(MONTH, {**day("2024-11-21")})) == 2


def test_copies_are_one_source() -> None:
    wire = {"source": "Wire", "origin": "Wire"}
    copy = {"source": "Le Soir", "origin": "Wire"}
    assert independent(told(wire, copy, {"source": "BBC", "origin": "BBC"})) == 2


def test_broken_attributes_are_no_difference() -> None:
    assert differences(told({"attributes": "{"}, {"attributes": '[["a"]]'})) == []


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=12))
def test_joins_end_in_one_story_whatever_the_chain(pairs: list[tuple[int, int]]) -> None:
    into = dict(resolve_joins(pairs))
    assert not set(into.values()) & set(into)
    for a, b in pairs:
        assert into.get(a, a) == into.get(b, b)
