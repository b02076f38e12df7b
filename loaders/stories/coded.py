"""Rows that others coded, each in the story of the reports of its act.

A row follows and never leads: the stories of the reports are made without it, it joins one of them
or none, and rows are not joined among themselves. It is compared with the sure reports whose days
hold its own, in the same place or one in the other, of its type or class, with a party in common.
Tables such as ACLED's give no direction, so its parties are seated as the report has them; then
the evidence and weights are those of reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from loaders.linking.choose import choose
from loaders.linking.evidence import Candidate, Evidence
from loaders.stories.evidence import CLOSE, pair_evidence
from loaders.stories.keys import LONGEST
from loaders.stories.nearness import nearness
from loaders.stories.reports import Report, covers, ordered_reports
from loaders.stories.stories import MOST_REPORTS, question

NESTED = (*CLOSE, "same country")
ByDay = Mapping[tuple[int, str], Sequence[Report]]


def coded_stories(
    coded: pd.DataFrame, reports: Iterable[Report], story_of: Mapping[int, int]
) -> dict[int, int]:
    """Story of each coded row: event_id -> story_id, its own event_id where it joins none.

    `coded` has EVENT_COLUMNS; `reports` are those whose days touch its rows' days, `story_of` their
    stories (a report that it lacks is its own).
    """
    found = {int(event_id): int(event_id) for event_id in coded["event_id"]}
    by_day = _by_day_and_party(reports)
    for row in ordered_reports(coded):
        if row.dated:
            story = _story(row, _candidates(row, by_day), story_of)
            found[row.event_id] = row.event_id if story is None else story
    return found


def report_days(reports: Iterable[Report]) -> set[int]:
    """The days (ordinals) that rows are compared on."""
    return {day for report in reports if _leads(report) for day in _days(report)}


def seated(row: Report, report: Report) -> Report:
    """The row with each party on the side where the report has it, under the report's code for it;
    parties that the report has not stand on the side that is left."""
    sides: dict[str, set[str]] = {"sources": set(), "targets": set()}
    strangers = set()
    for party in sorted(row.parties):
        side, code = _seat(party, report)
        sides[side].add(code) if side else strangers.add(party)
    left = "targets" if sides["sources"] and not sides["targets"] else "sources"
    sides[left] |= strangers
    sources, targets = (frozenset(sides[name]) for name in ("sources", "targets"))
    return replace(row, sources=sources, targets=targets)


def _seat(party: str, report: Report) -> tuple[str, str]:
    """The side and code of a party in a report, ("", "") where it has none of it."""
    for same in (str.__eq__, covers):
        for side, codes in (("sources", report.sources), ("targets", report.targets)):
            for code in sorted(codes):
                if same(code, party):
                    return side, code
    return "", ""


def _leads(report: Report) -> bool:
    return report.sure and report.last - report.first < LONGEST


def _days(report: Report) -> range:
    return range(report.first, report.last + 1)


def _by_day_and_party(reports: Iterable[Report]) -> ByDay:
    found: dict[tuple[int, str], list[Report]] = defaultdict(list)
    for report in filter(_leads, reports):
        for day in _days(report):
            for party in report.states:
                found[day, party].append(report)
    return found


def _candidates(row: Report, by_day: ByDay) -> dict[int, Report]:
    near = (each for party in sorted(row.states) for each in by_day.get((row.first, party), ()))
    return {each.event_id: each for each in near if _comparable(row, each)}


def _comparable(row: Report, report: Report) -> bool:
    within = report.first <= row.first and row.last <= report.last
    alike = row.type == report.type or row.quad == report.quad
    if not (within and alike and nearness(row.spot, report.spot) in NESTED):
        return False
    return report.short or bool(row.names & report.names)  # a month holds many acts of a place


def _story(
    row: Report, candidates: Mapping[int, Report], story_of: Mapping[int, int]
) -> int | None:
    told: dict[int, list[Report]] = defaultdict(list)
    for event_id, report in candidates.items():
        told[story_of.get(event_id, event_id)].append(report)
    found = [Candidate(story, _evidence(row, each[:MOST_REPORTS])) for story, each in told.items()]
    value = choose(found, question()).value if found else None
    return None if value is None else int(value)


def _evidence(row: Report, reports: Sequence[Report]) -> Evidence:
    """The mean over the reports of a story that hold the row's day."""
    found: Evidence = defaultdict(float)
    for report in reports:
        for name, value in pair_evidence(seated(row, report), report).items():
            found[name] += value / len(reports)
    return dict(found)
