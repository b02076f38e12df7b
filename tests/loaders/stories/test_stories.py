"""Stories: which reports meet, which never do, and that the order of rows does not matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.find.places.distance import kilometres
from loaders.stories.copies import copies
from loaders.stories.evidence import pair_evidence, story_evidence
from loaders.stories.nearness import Spot, nearness
from loaders.stories.regroup import regroup_reports
from loaders.stories.reports import ordered_reports
from loaders.stories.stories import group_reports
from loaders.stories.words import folded, telling_words

DNIPRO = {"place_id": "g1", "place_country": "UKR", "place_kind": "city", "lat": 48.5, "lon": 35.0}
PARTS = ("UKR", "UKR:CVL", "UKR:REB")
KHARKIV = {"place_id": "g2", "place_country": "UKR", "place_kind": "city", "lat": 50.0, "lon": 36.2}


def report(event_id: int, **changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "event_id": event_id, "article_id": event_id, "type": "ASSAULT", "quad": 4,
        "status": "reported", "first": "2024-11-21", "last": "2024-11-21", "precision": "day",
        "date_basis": "relative", "date_text": "",
        "sources": ["RUS"], "targets": ["UKR"], "place_id": "",
        "place_country": "", "place_kind": "", "lat": float("nan"), "lon": float("nan"),
        "quote": "La Russie a tiré un missile.", "part": "text", "start": 0, "spans": "[]",
        "certainty_type": float("nan"), "published": "2024-11-22",
    }  # fmt: skip
    return {**row, **changes}


def as_table(*rows: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows))
    for column in ("first", "last", "published"):
        table[column] = pd.to_datetime(table[column]).astype("datetime64[s]")
    return table


def stories(*rows: dict[str, Any]) -> dict[int, int]:
    return group_reports(as_table(*rows))


def together(a: dict[str, Any], b: dict[str, Any]) -> bool:
    found = stories(a, b)
    return found[a["event_id"]] == found[b["event_id"]]


def test_one_strike_told_by_two_articles_is_one_story() -> None:
    assert together(report(1, **DNIPRO), report(2, **DNIPRO))


@pytest.mark.parametrize(
    ("why", "changes"),
    [
        ("another town", KHARKIV),
        ("another day", {**DNIPRO, "first": "2024-11-23", "last": "2024-11-23"}),
        ("another act", {**DNIPRO, "type": "AID", "quad": 2}),
        ("other parties", {**DNIPRO, "sources": ["UKR"], "targets": ["RUS"]}),
        ("a whole year", {**DNIPRO, "first": "2024-01-01", "last": "2024-12-31"}),
    ],
)
def test_what_keeps_two_reports_apart(why: str, changes: dict[str, Any]) -> None:
    assert not together(report(1, **DNIPRO), report(2, **changes)), why


def test_a_claim_and_its_denial_are_one_story() -> None:
    assert together(report(1, **DNIPRO, status="claimed"), report(2, **DNIPRO, status="denied"))
    said = {**DNIPRO, "quote": "Moscow denied that it had hit Pivdenmach.", "targets": []}
    hit = report(1, **{**DNIPRO, "quote": "Russia hit Pivdenmach."})
    assert not together(hit, report(2, **{**said, **KHARKIV}, type="REJECT", quad=3))


def test_a_planned_meeting_and_the_meeting_are_one_story() -> None:
    meeting = {"type": "CONSULT", "quad": 1, "sources": ["NATO"], "targets": ["UKR"]}
    turned = {**meeting, "sources": ["UKR"], "targets": ["NATO"]}
    assert together(report(1, **meeting, status="planned"), report(2, **turned))


def test_strikes_without_a_place_meet_on_a_quiet_day_only() -> None:
    assert together(report(1), report(2))
    busy = report(3, **{**KHARKIV, "article_id": 1})
    found = stories(report(1), report(2, quote="Des drones ont touché un dépôt."), busy)
    assert len(set(found.values())) == 3


def test_strikes_of_a_busy_day_meet_by_names_and_numbers() -> None:
    busy = [report(3, **KHARKIV), report(4, **{**DNIPRO, "article_id": 3})]
    one = report(1, quote="Le ministère annonce 188 drones, Ternopil est privée de courant.")
    found = stories(one, report(2, quote="A total of 188 drones hit Ternopil."), *busy)
    assert found[1] == found[2]


def test_words_of_dates_and_actors_do_not_count() -> None:
    spans = '[["date", "text", 3, 9], ["actor", "text", 10, 14]]'
    told = ordered_reports(as_table(report(1, quote="On Monday NATO met in Vilnius.", spans=spans)))
    assert told[0].names == {folded("Vilnius")}


def test_undated_acts_meet_by_publication() -> None:
    undated = {"first": None, "last": None, **DNIPRO}
    assert together(report(1, **undated), report(2, **undated))
    later = {**undated, "published": "2024-11-29"}
    assert not together(report(1, **undated), report(2, **later))
    assert not together(*(report(n, **{**undated, "published": None}) for n in (1, 2)))


def test_title_and_body_are_one_act_and_two_acts_of_a_body_are_not() -> None:
    body = {**DNIPRO, "article_id": 1, "quote": "Un missile a frappé la ville."}
    assert together(report(1, **DNIPRO, part="title"), report(2, **body))
    other = {**KHARKIV, "article_id": 1}
    assert not together(report(1, **DNIPRO), report(2, **other))


def test_a_day_meets_the_month_that_holds_it_by_a_name() -> None:
    month = {"first": "2024-11-01", "last": "2024-11-30", "precision": "month"}
    named = report(1, **DNIPRO, quote="The strike killed Hassan Nasrallah.")
    vague = {**DNIPRO, **month}
    assert together(named, report(2, **vague, quote="Une frappe a tué Hassan Nasrallah."))
    assert not together(report(1, **DNIPRO), report(2, **vague, quote="Dix frappes en un mois."))


TRUCE = {"type": "RETREAT", "quad": 2, "sources": ["ISR"]}
LEBANON = {"place_id": "LBN", "place_country": "LBN", "place_kind": "country"}
WITH_A_STATE = report(
    1, **TRUCE, **LEBANON, targets=["LBN"], quote="The truce of Naqoura took effect."
)
WITH_A_GROUP = report(
    2, **TRUCE, **LEBANON, targets=["HEZ"], quote="La trêve de Naqoura est en vigueur."
)
WITH_NOBODY = report(3, **TRUCE, targets=[], quote="Guns fell silent after Naqoura.")


@pytest.mark.parametrize("order", [(1, 2, 3), (1, 3, 2), (3, 1, 2)])
def test_stories_with_a_report_that_nearly_surely_tells_both_are_one(order: Sequence[int]) -> None:
    assert not together(WITH_A_STATE, WITH_A_GROUP)
    rows = dict(zip(order, (WITH_A_STATE, WITH_A_GROUP, WITH_NOBODY), strict=True))
    told = [{**row, "event_id": n, "article_id": n} for n, row in rows.items()]
    assert len(set(stories(*told).values())) == 1


CALLED = {"type": "CONSULT", "quad": 1, "sources": ["USA"]}
BARRED = {"type": "SANCTION", "quad": 3, "sources": ["USA"]}


@pytest.mark.parametrize(
    ("act", "quotes"),
    [
        (CALLED, ("Trump spoke with {} of Anchorage.", "Trump called {} of Anchorage.")),
        (BARRED, ("Washington barred the banks of {}.", "Washington barred banks of {}.")),
    ],
)
def test_a_report_of_two_acts_does_not_join_their_stories(
    act: dict[str, Any], quotes: tuple[str, str]
) -> None:
    alone, both = quotes
    found = stories(
        report(1, **act, targets=["RUS"], quote=alone.format("Russia")),
        report(2, **act, targets=["UKR"], quote=alone.format("Ukraine")),
        report(3, **act, targets=["RUS", "UKR"], quote=both.format("Russia and Ukraine")),
    )
    assert found[1] != found[2]


def test_a_report_without_a_place_does_not_join_two_towns() -> None:
    hit = {"quote": "On Thursday Iskander missiles hit the city."}
    found = stories(report(1, **DNIPRO, **hit), report(2, **KHARKIV, **hit), report(3, **hit))
    assert found[1] != found[2]


@settings(deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    rows = [report(i + 1, **(DNIPRO if i % 2 else KHARKIV)) for i in range(6)]
    assert stories(*(rows[i] for i in order)) == stories(*rows)


def test_words_meet_over_languages() -> None:
    assert "188" in telling_words("188 drones") & telling_words("Record de 188 drones")
    assert telling_words("à Téhéran") & telling_words("in Teheran")


def test_names_meet_over_spellings() -> None:
    for one, other in (("Oreshnik", "Orechnik"), ("Sumy", "Soumy"), ("Chasiv", "Tchassiv")):
        assert folded(one) == folded(other)
    assert folded("Kramatorsk") != folded("Kherson")


KARACHEV = Spot("552920", "city", "RUS", (53.12, 34.98))
BRYANSK = Spot("571476", "city", "RUS", (53.27, 34.32))
REGION = Spot("RUS.10", "region", "RUS", (52.95, 33.5))
KURSK = Spot("RUS.41", "region", "RUS", (51.71, 36.12))


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (KARACHEV, KARACHEV, "same place"),
        (KARACHEV, REGION, "place in the other"),
        (KARACHEV, BRYANSK, "place in the other"),
        (KARACHEV, KURSK, "other place"),
        (KARACHEV, Spot("RUS", "country", "RUS", None), "same country"),
        (KARACHEV, Spot("UKR", "country", "UKR", None), "other country"),
        (KARACHEV, Spot("", "", "", None), ""),
    ],
)
def test_how_two_places_lie_to_each_other(one: Spot, other: Spot, how: str) -> None:
    assert nearness(one, other) == nearness(other, one) == how


def test_wire_copies_count_once() -> None:
    wire = "The council met on Tuesday in Brussels to discuss the strike on the city of Dnipro."
    other = "Rebels took the city of Aleppo on Saturday after an offensive of three days."
    assert copies([wire, other, wire + " More soon."]) == [0, 1, 0]


def test_kilometres() -> None:
    assert kilometres(48.8566, 2.3522, 50.8503, 4.3517) == pytest.approx(264, abs=2)


def test_the_same_sentence_meets_on_a_busy_day() -> None:
    wire = "Des drones ont touché un dépôt de carburant, a indiqué le ministère."
    busy = [report(3, **KHARKIV), report(4, **{**DNIPRO, "article_id": 3})]
    found = stories(report(1, quote=wire), report(2, quote=wire), *busy)
    assert found[1] == found[2]


def test_a_region_and_its_town_do_not_make_a_day_busy() -> None:
    region = {"place_id": "r1", "place_country": "UKR", "place_kind": "region"}
    near, far = {**region, "lat": 48.4, "lon": 35.2}, {**region, "lat": 48.9, "lon": 24.7}
    assert together(report(1, **DNIPRO), report(2, **near))
    assert not together(report(1, **DNIPRO), report(2, **far))


def test_two_towns_close_by_ask_for_a_name() -> None:
    suburb = {**DNIPRO, "place_id": "g9", "lat": 48.6}
    named = report(1, **DNIPRO, quote="Le missile a touché l'usine Pivdenmach.")
    told = {**suburb, "quote": "A missile hit the plant Pivdenmach."}
    assert together(named, report(2, **told))
    assert not together(named, report(2, **{**told, "sources": [], "quote": "A missile hit."}))


def test_short_texts_and_common_shingles_copy_nobody() -> None:
    assert copies(["One two three.", "One two three.", ""]) == [0, 1, 2]


def test_a_doubtful_report_joins_a_story_and_never_leads_one() -> None:
    """It comes first by id, and a sure one of another town would not match it."""
    doubtful = report(1, **{**DNIPRO, "certainty_type": 0.2})
    assert stories(doubtful, report(2, **DNIPRO)) == {1: 2, 2: 2}
    vague = report(1, certainty_type=0.2)
    assert stories(vague, report(2, **DNIPRO), report(3, **KHARKIV)) == {1: 1, 2: 2, 3: 3}


def test_a_doubtful_report_makes_no_day_busy() -> None:
    doubtful = report(3, **{**KHARKIV, "article_id": 1, "certainty_type": 0.2})
    found = stories(report(1), report(2, quote="Des drones ont touché un dépôt."), doubtful)
    assert (found[1], found[3]) == (found[2], 3)


QUOTES = ("It was an attack on Yavoriv.", "Yavoriv was struck again.", "La ville fut touchée.")


def _drawn(data: st.DataObject) -> list[dict[str, Any]]:
    """Reports of a few days, parties and towns, some of them doubtful."""
    towns = st.sampled_from([DNIPRO, KHARKIV, {}])
    return [
        report(
            number,
            article_id=data.draw(st.integers(1, 5)),
            sources=data.draw(st.sampled_from([["RUS"], [], ["RUS", "BLR"]])),
            targets=data.draw(st.sampled_from([["UKR"], [], ["POL"]])),
            quote=data.draw(st.sampled_from(QUOTES)),
            date_basis=data.draw(st.sampled_from(["relative", "inferred"])),
            certainty_type=data.draw(st.sampled_from([float("nan"), 0.9, 0.2])),
            **data.draw(towns),
            **dict.fromkeys(("first", "last"), f"2024-11-{data.draw(st.integers(10, 21)):02}"),
        )
        for number in range(1, data.draw(st.integers(2, 14)))
    ]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_the_others_are_grouped_as_if_doubtful_reports_were_not_there(data: st.DataObject) -> None:
    rows = _drawn(data)
    sure = [row for row in rows if not row["certainty_type"] < 0.5]
    found = stories(*rows)
    assert {row["event_id"]: found[row["event_id"]] for row in sure} == (
        stories(*sure) if sure else {}
    )


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_some_days_grouped_again_are_as_if_all_were(data: st.DataObject) -> None:
    """Whatever was loaded before, whatever comes: the same stories as grouping everything."""
    rows = _drawn(data)
    added = data.draw(st.sets(st.sampled_from(range(len(rows))), min_size=1))
    gone = data.draw(st.sets(st.sampled_from(range(len(rows))))) - added
    before = [row for n, row in enumerate(rows) if n not in added]
    after = [row for n, row in enumerate(rows) if n not in gone]
    known = stories(*before) if before else {}
    touched = {pd.Timestamp(rows[n]["first"]).toordinal() for n in added | gone}
    again = regroup_reports(lambda _first, _last: as_table(*after), known, touched)
    whole = stories(*after)
    assert {**{e: known.get(e, e) for e in whole}, **again} == whole


def test_a_night_and_the_day_it_ends_on_have_half_their_days_in_common() -> None:
    night, day = ordered_reports(
        as_table(report(1, first="2024-11-20", last="2024-11-21"), report(2))
    )
    assert pair_evidence(night, day)["days in common"] == 0.5


def test_a_state_and_its_people_are_one_target_sooner_than_a_state_and_its_rebels() -> None:
    told = {target: report(n, targets=[target]) for n, target in enumerate(PARTS, start=1)}
    state, people, rebels = (
        next(r for r in ordered_reports(as_table(*told.values())) if target in r.targets)
        for target in PARTS
    )
    assert "a part of the target" in pair_evidence(state, people)
    assert "another part of the state" in pair_evidence(state, rebels)


def test_a_report_with_a_lent_day_says_nothing_beside_one_with_its_own() -> None:
    lent = report(1, article_id=9, date_text="Tuesday", first="2024-11-20", last="2024-11-20")
    own, other = report(2, article_id=9), report(3)
    reports = {r.event_id: r for r in ordered_reports(as_table(lent, own, other))}
    story = [reports[1], reports[2]]
    assert story_evidence(reports[3], story) == pair_evidence(reports[3], reports[2])


def test_a_country_and_its_town_do_not_make_a_day_busy() -> None:
    country = {"place_id": "UKR", "place_country": "UKR", "place_kind": "country"}
    table = as_table(report(1, **DNIPRO), report(2, **country))
    assert not any(each.busy for each in ordered_reports(table))


@pytest.mark.parametrize(
    "other",
    [
        {"place_id": "POL", "place_country": "POL", "place_kind": "country"},
        {**DNIPRO, "place_id": "g77", "place_country": "POL", "lat": 52.2, "lon": 21.0},
    ],
    ids=["another state", "a town of another state"],
)
def test_two_states_make_a_day_busy(other: dict[str, Any]) -> None:
    country = {"place_id": "UKR", "place_country": "UKR", "place_kind": "country"}
    table = as_table(report(1, **country), report(2, **other), report(3))
    assert all(each.busy for each in ordered_reports(table))
