"""Every kind of mark leads to the sentence it stands for."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from PIL import Image

from benchmarks.synthetic import write_events
from charts.actors.network import network
from charts.actors.network_layout import NetworkOptions
from charts.map.arcs import build_arcs
from charts.map.mercator import MapView
from charts.map.place_marks import spots
from charts.map.view import map_view
from events.filters import Filters
from events.query import Query
from pages import map
from pages.actors_parts.links import HEIGHT as LINKS_HEIGHT
from pages.shell import screen_width
from tests.browser import marks
from tests.browser.conftest import Visit, serve
from tests.hand_made import extractions, make_store

pytestmark = pytest.mark.browser
ENGLISH = pytest.mark.parametrize("visit", ["en-GB"], indirect=True)
QUOTES = {str(event.id): event.quote for made in extractions() for event in made.events}
WIDE = "2022-12-01..2024-12-31"  # the year of a corridor for grain, 2023, is in it


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The events that the dashboard of the tests shows."""
    folder = tmp_path_factory.mktemp("same") / "store"
    make_store(folder)
    return Query(folder).by_story.events(Filters())


def _quote(visit: Visit) -> str:
    visit.page.wait_for_selector(".fr-quote")
    visit.settle()
    return str(visit.page.inner_text(".fr-quote"))


def _behind(visit: Visit, page: str) -> set[str]:
    """The quotes behind a mark: the one shown, or each of the list, opened one after the other."""
    visit.page.wait_for_selector(f'.fr-quote, [class*="st-key-item_{page}_behind"]')
    visit.settle()
    if visit.page.locator(".fr-quote").count():
        return {_quote(visit)}
    found = set()
    items = visit.page.locator(f'[class*="st-key-item_{page}_behind"] button')
    for number in range(items.count()):
        items.nth(number).click()
        found.add(_quote(visit))
        visit.page.locator(".st-key-side_back button").click()
        visit.page.wait_for_selector(f'[class*="st-key-item_{page}_behind"]')
        visit.settle()
    return found


@pytest.mark.parametrize(
    ("kind", "wanted", "view"),
    [
        ("a point", "L'Élysée a condamné cette attaque vendredi.", "2024-11-15..2024-11-30"),
        ("a span", "Les manifestations durent depuis le 28 octobre.", "2024-11-15..2024-11-30"),
        ("a month", "Aid is to reach southern Lebanon in December.", WIDE),
        ("a year", "In 2023 the two sides had agreed on a corridor for grain.", WIDE),
    ],
)
def test_a_mark_of_the_timeline(tab: Visit, kind: str, wanted: str, view: str) -> None:
    best = next(event_id for event_id, quote in QUOTES.items() if quote == wanted)
    tab.turn(f"/timeline?view={view}")
    custom = marks.click(tab.page, f"c[0] === 'event' && c[1] === '{best}'")
    assert _quote(tab) == wanted, kind
    assert custom[1] in tab.page.url


@ENGLISH
def test_evidence_is_in_sight_on_a_tablet(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1024, "height": 768})
    visit.open("/timeline?view=2024-11-15..2024-11-30")
    marks.click(visit.page, "c[0] === 'event' && c[4] === '2024-11-29'")
    _quote(visit)
    box = visit.page.locator(".fr-quote").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 768


@ENGLISH
def test_the_map_stays_in_sight_above_the_evidence_on_a_tablet(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1024, "height": 768})
    visit.open(f"/map?event={next(iter(QUOTES))}")
    _quote(visit)
    visit.page.wait_for_timeout(2500)
    # the whole window: a part alone is drawn without what covers the rest
    window = Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")
    colours = window.crop((30, 240, 930, 390)).getcolors(1 << 20)
    assert colours is not None
    assert len(colours) > 20, "an empty ground has one colour"


def test_a_bar_of_the_density_strip(tab: Visit) -> None:
    tab.turn("/timeline?view=2024-11-15..2024-11-30")
    custom = marks.click(tab.page, "c[0] === 'density' && c[4] === '2024-11-29'")
    tab.page.wait_for_function("() => location.search.includes('2024-11-29..')")
    tab.settle()
    assert custom[4] <= "2024-11-29" <= custom[5]
    marks.click(tab.page, "c[0] === 'event' && c[4] === '2024-11-29'")
    assert _quote(tab) == "La police a dispersé la foule vendredi."


def test_a_cell_of_the_matrix(tab: Visit) -> None:
    tab.turn("/actors?chart=matrix")
    marks.click(tab.page, "c[0] === 'UKR' && c[1] === 'RUS'")
    assert _behind(tab, "actors") == {
        "On Tuesday Ukraine fired American missiles at a depot in Bryansk."
    }


def test_a_bar_of_a_pair_over_time(tab: Visit) -> None:
    tab.turn("/actors?chart=matrix&dyad=ISR%7CHEZ")
    marks.click(tab.page, "c[0] === 'ISR' && c[2].startsWith('2024-11')", chart=1)
    assert _quote(tab) == "Israel and Hezbollah agreed to a truce on 27 November; Beirut was quiet."


def test_a_link_and_a_node_of_the_flows(tab: Visit) -> None:
    tab.turn("/actors?chart=flows")
    marks.click(tab.page, "c[0] === 'UKR' && c[1] === 'RUS' && c[2]")
    assert _behind(tab, "actors") == {
        "On Tuesday Ukraine fired American missiles at a depot in Bryansk."
    }
    tab.page.locator(".st-key-evidence_close button").first.click()
    tab.settle()
    marks.click(tab.page, "c[0] === 'NATO' && !c[2]")
    # two reports of one event
    assert _behind(tab, "actors") == {"NATO and Ukraine will meet in Brussels on 26 November."}


def _at(visit: Visit, selector: str, x: float, y: float) -> None:
    """Click a spot of a canvas, in pixels from its top left corner."""
    box = visit.page.locator(selector).first.bounding_box()
    assert box is not None
    visit.page.mouse.move(box["x"] + x - 2, box["y"] + y - 1)
    visit.page.mouse.move(box["x"] + x, box["y"] + y, steps=3)
    visit.page.wait_for_timeout(500)
    visit.page.mouse.click(box["x"] + x, box["y"] + y)


@pytest.fixture
def links(events: pd.DataFrame) -> dict[str, Any]:
    """The network as the page draws it: its nodes and links, pixel by pixel."""
    drawn = network(
        events,
        NetworkOptions(width=screen_width.chart_width_of(screen_width.USUAL), height=LINKS_HEIGHT),
    )
    series: dict[str, Any] = drawn.figure["series"][0]
    return series


def test_a_node_of_the_network(tab: Visit, links: dict[str, Any]) -> None:
    tab.turn("/actors")
    tab.page.wait_for_timeout(1200)
    node = next(node for node in links["data"] if node["code"] == "TWN")
    _at(tab, "canvas", node["x"], node["y"])
    assert _behind(tab, "actors") == {"China threatened Taiwan with new drills."}


def test_an_edge_of_the_network(tab: Visit, links: dict[str, Any]) -> None:
    spots = {node["id"]: (node["x"], node["y"]) for node in links["data"]}
    edge = next(edge for edge in links["links"] if edge["source"] == "CHN")
    (x0, y0), (x1, y1) = spots[edge["source"]], spots[edge["target"]]
    bow = edge["lineStyle"]["curveness"]
    # ECharts bends a link to its left: the middle of a quadratic curve
    x = (x0 + x1) / 2 + (y0 - y1) * -bow / 2
    y = (y0 + y1) / 2 + (x1 - x0) * -bow / 2
    tab.turn("/actors")
    tab.page.wait_for_timeout(1200)
    _at(tab, "canvas", x, y)
    assert _behind(tab, "actors") == {"China threatened Taiwan with new drills."}
    assert "dyad=CHN%7CTWN" in tab.page.url


def _map(visit: Visit, view: MapView, lat: float, lon: float) -> None:
    """Click a place of the map, which stands with its middle in the middle of the canvas."""
    visit.page.wait_for_selector(".stDeckGlJsonChart canvas")
    visit.page.wait_for_timeout(2500)
    box = visit.page.locator(".stDeckGlJsonChart").bounding_box()
    assert box is not None
    x, y = view.xy(lat, lon)
    x, y = x - view.width / 2 + box["width"] / 2, y - view.height / 2 + box["height"] / 2
    _at(visit, ".stDeckGlJsonChart", x, y)


def _view(events: pd.DataFrame) -> MapView:
    points = [(spot.lat, spot.lon) for spot in spots(events, "en")]
    return map_view(points, map.map_width(screen_width.USUAL), map.HEIGHT)


def test_a_place_of_the_map(tab: Visit, events: pd.DataFrame) -> None:
    place = events[events["place_name"] == "Brussels"].iloc[0]
    tab.turn("/map")
    _map(tab, _view(events), place["lat"], place["lon"])
    assert _behind(tab, "map") == {"NATO and Ukraine will meet in Brussels on 26 November."}


def test_an_area_of_the_map(tab: Visit, events: pd.DataFrame) -> None:
    """Lebanon as a whole: a click in its north-east, away from Beirut."""
    tab.turn("/map?country=LBN")
    tab.page.wait_for_selector(".stDeckGlJsonChart canvas")
    tab.page.wait_for_timeout(2500)
    box = tab.page.locator(".stDeckGlJsonChart").bounding_box()
    assert box is not None
    _at(tab, ".stDeckGlJsonChart", box["width"] / 2 + 25, box["height"] / 2 - 45)
    assert _behind(tab, "map") == {"Aid is to reach southern Lebanon in December."}


def test_an_arc_of_the_map(tab: Visit, events: pd.DataFrame) -> None:
    view = _view(events)
    arc = next(
        a for a in build_arcs(events, view.zoom)[0] if (a.source, a.target) == ("FRA", "RUS")
    )
    lon, lat = arc.path[len(arc.path) // 2]
    tab.turn("/map?arcs=1")
    _map(tab, view, lat, lon)
    assert _behind(tab, "map") == {"L'Élysée a condamné cette attaque vendredi."}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Query]]:
    """A dashboard over more events than can be told apart in one view, and its store."""
    folder = tmp_path_factory.mktemp("many")
    write_events(6_000, folder / "store")
    with serve(folder / "store", folder / "log.txt") as address:
        yield address, Query(folder / "store").by_story


def _inside(query: Query, code: str, first: str, last: str) -> pd.DataFrame:
    """The events that an actor does (or suffers, nobody doing it), wholly inside some days."""
    days = Filters(actors=(code,), date_from=date.fromisoformat(first))
    found = query.events(replace(days, date_to=date.fromisoformat(last)))
    lane = [[*s, *t][0] for s, t in zip(found["sources"], found["targets"], strict=True)]
    return found[(found["first"] >= first) & (found["last"] <= last) & (pd.Series(lane) == code)]


@ENGLISH
def test_a_bin_of_many_events(visit: Visit, many: tuple[str, Query]) -> None:
    """A bin opens its days and lists as many events as it counts; each leads to its quote.

    That every bin counts what it lists is held by tests/pages/timeline_parts/test_bin_events.py.
    """
    visit.address, query = many
    visit.open("/timeline?view=all")
    before = visit.page.url
    few = "c[0] === 'bin' && /^[A-Z]{3}$/.test(c[3]) && /: 2$/.test(h)"
    mark = marks.find(visit.page, few)
    custom = marks.click(visit.page, few)
    visit.page.wait_for_function("before => location.href !== before", arg=before)
    visit.settle()
    assert f"view={custom[4]}..{custom[5]}" in visit.page.url
    wanted = _inside(query, *custom[3:6])
    assert len(wanted) == int(mark["hover"].rpartition(": ")[2])
    listed = visit.page.locator('[class*="st-key-item_timeline_behind"]')
    assert listed.count() == len(wanted)
    assert _behind(visit, "timeline") == set(wanted["quote"])


@ENGLISH
def test_a_place_that_came_apart_from_its_cluster(visit: Visit, many: tuple[str, Query]) -> None:
    """Zoomed in under the pointer, finer levels come from the server and lead to one place."""
    visit.address, query = many
    every = spots(query.events(Filters()), "en")
    view = map_view(
        [(spot.lat, spot.lon) for spot in every], map.map_width(screen_width.USUAL), map.HEIGHT
    )
    inner = (spot for spot in every if abs(spot.lat) < 30 and abs(spot.lon) < 60)
    place = max(inner, key=lambda spot: spot.events)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open("/map")
    visit.page.wait_for_selector(".stDeckGlJsonChart canvas")
    visit.page.wait_for_timeout(2500)
    box = visit.page.locator(".stDeckGlJsonChart").bounding_box()
    assert box is not None
    x, y = view.xy(place.lat, place.lon)
    x, y = x - view.width / 2 + box["width"] / 2, y - view.height / 2 + box["height"] / 2
    first = len(asked)
    visit.page.mouse.move(box["x"] + x, box["y"] + y)
    for _step in range(6):  # a step is about half a zoom; further, half a pixel would be too much
        visit.page.mouse.wheel(0, -120)
        visit.page.wait_for_timeout(120)
    visit.page.wait_for_timeout(2500)
    assert any("/media/" in url for url in asked[first:])
    _at(visit, ".stDeckGlJsonChart", x, y)
    visit.page.wait_for_selector('[class*="st-key-item_map_behind"]')
    visit.settle()
    visit.tells(f"{place.name} · {place.events} events")
