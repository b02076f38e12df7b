"""Every question against a pandas oracle over a synthetic store, and by hand over a small one."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.synthetic import write_events
from events import listed_columns
from events.answers import OTHER, UNITS
from events.columns import (
    ARTICLE_COLUMNS,
    BIN_COLUMNS,
    DYAD_COLUMNS,
    EVENT_COLUMNS,
    LEFT_OUT_COLUMNS,
    MENTION_COLUMNS,
    PLACE_COLUMNS,
    REJECTED_COLUMNS,
)
from events.edited_events import AddedEvent
from events.editing import add
from events.filter_days import REACH
from events.filters import LEVELS, Filters
from events.model import Extraction, PlaceMention
from events.ontology import EVENT_TYPES, STATUSES
from events.query import Query
from events.query_rows import _KEPT_FILTERS
from events.registry import fold, roll_up
from events.store import Store

Columns = dict[str, tuple[str, str]]
COUNT = 3_000
ALL = Filters()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Query:
    location = tmp_path_factory.mktemp("synthetic") / "store"
    write_events(COUNT, location)
    return Query(location)


def passing(events: pd.DataFrame, wanted: Filters) -> pd.Series:
    """The oracle: which rows the filters show, written without the store's engine."""
    keep = pd.Series(True, index=events.index)
    if wanted.in_days:
        inside = [in_days(dict(row), wanted) for _, row in events.iterrows()]
        keep &= pd.Series(inside, index=events.index)
    if wanted.actors:
        level = {code: roll_up(code, wanted.level) for code in codes_of(events)}
        sought = set(wanted.actors)
        parties = events["sources"] + events["targets"]
        keep &= parties.map(lambda told: any({c, level[c]} & sought for c in told))
    for column, values in (
        ("type", wanted.types),
        ("status", wanted.statuses),
        ("lang", wanted.langs),
    ):
        if values:
            keep &= events[column].isin(values)
    if wanted.places:
        places = events[["place_id", "place_name", "place_country"]].isin(wanted.places)
        keep &= (events["place_id"] != "") & places.any(axis=1)
    if wanted.as_of:
        day = pd.Timestamp(wanted.as_of)
        keep &= events["published"].isna() | (events["published"] <= day)
        keep &= events["retrieved"] < (day + pd.Timedelta(days=1)).tz_localize("UTC")
    keep &= events["confidence"] >= wanted.min_confidence
    for word in fold(wanted.text).split():
        keep &= events["quote"].map(fold).str.contains(word, regex=False)
    return keep


def in_days(row: dict[str, Any], wanted: Filters) -> bool:
    """The oracle of the date filter, one row at a time."""
    first, last = row["first"], row["last"]
    if pd.isna(first) and pd.isna(last):
        first, last = row["bounds_from"], row["bounds_to"]
        if pd.isna(first) and pd.isna(last):
            return False
        if wanted.within == "may":
            reach = pd.Timedelta(days=REACH)
            first, last = (
                (last - reach if pd.isna(first) else first),
                (first + reach if pd.isna(last) else last),
            )
    begin = pd.Timestamp.min if pd.isna(first) else first
    end = pd.Timestamp.max if pd.isna(last) else last
    low = pd.Timestamp(wanted.date_from or dt.date(1800, 1, 1))
    high = pd.Timestamp(wanted.date_to or dt.date(2200, 1, 1))
    if wanted.within == "may":
        return bool(begin <= high and end >= low)
    inside_from = wanted.date_from is None or begin >= low
    return bool(inside_from and (wanted.date_to is None or end <= high))


def codes_of(events: pd.DataFrame) -> set[str]:
    return {code for told in (events["sources"] + events["targets"]) for code in told}


@st.composite
def some_filters(draw: st.DrawFn) -> Filters:
    """Filters that a few synthetic events pass, mostly."""
    days = st.dates(dt.date(2016, 1, 1), dt.date(2026, 6, 1))
    first, last = sorted((draw(days), draw(days)))
    maybe = st.sampled_from
    return Filters(
        date_from=draw(maybe([None, first])),
        date_to=draw(maybe([None, last])),
        within=draw(maybe(["may", "surely"])),
        actors=draw(maybe([(), ("CPJ",), ("USA", "G7"), ("RUS",), ("nobody",)])),
        level=draw(maybe(LEVELS)),
        types=tuple(draw(st.lists(maybe(sorted(EVENT_TYPES)), max_size=2))),
        places=draw(maybe([(), ("1000000",), ("Ville 0001", "BTN"), ("BRN",)])),
        statuses=tuple(draw(st.lists(maybe(STATUSES), max_size=2))),
        langs=draw(maybe([(), ("fr",), ("en", "de")])),
        text=draw(maybe(["", "l'armee", "VILLE 0753", "évadé", "region frappe"])),
        as_of=draw(maybe([None, dt.date(2025, 12, 31), dt.date(2026, 1, 1)])),
        min_confidence=draw(maybe([0.0, 0.5, 0.8])),
    )


@settings(max_examples=5, deadline=None)
@given(wanted=some_filters())
def test_every_count_agrees_with_the_oracle(many: Query, wanted: Filters) -> None:
    everything = many.events(ALL)
    expected = set(everything.loc[passing(everything, wanted), "event_id"])
    shown = many.events(wanted)
    account = many.account(wanted)
    assert set(shown["event_id"]) == expected
    assert many.count(wanted) == len(expected) == account.shown
    assert account.loaded == COUNT == account.shown + sum(n for _, n in account.hidden)
    hidden = many.hidden(wanted)
    assert hidden["hidden_by"].value_counts().to_dict() == dict(account.hidden)
    assert set(hidden["event_id"]) == set(everything["event_id"]) - expected
    dated = int((shown["first"].notna() | shown["last"].notna()).sum())
    assert account.bounded == int(shown[["bounds_from", "bounds_to"]].notna().any(axis=1).sum())
    assert not wanted.in_days or account.bounded == account.undated
    assert len(shown) - account.undated == dated == many.bins(wanted, "month")["events"].sum()
    assert many.places(wanted)["events"].sum() == len(shown) - account.unlocated


@pytest.mark.parametrize("unit", UNITS)
def test_bins_agree_with_the_oracle(many: Query, unit: str) -> None:
    events = many.events(ALL)
    dated = events[events["first"].notna()]
    period = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q", "year": "Y"}[unit]
    begins, ends = (dated[c].dt.to_period(period) for c in ("first", "last"))
    fits = begins == ends
    bins = many.bins(ALL, unit, "type")  # type: ignore[arg-type]
    fine = bins[~bins["coarse"]]
    expected = dated[fits].groupby([begins[fits].dt.start_time, "type", "quad"]).size()
    found = fine.set_index(["first", "key", "quad"])["events"]
    assert found.to_dict() == expected.to_dict()
    assert (fine["last"].dt.to_period(period) == fine["first"].dt.to_period(period)).all()
    assert bins.loc[bins["coarse"], "events"].sum() == (~fits).sum()


@pytest.mark.parametrize("level", LEVELS)
def test_dyads_and_actor_counts_agree_with_the_oracle(many: Query, level: str) -> None:
    wanted = Filters(level=level, date_from=dt.date(2024, 1, 1))  # type: ignore[arg-type]
    dyads: dict[tuple[str, str], list[float]] = {}
    actors: dict[str, int] = {}
    for row in many.events(wanted).to_dict("records"):
        sources = {roll_up(c, level) for c in row["sources"]} or {""}  # type: ignore[arg-type]
        targets = {roll_up(c, level) for c in row["targets"]} or {""}  # type: ignore[arg-type]
        for code in (sources | targets) - {""}:
            actors[code] = actors.get(code, 0) + 1
        for pair in {(s, t) for s in sources for t in targets} - {("", "")}:
            dyads.setdefault(pair, []).append(float(row["score"]))
    table = many.dyads(wanted).set_index(["source", "target"])
    assert table["events"].to_dict() == {pair: len(scores) for pair, scores in dyads.items()}
    means = {pair: np.mean(scores) for pair, scores in dyads.items()}
    assert table["score"].to_dict() == pytest.approx(means)
    quads = table[[f"quad_{q}" for q in (1, 2, 3, 4)]].sum(axis=1)
    assert (quads == table["events"]).all()
    options = many.options(wanted)
    assert options.actors.set_index("value")["events"].to_dict() == actors


@pytest.mark.parametrize("by", ["actor", "doer", "dyad", "sources", "story_id"])
def test_bins_by_party_agree_with_the_oracle(many: Query, by: str) -> None:
    expected: dict[str, int] = {}
    for row in many.events(ALL).dropna(subset=["first"]).to_dict("records"):
        sources, targets = row["sources"], row["targets"]
        pairs = {f"{s}>{t}" for s in sources for t in targets if s != t}
        keys = {
            "actor": {*sources, *targets},
            "doer": set([*sources, *targets][:1]),
            "dyad": pairs,
            "sources": set(sources),
            "story_id": {str(row["story_id"])},
        }[by]
        for key in keys or {""}:
            expected[key] = expected.get(key, 0) + 1
    bins = many.bins(ALL, "year", by)
    assert bins.groupby("key")["events"].sum().to_dict() == expected


def test_the_rest_of_the_keys_is_counted_once_an_event(many: Query) -> None:
    bins = many.bins(ALL, "year", "actor", most=6)
    sizes = bins.groupby("key")["events"].sum()
    whole = many.bins(ALL, "year", "actor").groupby("key")["events"].sum()
    kept = [key for key in sizes.index if key != OTHER]
    assert len(sizes) == 6
    assert set(whole.drop("").nlargest(4).index) | {"", OTHER} == set(sizes.index)
    assert sizes[kept].to_dict() == whole[kept].to_dict()
    dated = many.events(ALL).dropna(subset=["first"])
    parties = (dated["sources"] + dated["targets"]).map(set)
    assert sizes[OTHER] == sum(bool(told) and not told & set(kept) for told in parties)


def test_what_fits_no_bin_is_counted_in_a_larger_unit(many: Query) -> None:
    coarse = many.bins(ALL, "day").query("coarse").dropna()
    units = ("W-SUN", "M", "Q", "Y")
    whole = pd.Series(False, index=coarse.index)
    for unit in units:
        first, last = (coarse[c].dt.to_period(unit) for c in ("first", "last"))
        ends = last.dt.end_time.dt.normalize() == coarse["last"]
        whole |= (first == last) & ends & (first.dt.start_time == coarse["first"])
    assert whole.mean() > 0.9, "the others cross the turn of a year"


def test_options_count_what_a_choice_would_show(many: Query) -> None:
    wanted = Filters(types=("AID",), statuses=("reported",), langs=("fr",))
    options = many.options(wanted)
    for row in options.types.itertuples():
        assert many.count(replace(wanted, types=(str(row.value),))) == row.events
    for row in options.places.head(5).itertuples():
        assert many.count(replace(wanted, places=(str(row.value),))) == row.events
    dated = many.events(wanted).dropna(subset=["first"])
    assert (options.first, options.last) == (dated["first"].min(), dated["last"].max())


def test_pages_of_events_follow_each_other(many: Query) -> None:
    whole = many.events(ALL, columns=["event_id", "first"])
    pages = [many.events(ALL, limit=700, offset=n)["event_id"] for n in range(0, COUNT, 700)]
    assert list(pd.concat(pages)) == list(whole["event_id"])
    assert list(whole.columns) == ["event_id", "first"]
    dated = whole["first"].dropna()
    assert dated.is_monotonic_increasing
    assert whole["first"].iloc[len(dated) :].isna().all()


def test_a_store_too_large_to_be_held_whole_answers_the_same(
    many: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", str(COUNT - 1))
    large = Query(many._snapshot.store.location)
    wanted = Filters(types=("ASSAULT",))
    ids = many.events(wanted)["event_id"].tolist()
    pd.testing.assert_frame_equal(large.events(wanted), many.events(wanted))
    pd.testing.assert_frame_equal(large.events_with(ids[5:1:-1]), many.events_with(ids[5:1:-1]))
    for columns in (["event_id"], ["quote", "first"]):
        one, other = (query.events(wanted, 7, 3, columns) for query in (large, many))
        pd.testing.assert_frame_equal(one, other)
    assert large._snapshot.large() is not None


@pytest.mark.parametrize("ahead", [False, True])
def test_rows_that_are_looked_up_are_those_that_are_held(
    many: Query, monkeypatch: pytest.MonkeyPatch, ahead: bool
) -> None:
    monkeypatch.setattr(listed_columns, "_SMALL", 0)
    fresh = Query(many._snapshot.store.location, ahead=ahead)
    fresh.version()
    listed = fresh._snapshot.whole().columns.listed
    for wanted in (ALL, Filters(types=("ASSAULT",)), Filters(sure="any"), Filters(level="state")):
        pd.testing.assert_frame_equal(fresh.events(wanted, 30, 40), many.events(wanted, 30, 40))
    assert ahead or (listed._looks == listed_columns._LOOKS and listed._held is not None)
    pd.testing.assert_frame_equal(fresh.events(ALL), many.events(ALL))
    assert listed._held is not None


def test_rows_of_a_corrected_day_are_found_where_they_are_stored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed_columns, "_SMALL", 0)
    store.append_edit(11, "date", "2019-05-04/2019-05-04/day", "the report says so", "Ana")
    row = Query(store.location).events(replace(ALL, date_to=dt.date(2019, 12, 31))).iloc[0]
    assert (row["event_id"], row["first"].year, row["title"]) == (11, 2019, "Article 1")


def test_a_server_reads_on_when_the_store_changes_meanwhile(
    extraction: Callable[..., Extraction], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed_columns, "_SMALL", 0)
    store, query = Store(tmp_path / "store"), Query(tmp_path / "store", ahead=True)
    for number in range(1, 5):
        store.append([extraction(number)])
        first, anew = query.events(ALL, 3), Query(store.location)
        pd.testing.assert_frame_equal(first, anew.events(ALL, 3))
        pd.testing.assert_frame_equal(query.events(ALL), anew.events(ALL))


def test_columns_and_dtypes_are_as_documented(store: Store) -> None:
    query = Query(store.location)
    told: list[tuple[pd.DataFrame, Columns]] = [
        (query.events(ALL), EVENT_COLUMNS),
        (query.events(Filters(text="nothing has this")), EVENT_COLUMNS),
        (query.article(1), ARTICLE_COLUMNS),
        (query.mentions(ALL), MENTION_COLUMNS),
        (query.left_out(ALL).drop(columns=["title", "source"]), LEFT_OUT_COLUMNS),
        (query.bins(ALL, "day"), BIN_COLUMNS),
        (query.dyads(ALL), DYAD_COLUMNS),
        (query.places(ALL), PLACE_COLUMNS),
        (query.rejected(), REJECTED_COLUMNS),
    ]
    for frame, columns in told:
        assert list(frame.columns) == list(columns)
        for name, (kind, _) in columns.items():
            assert str(frame[name].dtype) == {"list": "object"}.get(kind, kind), name


def test_one_event_as_it_was_told(store: Store) -> None:
    row = Query(store.location).event(11).iloc[0]
    assert (row["type"], row["quad"], row["score"], row["cameo"]) == ("ASSAULT", 4, -9.0, "19")
    assert row["sources"] == ["RUS"]
    assert row["place_name"] == "Dnipro"
    assert row["title"] == "Article 1"
    assert json.loads(row["spans"]) == [["date", "text", 0, 5], ["place", "text", 39, 45]]
    assert Query(store.location).event(999).empty


def test_a_story_is_all_its_reports(store: Store) -> None:
    store.append_stories({11: 11, 21: 11, 31: 11})
    query = Query(store.location)
    assert list(query.story(11)["event_id"]) == [11, 21, 31]
    assert list(query.story(12)["event_id"]) == [12]


def test_an_open_interval_reaches_every_later_day(store: Store) -> None:
    query = Query(store.location)
    later = query.events(Filters(date_from=dt.date(2030, 1, 1)))
    assert list(later["event_id"]) == [14, 24, 34]
    assert query.count(Filters(date_to=dt.date(2022, 12, 31))) == 0
    coarse = query.bins(Filters(types=("MOBILIZE",)), "year")
    assert coarse["coarse"].all()
    assert coarse["last"].isna().all()


@pytest.mark.parametrize(
    ("wanted", "events"),
    [
        (Filters(text="elysee"), 12),
        (Filters(text="L'ATTAQUE"), 0),
        (Filters(text="russie tire"), 12),
        (Filters(text="Ukraine Article 2"), 4),
        (Filters(actors=("RUS",)), 3),
        (Filters(actors=("RUS",), level="state"), 6),
        (Filters(places=("UKR",)), 6),
        (Filters(as_of=dt.date(2024, 12, 3)), 8),
        (Filters(as_of=dt.date(2024, 11, 3)), 0),
        (Filters(langs=("en",)), 4),
        (Filters(min_confidence=0.6), 9),
    ],
)
def test_filters_on_a_small_store(store: Store, wanted: Filters, events: int) -> None:
    assert Query(store.location).count(wanted) == events


def test_the_cut_off_stays_where_it_is_whatever_else_is_filtered(store: Store) -> None:
    query = Query(store.location)
    newest = query.article_days()["day"].max().date()
    for filters in (Filters(), Filters(langs=("en",)), Filters(text="nothing like it")):
        assert query.cut_off(filters) == newest
    earlier = dt.date(2024, 11, 2)
    assert query.cut_off(Filters(as_of=earlier)) == earlier


def test_names_without_a_place_are_counted(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    names = ["Nowhere", "Elsewhere", "Nowhere"]
    nowhere = tuple(PlaceMention("text", n, n + 1, name, None) for n, name in enumerate(names))
    store.append([replace(extraction(4, "en"), places=nowhere)])
    query = Query(store.location)
    assert query.unresolved(ALL).to_dict("list") == {
        "text": ["Nowhere", "Elsewhere"],
        "mentions": [2, 1],
    }
    assert query.unresolved(Filters(langs=("fr",))).empty
    assert query.unresolved(Filters(langs=("en",))).equals(query.unresolved(ALL))


def test_articles_follow_the_filters(store: Store) -> None:
    query = Query(store.location)
    assert list(query.articles(ALL)["article_id"]) == [3, 2, 1]
    assert "text" not in query.articles(ALL)
    assert list(query.articles(Filters(text="dénoncé l'attaque", langs=("en",)))["article_id"]) == [
        2
    ]
    assert query.articles(Filters(types=("PROTEST",))).empty
    assert len(query.mentions(Filters(langs=("en",)))) == 4
    assert list(query.left_out(Filters(langs=("en",)))["article_id"]) == [2]
    assert list(query.left_out(ALL, 3)["title"]) == ["Article 3"]


def test_an_article_without_events_is_counted(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    store.append([replace(extraction(7), events=())])
    query = Query(store.location)
    account = query.account(ALL)
    assert (account.articles, account.silent, account.loaded) == (4, 1, 12)
    assert account.left_out == (("negated", 4),)
    assert 7 in set(query.articles(ALL)["article_id"])


@pytest.mark.parametrize("in_memory", ["0", "100"])
def test_a_store_whose_events_persons_added_lists_them(
    in_memory: str,
    extraction: Callable[..., Extraction],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, made = Store(tmp_path / "store"), replace(extraction(1), events=())
    store.append([made])
    text = made.article.text
    words = AddedEvent(1, "text", 0, len(text), text, 0, 5, "ASSAULT")
    new = add(Query(store.location), words, {}, "missed", "Ana")
    monkeypatch.setenv("FRISE_STORE_EVENTS_IN_MEMORY", in_memory)
    for known_at in (None, dt.datetime.now(dt.UTC)):
        query = Query(store.location, known_at)
        assert query.events(Filters(sure="any"))["event_id"].tolist() == [new]


def test_an_empty_store_answers(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    store.create()
    query = Query(store.location)
    assert query.count(ALL) == 0
    assert query.events(ALL).empty
    assert query.dyads(ALL).empty
    assert query.options(ALL).first is None
    assert query.account(Filters(actors=("RUS",), level="bloc")).loaded == 0


def test_an_answer_is_kept_until_something_is_loaded(
    store: Store, extraction: Callable[..., Extraction]
) -> None:
    query = Query(store.location)
    first = query.events(ALL)
    first["type"] = "changed by the caller"
    assert "changed by the caller" not in set(query.events(ALL)["type"])
    version = query.version()
    store.append([extraction(5)])
    assert query.version() != version
    assert query.count(ALL) == 16


def test_the_filters_asked_most_stay(many: Query) -> None:
    """The columns tested once are not tested again while other filters come and go."""
    often = Filters(types=("AID",))
    many.count(often)
    for number in range(_KEPT_FILTERS - 1):
        many.dyads(Filters(min_confidence=0.3 + number / 100))
        kept = many._rows.filtered.cache_info().misses
        many.places(often, sure=bool(number % 2))
        many.hidden(often, limit=number)
        assert many._rows.filtered.cache_info().misses == kept
    many.dyads(Filters(min_confidence=0.9))
    kept = many._rows.filtered.cache_info().misses
    many.options(often)
    assert many._rows.filtered.cache_info().misses == kept, "the first asked was asked for since"


def test_threads_may_share_a_query(many: Query) -> None:
    wanted = [Filters(types=(code,)) for code in EVENT_TYPES] * 2
    counts: dict[int, int] = {}

    def ask(number: int) -> None:
        counts[number] = many.count(wanted[number])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(wanted))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts.values()) == 2 * COUNT


def test_events_by_id_come_in_the_order_asked(many: Query) -> None:
    ids = many.events(ALL)["event_id"].tolist()
    asked = [ids[700], ids[3], ids[1200], ids[3]]
    found = many.events_with([*asked, -5])
    assert found["event_id"].tolist() == asked[:3]
    assert list(found.columns) == list(EVENT_COLUMNS)
    assert many.events_with([]).empty
