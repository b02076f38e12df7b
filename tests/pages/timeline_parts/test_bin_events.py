"""Every bin of the timeline leads to exactly the events that it counts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.synthetic import write_events
from charts.registry import figure_of
from charts.timeline.lanes import LaneKind
from charts.timeline.scene_model import TimelineOptions
from events.filters import Filters
from pages import timeline as timeline_page
from pages.shared import detail
from pages.timeline_parts import bin_events

WHOLE = (dt.date(2016, 1, 1), dt.date(2025, 12, 31))
MONTHS = (dt.date(2025, 6, 1), dt.date(2025, 12, 31))
VIEWS = (WHOLE, MONTHS)
FOUR: tuple[LaneKind, ...] = ("actor", "type", "place", "dyad")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six thousand synthetic events."""
    folder = tmp_path_factory.mktemp("bins") / "store"
    write_events(6_000, folder)
    return folder


@pytest.mark.parametrize(
    ("stored", "kind", "view"),
    [
        *((True, kind, view) for kind, view in zip(FOUR, VIEWS * 2, strict=True)),
        *(
            pytest.param(True, kind, view, marks=pytest.mark.long)
            for kind, view in zip(FOUR, VIEWS[::-1] * 2, strict=True)
        ),
        (False, "actor", WHOLE),  # counted in the chart, not by the store
        pytest.param(False, "dyad", MONTHS, marks=pytest.mark.long),
    ],
)
def test_a_bin_has_as_many_events_as_it_says(
    many: Path,
    kind: LaneKind,
    stored: bool,
    view: tuple[dt.date, dt.date],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FRISE_STORE", str(many))
    monkeypatch.setattr(detail, "LARGE", 1_000 if stored else 20_000)
    monkeypatch.setattr(detail, "MARKS_LIMIT", 50)
    monkeypatch.setattr("charts.timeline.scene.level.MARKS_LIMIT", 50)
    found = detail.for_timeline(Filters(), kind, f"{view[0]}..{view[1]}")
    assert (found.bins is not None) == stored
    drawn = figure_of("timeline")(
        found.table, TimelineOptions(lanes=kind, view=view, bins=found.bins, density=found.density)
    )
    shown = timeline_page._lanes_with_bins(drawn)
    bins = [
        (list(custom), int(words.rpartition(": ")[2].replace(",", "")))
        for trace in drawn.figure.data
        for custom, words in zip(trace.customdata or (), trace.hovertext or (), strict=False)
        if custom[0] == "bin"
    ]
    assert len(bins) > 20
    wrong = []
    for custom, said in bins[:: 1 + len(bins) // 60]:
        _kind, unit, _ids, key, first, last = custom
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        rows = bin_events._rows(key, kind, days, found, Filters())
        assert isinstance(rows, pd.DataFrame)
        mine = bin_events.events_of(rows, kind, key, shown, days, view, unit, stored)
        if len(mine) != said:
            wrong.append((custom, said, len(mine)))
    assert not wrong, (len(wrong), len(bins), wrong[:5])
