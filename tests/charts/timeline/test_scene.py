"""The layout of the timeline: everything counted, nothing on top of anything, always the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pytest

from charts.sheet.hover import event_hover
from charts.sheet.measure import text_width
from charts.sheet.theme import LABEL_SIZE
from charts.timeline.lanes import LANE_KINDS, OTHER, LaneKind, build_lanes
from charts.timeline.marks import BOUNDED, Mark
from charts.timeline.scene import lay_out
from charts.timeline.scene_model import LANE_PADDING, ROW, TimelineOptions, TimelineScene
from charts.timeline.stacking import BADGE_WIDTH
from charts.timeline.subjects import subject_keys
from charts.timeline.ties import ties
from events.difference_words import day_words
from tests.charts.tables import event, news, table

WIDE = dt.date(2024, 1, 1), dt.date(2024, 12, 31)


def scene_of(frame: pd.DataFrame, **options: Any) -> TimelineScene:
    return lay_out(frame, TimelineOptions(**options))


def drawn_ids(scene: TimelineScene) -> set[int]:
    """Ids of all rows under marks and badges."""
    rows = {row for mark in scene.marks() for row in mark.rows}
    rows |= {row for badge in scene.badges() for row in badge.rows}
    ids = scene.shown["event_id"].tolist()
    return {int(ids[row]) for row in rows}


@pytest.mark.parametrize("lanes", LANE_KINDS)
@pytest.mark.parametrize("size", [1, 60, 400])
def test_every_event_is_drawn_or_counted(lanes: LaneKind, size: int) -> None:
    frame = news(size)
    scene = scene_of(frame, lanes=lanes)
    assert scene.drawn + sum(scene.left_out.values()) == scene.rows == size
    assert len(drawn_ids(scene)) == scene.drawn
    undated = frame["first"].isna() & frame["last"].isna()
    assert scene.left_out.get("undated", 0) == int(undated.sum())


def test_events_outside_the_view_are_counted_by_side() -> None:
    days = ["2024-11-01", "2024-11-20", "2024-11-21", "2024-12-24"]
    rows = [event(n, first=pd.Timestamp(d), last=pd.Timestamp(d)) for n, d in enumerate(days)]
    scene = scene_of(table(rows), view=(dt.date(2024, 11, 19), dt.date(2024, 11, 22)))
    assert scene.left_out == {"before the days shown": 1, "after the days shown": 1}
    assert scene.drawn == 2


def undated(number: int, lower: str | None, upper: str | None) -> dict[str, Any]:
    days = {"bounds_from": pd.Timestamp(lower or "NaT"), "bounds_to": pd.Timestamp(upper or "NaT")}
    return event(number, first=pd.NaT, last=pd.NaT, precision="", **days)


def test_what_the_text_bounds_is_drawn_hollow_where_it_may_lie() -> None:
    rows = [undated(1, "2024-11-20", "2024-11-21"), undated(2, None, "2024-11-22")]
    rows += [undated(3, None, "2024-12-30"), undated(4, None, None)]
    scene = scene_of(table(rows), view=(dt.date(2024, 11, 19), dt.date(2024, 11, 24)))
    found = {mark.rows[0]: mark for mark in scene.marks()}
    assert {mark.status for mark in found.values()} == {BOUNDED}
    assert not any(mark.dot for mark in found.values())
    assert [found[n].open_start for n in (0, 1)] == [False, True]
    assert scene.left_out == {"undated": 1, "after the days shown": 1}
    assert scene.strip.empty  # a bound is no date: the strip counts days
    assert day_words(scene.records[0], "en", short=False) == "undated, within 20–21 November 2024"


def test_an_interval_that_covers_the_view_is_drawn() -> None:
    year = event(
        first=pd.Timestamp("2024-01-01"), last=pd.Timestamp("2024-12-31"), precision="year"
    )
    scene = scene_of(table([year]), view=(dt.date(2024, 6, 1), dt.date(2024, 6, 30)))
    (mark,) = {mark.rows: mark for mark in scene.marks()}.values()
    assert (mark.x0, mark.x1) == (scene.scale.left, scene.scale.right)


@pytest.mark.parametrize(
    ("precision", "first", "last", "days"),
    [
        ("week", "2024-11-18", "2024-11-24", 7),
        ("month", "2024-11-01", "2024-11-30", 30),
        ("quarter", "2024-10-01", "2024-12-31", 92),
        ("year", "2024-01-01", "2024-12-31", 366),
        ("span", "2024-11-18", "2024-11-21", 4),
    ],
)
def test_the_length_of_a_bar_is_its_precision(
    precision: str, first: str, last: str, days: int
) -> None:
    row = event(precision=precision, first=pd.Timestamp(first), last=pd.Timestamp(last))
    scene = scene_of(table([row]), view=WIDE, lanes="type")
    (mark,) = scene.marks()
    assert not mark.dot
    assert mark.x1 - mark.x0 == pytest.approx(days * scene.scale.day_width)


def test_a_day_is_a_dot_at_its_noon() -> None:
    scene = scene_of(table([event()]), lanes="type")
    (mark,) = scene.marks()
    assert mark.dot
    assert (mark.x0 + mark.x1) / 2 == pytest.approx(scene.scale.x(mark.first + 0.5))


@pytest.mark.parametrize("side", ["start", "end"])
def test_an_open_side_reaches_past_the_known_day(side: str) -> None:
    known: dict[str, Any] = {"first": pd.NaT} if side == "start" else {"last": pd.NaT}
    row = event(precision="span", **{f"open_{side}": True}, **known)
    scene = scene_of(table([row]), view=WIDE, lanes="type")
    (mark,) = scene.marks()
    assert mark.open_start == (side == "start")
    assert mark.open_end == (side == "end")
    assert mark.x1 - mark.x0 > 5 * scene.scale.day_width


def overlap(spans: list[tuple[float, float]]) -> bool:
    ordered = sorted(spans)
    return any(a[1] > b[0] + 0.01 for a, b in zip(ordered, ordered[1:], strict=False))


def label_span(mark: Mark) -> tuple[float, float]:
    return mark.label_x, mark.label_x + text_width(mark.label, LABEL_SIZE)


@pytest.mark.parametrize("size", [60, 400, 1500])
@pytest.mark.parametrize("lanes", ["actor", "place", "subject"])
def test_marks_and_labels_of_a_row_never_overlap(size: int, lanes: LaneKind) -> None:
    scene = scene_of(news(size), lanes=lanes)
    rows: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for mark in scene.marks():
        taken = rows.setdefault((mark.lane, mark.row), [])
        taken.append((mark.begin, max(mark.x1, mark.end)))
        inside = mark.x0 <= mark.label_x and label_span(mark)[1] <= mark.x1
        if mark.label and not inside:
            taken.append(label_span(mark))
    assert len(rows) > 3
    assert not any(overlap(spans) for spans in rows.values())


def test_labels_stay_in_the_plot() -> None:
    scene = scene_of(news(400))
    labelled = [mark for mark in scene.marks() if mark.label]
    assert len(labelled) > 10
    for mark in labelled:
        assert mark.label_x >= scene.scale.left - 0.01
        assert label_span(mark)[1] <= scene.scale.right + 0.01


def test_no_label_crosses_a_line() -> None:
    """The cut-off stands where news is densest."""
    cut = dt.date(2024, 11, 24)
    scene = scene_of(news(400), cutoff=cut, today=dt.date(2024, 11, 20))
    lines = [line.x for line in scene.lines]
    assert len(lines) == 2
    crossed = [
        m.label for m in scene.marks() for x in lines
        if m.label and label_span(m)[0] < x < label_span(m)[1]
    ]  # fmt: skip
    assert not crossed
    assert sum(bool(mark.label) for mark in scene.marks()) > 10


def test_headlines_stand_one_a_row_in_order_of_time() -> None:
    frame = news(400)
    frame = frame[frame["first"].notna()].drop_duplicates("story_id").head(12)
    scene = scene_of(frame, headlines=True, cutoff=dt.date(2024, 11, 20))
    marks = sorted(scene.marks(), key=lambda mark: mark.row)
    assert [mark.row for mark in marks] == list(range(len(marks)))
    assert [mark.first for mark in marks] == sorted(mark.first for mark in marks)
    (line,) = scene.lines
    for mark in (mark for mark in marks if mark.label):
        x0, x1 = mark.label_x, mark.label_x + mark.label_width
        assert scene.scale.left <= x0 < x1 <= scene.scale.right + 0.01
        assert not x0 < line.x < x1
        assert x1 <= mark.x0 or x0 >= mark.x1
    assert sum(bool(mark.label) for mark in marks) > 8
    assert [box.name for box in scene.lanes] == [""]


def test_key_events_are_the_weightiest_in_view_and_the_rest_is_counted() -> None:
    frame = news(400)
    every, key = scene_of(frame), scene_of(frame, key_events=10)
    assert key.shown["story_id"].nunique() == 10
    assert key.left_out["less weighty than the key events"] == every.drawn - key.drawn
    assert key.drawn + sum(key.left_out.values()) == key.rows == 400
    assert key.strip.equals(every.strip)
    assert scene_of(frame, key_events=9_999).drawn == every.drawn


def test_main_events_are_larger_and_first() -> None:
    rows = [event(n, story_id=n, weight=weight, confidence=0.9 - n / 10)
            for n, weight in enumerate([0, 1, pd.NA, 2])]  # fmt: skip
    marks = {m.rows[0]: m for m in scene_of(table(rows), lanes="type").marks()}
    sizes = [marks[n].size for n in range(4)]
    assert sizes[0] < sizes[1] == sizes[2] < sizes[3]
    assert max(marks.values(), key=lambda m: m.rank).rows == (3,)


def days_of(*days: str) -> list[dict[str, Any]]:
    return [event(n, first=pd.Timestamp(d), last=pd.Timestamp(d)) for n, d in enumerate(days)]


BUSY = [f"2024-11-{day:02d}" for day in range(10, 29)] * 3
STRIPS = [  # days of the events, smallest share of the strip that 10 to 28 November takes
    (["2012-01-01", "2014-05-01", *BUSY, "2025-06-01"], 0.2),
    (BUSY, 0.99),
    ([f"{year}-06-15" for year in range(1990, 2024)] * 4, 0.0),
]


@pytest.mark.parametrize("counted", [False, True])
@pytest.mark.parametrize(("days", "least"), STRIPS)
def test_the_strip_gives_the_busy_days_room(days: list[str], least: float, counted: bool) -> None:
    frame = table(days_of(*days))
    view = dt.date(2024, 11, 10), dt.date(2024, 11, 28)
    density = frame.assign(events=1) if counted else None
    scene = scene_of(frame, view=view, density=density)
    scale = scene.strip_scale
    assert (scene.scale.last - scene.scale.first + 1) / (scale.last - scale.first + 1) >= least
    assert scale.first <= scene.scale.first
    assert scale.last >= scene.scale.last
    held = int(scene.strip["events"].sum())
    assert held + scene.strip_rest + sum(scene.strip_outside) == len(days)
    assert scene.strip_outside == ((2, 1) if "2012-01-01" in days else (0, 0))


def test_badges_count_what_found_no_room_and_never_touch() -> None:
    rows = [event(n, story_id=n) for n in range(300)]
    scene = scene_of(table(rows), lanes="type")
    marks, badges = scene.marks(), scene.badges()
    assert len(marks) + sum(badge.marks for badge in badges) == 300
    assert badges
    widest = max(text_width(f"+{badge.marks}", 9.5, 600) for badge in badges)
    assert widest < BADGE_WIDTH
    assert not overlap([(b.x - BADGE_WIDTH / 2, b.x + BADGE_WIDTH / 2) for b in badges])


def test_a_mark_lies_in_its_lane() -> None:
    scene = scene_of(news(400))
    for mark in scene.marks():
        box = scene.lanes[mark.lane]
        assert box.top <= scene.mark_y(mark) - ROW / 2 + LANE_PADDING
        assert scene.mark_y(mark) + ROW / 2 <= box.bottom
    tops = [box.top for box in scene.lanes]
    assert tops == sorted(tops)


def test_reports_of_one_story_are_one_mark_with_their_number() -> None:
    rows = [event(n, story_id=5, source=source) for n, source in enumerate(["A", "B", "C"])]
    rows.append(event(9, story_id=5, status="denied"))
    scene = scene_of(table(rows), lanes="type")
    assert sorted(mark.count_text for mark in scene.marks()) == ["", "×3"]


def test_the_weightiest_event_has_a_label() -> None:
    rows = [event(n, story_id=n, confidence=0.4) for n in range(60)]
    rows += [event(100 + n, story_id=500, source=f"Outlet {n}", targets=["ISR"]) for n in range(4)]
    scene = scene_of(table(rows), lanes="type")
    heaviest = max(scene.marks(), key=lambda mark: mark.rank)
    assert "Israel" in heaviest.label


def test_the_same_table_gives_the_same_layout_in_any_order() -> None:
    frame = news(200)
    one = scene_of(frame)
    other = scene_of(frame.sample(frac=1.0, random_state=3))
    assert [box.lane for box in one.lanes] == [box.lane for box in other.lanes]
    assert one.height == other.height
    assert one.marks() == scene_of(frame).marks()


def test_lanes_beyond_the_limit_go_together() -> None:
    frame = news(400)
    lanes, placed = build_lanes(frame, "actor", 5, "en")
    assert len(lanes) == 5
    assert OTHER in [lane.key for lane in lanes]
    assert all(numbers for numbers in placed)


def test_an_empty_table_and_a_table_without_dates_have_a_layout() -> None:
    empty = scene_of(table([]), today=dt.date(2024, 11, 21))
    assert (empty.rows, empty.drawn, empty.marks()) == (0, 0, [])
    undated = table([event(first=pd.NaT, last=pd.NaT, precision="")])
    assert scene_of(undated).left_out == {"undated": 1}


def test_gaps_are_days_without_an_article_not_days_without_an_event() -> None:
    days = pd.DataFrame({"day": pd.to_datetime(["2024-11-01", "2024-11-02", "2024-11-05"])})
    view = dt.date(2024, 11, 1), dt.date(2024, 11, 6)
    scene = scene_of(table([event()]), view=view, article_days=days)
    width = scene.scale.day_width
    gaps = [((x0 - scene.scale.left) / width, (x1 - x0) / width) for x0, x1 in scene.gaps]
    assert [value for gap in gaps for value in gap] == pytest.approx([2, 2, 5, 1])


def test_days_of_no_collection_are_marked_apart_with_articles_or_not() -> None:
    days = pd.DataFrame({"day": pd.to_datetime(["2024-11-01", "2024-11-02", "2024-11-05"])})
    view = dt.date(2024, 11, 1), dt.date(2024, 11, 6)
    missed = [dt.date(2024, 11, 4), dt.date(2024, 11, 5), dt.date(2024, 12, 1)]
    scene = scene_of(table([event()]), view=view, article_days=days, missed_days=missed)
    left, width = scene.scale.left, scene.scale.day_width

    def days_of(runs: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(round((x0 - left) / width, 3), round((x1 - left) / width, 3)) for x0, x1 in runs]

    assert (days_of(scene.gaps), days_of(scene.missed)) == ([(2, 3), (5, 6)], [(3, 5)])


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_the_unit_of_the_days_does_not_matter(unit: str) -> None:
    frame = news(60)
    kinds: dict[str, Any] = dict.fromkeys(("first", "last"), f"datetime64[{unit}]")
    changed = frame.astype(kinds)
    assert scene_of(changed).marks() == scene_of(frame).marks()


def test_small_integers_do_not_overflow() -> None:
    """int8 quads and categories: products and sums of them wrap around at 127."""
    frame = news(400).assign(quad=np.int8(4))
    frame["status"] = frame["status"].astype("category")
    scene = scene_of(frame, bins=None)
    assert {mark.quad for mark in scene.marks()} == {4}
    assert scene.strip["events"].sum() > 127
    assert set(scene.strip["quad"]) == {4}


def test_far_years_and_reversed_days_are_held() -> None:
    rows = [
        event(1, first=pd.Timestamp("0001-01-01", unit="s"), last=pd.Timestamp("0001-01-01")),
        event(2, first=pd.Timestamp("9999-12-31"), last=pd.Timestamp("9999-12-31")),
        event(3, first=pd.Timestamp("2024-11-23"), last=pd.Timestamp("2024-11-20")),
    ]
    whole = dt.date(1, 1, 1), dt.date(9999, 12, 31)
    scene = scene_of(table(rows), view=whole, lanes="type")
    assert scene.drawn == 3
    third = next(mark for mark in scene.marks() if mark.rows == (2,))
    assert third.first < third.last


def test_names_of_300_characters_and_right_to_left_are_cut_to_their_room() -> None:
    long = "X:" + "Conseil national de transition " * 10
    arabic = "X:المجلس الوطني الانتقالي للإنقاذ"
    rows = [event(1, sources=[long], targets=[arabic]), event(2, sources=[arabic], quote="א" * 900)]
    scene = scene_of(table(rows))
    room = scene.scale.left
    assert all(text_width(box.name, 11.5) < room for box in scene.lanes)
    for mark in scene.marks():
        assert label_span(mark)[1] <= scene.scale.right + 0.01


def test_the_picked_event_is_framed_in_the_doers_lane_and_tied_to_the_other() -> None:
    rows = [event(1, sources=["RUS"], targets=["UKR"]), event(2, sources=["UKR"], targets=[])]
    frame = table(rows)
    scene = scene_of(frame, picked=rows[0]["event_id"])
    boxes = scene.picked_boxes()
    ((_x, begin, end),) = ties(scene)
    lanes = {box.lane.key: box for box in scene.lanes}
    assert len(boxes) == 1
    assert lanes["RUS"].top < begin < lanes["RUS"].bottom
    assert lanes["UKR"].top < end < lanes["UKR"].bottom
    assert not ties(scene_of(frame, picked=rows[0]["event_id"], lanes="type"))
    assert all(x0 < x1 and y0 < y1 for x0, x1, y0, y1 in boxes)
    assert not scene_of(frame).picked_boxes()
    crowd = table([event(n, story_id=n) for n in range(1, 200)])
    scene = scene_of(crowd, picked=int(crowd["event_id"].iloc[-1]))
    assert scene.picked_boxes(), "an event under a badge is framed there"


def test_a_row_of_several_reports_is_a_mark_with_their_number() -> None:
    several: dict[str, Any] = {
        "reports": [3, 1],
        "outlets": [2, 1],
        "story_status": ["planned, happened", "denied"],
    }
    frame = table([event(1), event(2, targets=["ISR"])]).assign(**several)
    scene = scene_of(frame, lanes="type")
    weights = {mark.count_text: mark.rank[1] for mark in scene.marks()}
    assert weights == {"×3": 2, "": 1}
    told = event_hover(scene.records[0], 3, "en")
    assert "Planned, happened" in told
    assert "3 reports" in told
    assert "Russia attacks Ukraine" in told


def test_a_subject_holds_the_stories_of_its_parties_place_and_time() -> None:
    late = {"first": pd.Timestamp("2024-12-31"), "last": pd.Timestamp("2024-12-31")}
    near = {"first": pd.Timestamp("2024-11-28"), "last": pd.Timestamp("2024-11-30")}
    there = {"place_country": "LBN", "sources": ["ISR"], "targets": ["HEZ"]}
    rows = [
        event(1, **there, weight=2),
        event(2, **{**there, **near, "sources": ["HEZ:MIL"], "targets": ["ISR", "LBN"]}),
        event(3, **{**there, "place_country": ""}),
        event(4, **{**there, **late}),
        event(5, **{**there, "place_country": "SYR"}),
        event(6, **{**there, "targets": ["IRN"]}),
        event(7, **{**there, "targets": []}),
    ]
    frame = table(rows).sample(frac=1.0, random_state=3)
    keys = dict(zip(frame["event_id"] % 10, subject_keys(frame), strict=True))
    main = str(rows[0]["story_id"])
    assert {n for n, key in keys.items() if key == main} == {1, 2, 3}
    assert len(set(keys.values())) == 5
    names = [box.lane.name for box in scene_of(table(rows), lanes="subject").lanes]
    assert all(names)


def test_tall_lanes_have_their_axis_above_them_too_and_no_line_strikes_it() -> None:
    low, tall = scene_of(table([event(1)])), scene_of(news(900), cutoff=dt.date(2024, 11, 18))
    assert not low.tall
    assert tall.tall
    below = [(tick, y) for tick, y in tall.tick_words() if y > tall.bottom]
    above = [(tick, y) for tick, y in tall.tick_words() if y < tall.top]
    assert [tick for tick, _ in below] == tall.ticks
    assert len(above) > len(below) / 2
    (line,) = tall.lines
    for tick, _ in above:
        half = text_width(tick.text, LABEL_SIZE) / 2
        begin, end = (0, 2 * half) if tick.row else (-half, half)
        assert not tick.text_x + begin <= line.x <= tick.text_x + end
    assert line.x > tall.scale.left
    assert tall.line_top < tall.top
