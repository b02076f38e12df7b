"""The first few events: each act once, several subjects and articles."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.timeline.main_events import main_events

COUNTRIES = ("FRA", "DEU", "ITA", "ESP", "POL")


def _table(*rows: Mapping[str, object]) -> pd.DataFrame:
    """Stories, the weightiest first, each of its own subject and article where nothing is said."""
    made = []
    for n, row in enumerate(rows):
        whole: dict[str, object] = {
            "event_id": 100 - n, "story_id": 100 - n, "article_id": n, "headline": f"Line {n}",
            "sources": [f"X{n:02}"], "targets": ["USA"], "place_country": "", "confidence": 0.5,
            "first": "2025-03-03", "type": "CONSULT",
        }  # fmt: skip
        made.append({**whole, **row})
    table = pd.DataFrame(made)
    first = pd.to_datetime(table["first"])
    return table.assign(first=first, last=first)


def _lines(table: pd.DataFrame, most: int = 12) -> list[str]:
    return main_events(table, most)["headline"].tolist()


def test_the_first_in_their_order() -> None:
    table = _table(*({} for _ in range(5)))
    assert _lines(table, 3) == ["Line 0", "Line 1", "Line 2"]
    assert main_events(table.head(0), 3).empty


def test_a_line_stands_once_for_its_days() -> None:
    talks = {"headline": "Talks in Doha"}
    table = _table(talks, talks | {"first": "2025-03-04"}, talks | {"first": "2025-06-04"})
    assert main_events(table, 12)["first"].dt.month.tolist() == [3, 6]


def test_a_line_that_holds_another_of_its_days_stands_last() -> None:
    line = "The African Union suspends Madagascar"
    table = _table(
        {"headline": "The African Union, meeting in Addis Ababa, suspends Madagascar"},
        {"headline": line, "first": "2025-03-04"},
        {"headline": line, "first": "2025-05-04"},
        {},
    )
    assert main_events(table, 3)["event_id"].tolist() == [100, 98, 97]
    assert len(main_events(table, 4)) == 4


OTHER_ACTS = [
    ("Israel strikes Iran", "Iran strikes Israel"),
    ("North Korea fires missiles at South Korea", "South Korea fires missiles at North Korea"),
    ("Hamas accepts the ceasefire plan of Egypt", "Hamas rejects the ceasefire plan of Egypt"),
    ("Israel strikes the south of Lebanon", "Israel strikes the north of Lebanon"),
    ("US imposes sanctions on Russian banks", "US imposes sanctions on Chinese banks"),
]


@pytest.mark.parametrize("lines", OTHER_ACTS)
def test_other_acts_in_like_words_both_stand(lines: tuple[str, str]) -> None:
    table = _table({"headline": lines[0]}, {"headline": lines[1]}, {})
    assert _lines(table, 2) == list(lines)


def test_lines_that_are_empty_are_not_the_same() -> None:
    assert len(main_events(_table({"headline": ""}, {"headline": ""}), 5)) == 2


def test_one_subject_leaves_room_for_others() -> None:
    kinds = ("CONSULT", "AGREE", "ACCUSE", "REJECT", "ASSAULT")
    war = [{"sources": ["RUS"], "targets": ["UKR"], "type": kind} for kind in kinds]
    table = _table(*war, {}, {})
    assert _lines(table, 5) == ["Line 0", "Line 1", "Line 2", "Line 5", "Line 6"]
    assert _lines(table, 6) == ["Line 0", "Line 1", "Line 2", "Line 3", "Line 5", "Line 6"]


def test_one_article_leaves_room_for_others() -> None:
    table = _table(*([{"article_id": 7}] * 4), {})
    assert _lines(table, 3) == ["Line 0", "Line 1", "Line 4"]
    assert len(main_events(table, 12)) == 5


def test_what_may_be_one_act_stands_last() -> None:
    act: dict[str, object] = {"sources": ["USA"], "targets": ["RUS"], "type": "SANCTION"}
    later, elsewhere = act | {"first": "2025-03-20"}, act | {"place_country": "UKR"}
    table = _table(act, act, later, elsewhere, elsewhere | {"place_country": "SYR"}, {}, {})
    assert _lines(table, 4) == ["Line 0", "Line 2", "Line 5", "Line 6"]
    table = _table(elsewhere, elsewhere | {"place_country": "SYR"}, act, {})
    assert _lines(table, 3) == ["Line 0", "Line 1", "Line 3"]
    warrants = {"headline": "The court issued arrest warrants against both", "type": "COERCE"}
    table = _table(act | {"headline": "Court issues arrest warrants"}, act | warrants, {})
    assert _lines(table, 2) == ["Court issues arrest warrants", "Line 2"]
    nobody: dict[str, object] = {"sources": [], "targets": []}
    assert _lines(_table(nobody, nobody, {}), 2) == ["Line 0", "Line 1"]


ROWS = st.fixed_dictionaries(
    {
        "article_id": st.integers(0, 3),
        "sources": st.lists(st.sampled_from(COUNTRIES), max_size=2),
        "targets": st.lists(st.sampled_from(COUNTRIES), max_size=1),
        "headline": st.sampled_from(["", "A B C D", "A B C D E", "B C D E F", "Q R S T", "U"]),
        "first": st.sampled_from(["2025-03-03", "2025-03-04", "2025-06-01", None]),
    }
)


@settings(deadline=None)
@given(st.lists(ROWS, max_size=30), st.integers(1, 8))
def test_what_stands_is_in_order_once_and_spread(rows: list[dict[str, object]], most: int) -> None:
    table = _table(*rows) if rows else _table({}).head(0)
    found = main_events(table, most)
    ids = found["event_id"].tolist()
    assert ids == [each for each in table["event_id"].tolist() if each in ids]
    assert len(ids) <= most
    told = found[found["headline"] != ""]
    assert not told.duplicated(["headline", "first"]).any()
    assert len(ids) == most or set(table["headline"]) == set(found["headline"])
