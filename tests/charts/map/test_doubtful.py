"""Doubtful places: left off the map, counted, hollow where asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from charts.map.deck import map_deck
from charts.map.doubtful import is_doubtful, sure_of_place
from charts.map.options import MapOptions
from charts.map.picture import map_picture
from events.model import PLACE_SURE
from tests.charts.tables import NO_PLACE, event, news, table

PLACE = ("place_id", "place_name", "place_country", "place_kind", "lat", "lon")
ROWS = [
    event(1, place_confidence=PLACE_SURE),
    event(2, place_confidence=PLACE_SURE - 0.01),
    event(3, place_confidence=0.3, **dict(zip(PLACE, ("4", "Beirut", "LBN", "city", 33.89, 35.5),
                                              strict=True))),
    event(4, **dict(zip(PLACE, NO_PLACE, strict=True))),
]  # fmt: skip
MIXED = table(ROWS)


def _layers(**more: Any) -> dict[str, Any]:
    deck = json.loads(map_deck(MIXED, MapOptions(**more)).figure.to_json())
    return {layer["id"]: layer for layer in deck["layers"]}


def test_only_located_events_below_the_threshold_are_doubtful() -> None:
    assert is_doubtful(MIXED).tolist() == [False, True, True, False]
    assert sure_of_place(MIXED)["event_id"].tolist() == [MIXED["event_id"][0], MIXED["event_id"][3]]


def test_a_table_without_certainties_has_nothing_doubtful() -> None:
    frame = news(30).drop(columns=["place_confidence"])
    assert not is_doubtful(frame).any()


@pytest.mark.parametrize("draw", [map_deck, map_picture])
def test_drawn_and_left_out_are_all_events(draw: Any) -> None:
    made = draw(MIXED)
    assert made.left_out == {"doubtful place": 2, "no place": 1}
    assert made.drawn + sum(made.left_out.values()) == made.rows == 4
    assert "2" in made.notes[0]
    shown = draw(MIXED, MapOptions(doubtful=True))
    assert (shown.drawn, shown.left_out) == (3, {"no place": 1})


def test_hollow_marks_are_drawn_on_demand_only() -> None:
    assert "doubtful" not in _layers()
    rows = _layers(doubtful=True)["doubtful"]
    assert rows["stroked"] is True
    assert rows["filled"] is False
    told = rows["data"]
    assert {one["place_ids"] for one in told} == {"2", "4"}
    assert all(one["kind"] == "doubtful" and "doubtful" in one["tip"] for one in told)
