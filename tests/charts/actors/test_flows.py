"""The flow chart can be pointed at, and the bars of a pair hold what they count."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd

from charts.actors.dyads import count_edges, largest
from charts.actors.flows import flows
from charts.actors.flows_layout import MOST_RIBBONS, lay_out
from charts.drawing import Path, Rect, Symbol
from charts.timeline.tempo import dyad
from charts.timeline.tempo_counts import DyadOptions, count_dyad, in_bar, in_no_bar
from tests.charts.tables import event, news, table

TABLE = news(80)


def test_every_ribbon_and_node_has_a_place_to_click() -> None:
    marks = flows(TABLE).figure.panels[-1].marks
    spots = Counter(m.target.custom for m in marks if isinstance(m, Symbol) and m.target)
    ribbons = {spot: n for spot, n in spots.items() if spot[2]}
    assert len(ribbons) == sum(isinstance(mark, Path) for mark in marks)
    assert min(ribbons.values()) >= 3
    nodes = [spot for spot in spots if not spot[2]]
    assert len(nodes) == sum(isinstance(mark, Rect) for mark in marks)


def test_the_places_lie_inside_their_band() -> None:
    panel = flows(TABLE).figure.panels[-1]
    assert panel.axes is not None
    low, high = panel.axes.y
    spots = [mark for mark in panel.marks if isinstance(mark, Symbol)]
    assert all(low <= spot.y <= high and 0 <= spot.x <= 1 for spot in spots)


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
    marks = dyad(TABLE, DyadOptions(a=a, b=b)).figure.marks()
    bars = [(m.target.custom, m.y1 - m.y0) for m in marks if isinstance(m, Rect) and m.target]
    assert bars
    for (_a, _b, first, last, quad), height in bars:
        days = (pd.Timestamp(str(first)).date(), pd.Timestamp(str(last)).date())
        assert int(in_bar(TABLE, a, b, *days, int(str(quad))).sum()) == height


def test_every_event_of_a_pair_is_in_one_bar_or_among_those_in_none() -> None:
    for a, b in (("RUS", "UKR"), ("ISR", "HEZ")):
        options = DyadOptions(a=a, b=b, width=850)
        found = dyad(TABLE, options)
        held = in_no_bar(TABLE, options).astype(int)
        for _a, _b, first, last, quad in (target.custom for target in found.figure.targets()):
            days = (pd.Timestamp(str(first)).date(), pd.Timestamp(str(last)).date())
            held += in_bar(TABLE, a, b, *days, int(str(quad))).astype(int)
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
