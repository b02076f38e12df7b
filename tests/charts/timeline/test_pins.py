"""Pinned notes on a timeline: each has its flag and its words, or is counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from charts.chart import Caption
from charts.drawing import Axes, Mark, Panel, Symbol
from charts.registry import drawing_of, figure_of
from charts.timeline.pins import Pin, pins_of
from charts.timeline.scene import lay_out
from charts.timeline.scene_model import CompareOptions, TimelineOptions
from events.annotations import Note, Subject
from tests.charts.tables import event, table

DAY = dt.date(2024, 11, 20)
AT = dt.datetime(2024, 12, 1, tzinfo=dt.UTC)
VIEW = (dt.date(2024, 11, 1), dt.date(2024, 11, 30))


def _event(number: int, day: str | None, **more: Any) -> dict[str, Any]:
    moment = pd.Timestamp(day or "NaT")
    return event(number, event_id=number, first=moment, last=moment, **more)


ROWS = table(
    [
        _event(1, "2024-11-20", story_id=1, place_id="BEY", place_name="Beirut"),
        _event(2, "2024-11-22", story_id=2, place_id="KYV", place_name="Kyiv"),
        _event(3, None, story_id=3),
    ]
)


def _note(on: Any, key: str, pinned: bool = True) -> Note:
    return Note(f"{on}{key}", Subject(on, key, "Beirut"), f"on {key}", pinned, "", "Ana", AT)


def test_each_pinned_note_finds_what_it_is_about() -> None:
    notes = [
        _note("event", "2"),
        _note("story", "9"),  # another report of story 1
        _note("day", "2024-11-21"),
        _note("place", "BEY"),
        _note("event", "3"),  # without a date
        _note("event", "7"),  # hidden by a filter
        _note("place", "XXX"),
        _note("event", "1", pinned=False),
    ]
    found = pins_of(notes, ROWS, {9: 1, 2: 2, 3: 3})
    assert [(pin.day, pin.event, pin.place) for pin in found] == [
        (dt.date(2024, 11, 22), 2, ""),
        (DAY, 1, ""),
        (dt.date(2024, 11, 21), 0, ""),
        (None, 0, "BEY"),
        (None, 3, ""),
    ]


def test_an_event_of_both_compared_tables_is_found_once() -> None:
    twice = pd.concat([ROWS[:1], ROWS])
    assert len(pins_of([_note("event", "1")], twice, {})) == 1


def test_a_note_on_a_story_stands_at_a_report_with_a_day() -> None:
    story = table([_event(4, None, story_id=1), _event(5, "2024-11-20", story_id=1)])
    (pin,) = pins_of([_note("story", "4")], story, {4: 1})
    assert (pin.event, pin.day) == (5, DAY)


def test_a_note_on_a_story_stands_at_its_first_day() -> None:
    story = table([_event(4, "2024-11-20", story_id=1), _event(5, "2024-11-25", story_id=1)])
    for rows in (story, story[::-1]):
        (pin,) = pins_of([_note("story", "5")], rows, {5: 1})
        assert (pin.event, pin.day) == (4, DAY)


def test_what_a_part_of_the_events_has_not_is_counted() -> None:
    notes = [_note("event", "1"), _note("story", "9"), _note("place", "BEY"), _note("event", "7")]
    stories = {1: 1, 9: 1}  # the store has no event 7 now
    assert pins_of(notes, ROWS[1:], stories) == ()
    pins = pins_of(notes, ROWS[1:], stories, is_whole=False)
    assert [(pin.note, pin.day, pin.place) for pin in pins] == [
        ("event1", None, ""),
        ("story9", None, ""),
        ("placeBEY", None, ""),
    ]
    made = drawing_of("timeline")(ROWS[1:], TimelineOptions(view=VIEW, pins=pins))
    assert made.notes[-1] == "Pinned notes not told here: 3."


def test_a_report_whose_row_is_its_story_is_found_there() -> None:
    notes = [_note("event", "9")]
    assert not pins_of(notes, ROWS, {9: 1})
    assert pins_of(notes, ROWS.assign(reports=2), {9: 1})[0].event == 1


def test_notes_are_flagged_and_told_or_counted() -> None:
    pins = (
        Pin("first", "first", "Ana", DAY, 1),
        Pin("second", "second", "Ben", DAY),
        Pin("in March", "in March", "Ben", dt.date(2025, 3, 3)),
        Pin("no day", "no day", "Ben", None, 3),
        Pin("closed", "closed", "Ana", place="BEY", name="Beirut"),
    )
    made = drawing_of("timeline")(ROWS, TimelineOptions(view=VIEW, pins=pins))
    told = [
        "[1] 20 November 2024: first (Ana)",
        "[1] 20 November 2024: second (Ben)",
        "Beirut: closed (Ana)",
        "Pinned notes not told here: 2.",
    ]
    assert list(made.notes[-4:]) == told
    assert set(told) <= set(made.figure.texts())
    (panel,) = (each for each in made.figure.panels if _flags(each))
    assert panel.axes
    assert all(_is_within(mark, panel.axes) for mark in panel.marks)
    flags = _flags(panel)
    assert [flag.target and flag.target.custom[:3] for flag in flags] == [("event", "1", "")]
    assert "Pinned note" in made.figure.texts()


def _flags(panel: Panel) -> list[Symbol]:
    return [mark for mark in panel.marks if isinstance(mark, Symbol) and mark.square]


def _is_within(mark: Mark, axes: Axes) -> bool:
    """Whether a page draws it."""
    return not isinstance(mark, Symbol) or axes.y[0] < mark.y < axes.y[1]


def test_on_lanes_by_place_a_note_stands_beside_its_place() -> None:
    pins = (Pin("closed", "closed", "Ana", place="BEY", name="Beirut"),)
    scene = lay_out(ROWS, TimelineOptions(lanes="place", view=VIEW, pins=pins))
    (flag,) = scene.flags
    assert scene.lanes[flag.lane or 0].lane.key == "BEY"
    assert 12 <= flag.x - 6.5 < scene.scale.left - 48
    assert scene.top == lay_out(ROWS, TimelineOptions(lanes="place", view=VIEW)).top


def test_days_too_close_share_a_flag() -> None:
    pins = tuple(Pin(f"on {n}", f"on {n}", "Ana", DAY + dt.timedelta(n)) for n in (0, 1, 100))
    year = (dt.date(2024, 1, 1), dt.date(2025, 12, 31))
    flags = lay_out(ROWS, TimelineOptions(view=year, pins=pins)).flags
    assert [(flag.number, len(flag.pins)) for flag in flags] == [(1, 2), (2, 1)]


def test_a_flag_of_many_notes_tells_some_and_counts_the_others() -> None:
    pins = tuple(Pin(f"note {n}", f"note {n}", "Ana", DAY) for n in range(30))
    made = drawing_of("timeline")(ROWS, TimelineOptions(view=VIEW, pins=pins))
    (told,) = (target.hover for target in made.figure.targets() if "note 0" in target.hover)
    assert told.count("Ana") == 8
    assert told.endswith("22 more notes")
    assert made.notes[-1] == "Pinned notes not told here: 18."


@pytest.mark.parametrize(("lang", "told"), [("en", "<br>1 more note"), ("fr", "<br>1 autre note")])
def test_one_more_note_is_told_in_the_singular(lang: str, told: str) -> None:
    pins = tuple(Pin(f"{n}", f"note {n}", "Ana", DAY) for n in range(9))
    made = drawing_of("timeline")(ROWS, TimelineOptions(view=VIEW, pins=pins, lang=lang))
    (hover,) = (target.hover for target in made.figure.targets() if "note 0" in target.hover)
    assert hover.endswith(told)


def test_a_note_alone_has_the_room_of_several() -> None:
    pin = Pin("1", "word " * 100 + "END", "Ana", DAY)
    made = drawing_of("timeline")(ROWS, TimelineOptions(view=VIEW, pins=(pin,)))
    (hover,) = (target.hover for target in made.figure.targets() if "word" in target.hover)
    assert hover.endswith("END")


def test_of_compared_views_each_has_the_flags_of_its_own_events() -> None:
    pins = (
        Pin("one", "one", "Ana", DAY, 1),
        Pin("two", "two", "Ana", DAY, 2),
        Pin("both", "both", "Ana", DAY),
    )
    parts = [("A", ROWS[:1]), ("B", ROWS[1:])]
    mine = [(pins[0], pins[2]), (pins[1], pins[2])]
    asked = CompareOptions(views=[VIEW, VIEW], panel_pins=mine)
    told = drawing_of("compare")(parts, asked).notes
    day = "20 November 2024"
    assert told[-4:] == (
        f"[1] {day}: one (Ana)",
        f"[1] {day}: both (Ana)",
        f"[2] {day}: two (Ana)",
        f"[2] {day}: both (Ana)",
    )


def test_a_note_on_an_act_of_both_compared_views_has_a_flag_in_each() -> None:
    parts = [("A", table([_event(1, "2024-11-20", story_id=1)]).assign(reports=2))]
    parts += [("B", table([_event(5, "2024-11-20", story_id=1)]).assign(reports=2))]
    pins = [pins_of([_note("event", "1")], rows, {1: 1}) for _label, rows in parts]
    made = drawing_of("compare")(parts, CompareOptions(views=[VIEW, VIEW], panel_pins=pins))
    flags = [flag for panel in made.figure.panels for flag in _flags(panel)]
    assert [flag.target and flag.target.custom[1] for flag in flags] == ["1", "5"]
    pinned = [line for line in made.notes if "Ana" in line or "Pinned" in line]
    assert pinned == ["[1] 20 November 2024: on 1 (Ana)"]


def test_a_note_that_one_of_two_views_tells_is_not_counted() -> None:
    parts = [("A", ROWS[:1]), ("B", ROWS[1:])]
    notes, stories = [_note("event", "1")], {1: 1}
    pins = [pins_of(notes, rows, stories, is_whole=False) for _label, rows in parts]
    made = drawing_of("compare")(parts, CompareOptions(views=[VIEW, VIEW], panel_pins=pins))
    assert made.notes[-1] == "[1] 20 November 2024: on 1 (Ana)"


def test_hostile_notes_stay_words() -> None:
    pins = (
        Pin("<img src=x onerror=alert(1)> $x$", "<img src=x onerror=alert(1)> $x$", "<b>", DAY),
    )
    asked = TimelineOptions(view=VIEW, pins=pins, caption=Caption("T"))
    figure = figure_of("timeline")(ROWS, asked).figure.to_json()
    assert "<img" not in figure.replace("\\u003c", "<")
