"""The table twin of each chart: the same content as rows, headed in the reader's language."""

from __future__ import annotations

import pandas as pd

from charts.actors.dyads import Edge
from charts.sheet import names
from charts.timeline.scene_model import TimelineScene
from charts.timeline.spans import iso
from events.difference_words import day_words
from events.wording import label, listed, translator


def timeline_twin(scenes: list[TimelineScene], lang: str) -> pd.DataFrame:
    """One row a mark or bin: lane, date, act, status, place, reports, quote, outlet."""
    rows: list[dict[str, object]] = []
    for scene in scenes:
        rows += _bin_rows(scene, lang) if scene.binned else _mark_rows(scene, lang)
    return pd.DataFrame(rows)


def _mark_rows(scene: TimelineScene, lang: str) -> list[dict[str, object]]:
    _ = translator(lang)
    found = []
    places = [(m.lane, m.first, m.rows[0], m.reports) for m in scene.marks()]
    places += [
        (b.lane, b.first, row, scene.records[row].get("reports", 1))
        for b in scene.badges()
        for row in b.rows
    ]
    for lane, _first, number, reports in sorted(places):
        row = scene.records[number]
        found.append(
            {
                **({_("Lane"): scene.lanes[lane].lane.name} if scene.lanes[lane].name else {}),
                _("Date"): day_words(row, lang, short=False),
                _("Event"): names.headline(row, lang),
                _("Status"): label(str(row.get("story_status", row["status"])), lang),
                _("Place"): names.place(row, lang),
                _("Reports"): reports,
                _("Quote"): str(row["quote"]),
                _("Source"): str(row["source"]),
            }
        )
    return found


def _bin_rows(scene: TimelineScene, lang: str) -> list[dict[str, object]]:
    _ = translator(lang)
    return [
        {
            _("Lane"): scene.lanes[item.lane].lane.name,
            _("From"): iso(item.first),
            _("To"): iso(item.last),
            _("Class"): label(f"quad {item.quad}", lang) if item.quad else "",
            _("Events"): item.events,
        }
        for item in sorted(scene.bins, key=lambda b: (b.lane, b.first, b.last, b.quad))
    ]


def edges_twin(edges: list[Edge], lang: str) -> pd.DataFrame:
    """One row an edge: source, target, events, by class, mean score."""
    _ = translator(lang)
    rows = [
        {
            _("Source"): names.actor(edge.source, lang),
            _("Target"): names.actor(edge.target, lang),
            _("Events"): edge.events,
            **{label(f"quad {q}", lang): edge.counts.get(q, 0) for q in (1, 2, 3, 4)},
            _("Mean score"): round(edge.score, 2),
        }
        for edge in edges
    ]
    return pd.DataFrame(rows)


def strongest(edges: list[Edge], lang: str) -> str:
    """The largest edges in words, for alternative texts."""
    return listed((f"{names.pair(e.source, e.target, lang)} {e.events}" for e in edges[:6]), lang)
