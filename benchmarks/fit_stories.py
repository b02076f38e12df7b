"""The weights of the joins: `python -m benchmarks.fit_stories` fits and writes them.

Labelled pairs (benchmarks/gold/stories, without the half that is held back) and the acts of the
sample articles, as the learned reader reads them, become rows of evidence, right or wrong; a
logistic regression carries the weights on from those of the file, with a penalty on the distance
from them, so that what few of today's pairs show stays as it was; evidence that the file does not
know begins at nothing. A wrong join costs more than a missed one: it hides an event. What is
printed is measured over folds: the stories of each fourth of the samples by weights that the others
gave.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks import gold_stories
from benchmarks.accuracy_stories import b_cubed
from benchmarks.gold_stories import Row, as_table, held_back, lines, sides
from loaders.linking.choose import certainty_of
from loaders.linking.evidence import Candidate
from loaders.linking.weights import Question
from loaders.stories.evidence import Evidence, pair_evidence
from loaders.stories.keys import DAY_SLACK
from loaders.stories.reports import Report, ordered_reports
from loaders.stories.stories import WEIGHTS, group_reports, question

PENALTY = 100.0  # on the square of the distance of a weight from that of the file
PENALTY_OF_NEW = 2.0  # the same for evidence that the file does not know
WRONG_COSTS = 2.0  # times what a missed join costs
THRESHOLD = 0.65
ROUNDS = 3  # in which the pair of events that is one act is found among those of two reports
STEPS = 30
# articles of one subject are in one fold
FOLDS = (
    {"miss-en", "miss-fr", "dni-en", "dni-fr", "nato-en", "nato-fr"},
    {"icc-en", "icc-fr", "kor", "tcd", "baku"},
    {"lbn-en", "lbn-fr", "geo", "prk"},
    {"alep", "dam", "scs", "veto", "cable", "haiti"},
)
HEAD = """\
# The weights of "do these reports tell one act?", in log-odds a unit of evidence: written by
# `python -m benchmarks.fit_stories`; docs/stories.md explains the names. base: without evidence.
# threshold: a report less sure than this to tell the act of a story begins one of its own.
"""


@dataclass(frozen=True)
class Labelled:
    """Pairs of events of one labelled case: all of them wrong, or the likeliest of them right."""

    right: bool
    evidence: tuple[Evidence, ...]


def main() -> int:
    cases = list(_pair_cases())
    samples = [gold_stories.sample_events()]
    for rows, act_of in samples:
        print(b_cubed(_crossed(cases, samples, rows), act_of))
    within = [case for rows, acts in samples for case in sample_cases(rows, acts)]
    _write(fit([*cases, *within]))
    return 0


def fit(cases: Sequence[Labelled]) -> Question:
    """The weights that make the labels likeliest, not far from those of the file."""
    asked = question()
    for _ in range(ROUNDS):
        rows = [row for case in cases for row in _rows(case, asked)]
        asked = _fitted(rows)
    return asked


def _rows(case: Labelled, asked: Question) -> Iterator[tuple[Evidence, bool]]:
    if case.right:
        likeliest = max(case.evidence, key=lambda e: certainty_of(Candidate(None, e), asked))
        yield likeliest, True
    else:
        yield from ((evidence, False) for evidence in case.evidence)


def _fitted(rows: Sequence[tuple[Evidence, bool]]) -> Question:
    names = sorted({name for evidence, _ in rows for name in evidence})
    table = np.array([[1.0, *(e.get(name, 0.0) for name in names)] for e, _ in rows])
    right = np.array([float(is_right) for _, is_right in rows])
    known = question()
    before = np.array([known.base, *(known.weights.get(name, 0.0) for name in names)])
    weights = _newton(table, right, np.where(right == 1, 1.0, WRONG_COSTS), before)
    told = {n: round(float(w), 3) for n, w in zip(names, weights[1:], strict=True)}
    return Question(round(float(weights[0]), 3), THRESHOLD, told)


def _newton(
    table: npt.NDArray[np.float64],
    right: npt.NDArray[np.float64],
    cost: npt.NDArray[np.float64],
    before: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Weights of a logistic regression by Newton's steps, near those of `before`; the first column
    is the base."""
    penalty = np.where(before == 0, PENALTY_OF_NEW, PENALTY)
    weights = before.copy()
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (cost * (likely - right)) + penalty * (weights - before)
        curve = (table * (cost * likely * (1 - likely))[:, None]).T @ table + np.diag(penalty)
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def _pair_cases() -> Iterator[Labelled]:
    for name in ("pairs", "hard", "kinds", "work"):
        for pair in lines(name):
            if name == "kinds" and held_back(pair):
                continue
            one, other, rows = sides(pair)
            reports = _reports(rows)
            met = [
                pair_evidence(reports[a["event_id"]], reports[b["event_id"]])
                for a in one
                for b in other
                if a["event_id"] != b["event_id"]
                and _meet(reports.get(a["event_id"]), reports.get(b["event_id"]))
            ]
            if met:
                yield Labelled(pair["same"], tuple(met))


def sample_cases(rows: Sequence[Row], act_of: dict[int, str]) -> Iterator[Labelled]:
    """Every two events of the samples that the grouping would compare."""
    reports = list(_reports(rows).values())
    for n, one in enumerate(reports):
        for other in reports[:n]:
            if _meet(one, other):
                same = act_of[one.event_id] == act_of[other.event_id]
                yield Labelled(same, (pair_evidence(one, other),))


def _reports(rows: Sequence[Row]) -> dict[int, Report]:
    told = ordered_reports(as_table(list(rows))) if rows else []
    return {report.event_id: report for report in told}


def _meet(a: Report | None, b: Report | None) -> bool:
    """Whether they are near in time and may have a party or place in common: more than the grouping
    compares, so that the weights know what is easily told apart."""
    if a is None or b is None or max(a.first, b.first) - min(a.last, b.last) > DAY_SLACK:
        return False
    unnamed = not (a.parties and b.parties)
    return unnamed or bool(a.states & b.states) or bool(a.place_id and a.place_id == b.place_id)


def _crossed(
    cases: Iterable[Labelled],
    samples: Sequence[tuple[list[Row], dict[int, str]]],
    rows: Sequence[Row],
) -> dict[int, int]:
    """The stories of each fold by weights fitted on the pairs and the other folds."""
    story_of: dict[int, int] = {}
    for fold in FOLDS:
        others = [([r for r in each if r["article"] not in fold], acts) for each, acts in samples]
        within = [case for each, acts in others for case in sample_cases(each, acts)]
        part = as_table([row for row in rows if row["article"] in fold])
        story_of |= group_reports(part, fit([*cases, *within]))
    return story_of


def _write(asked: Question) -> None:
    told = sorted(asked.weights.items(), key=lambda row: -abs(row[1]))
    lines_ = [HEAD, "[story]", f"base = {asked.base}", f"threshold = {asked.threshold}", ""]
    lines_ += ["[story.weights]", *(f'"{name}" = {weight}' for name, weight in told), ""]
    WEIGHTS.write_text("\n".join(lines_), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
