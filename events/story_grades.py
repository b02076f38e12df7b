"""The credibility of the stories of one version of the store, worked out where it is asked for.

A story with reports of one outlet, or of copies, that nobody denies has grade 6 without a look at
its texts; of the others the texts tell which agency or outlet each has it from. What persons said
of a story counts before the rule: the newest grade of any of its reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from events.columns_in_memory import Bools, Coded, EventColumns, Ints
from events.credits import NOTHING_SAID, Credits
from events.grading import CREDIBILITIES, SINGLE, UNGRADED, Grade, Telling, grade, telling
from events.records import records
from events.stored_reports import StoredReports

Row = Mapping[Any, Any]
_READ = (
    *("story_id", "article_id", "copy_of", "type", "status", "first", "last", "place_name"),
    *("place_kind", "place_country", "attributed_to", "source", "origin", "quote"),
)


class StoryGrades:
    """Grades by story id; `columns` are all events in memory."""

    def __init__(self, columns: EventColumns, stored: StoredReports) -> None:
        self._columns, self._stored = columns, stored
        self._of_events = {int(row["event_id"]): row for row in stored.by_hand}
        self._known: dict[int, Grade] = {}
        self._persons: dict[int, Grade] | None = None

    def of(self, stories: Ints) -> dict[int, Grade]:
        """Story id -> grade; one whose reports have one outlet is `grading.SINGLE`."""
        asked = np.unique(stories)
        rows = self._to_read()
        self._grade(rows[np.isin(self._columns.number("story_id")[rows], asked)])
        persons = self._by_hand()
        return {s: persons.get(s) or self._known.get(s, SINGLE) for s in asked.tolist()}

    def explained(self, story_id: int) -> Grade:
        """The grade of one story with the origins that it rests on, where that is one too."""
        by_hand = self._by_hand().get(story_id)
        if by_hand is None and story_id not in self._known:
            mine = self._columns.number("story_id") == story_id
            self._grade(np.flatnonzero(mine & self._counted()))
        return by_hand or self._known.get(story_id, UNGRADED)

    def columns_of(self, rows: Ints) -> dict[str, Any]:
        """`credibility` and `graded_by` of some events in memory."""
        stories = self._columns.number("story_id")[rows]
        found = self.of(stories)
        told = [found[story] for story in stories.tolist()]
        return {
            "credibility": pd.array([each.credibility for each in told], dtype="str"),
            "graded_by": pd.array([each.who for each in told], dtype="str"),
        }

    def column(self) -> Coded:
        """The credibility of all events."""
        found = self.of(self._columns.number("story_id")[self._to_read()])
        told = {**self._by_hand(), **{s: g for s, g in found.items() if g is not SINGLE}}
        stories = self._columns.number("story_id")
        codes = np.full(self._columns.size, CREDIBILITIES.index(SINGLE.credibility), np.int8)
        numbers = np.fromiter(told, np.int64, len(told))
        order = np.argsort(numbers)
        values = [CREDIBILITIES.index(each.credibility) for each in told.values()]
        place = np.searchsorted(numbers[order], stories).clip(0, max(0, len(told) - 1))
        if len(told):
            hit = numbers[order][place] == stories
            codes[hit] = np.asarray(values, np.int8)[order][place][hit]
        return Coded(codes, CREDIBILITIES)

    def _counted(self) -> Bools:
        """The reports that a grade rests on: those shown by default, and no rows of tables."""
        return ~self._columns.less_sure & self._columns.text("coder").isin([""])

    def _to_read(self) -> Ints:
        """The rows of reports of stories that have several origins or a denial: made once."""

        def make() -> Ints:
            columns, counted = self._columns, self._counted()
            origin = columns.text("origin").codes.astype(np.int64)
            low = np.full(columns.stories, np.iinfo(np.int64).max)
            high = np.zeros(columns.stories, np.int64)
            np.minimum.at(low, columns.story[counted], origin[counted])
            np.maximum.at(high, columns.story[counted], origin[counted])
            several = low < high
            several[columns.story[counted & columns.text("status").isin(["denied"])]] = True
            return np.flatnonzero(several[columns.story] & counted)

        return self._columns.cached("graded by their texts", make)

    def _by_hand(self) -> dict[int, Grade]:
        """Story id -> the newest grade that a person gave one of its reports."""
        if self._persons is None:
            ids = self._columns.number("event_id")
            rows = np.flatnonzero(np.isin(ids, list(self._of_events)))
            story_of = dict(zip(ids[rows].tolist(), self._columns.number("story_id")[rows].tolist(),
                                strict=True))  # fmt: skip
            self._persons = {
                story_of[event]: Grade(row["value"], "person", who=row["who"], why=row["why"])
                for event, row in self._of_events.items()
                if event in story_of
            }
        return self._persons

    def _grade(self, rows: Ints) -> None:
        """Grade the stories of these reports that are not graded yet."""
        stories = self._columns.number("story_id")[rows]
        rows = rows[[story not in self._known for story in stories.tolist()]]
        if not len(rows):
            return
        reports = self._columns.rows(rows, _READ).to_pandas(date_as_object=False)
        articles = reports[["article_id", "copy_of"]].to_numpy().ravel()
        said = self._stored.credits_of(np.unique(articles).tolist())
        by_story: dict[int, list[Telling]] = {}
        for row in records(reports):
            by_story.setdefault(int(row["story_id"]), []).append(_telling(row, said))
        self._known |= {story: grade(told) for story, told in by_story.items()}


def _telling(row: Row, said: Mapping[int, Credits]) -> Telling:
    """A report with what its article, and the one that this copies, say of their origin."""
    mine, copied = row["article_id"], row["copy_of"]
    first = said.get(copied, NOTHING_SAID) if copied != mine else NOTHING_SAID
    return telling(row, said.get(mine, NOTHING_SAID), first)
