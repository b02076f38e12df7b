"""Actors named together: counted by sentence, never drawn over a link of their own."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from charts.actors.network import network
from charts.actors.network_layout import NetworkOptions
from charts.actors.network_picture import network_picture
from charts.actors.together import named_together, quoted_in
from charts.drawing import Line
from tests.charts.tables import news

EVENTS = pd.DataFrame(
    {"event_id": [1, 2], "article_id": [7, 7], "part": ["text"] * 2, "start": [0, 50]}
).assign(end=[40, 90])


def _mentions(*rows: tuple[str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["code", "start", "end"])
    return table.assign(article_id=7, part="text", kind="actor")


def test_pairs_are_counted_once_a_sentence() -> None:
    told = _mentions(("RUS", 0, 6), ("RUS", 10, 16), ("FRA", 20, 26), ("USA", 45, 48))
    assert named_together(EVENTS, told) == {("FRA", "RUS"): 1}
    assert quoted_in(EVENTS, told[told["code"] == "FRA"]) == [1]
    assert quoted_in(EVENTS, told[told["code"] == "USA"]) == []


def test_a_long_list_of_actors_names_no_pair() -> None:
    told = _mentions(*((f"A{n}", 50 + n, 51 + n) for n in range(12)))
    assert not named_together(EVENTS, told)


def test_dashed_links_join_actors_without_a_link() -> None:
    events = news(400)
    plain = network(events)
    codes = sorted(node["code"] for node in plain.figure["series"][0]["data"])
    linked = {frozenset((e["source"], e["target"])) for e in plain.figure["series"][0]["links"]}
    every = Counter({(a, b): 1 for a in codes for b in codes if a < b} | {("AAA", "ZZZ"): 9})
    links = network(events, NetworkOptions(together=every)).figure["series"][0]["links"]
    dashed = {frozenset((e["source"], e["target"])) for e in links if "together" in e}
    assert not dashed & linked
    assert frozenset(("AAA", "ZZZ")) not in dashed
    assert all(e["lineStyle"]["type"] == "dashed" for e in links if "together" in e)


def test_the_picture_has_the_dashed_links_and_says_so() -> None:
    table = news(60)
    shown = network(table)
    drawn = {(e["source"], e["target"]) for e in shown.figure["series"][0]["links"]}
    codes = sorted(node["code"] for node in shown.figure["series"][0]["data"])
    free = [
        (a, b)
        for a in codes
        for b in codes
        if a < b and (a, b) not in drawn and (b, a) not in drawn
    ]
    pairs = Counter(dict.fromkeys(free[:3], 2))
    with_pairs, without = (
        network_picture(table, NetworkOptions(together=pairs)),
        network_picture(table),
    )
    dashed, none = (
        [mark for mark in made.figure.marks() if isinstance(mark, Line) and mark.dash]
        for made in (with_pairs, without)
    )
    assert (len(dashed), len(none)) == (3, 0)
    assert with_pairs.alt == network(table, NetworkOptions(together=pairs)).alt != without.alt
    assert with_pairs.notes[-1] in with_pairs.alt
