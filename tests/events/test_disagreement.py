"""Who reports, claims and denies a story, where its reports differ, and what became of plans."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pandas as pd
import pytest

from events.announced import announced, coming, without_refused
from events.difference_words import quote_words, source_words, version_words
from events.disagreement import disagreement, disputed
from tests.charts.tables import event, table

CUT_OFF = dt.date(2024, 12, 1)


def days(first: str, last: str = "", precision: str = "day") -> dict[str, Any]:
    return {
        "first": pd.Timestamp(first) if first else pd.NaT,
        "last": pd.Timestamp(last or first) if first else pd.NaT,
        "precision": precision,
    }


def told(*reports: dict[str, Any], story: int = 1) -> pd.DataFrame:
    rows = [
        event(n, **{"event_id": 10 * story + n, "story_id": story, **given})
        for n, given in enumerate(reports, 1)
    ]
    return table(rows)


def killed(number: int) -> dict[str, Any]:
    return {"attributes": json.dumps([["killed", str(number), f"{number} killed"]])}


TALKS = {"type": "CONSULT", "sources": ["NATO"], "targets": ["UKR"]}
COUNTRY = {"place_id": "UKR", "place_name": "Ukraine", "place_kind": "country"}
KHARKIV = {"place_id": "7", "place_name": "Kharkiv"}


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ({}, {}, []),
        ({}, days("2024-11-22"), ["date"]),
        (days("2024-11-20", "2024-11-21"), days("2024-11-21", "2024-11-22"), []),
        ({}, KHARKIV, ["place"]),
        (COUNTRY, KHARKIV, []),
        ({}, {"sources": ["RUS:MIL"]}, []),
        ({}, {"sources": ["BLR"]}, ["sources"]),
        # a doubtful answer of the reader is no disagreement of the press
        ({}, {"sources": ["BLR"], "certainty_sources": 0.3}, []),
        (TALKS, {**TALKS, "sources": ["UKR"], "targets": ["NATO"]}, []),
        (killed(40), killed(137), ["attribute:killed"]),
        # what one denies is another day or place on its own behalf
        ({}, {"status": "denied", **KHARKIV}, []),
    ],
)
def test_what_reports_dispute(
    one: dict[str, Any], other: dict[str, Any], points: list[str]
) -> None:
    found = disagreement(told(one, other))
    assert [each.subject for each in found.points] == points


def test_who_reports_claims_and_denies() -> None:
    claim, denial = {"status": "claimed"}, {"type": "REJECT", "sources": ["UKR"]}
    found = disagreement(told({}, claim, denial, {"status": "denied"}))
    assert found.stances == {"reported": (11,), "claimed": (12,), "denied": (13, 14)}
    assert found.denied
    # a story of refusals alone is told, not denied
    assert disagreement(told(denial, denial)).stances == {"reported": (11, 12)}


def test_only_stories_with_a_disagreement_are_disputed() -> None:
    events = pd.concat(
        [told({}, {}), told({}, {"status": "denied"}, story=2), told({}, story=3)],
        ignore_index=True,
    )
    assert list(disputed(events)) == [2]
    assert disputed(events.iloc[:0]) == {}


def test_versions_stand_in_the_readers_language_with_their_sentence() -> None:
    row = told({**KHARKIV, "quote": "La ville\na été frappée.", "lang": "fr"}).iloc[0].to_dict()
    assert version_words("sources", row, "fr") == "Russie"
    assert version_words("date", row, "en") == "21 Nov 2024"
    assert quote_words(row, "en") == "“La ville a été frappée.” (in French)"
    assert quote_words({**row, "lang": "en"}, "fr").endswith("» (en anglais)")
    assert quote_words(row, "fr").endswith("»")
    assert "2024" in source_words(row, "fr")


PLANNED = {"status": "planned"}


@pytest.mark.parametrize(
    ("plan", "others", "state"),
    [
        (days("2024-12-05"), [], "open"),
        (days("2024-11-01", "2025-01-31", "span"), [], "open"),
        (days("2024-12-01"), [], "open"),
        (days("2024-11-28"), [], "overdue"),
        (days("2024-11-10"), [], "not seen"),
        (days("2024-11-10"), [PLANNED], "not seen"),
        (days("2024-11-10"), [{"status": "claimed"}], "not seen"),
        (days("2024-11-10"), [{}], "happened"),
        (days("2024-11-10"), [{"type": "REJECT"}], "not seen"),
        (days(""), [], "open"),
        ({**days(""), "published": pd.Timestamp("2024-06-01")}, [], "not seen"),
        ({**days(""), "published": pd.NaT}, [], "unknown"),
        ({**days("2024-06-01"), "last": pd.NaT, "open_end": True}, [], "open"),
    ],
)
def test_what_became_of_a_plan(
    plan: dict[str, Any], others: list[dict[str, Any]], state: str
) -> None:
    plan = {"published": pd.Timestamp("2024-11-20"), **plan, **PLANNED}
    found = announced(told(plan, *others), CUT_OFF)
    assert list(found["plan_state"]) == [state]
    assert (int(found["told_by"].iloc[0]) == 12) is (state == "happened")


LATER = {"event_id": 99, "first": pd.Timestamp("2024-11-25")}


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ({}, "happened"),
        ({"first": pd.Timestamp("2024-11-19")}, "open"),  # before it was announced
        ({"first": pd.NaT}, "open"),
        ({"first": pd.Timestamp("2025-03-01")}, "open"),  # too late to be that of the plan
        ({"status": "claimed"}, "open"),
        ({"type": "AID"}, "open"),
        ({"targets": ["BLR"]}, "open"),
        ({"mode": "other"}, "open"),
        ({"place_id": "elsewhere"}, "open"),
    ],
)
def test_an_undated_plan_that_came_true_happened(other: dict[str, Any], state: str) -> None:
    plan = {"published": pd.Timestamp("2024-11-20"), **days(""), **PLANNED, "mode": "aerial"}
    later = told({**plan, "status": "reported", **LATER, **other}, story=7)
    found = announced(told(plan), CUT_OFF, later=later)
    assert list(found["plan_state"]) == [state]
    assert int(found["told_by"].iloc[0]) == (99 if state == "happened" else 0)
    alone = {**plan, "sources": [], "targets": ["UKR"]}  # one party: too common an act
    later = told({**alone, "status": "reported", **LATER})
    assert list(announced(told(alone), CUT_OFF, later=later)["plan_state"]) == ["open"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_age_of_an_undated_plan_is_that_of_any_of_its_reports(lang: str) -> None:
    plan = {**PLANNED, **days("")}
    ageless = {**plan, "headline_lang": "fr", "published": pd.NaT}
    dated = {**plan, "headline_lang": "en", "published": pd.Timestamp("2024-11-20")}
    found = announced(told(ageless, dated), CUT_OFF, lang)
    assert list(found["plan_state"]) == ["open"]


def test_a_plan_that_its_own_sentence_refuses_is_not_coming() -> None:
    denied = {"headline": "Moscow denied that it had agreed to a meeting", "type": "CONSULT"}
    plans = announced(told({**PLANNED, **days("2024-12-20"), **denied}), CUT_OFF)
    refusal = told({**denied, "type": "REJECT"})
    assert without_refused(plans, refusal).empty
    elsewhere = refusal.assign(article_id=-1)
    others = (refusal.head(0), elsewhere, refusal.assign(headline="Denied it"), told(denied))
    for other in others:
        assert len(without_refused(plans, other)) == 1
    unnamed = announced(told({**PLANNED, **days("2024-12-20"), "headline": ""}), CUT_OFF)
    assert len(without_refused(unnamed, refusal.assign(headline=""))) == 1


def test_what_is_coming_is_open_and_near() -> None:
    plans = [
        told({**PLANNED, **days(first)}, story=story)
        for story, first in enumerate(("", "2025-03-01", "2024-12-20", "2024-12-02"), 1)
    ]
    found = coming(announced(pd.concat(plans, ignore_index=True), CUT_OFF), CUT_OFF)
    assert list(found["story_id"]) == [4, 3, 1]
    nothing = told({})
    assert announced(nothing, CUT_OFF).empty
    assert coming(announced(nothing, None), None).empty
