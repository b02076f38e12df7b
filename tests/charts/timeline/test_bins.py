"""Level of detail: counts instead of marks, exact and honest about coarse dates."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from charts.timeline.bins import MARKS_LIMIT, Bin, bin_boxes, coarse_rows, read_bins
from charts.timeline.lanes import Lane
from charts.timeline.scene import lay_out
from charts.timeline.scene_axis import strip_note, strip_words
from charts.timeline.scene_model import TimelineOptions, TimelineScene
from charts.timeline.spans import next_start, start_of, to_date
from tests.charts.tables import event, news, table


def scene_of(frame: pd.DataFrame, **options: object) -> TimelineScene:
    return lay_out(frame, TimelineOptions(**options))  # type: ignore[arg-type]


def test_above_the_limit_there_are_bins_below_it_marks() -> None:
    many = table([event(n, story_id=n) for n in range(MARKS_LIMIT + 1)])
    assert scene_of(many).binned
    assert not scene_of(many.head(MARKS_LIMIT)).binned


def test_bins_count_every_event_in_view_once_a_lane() -> None:
    scene = scene_of(news(3000, days=200), lanes="type")
    assert scene.binned
    assert sum(item.events for item in scene.bins) == scene.drawn
    assert scene.drawn + sum(scene.left_out.values()) == 3000


def test_an_event_is_in_a_bin_only_where_its_whole_date_is() -> None:
    month = event(1, first=pd.Timestamp("2024-11-01"), last=pd.Timestamp("2024-11-30"))
    days = [event(n, story_id=n) for n in range(2, MARKS_LIMIT + 3)]
    scene = scene_of(table([{**month, "precision": "month"}, *days]), lanes="type")
    fine = [item for item in scene.bins if not item.coarse]
    (coarse,) = [item for item in scene.bins if item.coarse]
    assert all(to_date(item.first) == dt.date(2024, 11, 21) for item in fine)
    assert (to_date(coarse.first), to_date(coarse.last)) == (
        dt.date(2024, 11, 1),
        dt.date(2024, 11, 30),
    )


def test_boxes_of_one_lane_do_not_overlap_and_stay_in_it() -> None:
    scene = scene_of(news(3000, days=200))
    boxes = bin_boxes(scene.bins, 5.0)
    assert sum(sum(box.counts.values()) for box in boxes) == sum(b.events for b in scene.bins)
    for lane, place in enumerate(scene.lanes):
        mine = [box for box in boxes if box.bin.lane == lane]
        assert all(0 < box.top < box.bottom <= place.bottom - place.top for box in mine)
        tall = sorted((b.bin.first, b.top, b.bottom) for b in mine if not b.bin.coarse)
        for one, two in zip(tall, tall[1:], strict=False):
            assert one[0] != two[0] or one[2] <= two[1] + 0.01


def test_heights_follow_the_root_and_the_peak_of_a_lane_is_marked() -> None:
    bins = [Bin(0, day, day, 4, 50, False) for day in range(60)] + [Bin(0, 99, 99, 4, 5000, False)]
    boxes = {box.bin.first: box for box in bin_boxes(bins, 0.0)}
    assert boxes[99].peak
    assert not boxes[5].peak
    heights = [boxes[day].bottom - boxes[day].top for day in (99, 5)]
    assert heights[0] == pytest.approx(10 * heights[1])


def test_bins_of_the_store_are_read_with_their_lanes() -> None:
    lanes = [Lane("RUS", "Russia", 3), Lane("\x00other", "Others", 2)]
    bins = pd.DataFrame(
        {
            "first": pd.to_datetime(["2024-11-21", "2024-11-21", "NaT"]).astype("datetime64[s]"),
            "last": pd.to_datetime(["2024-11-21", "2024-11-21", "NaT"]).astype("datetime64[s]"),
            "key": ["RUS", "MLI", "RUS"],
            "quad": pd.Series([4, 1, 4], dtype="int8"),
            "coarse": [False, False, True],
            "events": [3, 2, 1],
        }
    )
    found = read_bins(bins, lanes)
    assert [(item.lane, item.quad, item.events) for item in found] == [(0, 4, 3), (1, 1, 2)]


def test_the_store_counts_for_a_table_too_large_to_hand_over() -> None:
    days = pd.date_range("2024-01-01", periods=300).astype("datetime64[s]")
    bins = pd.DataFrame({"first": days, "last": days, "key": "RUS", "quad": 4, "events": 4000})
    scene = scene_of(table([]), bins=bins)
    assert scene.lanes[0].lane.events == 1_200_000
    assert scene.lanes[0].name == "Russia"
    assert sum(item.events for item in scene.bins) == 1_200_000


@pytest.mark.parametrize("unit", ["week", "month", "quarter", "year", "decade"])
def test_calendar_units_follow_each_other(unit: str) -> None:
    day = dt.date(2024, 2, 29)
    start = start_of(day, unit)  # type: ignore[arg-type]
    assert start <= day < next_start(start, unit)  # type: ignore[arg-type]


def test_coarse_rows_are_one_a_length() -> None:
    bins = [Bin(0, 0, 30, 4, 1, True), Bin(0, 31, 58, 4, 1, True), Bin(0, 0, 364, 1, 1, True)]
    assert len(coarse_rows(bins, 0)) == 2


def test_the_strip_says_how_many_events_no_bar_of_it_holds() -> None:
    days = [event(n, first=f"2024-11-{n:02}", last=f"2024-11-{n:02}") for n in range(1, 21)]
    year = event(30, first="2024-01-01", last="2024-12-31", precision="year")
    scene = scene_of(table([*days, year]))
    assert scene.strip_rest == 1
    assert int(scene.strip["events"].sum()) == 20
    assert strip_words(scene, "en") == ("All days", "20 of 21")
    assert "1 event dated" in strip_note(scene, "en")
    assert strip_words(scene_of(table(days)), "fr") == ("Tous les jours", "20 événements")


def test_the_store_tells_what_no_bar_of_the_strip_holds() -> None:
    ends = {"first": ["2024-11-01", "2024-01-01"], "last": ["2024-11-30", "2024-12-31"]}
    density = pd.DataFrame({**ends, "quad": 3, "events": [40, 7], "coarse": [False, True]})
    scene = lay_out(table([]), TimelineOptions(density=density, bins=density.assign(key="RUS")))
    assert (int(scene.strip["events"].sum()), scene.strip_rest, scene.rows) == (40, 7, 47)
