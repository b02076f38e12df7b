"""Stories: reports of one act, over articles and languages, title and body, plan and happening.

For each report the stories near it in time that share a party or place are candidates, and "a story
of its own" is another; the evidence of each (`loaders.stories.evidence`) is weighed by fitted
weights, and `loaders.linking.choose` picks. A report that is not sure enough may join a story, but
the others are grouped as if it were not there: a story is the same while it is hidden. Grouping is
reversible: the store keeps every report, and a person's split or join overrides it.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pandas as pd

from events.reference import REFERENCE_DIR
from loaders.linking.choose import certainty_of, choose
from loaders.linking.evidence import Candidate
from loaders.linking.weights import Question, read_weights
from loaders.stories.evidence import Evidence, pair_evidence, story_evidence
from loaders.stories.keys import Key, is_common, queries, story_keys, story_times
from loaders.stories.reports import Report, ordered_reports, placing_order

WEIGHTS = REFERENCE_DIR / "story_weights.toml"
MOST_REPORTS = 8  # of a story, the first so many are compared
STRIKING = 0.9  # certainty of one pair of reports from which their stories may be one
POSSIBLE = 0.3  # that of all pairs of their reports together, below which they are two
APART = ("other place", "other country", "other partners")
Index = dict[Key, dict[int, None]]  # the stories of each key, as a set in order
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
    for _day, reports in itertools.groupby(ordered_reports(events), key=lambda r: r.last):
        story_of |= grouper.place_day(list(reports))
    return story_of


class Grouper:
    """Builds stories: each report joins the likeliest story near it, or begins one."""

    def __init__(self, asked: Question | None = None) -> None:
        self._asked = asked or question()
        self._reports: dict[int, list[Report]] = {}
        self._times: dict[int, list[object]] = {}
        self._rank: dict[int, int] = {}
        # stories by key; of the sure reports alone, and of all
        self._sure: Index = defaultdict(dict)
        self._all: Index = defaultdict(dict)

    def place_day(self, reports: Sequence[Report]) -> dict[int, int]:
        """Add the reports of a day, in grouping order, each to its story or to a new one, and join
        stories of which one was begun on this day: event_id -> story."""
        story_of: dict[int, int] = {}
        alike: list[tuple[int, int]] = []
        for report in reports:
            found = self._candidates(report)
            chosen = choose(found, self._asked).value if found else None
            story = report.event_id if chosen is None else int(chosen)
            self.keep(report, story)
            story_of[report.event_id] = story
            alike += [(story, other) for other in self._strikingly_alike(report, story, found)]
        begun = {story for event, story in story_of.items() if event == story}
        joined = self._joined(alike, begun)
        return {event: joined.get(story, story) for event, story in story_of.items()}

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
        for key, index in self._listings(report, story):
            index[key][story] = None

    def _listings(self, report: Report, story: int) -> Iterator[tuple[Key, Index]]:
        """Under which keys of which index a report lists its story."""
        for when in self._times[story]:
            for key in story_keys(report):
                for index in (self._all, self._sure) if report.sure else (self._all,):
                    yield (when, *key), index

    def _candidates(self, report: Report) -> list[Candidate]:
        """The stories near a report, with the evidence that it tells of each."""
        return [
            Candidate(story, story_evidence(report, self._compared(story, report.sure)))
            for story in self._near(report)
        ]

    def _compared(self, story: int, sure: bool) -> list[Report]:
        """The reports of a story that others are compared with."""
        told = self._reports[story]
        return [report for report in told if report.sure or not sure][:MOST_REPORTS]

    def _strikingly_alike(
        self, report: Report, story: int, near: Sequence[Candidate]
    ) -> Iterator[int]:
        """The other stories near a sure report that have one which nearly surely tells its act."""
        for other in (int(candidate.value) for candidate in near if report.sure):
            alone = (r for r in self._compared(other, True) if not _tells_more(report, r))
            told = (pair_evidence(report, each) for each in alone)
            if other != story and any(self._certainty(pair) >= STRIKING for pair in told):
                yield other

    def _certainty(self, evidence: Evidence) -> float:
        return certainty_of(Candidate(None, evidence), self._asked)

    def _joined(self, alike: Sequence[tuple[int, int]], begun: Collection[int]) -> dict[int, int]:
        """The stories begun on a day that are joined to one that is strikingly alike, where their
        other reports do not speak against it: story -> that. Stories of days before stay."""
        joined: dict[int, int] = {}
        for pair in alike:
            now = (joined.get(story, story) for story in pair)
            one, other = sorted(now, key=self._rank.__getitem__)
            if one != other and other in begun and self._are_one(one, other):
                joined = {s: one if into == other else into for s, into in joined.items()}
                joined[other] = one
                self._absorb(one, other)
        return joined

    def _absorb(self, one: int, other: int) -> None:
        """Give the reports of another story to a story, in the order of grouping."""
        for report in self._reports.pop(other):
            for key, index in self._listings(report, other):
                index[key].pop(other, None)
            self.keep(report, one)
        self._reports[one].sort(key=placing_order)

    def _are_one(self, one: int, other: int) -> bool:
        """Whether two stories may be one by the mean evidence of their reports; not where some of
        them lie apart: one without a place may tell of either."""
        told: Evidence = defaultdict(float)
        reports = self._compared(one, True)
        for report in reports:
            for name, value in story_evidence(report, self._compared(other, True)).items():
                told[name] += value / len(reports)
        apart = any(name in told for name in APART)
        return not apart and self._certainty(told) >= POSSIBLE

    def _near(self, report: Report) -> list[int]:
        index = self._sure if report.sure else self._all
        near: set[int] = set()
        for key in queries(report):
            found = index.get(key, ())
            near.update(() if is_common(key, len(found)) else found)
        return sorted(near, key=self._rank.__getitem__)


def _tells_more(a: Report, b: Report) -> bool:
    """Whether one of two reports names all parties of the other and more, so that it may tell two
    acts: "Trump called Putin and Zelensky" beside "Trump spoke with Putin"."""
    sides = [(a.sources, b.sources), (a.targets, b.targets)]
    if a.mutual and b.mutual:
        sides = [(a.parties, b.parties)]
    return any(one and other and (one < other or other < one) for one, other in sides)
