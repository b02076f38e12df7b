"""The actor network: deterministic, names apart, hidden things counted."""

from __future__ import annotations

import itertools
import json
from collections import Counter

import pandas as pd
import pytest

from charts.actors.dyads import count_edges, select, sizes
from charts.actors.flows_layout import lay_out as lay_out_flow
from charts.actors.network import balance_key, network
from charts.actors.network_layout import NetworkOptions, _boxes, lay_out, name_box
from charts.actors.network_picture import network_picture
from charts.chart import ThemeName
from charts.map.place_marks import overlaps
from charts.sheet import names
from charts.sheet.theme import mix, theme_of
from tests.charts.tables import event, news, table

NEWS = news(400)
SECTORS = ("MIL", "POL", "CVL", "LEG", "REB", "OPP", "JUD", "MED")


def test_the_layout_is_the_same_every_time_and_in_any_order() -> None:
    first = network(NEWS).figure
    again = network(NEWS.sample(frac=1.0, random_state=5)).figure
    places = [[(n["id"], n["x"], n["y"]) for n in f["series"][0]["data"]] for f in (first, again)]
    assert places[0] == places[1]


@pytest.mark.parametrize("ego", [None, "ISR"])
def test_names_and_nodes_never_overlap_and_stay_in_the_picture(ego: str | None) -> None:
    found = lay_out(NEWS, NetworkOptions(ego=ego))
    boxes = [name_box(node) for node in found.nodes]
    assert len(boxes) > 5
    for number, box in enumerate(boxes):
        assert box[0] >= 0
        assert box[2] <= 1180
        assert not any(overlaps(box, other) for other in boxes[number + 1 :])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_long_names_keep_apart_on_a_telephone(lang: str) -> None:
    """Parts of states have the longest names; a small picture holds the strongest actors."""
    parts = [f"{state}:{part}" for state in ("ISR", "KOR", "HTI", "GEO") for part in SECTORS]
    pairs = [("ISR", code, parts[-number]) for number, code in enumerate(parts)]
    rows = [event(i, sources=[a, b], targets=[c]) for i, (a, b, c) in enumerate(pairs)]
    found = lay_out(table(rows), NetworkOptions(width=350, height=470, lang=lang))
    boxes = [name_box(node) for node in found.nodes]
    assert 15 < len(boxes) < len(parts)
    assert found.hidden.hidden_actors == len({"ISR", *parts}) - len(boxes)
    assert not any(overlaps(one, other) for one, other in itertools.combinations(boxes, 2))


def test_what_the_threshold_hides_is_counted() -> None:
    chart = network(NEWS, NetworkOptions(min_events=3))
    assert chart.rows == 400 == chart.drawn + sum(chart.left_out.values())
    assert chart.left_out["below the threshold"] > 0
    assert all(link["events"] >= 3 for link in chart.figure["series"][0]["links"])
    dyads = count_edges(NEWS)
    chosen = select(dyads.edges, 3, None, 40)
    assert len(chosen.edges) + chosen.hidden_edges == len(dyads.edges)


def test_the_view_of_one_actor_holds_its_neighbours_only() -> None:
    links = network(NEWS, NetworkOptions(ego="ISR")).figure["series"][0]["links"]
    near = {"ISR"} | {link["source"] for link in links if link["target"] == "ISR"}
    near |= {link["target"] for link in links if link["source"] == "ISR"}
    assert {link["source"] for link in links} | {link["target"] for link in links} == near


@pytest.mark.parametrize("ego", ["ISR", "FRA"])
def test_the_actor_of_the_view_stands_in_the_middle(ego: str) -> None:
    found = lay_out(NEWS, NetworkOptions(ego=ego))
    (node,) = [node for node in found.nodes if node.code == ego]
    assert abs(node.x - 590) < 60
    assert abs(node.y - 310) < 60


@pytest.mark.parametrize("ego", [None, "ISR"])
def test_each_event_that_is_not_drawn_is_counted_for_one_reason(ego: str | None) -> None:
    chart = network(NEWS, NetworkOptions(ego=ego, min_events=2, max_nodes=4))
    assert chart.rows == 400 == chart.drawn + sum(chart.left_out.values())
    assert ("away from the actor in the middle" in chart.left_out) == (ego is not None)
    assert chart.left_out["beyond the strongest links"] > 0
    few = {(row["source"], row["target"]) for row in chart.figure["series"][0]["links"]}
    rows = zip(NEWS["sources"], NEWS["targets"], strict=True)
    told = sum(any((a, b) in few for a in s for b in t) for s, t in rows)
    assert chart.drawn == told


def test_nodes_and_links_lead_to_events() -> None:
    figure = network(NEWS).figure
    codes = {node["code"] for node in figure["series"][0]["data"]}
    rows = zip(NEWS["sources"], NEWS["targets"], strict=True)
    told = Counter((s, t) for sources, targets in rows for s in sources for t in targets)
    for link in figure["series"][0]["links"]:
        assert {link["source"], link["target"]} <= codes
        assert link["events"] == told[link["source"], link["target"]]
    json.dumps(figure)


@pytest.mark.parametrize("ego", [None, "ISR"])
def test_of_many_links_the_strongest_are_drawn_and_the_others_counted(ego: str | None) -> None:
    every = count_edges(NEWS).edges
    whole = select(every, 1, ego, 40, most_edges=10_000)
    few = select(every, 1, ego, 40, most_edges=30)
    assert len(few.edges) == 30 < len(whole.edges)
    assert few.hidden_edges == len(every) - 30
    assert [e for e in whole.edges if e in few.edges] == few.edges
    if ego is None:  # each actor keeps its strongest link
        strongest = {max((e for e in whole.edges if code in (e.source, e.target)),
                         key=lambda e: e.events).events
                     for code in sizes(few.edges)}  # fmt: skip
        assert max(strongest) == few.edges[0].events
        assert set(sizes(few.edges)) == set(sizes(whole.edges)) or len(sizes(whole.edges)) > 30
    else:
        assert sum(ego in (e.source, e.target) for e in few.edges) == min(
            30, sum(ego in (e.source, e.target) for e in whole.edges)
        )


def test_counts_of_the_store_give_the_same_edges() -> None:
    edges = count_edges(NEWS).edges
    rows = [
        {
            "source": edge.source,
            "target": edge.target,
            "events": edge.events,
            "score": edge.score,
            **{f"quad_{quad}": edge.counts.get(quad, 0) for quad in (1, 2, 3, 4)},
        }
        for edge in edges
    ]
    read = count_edges(pd.DataFrame(rows)).edges
    assert [(e.source, e.target, e.events, e.counts) for e in read] == [
        (e.source, e.target, e.events, e.counts) for e in edges
    ]


def test_names_in_tooltips_are_escaped() -> None:
    row = event(1, sources=["X:<script>{b}</script>"])
    text = json.dumps([n["tooltip"] for n in network(table([row])).figure["series"][0]["data"]])
    assert "<script>" not in text
    assert "{b}" not in text


def test_an_event_on_two_links_counts_once_for_its_actor() -> None:
    rows = table([event(1, sources=["USA"], targets=["RUS", "UKR"]), event(2, targets=["UKR"])])
    dyads = count_edges(rows)
    told = dyads.of_actors([edge for edge in dyads.edges if edge.source == "USA"])
    assert told == {"USA": 1, "RUS": 1, "UKR": 1}
    found = lay_out(rows, NetworkOptions(width=850, height=470))
    assert {node.code: node.events for node in found.nodes}["USA"] == 1


@pytest.mark.parametrize("ego", [None, "USA"])
@pytest.mark.parametrize("targets", [["RUS"], ["RUS", "UKR"]])
def test_a_picture_of_few_actors_has_a_height(ego: str | None, targets: list[str]) -> None:
    """Without one the browser draws ellipses for circles."""
    series = network(
        table([event(1, sources=["USA"], targets=targets)]), NetworkOptions(ego=ego)
    ).figure["series"]
    heights = [node["y"] for node in series[0]["data"]]
    assert max(heights) - min(heights) == pytest.approx(series[0]["height"])
    assert series[0]["height"] > 50


def test_no_pair_no_network_and_each_reason_is_counted() -> None:
    parties = [([], []), (["RUS"], []), ([], ["UKR"]), (["RUS"], ["RUS"])]
    rows = [event(n, sources=s, targets=t) for n, (s, t) in enumerate(parties)]
    chart = network(table(rows))
    wanted = {"no actor": 1, "one side only": 2, "an actor on itself": 1}
    assert chart.left_out == wanted
    assert chart.figure["series"][0]["data"] == []
    counts = [
        {"source": "".join(s), "target": "".join(t), "events": 1, "score": 0.0,
         **{f"quad_{n}": 0 for n in (1, 2, 3, 4)}}
        for s, t in parties
    ]  # fmt: skip
    assert network(pd.DataFrame(counts)).left_out == wanted


def test_ribbons_fill_their_nodes() -> None:
    dyads = count_edges(NEWS)
    codes = sorted({e.source for e in dyads.edges} | {e.target for e in dyads.edges})
    flow = lay_out_flow(dyads.edges, codes, 500.0)
    every = [*flow.ribbons, *flow.thin]
    for node in flow.sources:
        mine = [ribbon for ribbon in every if ribbon.edge.source == node.code]
        assert sum(r.height for r in mine) == pytest.approx(node.bottom - node.top)
    assert max(node.bottom for node in flow.sources + flow.targets) <= 500.01


def test_unconnected_groups_share_the_picture() -> None:
    boxes = _boxes([12, 3, 2, 2], 850.0, 470.0)
    areas = [width * height for _left, _top, width, height in boxes]
    assert sum(areas) == pytest.approx(850 * 470)
    assert areas[0] == max(areas)
    assert min(areas) > 0.08 * sum(areas)
    for (x, y, w, h), (x2, y2, w2, h2) in itertools.combinations(boxes, 2):
        assert (
            x + w <= x2 + 1e-6 or x2 + w2 <= x + 1e-6 or y + h <= y2 + 1e-6 or y2 + h2 <= y + 1e-6
        )


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_long_names_are_written_in_lines_not_cut(lang: str) -> None:
    codes = ["UNO", "ICC", "X:International Civil Aviation Organization of the Pacific States"]
    rows = [event(n, sources=[code], targets=["USA"]) for n, code in enumerate(codes)]
    found = lay_out(table(rows), NetworkOptions(width=850, height=470, lang=lang))
    assert {" ".join(node.lines) for node in found.nodes} == {
        names.actor(code, lang) for code in [*codes, "USA"]
    }
    assert max(len(node.lines) for node in found.nodes) > 1
    shown = network(table(rows), NetworkOptions(lang=lang)).figure["series"][0]["data"]
    assert {node["name"].replace("\n", " ") for node in shown} == {n.name for n in found.nodes}
    told = set(network_picture(table(rows), NetworkOptions(lang=lang)).figure.texts())
    assert {line for node in found.nodes for line in node.lines} <= told


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_key_has_the_colours_of_the_links(theme: ThemeName) -> None:
    look = theme_of(theme)
    conflict, balance, cooperation = (colour for colour, _words in balance_key(look, "en"))
    pairs = ((conflict, -10.0), (balance, 0.0), (cooperation, 10.0))
    for colour, score in pairs:
        rows = table([event(1, score=score)])
        (link,) = network(rows, NetworkOptions(theme=theme)).figure["series"][0]["links"]
        style = link["lineStyle"]
        assert mix(style["color"], look.background, 1 - style["opacity"]) == colour
        words = set(network_picture(rows, NetworkOptions(theme=theme)).figure.texts())
        assert {word for _colour, word in balance_key(look, "en")} <= words
