"""Disagreements of stories, kept from one version of the store to the next.

What a report tells never changes, but where a person edits it: a story of the same reports has the
same disagreement, whatever was loaded or edited elsewhere. So a list whose marks say what is
disputed compares the reports of few stories after each change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from events.columns_in_memory import EventColumns
from events.disagreement import Disagreement, disputed
from events.rows_in_memory import Ints

_MOST = 50_000  # stories that are kept; then all are compared anew
Reports = tuple[int, ...]  # the numbers of the rows of a story's reports, in order


class KnownDisputes:
    """The disagreement of each story that was asked about, by its reports. Not thread-safe."""

    def __init__(self) -> None:
        self._known: dict[Reports, Disagreement | None] = {}

    def among(
        self, columns: EventColumns, rows: Ints, read: Callable[[Ints], pd.DataFrame]
    ) -> dict[int, Disagreement]:
        """story_id -> its disagreement, of those that have one among some rows, the reports of
        stories. `read` gives COLUMNS_READ of rows (events.disagreement)."""
        stories = dict(_several(columns, rows))
        keys = {s: tuple(sorted(columns.number("event_key")[mine])) for s, mine in stories.items()}
        new = {s: stories[s] for s, key in keys.items() if key not in self._known}
        self._learn(new, keys, read)
        found = {story: self._known[key] for story, key in keys.items()}
        self._forget(keys.values())
        return {story: each for story, each in found.items() if each}

    def _learn(
        self,
        stories: Mapping[int, Ints],
        keys: Mapping[int, Reports],
        read: Callable[[Ints], pd.DataFrame],
    ) -> None:
        if not stories:
            return
        found = disputed(read(np.sort(np.concatenate(list(stories.values())))))
        self._known |= {keys[story]: found.get(story) for story in stories}

    def _forget(self, keys: Iterable[Reports]) -> None:
        """What a person edited (a number below 0) may be edited again under the same number."""
        for key in keys:
            if key[0] < 0:
                self._known.pop(key, None)
        if len(self._known) > _MOST:
            self._known.clear()


def _several(columns: EventColumns, rows: Ints) -> Iterable[tuple[int, Ints]]:
    """(story_id, its rows) of the stories that have several among some rows."""
    if not len(rows):
        return ()
    told = columns.number("story_id")[rows]
    order = np.argsort(told, kind="stable")
    stories, starts = np.unique(told[order], return_index=True)
    parts = np.split(rows[order], starts[1:])
    return ((int(s), mine) for s, mine in zip(stories, parts, strict=True) if len(mine) > 1)
