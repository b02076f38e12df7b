"""The stories by rule: which report tells the act of which other, as the newest groupings say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np
import pyarrow as pa

from events.columns_in_memory import Ints

WHOLE = 0  # the event of a row that says how many article rows a grouping of all reports covers


class RuleStories(Mapping[int, int]):
    """Event id -> story id, of the reports that are not alone in their story nor its earliest.

    Arrays, not a dictionary: three million reports take 50 MB and a fraction of a second.
    """

    def __init__(self, events: Ints, stories: Ints) -> None:
        """events: sorted, each once."""
        self._events, self._stories = events, stories

    def __getitem__(self, event: int) -> int:
        place = int(np.searchsorted(self._events, event))
        if place == len(self._events) or self._events[place] != event:
            raise KeyError(event)
        return int(self._stories[place])

    def __iter__(self) -> Iterator[int]:
        return iter(self._events.tolist())

    def __len__(self) -> int:
        return len(self._events)

    def of_stories(self, stories: Collection[int]) -> set[int]:
        """The reports of some stories that are not their earliest."""
        wanted = np.fromiter(stories, np.int64, len(stories))
        return set(self._events[np.isin(self._stories, wanted)].tolist())


def newest(table: pa.Table) -> tuple[int, int, RuleStories]:
    """Of rows of the table of stories: number of the newest grouping (0 for none), how many article
    rows it covers, and the stories as they stand."""
    number, event, story = (
        table.column(name).to_numpy().astype(np.int64)
        for name in ("grouping", "event_id", "story_id")
    )
    whole = int(number[event == WHOLE].max(initial=0))
    order = np.lexsort((story, event, number))
    order = order[number[order] >= whole]
    figures = order[event[order] <= WHOLE]
    covered = int(story[figures[-1]]) if len(figures) else 0
    told = order[event[order] > WHOLE]
    told = told[np.argsort(event[told], kind="stable")]  # of an event the newest comes last
    last = np.append(event[told][1:] != event[told][:-1], [True] * bool(len(told)))
    told = told[last.astype(bool)]
    told = told[event[told] != story[told]]
    return int(number.max(initial=0)), covered, RuleStories(event[told], story[told])
