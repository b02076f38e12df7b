"""The learned reader at work: what is sure is told, the rest listed, all of it explained."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.registry import name
from loaders.__main__ import main
from loaders.linking.reasons import WORDS
from loaders.linking.weights import weights
from loaders.output import record_of
from loaders.pipeline import extract
from loaders.readers.json_lines import article_from_record
from loaders.tellings.learned import BELOW

TODAY = dt.date(2026, 1, 1)
TEXT = (
    "Les rebelles ont bombardé jeudi un marché de Goma, tuant douze civils, a dit l'armée "
    "congolaise. Kigali a rejeté ces accusations. Le président Félix Tshisekedi verra lundi "
    "son homologue angolais à Luanda. La tension reste vive dans la région, et si Kigali tirait, "
    "les habitants fuiraient. L'an dernier, l'Union européenne avait sanctionné trois rebelles."
)


def _told(threshold: float | None = None, text: str = TEXT) -> dict[str, Any]:
    record = {"id": "1", "text": text, "lang": "fr", "published": "2024-11-22"}
    return record_of(extract(article_from_record(record), TODAY, threshold), "1")


def test_told_and_left_out_are_all_that_is_read() -> None:
    by_default, everything = _told(), _told(0)
    doubtful = [row for row in by_default["left_out"] if row["reason"] == BELOW]
    assert by_default["events"]
    assert len(by_default["events"]) + len(doubtful) == len(everything["events"])
    least = weights()["told"].threshold
    assert all(row["confidence"] < least for row in doubtful)
    assert all(event["certainty"]["type"] >= least for event in by_default["events"])


def test_a_threshold_of_one_tells_nothing() -> None:
    told = _told(1)
    assert told["events"] == []
    assert any(row["reason"] == BELOW for row in told["left_out"])


def test_every_event_says_how_sure_each_field_is() -> None:
    for event in _told(0)["events"]:
        fields = {"event", "type", "sources", "targets", "date", "place"}
        assert set(event["certainty"]) == fields
        assert all(0 <= share <= 1 for share in event["certainty"].values())
        assert event["weight"] in (0, 1, 2)
        assert TEXT[event["start"] : event["end"]] == event["quote"]
        if event["place"] is not None:
            assert event["place_certainty"]["confidence"] == event["certainty"]["place"]


def test_alternatives_are_of_a_field_and_less_sure_answers_than_all() -> None:
    rows = [row for event in _told()["events"] for row in event["alternatives"]]
    assert rows
    assert {field for field, _, _ in rows} <= {"type", "date", "place", "sources", "targets"}
    assert all(0 <= certainty <= 1 for _, _, certainty in rows)


def test_reasons_are_words_of_the_list() -> None:
    told = [reason for event in _told()["events"] for reason in event["reasons"]]
    assert told
    assert {reason.rpartition(" (")[0] for reason in told} <= set(WORDS.values())


def test_parts_of_a_state_have_names() -> None:
    assert name("SYR:REB", "fr") == "rebelles syriens"
    assert name("SYR:REB") == "Syrian rebels"
    assert name("FRA:MIL", "fr") == "forces armées françaises"
    assert name("GBR:POL", "fr") == "police britannique"
    assert name("?:UAF") == "unidentified armed men"


def test_the_storys_own_day_is_two_days_and_says_so() -> None:
    for event in _told(0)["events"]:
        if event["date_basis"] == "story":
            assert (event["from"], event["to"]) == ("2024-11-21", "2024-11-22")
            assert event["date_text"] == ""


@pytest.mark.parametrize("share", ["2", "-0.1", "much", "nan"])
def test_a_threshold_that_is_none_is_refused(
    share: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["extract", "--threshold", share])
    assert ended.value.code == 2
    assert "no number from 0 to 1" in capsys.readouterr().err


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(alphabet="aéÉ .,\n'’!?«»Шя1-€\u2028\U0001f680x", min_size=1, max_size=400))
def test_odd_text_is_read_without_an_error(text: str) -> None:
    if text.strip():
        assert isinstance(_told(text=text)["events"], list)
