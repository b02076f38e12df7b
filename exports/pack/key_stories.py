"""The key stories of a briefing: which ones, and by which subject they stand together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from charts.timeline.main_events import main_events
from charts.timeline.subjects import subject_keys
from events import registry
from exports.pack.event_line import EventLine

KEY_STORIES = 10
_NAMED = 3  # parties in the name of a subject


@dataclass(frozen=True)
class Group:
    """Key stories of one subject, in order of time; `name`: its parties, "" where none is told."""

    name: str
    lines: tuple[EventLine, ...]


def in_time(stories: pd.DataFrame) -> pd.DataFrame:
    """By first day; undated last."""
    return stories.sort_values(["first", "last", "event_id"], na_position="last")


def key_stories(stories: pd.DataFrame) -> pd.DataFrame:
    """The key stories of a table that `key_events.ranked` sorted: dated ones, none announced only,
    none under the headline of another, not all of one subject."""
    dated = stories["first"].notna() | stories["last"].notna()
    return main_events(stories[dated & (stories["story_status"] != "planned")], KEY_STORIES)


def grouped(stories: pd.DataFrame, lines: dict[int, EventLine], lang: str) -> tuple[Group, ...]:
    """The lines (by story_id) of some stories by subject, in order of time; subjects of the same
    parties stand together."""
    ordered = in_time(stories)
    keys = pd.Series(subject_keys(ordered), index=ordered.index)
    found: dict[tuple[str, ...], list[EventLine]] = {}
    for _subject, rows in ordered.groupby(keys, sort=False):
        told = [lines[story] for story in rows["story_id"]]
        found.setdefault(_parties(rows), []).extend(told)
    return tuple(
        Group(", ".join(registry.name(code, lang) for code in codes), tuple(told))
        for codes, told in found.items()
    )


def _parties(stories: pd.DataFrame) -> tuple[str, ...]:
    """The parties that most stories of a subject name, in the order of their codes."""
    codes = Counter(
        code
        for sides in zip(stories["sources"], stories["targets"], strict=True)
        for code in {registry.roll_up(code, "state") for side in sides for code in side}
    )
    return tuple(sorted(code for code, _ in codes.most_common(_NAMED)))
