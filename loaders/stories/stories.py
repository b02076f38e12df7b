"""Stories: reports of one act, over articles and languages, title and body, plan and happening.

For each report the stories near it in time that share a party or place are candidates, and "a story
of its own" is another; the evidence of each (`loaders.stories.evidence`) is weighed by fitted
weights, and `loaders.linking.choose` picks. A report that is not sure enough may join a story, but
the others are grouped as if it were not there: a story is the same while it is hidden. Grouping is
reversible: the store keeps every report, and a person's split or join overrides it.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from pathlib import Path

import pandas as pd

from events.reference import REFERENCE_DIR
from loaders.linking.choose import choose
from loaders.linking.evidence import Candidate
from loaders.linking.weights import Question, read_weights
from loaders.stories.evidence import story_evidence
from loaders.stories.keys import Key, is_common, queries, story_keys, story_times
from loaders.stories.reports import Report, ordered_reports

WEIGHTS = REFERENCE_DIR / "story_weights.toml"
MOST_REPORTS = 8  # of a story, the first so many are compared
LOOK_BACK = 34  # a report's story may end up to this many days before the report does


@functools.cache
def question(path: Path = WEIGHTS) -> Question:
    """The fitted weights of "do they tell one act?"."""
    return read_weights(path)["story"]


def group_reports(events: pd.DataFrame, asked: Question | None = None) -> dict[int, int]:
    """Story of each event: event_id -> story_id, the event_id of the story's first report.

    `events` has EVENT_COLUMNS. Deterministic: the same rows in any order give the same stories.
    """
    grouper = Grouper(asked)
    story_of = {int(event_id): int(event_id) for event_id in events["event_id"]}
    for report in ordered_reports(events):
        story_of[report.event_id] = grouper.place(report)
    return story_of


class Grouper:
    """Builds stories: each report joins the likeliest story near it, or begins one."""

    def __init__(self, asked: Question | None = None) -> None:
        self._asked = asked or question()
        self._reports: dict[int, list[Report]] = {}
        self._times: dict[int, list[object]] = {}
        self._rank: dict[int, int] = {}
        # stories by key; of the sure reports alone, and of all
        self._sure: dict[Key, list[int]] = defaultdict(list)
        self._all: dict[Key, list[int]] = defaultdict(list)

    def place(self, report: Report) -> int:
        """Add the report to its story, or to a new one; its id. Call in grouping order."""
        story = self._likeliest(report)
        self.keep(report, report.event_id if story is None else story)
        return report.event_id if story is None else story

    def keep_known(self, report: Report, story: int) -> None:
        """Add a report to its known story, if that begins with a report given so far."""
        if story == report.event_id or story in self._reports:
            self.keep(report, story)

    def keep(self, report: Report, story: int) -> None:
        """Add the report to that story."""
        if story not in self._reports:
            self._reports[story] = []
            self._rank[story] = len(self._rank)
            self._times[story] = story_times(report)
        self._reports[story].append(report)
        for when in self._times[story]:
            for key in story_keys(report):
                for index in (self._all, self._sure) if report.sure else (self._all,):
                    listed = index[(when, *key)]
                    if not listed or listed[-1] != story:
                        listed.append(story)

    def _likeliest(self, report: Report) -> int | None:
        candidates = []
        for story in self._near(report):
            told = self._reports[story]
            seen = [other for other in told if other.sure] if report.sure else told
            evidence = story_evidence(report, seen[:MOST_REPORTS])
            candidates.append(Candidate(story, evidence))
        found = choose(candidates, self._asked).value if candidates else None
        return None if found is None else int(found)

    def _near(self, report: Report) -> list[int]:
        index = self._sure if report.sure else self._all
        near: set[int] = set()
        for key in queries(report):
            found = index.get(key, ())
            near.update(() if is_common(key, len(found)) else found)
        return sorted(near, key=self._rank.__getitem__)
