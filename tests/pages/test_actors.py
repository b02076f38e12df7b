"""The actors page: title, list and picture tell of the same links; no event of a pair is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from events.filters import Filters
from events.query import Query
from pages.actors_parts import controls, picks
from pages.shared import detail, side_panel


def _links(app: AppTest) -> set[tuple[str, str]]:
    """The links of the picture on the page."""
    series = json.loads(app.get("echarts_chart")[0].proto.spec)["series"][0]
    return {(link["source"], link["target"]) for link in series["links"]}


def _listed(app: AppTest) -> set[int]:
    keys = (str(button.key) for button in app.button)
    return {int(key.rpartition("_")[2]) for key in keys if key.startswith("item_actors_")}


def _html(app: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def _on(table: pd.DataFrame, links: set[tuple[str, str]]) -> set[int]:
    rows = zip(table["event_id"], table["sources"], table["targets"], strict=True)
    return {int(i) for i, s, t in rows if any((a, b) in links for a in s for b in t)}


@pytest.mark.parametrize(("lang", "title"), [("en", "one actor: "), ("fr", "d’un acteur\u00a0: ")])
def test_the_view_of_one_actor_has_its_title_and_its_events(
    lang: str, title: str, store: Path, open_page: Any
) -> None:
    whole = open_page("actors", lang)
    code = next(target for source, target in sorted(_links(whole)) if source == "RUS")
    app = open_page("actors", lang, actorview=code)
    links = _links(app)
    assert links < _links(whole)
    assert f"{title}" in _html(app)
    events = Query(store).by_story.events(Filters())
    assert _listed(app) == _on(events, links) != set()
    assert f"{len(_on(events, links))} " in _html(app)
    assert _listed(app) < _listed(whole) | _on(events, links)


def test_the_list_around_an_actor_of_a_large_store_is_cut_and_says_so(
    store: Path, open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = {("RUS", "UKR"), ("UKR", "RUS"), ("FRA", "RUS")}
    whole = set(picks.on_links(Filters(), links, "UKR")["event_id"])
    assert whole == _on(Query(store).by_story.events(Filters()), links)
    monkeypatch.setattr(detail, "LARGE", Query(store).by_story.count(Filters()) - 1)
    of_ukraine = set(picks.on_links(Filters(), links, "UKR")["event_id"])
    assert of_ukraine == whole & _on(Query(store).by_story.events(Filters(actors=("UKR",))), links)
    assert len(of_ukraine) < len(whole)
    app = open_page("actors", actorview="UKR")
    assert "the newest of this actor" in _html(app)
    assert "on its own links" in _html(app)


@pytest.mark.parametrize("asked", ["1", "2", "4", "7", "900"])
def test_the_threshold_that_is_named_is_the_one_that_is_drawn(
    asked: str, store: Path, open_page: Any
) -> None:
    app = open_page("actors", least=asked)
    (control,) = [box for box in app.selectbox if box.key == "actors_least"]
    named = int(control.value)
    pairs = Query(store).by_story.dyads(Filters())
    pairs = pairs[(pairs["source"] != "") & (pairs["target"] != "")]
    pairs = pairs[(pairs["source"] != pairs["target"]) & (pairs["events"] >= named)]
    assert _links(app) == set(zip(pairs["source"], pairs["target"], strict=True)) != set()
    assert ("or more" in _html(app)) == (named > 1)


def test_an_actor_without_a_link_is_not_put_in_the_middle(store: Path, open_page: Any) -> None:
    assert _links(open_page("actors", actorview="ZZZ")) == _links(open_page("actors"))


@pytest.mark.parametrize(("pair", "events", "outside"), [("RUS|UKR", 3, 1), ("HEZ|ISR", 2, 0)])
def test_a_pair_over_time_counts_and_lists_what_is_in_no_bar(
    pair: str, events: int, outside: int, store: Path, open_page: Any
) -> None:
    app = open_page("actors", dyad=pair)
    assert f"{events} events" in _html(app)
    assert (f"{events - outside} in a bar, {outside} in none" in _html(app)) == bool(outside)
    ways = [button for button in app.button if button.key == "dyad_outside"]
    assert len(ways) == min(1, outside)
    for way in ways:
        assert way.label.endswith(f": {outside}")
        table = Query(store).by_story.events(Filters())
        (year,) = table.loc[table["precision"] == "year", "event_id"]
        way.click().run()
        assert app.query_params["event"] in (str(year), [str(year)])


def test_a_pair_without_events_is_said_and_can_be_closed(store: Path, open_page: Any) -> None:
    app = open_page("actors", dyad="RUS|CHN")
    assert "No event between these two" in _html(app)
    app.button(key="dyad_close").click().run()
    assert "over time" not in _html(app)


def test_a_threshold_leaves_the_actor_in_the_middle_a_link(store: Path, open_page: Any) -> None:
    strong = {("RUS", "UKR"), ("X:étudiants", "GEO")}
    assert _links(open_page("actors", least="2")) == strong
    app = open_page("actors", least="2", actorview="NATO")
    (control,) = [box for box in app.selectbox if box.key == "actors_least"]
    assert control.value == 1
    assert _links(app) == {("NATO", "UKR")}


def test_a_circle_leads_to_the_events_on_the_links_drawn(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked: dict[str, Any] = {}

    def pick(title: str, page: str, ids: list[int], whole: int = 0) -> None:
        picked.update(title=title, ids=set(ids), whole=whole)

    monkeypatch.setattr(side_panel, "pick", pick)
    links = {("RUS", "UKR"), ("NATO", "UKR"), ("FRA", "RUS")}
    picks.actor("UKR", links, Filters())
    events = Query(store).by_story.events(Filters())
    assert picked["ids"] == _on(events, {("RUS", "UKR"), ("NATO", "UKR")})
    assert (picked["whole"], len(picked["ids"])) == (0, 3)
    monkeypatch.setattr(detail, "LARGE", 1)
    picks.actor("UKR", links, Filters())
    assert picked["whole"] == 3


@pytest.mark.parametrize(
    ("pairs", "kinds"),
    [
        (["RUS>UKR", "UKR>RUS", "USA>RUS", "RUS>USA"], 3),
        (["RUS>UKR", "USA>UKR", "FRA>UKR", "RUS>", ">UKR", "RUS>RUS"], 1),
        ([], 1),
    ],
)
def test_few_actors_have_no_matrix(pairs: list[str], kinds: int) -> None:
    sides = [pair.split(">") for pair in pairs]
    dyads = pd.DataFrame(sides, columns=["source", "target"]).assign(events=1)
    assert len(controls.offered(dyads)) == kinds
