"""Thin lines from the chosen event to the lanes of its other parties: it is drawn once."""

from __future__ import annotations

from charts.timeline.scene_model import TimelineScene

_INSIDE = 5.0  # pixels from the edge of a lane
Tie = tuple[float, float, float]


def ties(scene: TimelineScene) -> list[Tie]:
    """x, y of the mark, and y just inside each other lane whose actor is a party of the event."""
    if scene.lane_kind != "actor" or scene.binned:
        return []
    found = []
    for mark in scene.marks():
        row = scene.records[mark.rows[0]]
        if row["event_id"] == scene.picked:
            parties = {*row["sources"], *row["targets"]}
            others = [box for n, box in enumerate(scene.lanes) if n != mark.lane]
            middle, y = (mark.x0 + mark.x1) / 2, scene.mark_y(mark)
            found += [
                (middle, y, box.top + _INSIDE if box.top > y else box.bottom - _INSIDE)
                for box in others
                if box.lane.key in parties
            ]
    return found
