"""The pages benchmark keeps its section apart; what goes to a browser stays small."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import pages, sessions
from benchmarks.synthetic import write_events
from charts.map.deck import map_deck
from charts.map.options import MapOptions
from events.filters import Filters
from events.query import Query

# bytes of the map of 2,000 places, all zooms; packed on the wire it is about a fifth
MOST_OF_A_MAP = 4_500_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_events(100_000, tmp_path_factory.mktemp("many") / "store").location


def test_a_section_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "performance.md"
    target.write_text("# Performance\n\nFirst.\n", encoding="utf-8")
    for told in ("one", "two"):
        pages.write_section(target, f"## {told}\n")
    text = target.read_text(encoding="utf-8")
    assert text.startswith("# Performance\n\nFirst.\n")
    assert "two" in text
    assert "one" not in text
    assert text.count(pages.BEGIN) == text.count(pages.END) == 1


def test_links_of_sessions_are_different_and_show_events(store: Path) -> None:
    links = sessions.links(store, 20)
    assert len(set(links)) == 20
    query = Query(store)
    for link in links[::5]:
        name, _equals, value = link.partition("?")[2].partition("=")
        filters, problems = Filters.from_params({name: value})
        assert not problems
        assert query.count(filters) > 0


def test_a_map_of_many_places_stays_light(store: Path) -> None:
    places = Query(store).places(Filters())
    assert len(places) > 1_500
    deck = map_deck(places, MapOptions(width=850, height=470)).figure.to_json()
    assert len(deck) < MOST_OF_A_MAP
    layers = json.loads(deck)["layers"]
    assert sum(layer["id"].startswith("places-") for layer in layers) > 4


def test_days_of_articles_are_those_of_the_articles(store: Path) -> None:
    query = Query(store)
    days = query.article_days()["day"]
    told = query.articles(Filters())["published"].dropna()
    assert days.is_monotonic_increasing
    assert days.tolist() == sorted(set(told))
