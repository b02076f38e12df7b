"""The flow chart can be pointed at, and the bars of a pair hold what they count."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd

from charts.actors.dyads import count_edges, largest
from charts.actors.flows import flows
from charts.actors.flows_layout import MOST_RIBBONS, lay_out
from charts.timeline.tempo import dyad
from charts.timeline.tempo_counts import DyadOptions, count_dyad, in_bar, in_no_bar
from tests.charts.tables import event, news, table

TABLE = news(80)


def test_every_ribbon_and_node_has_a_place_to_click() -> None:
    figure = flows(TABLE).figure
    spots = Counter(tuple(map(str, found)) for trace in figure.data for found in trace.customdata)
    ribbons = {spot: n for spot, n in spots.items() if spot[2]}
    assert len(ribbons) == sum(shape.type == "path" for shape in figure.layout.shapes)
    assert min(ribbons.values()) >= 3
    nodes = [spot for spot in spots if not spot[2]]
    assert len(nodes) == sum(
        shape.type == "rect" and shape.xref != "paper" for shape in figure.layout.shapes
    )


def test_the_places_lie_inside_their_band() -> None:
    figure = flows(TABLE).figure
    low, high = figure.layout.yaxis.range[1], figure.layout.yaxis.range[0]
    assert all(low <= y <= high for trace in figure.data for y in trace.y)
    assert all(0 <= x <= 1 for trace in figure.data for x in trace.x)


def test_ribbons_too_thin_to_draw_are_counted_in_bars_and_notes() -> None:
    edges = count_edges(news(2000)).edges
    order = largest(edges, 12)
    kept = [edge for edge in edges if edge.source in order and edge.target in order]
    flow = lay_out(kept, order, 432.0)
    assert len(flow.ribbons) == MOST_RIBBONS
    assert flow.thin
    total = sum(edge.events for edge in kept)
    assert sum(r.events for r in (*flow.ribbons, *flow.thin)) == total
    assert sum(node.events for node in flow.sources) == total
    assert max(r.events for r in flow.thin) <= min(r.events for r in flow.ribbons)
    (told,) = [note for note in flows(news(2000)).notes if "thin" in note]
    assert str(len(flow.thin)) in told


def test_the_events_of_a_bar_are_as_many_as_it_counts() -> None:
    pairs = Counter(
        (s, t)
        for sources, targets in zip(TABLE["sources"], TABLE["targets"], strict=True)
        for s in sources
        for t in targets
        if s != t
    )
    (a, b), _number = pairs.most_common(1)[0]
    bars = [
        (custom, height)
        for trace in dyad(TABLE, DyadOptions(a=a, b=b)).figure.data
        for custom, height in zip(trace.customdata, trace.y, strict=True)
    ]
    assert bars
    for (_a, _b, first, last, quad), height in bars:
        days = (pd.Timestamp(first).date(), pd.Timestamp(last).date())
        assert int(in_bar(TABLE, a, b, *days, int(quad)).sum()) == abs(height)


def test_every_event_of_a_pair_is_in_one_bar_or_among_those_in_none() -> None:
    for a, b in (("RUS", "UKR"), ("ISR", "HEZ")):
        options = DyadOptions(a=a, b=b, width=850)
        found = dyad(TABLE, options)
        held = in_no_bar(TABLE, options).astype(int)
        for trace in found.figure.data:
            for _a, _b, first, last, quad in trace.customdata:
                days = (pd.Timestamp(first).date(), pd.Timestamp(last).date())
                held += in_bar(TABLE, a, b, *days, int(quad)).astype(int)
        rows = zip(TABLE["sources"], TABLE["targets"], strict=True)
        mine = [(a in s and b in t) or (b in s and a in t) for s, t in rows]
        assert held.tolist() == [int(one) for one in mine]
        assert found.drawn == sum(mine) - int(in_no_bar(TABLE, options).sum())


def test_where_most_dates_are_vague_the_bars_are_as_long_as_they() -> None:
    month = {"first": "2024-03-01", "last": "2024-03-31", "precision": "month"}
    year = {"first": "2023-01-01", "last": "2023-12-31", "precision": "year"}
    pair: dict[str, object] = {"sources": ["RUS"], "targets": ["UKR"]}
    months = table([event(n, story_id=n, **pair, **month) for n in range(3)])
    options = DyadOptions(a="RUS", b="UKR", width=850)
    assert count_dyad(months, options).unit == "month"
    years = table([event(n, story_id=n, **pair, **year) for n in range(3)])
    assert count_dyad(years, options).unit == "year"
    assert not in_no_bar(years, options).any()
    assert count_dyad(years, replace(options, unit="month")).drawn == 0
