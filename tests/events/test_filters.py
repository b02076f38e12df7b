from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.filters import LEVELS, MAX_VALUES, Filters
from events.ontology import EVENT_TYPES, STATUSES

names = (
    st.text(min_size=1, max_size=40)
    .map(lambda s: " ".join(s.split()))
    .filter(lambda s: bool(s) and s.isprintable())
)
days = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    first, last = sorted((draw(days), draw(days)))
    return Filters(
        date_from=draw(st.sampled_from([None, first])),
        date_to=draw(st.sampled_from([None, last])),
        within=draw(st.sampled_from(["may", "surely"])),
        actors=tuple(draw(st.lists(names, max_size=4))),
        level=draw(st.sampled_from(LEVELS)),
        types=tuple(draw(st.lists(st.sampled_from(sorted(EVENT_TYPES)), max_size=4))),
        places=tuple(draw(st.lists(names, max_size=4))),
        statuses=tuple(draw(st.lists(st.sampled_from(STATUSES), max_size=4))),
        langs=tuple(draw(st.lists(st.sampled_from(["fr", "en", "uk"]), max_size=3))),
        text=draw(st.one_of(st.just(""), names)),
        as_of=draw(st.one_of(st.none(), days)),
        min_confidence=draw(st.floats(0, 1).map(lambda x: round(x, 3))),
    )


@given(filters())
def test_a_link_gives_the_same_filters_back(wanted: Filters) -> None:
    link = urlencode(wanted.to_params(), doseq=True)
    assert Filters.from_params(parse_qs(link)) == (wanted, [])


@given(
    st.dictionaries(
        st.sampled_from(["from", "to", "actor", "level", "type", "place", "q", "asof", "conf"]),
        st.one_of(st.text(), st.lists(st.text(), max_size=3)),
    )
)
def test_no_link_raises(params: dict[str, str | list[str]]) -> None:
    found, problems = Filters.from_params(params)
    assert Filters.from_params(found.to_params()) == (found, [])
    assert all(str(p) for p in problems)


@pytest.mark.parametrize(
    ("param", "value", "reason"),
    [
        ("from", "2024-02-30", "not a day"),
        ("from", "__import__('os')", "not a day"),
        ("to", "20241121", "not a day"),
        ("asof", "٢٠٢٤-١١-٢١", "not a day"),
        ("type", "BOMB", "not an event type"),
        ("status", "true", "not a status"),
        ("article_lang", "français", "not a language code"),
        ("level", "galaxy", "not a level"),
        ("conf", "nan", "not a number from 0 to 1"),
        ("conf", "1.5", "not a number from 0 to 1"),
        ("actor", "A\x00B", "not a name"),
        ("place", "x" * 500, "not a name"),
    ],
)
def test_an_invalid_value_is_dropped_and_said(param: str, value: str, reason: str) -> None:
    found, problems = Filters.from_params({param: value})
    assert found == Filters()
    assert [(p.param, p.reason) for p in problems] == [(param, reason)]


def test_a_valid_value_stands_beside_an_invalid_one() -> None:
    found, problems = Filters.from_params({"type": ["ASSAULT", "BOMB"], "page": "2"})
    assert found.types == ("ASSAULT",)
    assert len(problems) == 1


def test_a_reversed_range_is_dropped_whole() -> None:
    found, problems = Filters.from_params({"from": "2024-12-01", "to": "2024-11-01"})
    assert found == Filters()
    assert problems[0].reason == "ends before it begins"


def test_too_many_values_are_cut_and_said() -> None:
    found, problems = Filters.from_params({"actor": [f"A{i:04}" for i in range(MAX_VALUES + 9)]})
    assert len(found.actors) == MAX_VALUES
    assert problems[0].reason == "too many values"


def test_order_and_repeats_make_no_difference() -> None:
    assert Filters(actors=("UKR", "RUS", "UKR")) == Filters(actors=("RUS", "UKR"))


def test_one_value_can_be_taken_away() -> None:
    wanted = Filters(actors=("RUS", "UKR"), text="Dnipro")
    assert wanted.without("actors", "RUS") == Filters(actors=("UKR",), text="Dnipro")
    assert wanted.without("text") == Filters(actors=("RUS", "UKR"))


def test_parts_name_what_is_on() -> None:
    wanted = Filters(date_from=dt.date(2024, 11, 1), actors=("UKR", "RUS"))
    assert wanted.parts() == [("date_from", ("2024-11-01",)), ("actors", ("RUS", "UKR"))]
