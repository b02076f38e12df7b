"""Stories after a load of few articles: only the days that it touched are grouped again.

The result equals that of grouping everything (`loaders.stories.stories.group_reports`): a report is
placed on its last day and joins a story placed at most LOOK_BACK days before, so each day depends
only on those. From each touched day on, days are regrouped until the result no longer changes.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

import pandas as pd

from loaders.stories.reports import Report, ordered_reports
from loaders.stories.stories import LOOK_BACK, Grouper

BLOCK = 32  # days fetched from the store at a time
Fetch = Callable[[dt.date, dt.date], pd.DataFrame]


def regroup_reports(
    fetch: Fetch, known: Mapping[int, int], touched: Collection[int]
) -> dict[int, int]:
    """Story of each report of the regrouped days: event_id -> story_id.

    `fetch(first, last)` returns the events that are placed within these days, both inclusive
    (EVENT_COLUMNS; further events do no harm). `known` is the previous grouping: event id -> story
    id, a missing report is its own story. `touched` are the days (ordinals) on which the reports
    are placed that were added, changed or removed since.
    """
    regrouping = _Regrouping(fetch, known, frozenset(touched))
    settled = 0
    for start in sorted(touched):
        if start > settled:
            settled = regrouping.regroup_from(start)
    return regrouping.story_of


class _Regrouping:
    """The days, fetched block by block, and the stories worked out so far."""

    def __init__(self, fetch: Fetch, known: Mapping[int, int], touched: frozenset[int]) -> None:
        self._fetch, self._known, self._touched = fetch, known, touched
        self._days: dict[int, list[Report]] = {}
        self.story_of: dict[int, int] = {}

    def regroup_from(self, start: int) -> int:
        """Regroup days from `start` until nothing changes any more; the last day regrouped."""
        grouper = Grouper()
        for before in range(start - LOOK_BACK, start):
            for report in self._reports(before):
                grouper.keep_known(report, self._story(report))
        unchanged, day = 0, start
        while unchanged <= LOOK_BACK:
            unchanged = unchanged + 1 if self._regroup_day(grouper, day) else 0
            day += 1
        return day - 1

    def _regroup_day(self, grouper: Grouper, day: int) -> bool:
        found = grouper.place_day(self._reports(day))
        self.story_of |= found
        same = all(story == self._known.get(event, event) for event, story in found.items())
        return same and day not in self._touched

    def _story(self, report: Report) -> int:
        before = self._known.get(report.event_id, report.event_id)
        return self.story_of.get(report.event_id, before)

    def _reports(self, day: int) -> list[Report]:
        """The reports that are placed on a day, in the order of grouping."""
        if day not in self._days:
            block = range(day - day % BLOCK, day - day % BLOCK + BLOCK)
            self._days |= {each: [] for each in block}
            told = defaultdict(list)
            first, last = (dt.date.fromordinal(max(1, each)) for each in (block[0], block[-1]))
            for report in ordered_reports(self._fetch(first, last)):
                told[report.last].append(report)
            self._days |= {each: told[each] for each in block}
        return self._days[day]
