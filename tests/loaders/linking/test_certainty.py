"""How sure the place of an event is: own sentences of tests/cases/places/certainty.tsv."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.model import PLACE_SURE, Article, Event, Extraction, Published
from events.tables import rows_of
from loaders.linking.certainty import TIES, WEIGHTS, certainty_of
from loaders.output import record_of
from loaders.pipeline import extract

CASES = Path(__file__).resolve().parents[2] / "cases" / "places" / "certainty.tsv"


TODAY = dt.date(2024, 11, 22)


def _read(text: str, lang: str) -> Extraction:
    return extract(Article(7, "", text, lang, published=Published.given(TODAY)), TODAY)


def _cases() -> list[list[str]]:
    rows = CASES.read_text(encoding="utf-8").splitlines()[1:]
    return [row.split("\t") for row in rows if row]


def _placed(text: str, lang: str, words: str) -> list[Event]:
    events = _read(text, lang).events
    found = [e for e in events if e.place is not None and e.place.place is not None]
    return [e for e in found if e.place is not None and e.place.text.startswith(words)]


@pytest.mark.parametrize(("lang", "sure", "place", "text"), _cases())
def test_place_is_sure_or_doubtful(lang: str, sure: str, place: str, text: str) -> None:
    found = _placed(text, lang, place)
    told = [e.place.confidence >= PLACE_SURE for e in found if e.place is not None]
    if sure == "yes":
        assert told
        assert all(told)
    else:  # no place is as good as a doubtful one
        assert not any(told)


def test_some_doubtful_places_are_kept_as_candidates() -> None:
    doubtful = [(lang, place, text) for lang, sure, place, text in _cases() if sure == "no"]
    assert any(_placed(text, lang, place) for lang, place, text in doubtful)


def test_output_and_table_tell_certainty_and_reasons() -> None:
    text = "A missile killed three people in Dnipro on Monday. Ukraine asked for help."
    extraction = _read(text, "en")
    told = [e["place_certainty"] for e in record_of(extraction, 7)["events"] if e["place"]]
    assert told
    assert all(0 < one["confidence"] <= 1 and one["reasons"] for one in told)
    rows = rows_of(extraction, 1, 1)["events"]
    assert [r["place_confidence"] for r in rows if r["place_id"]] == [t["confidence"] for t in told]
    assert all(r["place_confidence"] is None for r in rows if not r["place_id"])


@given(st.lists(st.sampled_from(sorted(WEIGHTS)), max_size=6), st.sampled_from(sorted(WEIGHTS)))
def test_each_reason_leaves_less(reasons: list[str], more: str) -> None:
    assert 0 <= certainty_of([*reasons, more]) <= certainty_of(reasons) <= 1


def test_every_tie_has_a_weight() -> None:
    assert set(TIES.values()) <= set(WEIGHTS)
    assert certainty_of(["said by nobody"]) == 1.0
