"""Each page by itself: it draws, in both languages, and says what is missing."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from events.filters import Filters
from events.query import Query
from exports.pack import content
from exports.selection import select
from pages import articles
from pages.actors_parts import picks
from pages.shared import detail
from pages.shell import counting, states

PAGES = (
    *("overview", "timeline", "map", "actors", "articles", "review", "sources", "outlets"),
    *("notes", "left_out", "log", "help"),
)


def _text(app: AppTest) -> str:
    """All that the page says."""
    parts: list[Any] = [*app.markdown, *app.caption, *app.button, *app.get("html")]
    return "\n".join(
        str(getattr(p, "label", "") or getattr(p, "value", "") or _body(p)) for p in parts
    )


def _body(element: Any) -> str:
    return str(getattr(getattr(element, "proto", None), "body", ""))


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_draws(page: str, lang: str, store: Path, open_page: Any) -> None:
    app = open_page(page, lang)
    assert not app.exception
    assert "could not be drawn" not in _text(app)
    assert "n’a pas pu" not in _text(app)


@pytest.mark.parametrize("page", PAGES)
def test_without_a_store_a_page_says_what_to_do(page: str, empty: Path, open_page: Any) -> None:
    app = open_page(page)
    assert not app.exception
    if page not in ("help", "sources"):
        assert [b for b in app.button if b.key in ("load_samples", "samples_read")]


def test_the_account_adds_up(store: Path, open_page: Any) -> None:
    app = open_page("timeline", actor=["RUS"])
    account = Query(store).account(Filters(actors=("RUS",)))
    loaded, shown = account.loaded, account.shown
    assert 0 < account.stories < shown < loaded
    told = f"{account.stories} events told in {shown} of {loaded} reports"
    assert told in _text(app)
    assert f"{loaded - shown} reports hidden by filters" in _text(app)


def test_a_line_is_an_event_and_on_demand_a_report(store: Path, open_page: Any) -> None:
    events = Query(store).by_story.events(Filters())
    told = events.sort_values("reports").iloc[-1]
    app = open_page("timeline")
    line = next(b.label for b in app.button if str(b.key).endswith(f"_{told['event_id']}"))
    assert told["reports"] > 1
    assert f"{told['reports']} reports" in line
    app.button(key="rows_other").click().run()
    assert app.query_params["rows"] == "reports"
    assert not app.exception
    app.button(key="rows_other").click().run()
    assert "rows" not in app.query_params


@pytest.mark.parametrize("page", ["timeline", "map", "actors", "overview", "left_out"])
def test_a_link_may_ask_for_every_report(page: str, store: Path, open_page: Any) -> None:
    app = open_page(page, rows="reports")
    assert not app.exception
    assert "could not be drawn" not in _text(app)
    assert "rows_other" not in {b.key for b in app.button if b.label == "Every report"}
    with counting.fixed(counting.REPORTS):
        reports = len(detail.recent(Filters()))
    with counting.fixed(counting.EVENTS):
        assert len(detail.recent(Filters())) == Query(store).count_stories(Filters()) < reports


def test_a_chip_takes_its_filter_away(store: Path, open_page: Any) -> None:
    app = open_page("timeline", actor=["RUS"], type=["ASSAULT"])
    app.button(key="chip_actors_RUS").click().run()
    assert not app.exception
    assert [b.key for b in app.button if str(b.key).startswith("chip_")] == [
        "chip_types_ASSAULT",
        "chip_all",
    ]


def test_actors_and_places_that_nobody_knows_are_said_and_dropped(
    store: Path, open_page: Any
) -> None:
    app = open_page("timeline", actor=["RUS", "WAKANDA"], place=["UKR", "99999999999"])
    told = _text(app)
    assert "WAKANDA" in told
    assert "no such actor" in told
    assert "no such place" in told
    chips = {str(b.key) for b in app.button if str(b.key).startswith("chip_")}
    assert chips == {"chip_actors_RUS", "chip_places_UKR", "chip_all"}
    assert "was not understood" not in _text(open_page("timeline", actor=["FRA"], place=["JPN"]))


def test_an_invalid_link_says_so_and_shows_everything(store: Path, open_page: Any) -> None:
    app = open_page("timeline", **{"from": "yesterday", "status": "sure", "event": "<script>"})
    told = _text(app)
    assert "was not understood" in told
    assert "yesterday" in told
    assert "&lt;script&gt;" in told
    loaded = Query(store).count(Filters())
    assert f"told in {loaded} of {loaded} reports" in told


def test_nothing_matches_says_which_filter_to_loosen(store: Path, open_page: Any) -> None:
    app = open_page("map", actor=["CHN"], status=["planned"])
    ways = {str(b.key): b.label for b in app.button if str(b.key).startswith("loosen_")}
    expected = Query(store).by_story.count(Filters(statuses=("planned",)))
    assert f"{expected} events" in ways["loosen_actors_CHN"]
    app.button(key="loosen_actors_CHN").click().run()
    assert f"{expected} events told in" in _text(app)


def test_loosened_counts_are_what_would_be_shown(store: Path) -> None:
    filters = Filters(actors=("CHN",), statuses=("planned",))
    found = {name: events for name, _value, _words, events in states.loosened(filters)}
    count = Query(store).by_story.count
    assert found["actors"] == count(Filters(statuses=("planned",)))
    assert found["statuses"] == count(Filters(actors=("CHN",)))


@pytest.mark.parametrize("page", ["timeline", "map", "actors"])
def test_the_link_opens_the_evidence(page: str, store: Path, open_page: Any) -> None:
    events = Query(store).events(Filters(types=("ACCUSE",)))
    app = open_page(page, event=str(events["event_id"].iloc[0]))
    told = _text(app)
    assert "condamné" in told
    assert "22 November 2024" in told
    assert "counted from the publication" in told


def test_reports_of_a_story_are_named(store: Path, open_page: Any) -> None:
    events = Query(store).events(Filters(types=("ASSAULT",), langs=("fr",), text="Dnipro"))
    app = open_page("timeline", event=str(events["event_id"].iloc[0]))
    told = _text(app)
    assert "2 reports" in told
    assert "Northern Wire" in told


def test_an_article_shows_its_marks_and_never_its_html(store: Path, open_page: Any) -> None:
    articles = Query(store).articles(Filters())
    article = articles[articles["source"] == "Northern Wire"]["article_id"].iloc[0]
    events = Query(store).article_events(int(article))
    app = open_page("articles", article=str(article), event=str(events["event_id"].iloc[0]))
    told = _text(app)
    assert "fr-asked" in told
    assert "fr-date" in told
    assert "&lt;script&gt;" in told
    assert "<script>alert" not in told


def test_an_unknown_event_or_article_is_said(store: Path, open_page: Any) -> None:
    app = open_page("articles", article="12345")
    assert "not in the store" in _text(app)
    assert not open_page("timeline", event="12345").exception


def test_a_damaged_store_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Any
) -> None:
    (tmp_path / "store.json").write_text("{")
    monkeypatch.setenv("FRISE_STORE", str(tmp_path))
    app = open_page("timeline")
    assert not app.exception
    assert "cannot be read" in _text(app)
    assert str(tmp_path) in _text(app)


@pytest.mark.parametrize("page", ["overview", "actors"])
def test_lists_of_a_large_store_say_what_they_hold(
    page: str, store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "the newest" not in _text(open_page(page))
    monkeypatch.setattr(detail, "LARGE", 3)
    assert "the newest" in _text(open_page(page))


def test_the_article_page_fades_noise_and_says_why() -> None:
    rows = [
        {"reason": "share count", "part": "text", "start": 0, "end": 2},
        {"reason": "negated", "part": "text", "start": 4, "end": 9},
        {"reason": "duration", "part": "text", "start": 4, "end": 6},
    ]
    spans = articles.left_spans(rows)
    assert [(span.kind, span.start) for span in spans["text"]] == [("noise", 0), ("unreal", 4)]
    assert "share count" in spans["text"][0].title
    assert spans["title"] == []


def test_the_meaning_of_every_type_and_mode_can_be_read() -> None:
    from events.ontology import EVENT_TYPES, MODES
    from pages.shared import facts

    for code in EVENT_TYPES:
        for mode in ("", *MODES.get(code, ())):
            told = facts.meaning({"type": code, "mode": mode})
            assert len(told) > 30
            assert not mode or f"{mode}: " in told


def test_the_briefing_says_what_it_will_hold(store: Path, open_page: Any) -> None:
    """Before anything is made: numbers a section, and the bottom line with its sources."""
    app = open_page("briefing", actor=["RUS"])
    assert not app.exception
    told = _text(app)
    events = Query(store).events(Filters(actors=("RUS",)))
    best = content.content(select(Query(store), Filters(actors=("RUS",))))
    assert f"{len(best.table)} of {events['story_id'].nunique()}" in told
    assert f"{int(events['place_name'].eq('').sum())} without a place" in told
    for part in best.lead:
        assert part.heading in told
        assert all(html.escape(line.text) in told for line in part.lines)


@pytest.mark.parametrize(("lang", "words"), [("en", "until 1 Jan 2025"), ("fr", "1 est en retard")])
def test_the_overview_says_what_is_coming(
    store: Path, open_page: Any, lang: str, words: str
) -> None:
    app = open_page("overview", lang)
    assert not app.exception
    assert words in _text(app)


def test_a_large_briefing_is_only_counted(
    store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail, "LARGE", 3)
    app = open_page("briefing")
    assert not app.exception
    assert "only when the pack is made" in _text(app)


def test_events_cut_off_a_large_pair_or_flow_are_counted(
    store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail, "LARGE", 1)
    pairs = Query(store).by_story.dyads(Filters())
    both = pairs["source"].isin(("RUS", "UKR")) & pairs["target"].isin(("RUS", "UKR"))
    whole = int(pairs.loc[both, "events"].sum())
    table, missing = picks.between("RUS", "UKR", Filters())
    assert whole > 1
    assert missing == whole - len(table)
    app = open_page("actors", dyad="RUS|UKR", chart="matrix")
    assert not app.exception
    assert f"leave out {missing} later events" in _text(app)
    named = pairs["target"] != ""
    acting = int(pairs.loc[(pairs["source"] == "RUS") & named, "events"].sum())
    assert picks._all_in_flow("RUS", "", 0, Filters(), table) == acting
    ribbon = (pairs["source"] == "RUS") & (pairs["target"] == "UKR")
    hostile = int(pairs.loc[ribbon, "quad_4"].sum())
    assert picks._all_in_flow("RUS", "UKR", 4, Filters(), table) == hostile
    monkeypatch.setattr(detail, "LARGE", 20_000)
    assert picks.between("RUS", "UKR", Filters())[1] == 0
