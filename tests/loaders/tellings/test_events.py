"""Events of single sentences, from tests/cases/events.tsv, and what no text may do to the stage."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.accuracy_events import calibration, own_scores
from events.identity import event_id
from events.model import Article, Event, Extraction, Published
from events.ontology import EVENT_TYPES, MODES, definition
from loaders.acts.lexicon import lexicon, triggers
from loaders.linking.dating import COUNTED
from loaders.pipeline import extract
from loaders.text.words import words

CASES = Path(__file__).resolve().parents[2] / "cases" / "events.tsv"
COLUMNS = (
    "lang",
    "published",
    "text",
    "type",
    "first",
    "source",
    "target",
    "place",
    "status",
)
SYMMETRIC = frozenset({"CONSULT", "AGREE", "COOPERATE"})


@dataclass(frozen=True)
class Case:
    """One row of the case file; "-" stands for a part that is not checked."""

    lang: str
    published: str
    text: str
    type: str
    first: str = "-"
    source: str = "-"
    target: str = "-"
    place: str = "-"
    status: str = "-"


def _cases() -> list[Case]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [Case(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def extracted(text: str, lang: str, published: str = "2024-11-23", title: str = "") -> Extraction:
    day = dt.date.fromisoformat(published)
    return extract(Article(1, title, text, lang, published=Published.given(day)), today=day)


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "A week after the truce, Israel bombed Khiam.", None),
        ("en", "Five days after Russia struck Dnipro, NATO ambassadors met in Brussels.", None),
        ("en", "NATO met on Tuesday. Two weeks before the summit Poland sent troops.", None),
        ("en", "On Tuesday, a week after the truce, Israel bombed Khiam.", "2024-11-19"),
        ("en", "Israel bombed Khiam.", "2024-11-23"),
        ("fr", "Deux semaines avant le sommet, la Pologne a envoyé des soldats.", None),
        ("fr", "La Pologne a envoyé des soldats à la frontière.", "2024-11-23"),
    ],
)
def test_a_day_counted_from_another_event_is_not_the_day_of_publication(
    lang: str, text: str, day: str | None
) -> None:
    last = max(
        extracted(text, lang).events, key=lambda event: event.trigger.start if event.trigger else 0
    )
    found = last.date.first.isoformat() if last.date and last.date.first else None
    assert found == day


def test_every_language_with_guards_names_the_reason_that_the_events_look_for() -> None:
    reasons = {
        lang: [guard["reason"] for guard in words(lang)["dates"].get("guards", [])]
        for lang in ("en", "fr", "es", "ru", "uk")
    }
    assert all(COUNTED in named for named in reasons.values())


def _fits(event: Event, case: Case) -> bool:
    first = event.date.first.isoformat() if event.date and event.date.first else "undated"
    place = event.place.place.name if event.place and event.place.place else ""
    sources, targets = set(event.sources), set(event.targets)
    if event.type in SYMMETRIC:
        sources = targets = sources | targets
    checks = (
        (case.first, first == case.first),
        (case.source, case.source in sources),
        (case.target, case.target in targets),
        (case.place, case.place == place),
        (case.status, case.status == event.status),
    )
    return event.type in case.type.split("|") and all(ok for want, ok in checks if want != "-")


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.lang}:{case.text[:50]}")
def test_sentence(case: Case) -> None:
    result = extracted(case.text, case.lang, case.published)
    if case.type == "none":
        assert not result.events, [(e.type, e.sources, e.targets) for e in result.events]
    else:
        assert any(_fits(event, case) for event in result.events), result


def test_case_file_is_large_enough() -> None:
    for lang in ("fr", "en"):
        rows = [case for case in _cases() if case.lang == lang]
        assert len(rows) >= 80
        assert sum(case.type == "none" for case in rows) >= 30


def count_triggers(lang: str) -> dict[str, int]:
    """Number of triggers per type; each choice of a phrase counts as the phrase it stands for."""
    counts = dict.fromkeys(EVENT_TYPES, 0)
    for row in triggers(lang):
        size = 1
        for segment in row.rest:
            size *= len(segment)
        counts[row.type] += size
    return counts


@pytest.mark.parametrize(("lang", "least"), [("fr", 1200), ("en", 1200)])
def test_enough_triggers(lang: str, least: int) -> None:
    counts = count_triggers(lang)
    assert sum(counts.values()) >= least
    assert min(counts.values()) >= 60


@pytest.mark.parametrize("lang", ["de", "es", "uk", "ru"])
def test_other_languages_have_triggers_of_every_type(lang: str) -> None:
    counts = count_triggers(lang)
    assert sum(counts.values()) >= 250
    assert all(counts.values())


@pytest.mark.parametrize("lang", ["fr", "en", "de", "es", "uk", "ru"])
def test_modes_of_triggers_are_in_the_ontology(lang: str) -> None:
    modes = {(row.type, row.mode) for row in triggers(lang) if row.mode}
    assert all(mode in MODES.get(code, ()) for code, mode in modes)
    assert lexicon(lang).voice["claim"]


def test_every_type_and_mode_is_defined_in_french_and_english() -> None:
    for code in EVENT_TYPES:
        for mode in ("", *MODES.get(code, ())):
            assert definition(code, "fr", mode) != definition(code, "en", mode) or mode == "police"
    with pytest.raises(KeyError):
        definition("DANCE")


def test_three_tellings_are_one_event() -> None:
    text = (
        "La Russie a bombardé Odessa mercredi. Les missiles russes ont frappé Odessa mercredi, "
        "selon Kiev. Cette attaque a fait trois morts."
    )
    strikes = [e for e in extracted(text, "fr").events if e.type == "ASSAULT"]
    assert len(strikes) == 1
    assert strikes[0].also


def test_casualties_keep_their_words() -> None:
    event = extracted("Russian missiles killed three civilians in Odesa on Friday.", "en").events[0]
    assert ("killed", "3") in [(name, value) for name, value, _ in event.attributes]


def test_date_that_dates_no_event_dates_none() -> None:
    event = extracted("La Serbie a dénoncé les accords de 2013.", "fr").events[0]
    assert event.date is None or event.date.first != dt.date(2013, 1, 1)


def test_capital_that_speaks_is_no_place_of_an_event() -> None:
    result = extracted("Moscow threatened Warsaw on Friday.", "en")
    assert result.events
    assert all(event.place is None for event in result.events)
    assert all(place.role != "event" for place in result.places)


def test_left_out_tells_reason_and_words() -> None:
    left_out = extracted("Russia did not attack Georgia.", "en").left_out
    assert [item.reason for item in left_out] == ["negated"]
    assert left_out[0].text == "Russia did not attack Georgia."


@pytest.mark.parametrize(
    ("lang", "text", "kind", "source", "target"),
    [
        ("de", "Russland hat am Donnerstag Dnipro angegriffen.", "ASSAULT", "RUS", "UKR"),
        ("es", "Rusia atacó el jueves la ciudad de Dnipró.", "ASSAULT", "RUS", "UKR"),
        ("uk", "Росія атакувала Дніпро 21 листопада.", "ASSAULT", "RUS", "UKR"),
        ("ru", "США ввели санкции против Ирана 20 ноября.", "SANCTION", "USA", "IRN"),
    ],
)
def test_without_a_parse(lang: str, text: str, kind: str, source: str, target: str) -> None:
    event = extracted(text, lang).events[0]
    assert (event.type, event.sources, event.targets) == (kind, (source,), (target,))
    assert any("parse" in reason for reason in event.reasons)


# set -> least date + type, with actors, placed; most told where nothing happened
FLOORS = {
    "fr": (0.88, 0.78, 0.78, 0.03),
    "en": (0.86, 0.79, 0.72, 0.03),
    "fresh_fr": (0.81, 0.68, 0.68, 0.05),
    "fresh_en": (0.76, 0.66, 0.58, 0.07),
    "sentences_fr": (0.91, 0.91, 0.64, 0.05),
    "sentences_en": (0.93, 0.84, 0.84, 0.06),
    "second_fr": (0.88, 0.81, 0.80, 0.05),
    "second_en": (0.86, 0.72, 0.80, 0.05),
}


@pytest.mark.parametrize("name", FLOORS)
def test_own_gold_keeps_its_floors(name: str) -> None:
    scores = own_scores(name)
    found, actors, placed, false = FLOORS[name]
    assert scores.events >= 40
    assert scores.empty >= 20
    assert scores.found >= found
    assert scores.with_actors >= actors
    assert scores.placed >= placed
    assert scores.false <= false


def test_sure_events_are_right_eight_times_in_ten() -> None:
    sure = [(n, share) for band, n, share in calibration() if band >= "0.8"]
    assert sum(n * share for n, share in sure) >= 0.8 * sum(n for n, _ in sure)


_PIECES = st.sampled_from(
    [
        "la Russie",
        "Kyiv",
        "a attaqué",
        "n'",
        "pas",
        "qui",
        "missiles",
        "jeudi",
        ",",
        ".",
        "«",
        "attacked",
        "Moscow",
        "talks with",
        "will",
        "?",
        "’",
        "\n",
        "2023",
        "12",
        "\u202f",
        "💥",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map(" ".join)))
def test_no_text_makes_it_raise_and_offsets_slice(text: str) -> None:
    for lang in ("fr", "en", "uk"):
        for event in extracted(text, lang, title=text[:40]).events:
            stored = text if event.part == "text" else text[:40]
            assert stored[event.start : event.end] == event.quote
            assert event.trigger is not None
            assert stored[event.trigger.start : event.trigger.end] == event.trigger.text
            assert 0 <= event.confidence <= 1


def test_an_id_hangs_on_the_trigger_alone() -> None:
    one = extracted("La Russie a bombardé Kiev jeudi.", "fr").events[0]
    assert one.trigger is not None
    assert one.id == event_id(one.article_id, one.trigger.part, one.trigger.start)
