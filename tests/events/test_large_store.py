"""A store whose events stay in its files answers each question as one that is held in memory."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.synthetic import write_events
from events import annotating
from events.annotations import Subject
from events.answers import UNITS
from events.counted_events import CountedEvents
from events.counts import counted_texts
from events.filters import LEVELS, Filters
from events.grading import CREDIBILITIES, RELIABILITIES
from events.maintenance import maintain
from events.model import Extraction
from events.ontology import EVENT_TYPES, STATUSES
from events.query import Query
from events.store import Store
from events.withdrawal import articles_of, withdraw

COUNT = 2_500
DRAWN = int(os.environ.get("FRISE_TEST_DRAWS", "5"))  # filters a test; `make test-long` draws more
HELD = 300
EDITS = (
    *(("type", "AID"), ("date", "2025-10-03/2025-10-03/day"), ("event", "no")),
    *(("credibility", "2"), ("date", "none")),
)
NUMBERS = ("story_id", "article_id", "quad")
KEYS = ("", *counted_texts(), *NUMBERS, "sources", "targets", "actor", "doer", "dyad")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Synthetic events of which half tell the story of another, some corrected by persons."""
    made = write_events(COUNT, tmp_path_factory.mktemp("synthetic") / "store")
    ids = Query(made.location).events(Filters(sure="any"), columns=["event_id"])["event_id"]
    stories = {event: ids[n - n % 4] for n, event in enumerate(ids.tolist()) if n % 4 in (1, 2)}
    made.append_stories(stories, len(stories))
    for n, event in enumerate(ids.tolist()[:60:3]):
        made.append_edit(event, *EDITS[n % len(EDITS)], "it says so", "Ana")
    made.split(ids[9], "another act")
    made.join(ids[12], ids[800], "the same act")
    return made


@pytest.fixture(scope="module")
def pair(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same store asked in memory and in its files."""
    with pytest.MonkeyPatch.context() as patch:
        whole = Query(store.location)
        assert whole.count(Filters())
        assert whole._snapshot.large() is None
        patch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", str(HELD))
        large = Query(store.location)
        large.version()
        assert large._snapshot.large() is not None
        yield whole, large


@st.composite
def some_filters(draw: st.DrawFn) -> Filters:
    days = st.dates(dt.date(2016, 1, 1), dt.date(2026, 6, 1))
    first, last = sorted((draw(days), draw(days)))
    maybe = st.sampled_from
    return Filters(
        date_from=draw(maybe([None, first, dt.date(2025, 9, 1)])),
        date_to=draw(maybe([None, last])),
        within=draw(maybe(["may", "surely"])),
        actors=draw(maybe([(), (), ("CPJ",), ("USA", "G7"), ("RUS",), ("nobody's",)])),
        level=draw(maybe(LEVELS)),
        types=tuple(draw(st.lists(maybe(sorted(EVENT_TYPES)), max_size=2))),
        places=draw(maybe([(), (), ("1000000",), ("Ville 0001", "BTN"), ("BRN",)])),
        statuses=tuple(draw(st.lists(maybe(STATUSES), max_size=2))),
        langs=draw(maybe([(), ("fr",), ("en", "de")])),
        text=draw(maybe(["", "", "l'armee", "VILLE 00", "region frappe", "Ville 0001 Journal"])),
        as_of=draw(maybe([None, dt.date(2025, 12, 31), dt.date(2026, 1, 1)])),
        coders=draw(maybe([(), ("any",), ("read", "ACLED")])),
        reliabilities=draw(maybe([(), (), RELIABILITIES[-1:], RELIABILITIES[:2]])),
        credibilities=draw(maybe([(), (), CREDIBILITIES[:2], CREDIBILITIES[-1:]])),
        min_confidence=draw(maybe([0.0, 0.5, 0.8])),
        sure=draw(maybe(["enough", "any"])),
    )


def same(told: Any, expected: Any) -> None:
    """Equal, also where answers hold tables; means are added up in another order."""
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(told, expected, check_exact=False, rtol=1e-9)
    elif hasattr(expected, "actors"):
        for field in fields(expected):
            same(getattr(told, field.name), getattr(expected, field.name))
    else:
        assert told == expected


@settings(max_examples=DRAWN, deadline=None)
@given(wanted=some_filters(), unit=st.sampled_from(UNITS), by=st.sampled_from(KEYS))
@pytest.mark.parametrize("by_story", [False, True])
def test_any_filters_count_and_list_the_same(
    pair: tuple[Query, Query], by_story: bool, wanted: Filters, unit: Any, by: str
) -> None:
    answer_alike(*pair, by_story, wanted, unit, by)


def answer_alike(
    whole: Query, large: Query, by_story: bool, wanted: Filters, unit: Any, by: str
) -> None:
    """What a page asks is the same of both, one row a report or one a story."""
    asked: list[Callable[[Query], Any]] = [
        lambda q: q.count(wanted),
        lambda q: q.events(wanted, limit=40, offset=3),
        lambda q: q.account(wanted),
        lambda q: q.options(wanted),
        lambda q: q.places(wanted, sure=True),
        lambda q: q.dyads(wanted),
        lambda q: q.bins(wanted, unit, by),
        lambda q: q.bins(wanted, unit, by, most=5),
    ]
    for ask in asked:
        same(*(ask(query.by_story if by_story else query) for query in (large, whole)))


def late_and_reread(store: Store, ids: list[int], made: Callable[..., Extraction]) -> None:
    """Articles that come late, and one that a later reader tells otherwise."""
    store.append([made(n, text=f"{n}: la Russie a tiré sur Dnipro.") for n in (90_001, 90_002)])
    again = made(90_001, text="90001: la Russie a tiré sur Dnipro.")
    told = replace(again.events[0], type="THREATEN", targets=("USA", "NATO"))
    store.append([replace(again, events=(told,))], revise=True)


def edited(store: Store, ids: list[int], made: Callable[..., Extraction]) -> None:
    """The main report of a story among them, in type and in day."""
    for event, value in zip(ids[40:160:4], ("AID", "THREATEN") * 15, strict=True):
        store.append_edit(event, "type", value, "it says so", "Ana")
        store.append_edit(event, "date", "2025-10-03/2025-10-03/day", "it says so", "Ana")


def withdrawn(store: Store, ids: list[int], made: Callable[..., Extraction]) -> None:
    withdraw(store, articles_of(store, ["3", "4", "90002"]), "hoax")


def regrouped(store: Store, ids: list[int], made: Callable[..., Extraction]) -> None:
    store.append_regrouped({ids[300]: ids[41], ids[42]: ids[42]}, COUNT)
    store.join(ids[44], ids[9], "the same act")


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A store of its own that is held open in its files while it changes, and its events."""
    made = write_events(COUNT, tmp_path_factory.mktemp("changing") / "store", stories=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", str(HELD))
        large = Query(made.location)
        ids = large.events(Filters(sure="any"), columns=["event_id"])["event_id"].tolist()
        yield made, large, ids


@pytest.mark.parametrize("change", [late_and_reread, edited, withdrawn, regrouped])
def test_any_filters_answer_alike_after_a_change(
    changing: tuple[Store, Query, list[int]],
    change: Callable[..., None],
    extraction: Callable[..., Extraction],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each change is carried on into the table of what is counted, on top of those before."""
    store, large, ids = changing
    change(store, ids, extraction)
    monkeypatch.setattr(CountedEvents, "_make", None)
    large.version()
    assert large._snapshot.large() is not None
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", "1000000")
    whole = Query(store.location)
    assert whole.count(Filters()) > 0
    assert whole._snapshot.large() is None

    @settings(max_examples=DRAWN, deadline=None)
    @given(some_filters(), st.booleans(), st.sampled_from(UNITS), st.sampled_from(KEYS))
    def alike(wanted: Filters, by_story: bool, unit: Any, by: str) -> None:
        answer_alike(whole, large, by_story, wanted, unit, by)

    alike()


@pytest.mark.parametrize("by", KEYS)
def test_bars_by_any_key_are_the_same(pair: tuple[Query, Query], by: str) -> None:
    whole, large = pair
    for most in (0, 2):
        same(large.bins(Filters(), "month", by, most), whole.bins(Filters(), "month", by, most))


@pytest.mark.parametrize("least", [float("nan"), float("inf"), 1e-300])
def test_any_number_of_a_link_is_asked_for(pair: tuple[Query, Query], least: float) -> None:
    whole, large = pair
    wanted = Filters(min_confidence=least)
    same(large.account(wanted), whole.account(wanted))


@pytest.mark.parametrize("by", ["nothing", "quote"])
def test_a_key_that_is_none_is_refused_with_the_same_words(
    pair: tuple[Query, Query], by: str
) -> None:
    refused = []
    for query in pair:
        with pytest.raises(ValueError, match="attributed_to") as error:
            query.bins(Filters(), "month", by)
        refused.append(set(str(error.value).replace(";", ",").split(", ")))
    assert refused[0] == refused[1]


@pytest.mark.parametrize("left", [50, -1])
def test_a_damaged_table_of_tokens_is_made_up_for(
    left: int,
    extraction: Callable[..., Extraction],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cut off, or with one byte changed amid the lists of rows."""
    store = Store(tmp_path / "store")
    store.append([extraction(n, text=f"{n}: la Russie a tiré sur Dnipro.") for n in (1, 2, 3)])
    maintain(store)
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", "2")
    asked = Filters(text="Dnipro", sure="any")
    expected = Query(store.location).count(asked)
    assert expected > 0
    for file in (store.location / "tokens").glob("*.parquet"):
        told = bytearray(file.read_bytes())
        told[len(told) // 3] ^= 255
        file.write_bytes(told[:left])
    assert Query(store.location).count(asked) == expected


@settings(max_examples=8, deadline=None)
@given(wanted=some_filters())
def test_what_is_hidden_doubtful_or_planned_is_the_same(
    pair: tuple[Query, Query], wanted: Filters
) -> None:
    whole, large = pair
    asked: list[Callable[[Query], Any]] = [
        lambda q: q.hidden(wanted, 60),
        lambda q: q.hidden(wanted, 20, ("type",)),
        lambda q: q.doubtful(wanted, 20),
        lambda q: q.less_sure(wanted, 20),
        lambda q: q.announced(wanted, "fr"),
        lambda q: q.events_by_article(wanted),
        lambda q: q.articles(wanted),
    ]
    for ask in asked:
        same(ask(large), ask(whole))


@pytest.mark.parametrize("in_memory", ["1", "1000"])
def test_an_undated_plan_comes_true_in_a_report_of_another_story(
    in_memory: str,
    extraction: Callable[..., Extraction],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    act: dict[str, Any] = {"type": "AID", "sources": ("USA",), "targets": ("UKR",), "place": None}
    first, second = (extraction(n) for n in (1, 2))
    plan = replace(first.events[3], date=None, status="planned", **act)
    done = replace(second.events[1], date=second.events[0].date, status="reported", **act)
    store = Store(tmp_path / "store")
    store.append([replace(first, events=(plan,)), replace(second, events=(done,))])
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", in_memory)
    found = Query(store.location).announced(Filters(sure="any"))
    assert found[["plan_state", "told_by"]].values.tolist() == [["happened", done.id]]


def test_what_is_asked_by_number_is_the_same(pair: tuple[Query, Query]) -> None:
    whole, large = pair
    ids = whole.events(Filters(sure="any"), columns=["event_id"])["event_id"].tolist()
    stories = whole.by_story.events(Filters(), columns=["story_id"])["story_id"].tolist()
    article = int(whole.event(ids[4])["article_id"].iloc[0])
    asked: list[Callable[[Query], Any]] = [
        lambda q: q.event(ids[5]),
        lambda q: q.event(5**25),
        lambda q: q.events_with([ids[9], 5**25, ids[2], ids[700]]),
        lambda q: q.events_with([]),
        lambda q: q.story(stories[1]),
        lambda q: q.disputed(stories[:3], "any"),
        lambda q: q.grade(stories[1]),
        lambda q: q.article_events(article),
        lambda q: q.placed_events(
            dt.date(2025, 9, 1), dt.date(2025, 9, 20), ("event_id", "first", "type")
        ),
        lambda q: q.coded_days(),
        lambda q: q.reported_days(5),
        lambda q: q.coded_on({dt.date(2025, 9, 1).toordinal()}, ("event_id",)),
        lambda q: q.coders(),
        lambda q: q.hits("frappe Ville 0001", tuple(ids[:50])),
        lambda q: q.by_story_in("en").events(Filters(), limit=30),
        lambda q: q.events(Filters(), limit=5, columns=["event_id"]),
        lambda q: q.events(Filters(actors=("nobody",))),
    ]
    for ask in asked:
        same(ask(large), ask(whole))
    assert not large.story(stories[1]).empty


def test_rows_others_coded_and_tags_are_filtered_in_files(
    extraction: Callable[..., Extraction], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [extraction(n, text=f"{n}: la Russie a tiré sur Dnipro.") for n in (1, 2, 3)]
    article = replace(made[2].article, reader="coded/ACLED")
    by_others = tuple(replace(event, coder="ACLED") for event in made[2].events)
    coded = replace(made[2], article=article, events=by_others)
    store = Store(tmp_path / "store")
    store.append([*made[:2], coded])
    store.append_stories({21: 11})
    annotating.tag(store, Subject("event", "14", "Missile", 1), ["winter"], "Ana")
    annotating.tag(store, Subject("story", "21", "Missile", 2), ["act"], "Ana")
    whole = Query(store.location)
    assert whole.count(Filters()) == 8
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", "2")
    large = Query(store.location)
    for wanted in (
        Filters(),
        Filters(coders=("ACLED",)),
        Filters(coders=("any",), rights="passable"),
        Filters(tags=("winter",)),
        Filters(tags=("act",)),
        Filters(text="Dnipro"),
    ):
        same(large.events(wanted), whole.events(wanted))
        same(large.account(wanted), whole.account(wanted))
    assert large.coders() == {"ACLED"}
    assert large.count(Filters(tags=("winter",))) == 1
    assert large.count(Filters(tags=("act",))) == 2
    assert large.annotated_stories() == whole.annotated_stories()
