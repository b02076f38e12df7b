"""Thin lines from the chosen event to the lanes of its other parties: it is drawn once."""

from __future__ import annotations

from charts.timeline.scene_model import TimelineScene

Tie = tuple[float, float, float]


def ties(scene: TimelineScene) -> list[Tie]:
    """x, and y of the mark and of the middle of each other lane that is a party of the event."""
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
                (middle, y, (box.top + box.bottom) / 2) for box in others if box.lane.key in parties
            ]
    return found
