"""The flow chart can be pointed at, and the bars of a pair hold what they count."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from charts.flows import flows
from charts.tempo import dyad, in_bar
from tests.charts.tables import news

TABLE = news(80)


def test_every_ribbon_and_node_has_a_place_to_click() -> None:
    figure = flows(TABLE).figure
    spots = Counter(tuple(map(str, found)) for found in figure.data[0].customdata)
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
    assert all(low <= y <= high for y in figure.data[0].y)
    assert all(0 <= x <= 1 for x in figure.data[0].x)


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
        for trace in dyad(TABLE, a, b).figure.data
        for custom, height in zip(trace.customdata, trace.y, strict=True)
    ]
    assert bars
    for (_a, _b, first, last, quad), height in bars:
        days = (pd.Timestamp(first).date(), pd.Timestamp(last).date())
        assert int(in_bar(TABLE, a, b, *days, int(quad)).sum()) == abs(height)
