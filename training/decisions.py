"""Weights fitted again on what persons decided in a review, held near those that ship.

The decisions (`python -m loaders edits gold FILE`) are few and not drawn at random, so the weights
that ship are the start: each is pulled back to its old value, the harder the less that helps on
articles not fitted on. A question whose loss there does not fall by more than its standard error
keeps its weights. Which words tell an act at all ([type]) is not fitted: persons decide about what
was told, so the words that tell nothing are missing, and with them the share of acts. No corpus
and no network of a fold is needed: the reader that ships was trained on none of these articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from loaders.acts.network import Network
from loaders.linking.weights import Question
from training.calibrate import Row, Seen, all_rows, told_rows
from training.corpus import Unit
from training.fit import FIRST
from training.prepare import read

PULLS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)  # of a weight to its old value
FOLDS = 5
LEAST_ROWS = 40  # fewer answers of a question say too little of it
STEPS = 25  # of Newton's method, which is done long before
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Gain:
    """A question on articles not fitted on: rows, mean loss before and after (nats a row), the
    standard error of the difference, and the pull; `taken` where the weights change."""

    question: str
    rows: int
    before: float
    after: float
    error: float
    pull: float

    @property
    def taken(self) -> bool:
        return self.before - self.after > self.error

    def __str__(self) -> str:
        told = f"{self.question}: {self.rows} answers, loss {self.before:.4f} -> {self.after:.4f}"
        kept = "taken" if self.taken else "kept as it is"
        return f"{told} (+- {self.error:.4f}, pull {self.pull:g}): {kept}"


def read_units(path: Path) -> list[Unit]:
    """The articles of a file of decisions. Raises OSError, ValueError."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def seen_of(units: Sequence[Unit]) -> list[Seen]:
    """The articles with what the reader that ships says of them."""
    network = Network()
    given = [(unit, read(unit)) for unit in units]
    return [Seen(unit, one, network.read(one)) for unit, one in given]


def refit(
    seen: Sequence[Seen], shipped: Mapping[str, Question]
) -> tuple[dict[str, Question], list[Gain]]:
    """The questions after the decisions, and what each gained."""
    asked, gains = dict(shipped), []
    for name, rows in _rows(seen, asked):
        if len(rows) >= LEAST_ROWS and len({row.right for row in rows}) == 2:
            question, gain = _refitted(name, rows, asked[name])
            gains.append(gain)
            if gain.taken:
                asked[name] = question
    return asked, gains


def _rows(seen: Sequence[Seen], asked: Mapping[str, Question]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each question; of the last two as told by the questions before them."""
    for name, rows_of in FIRST.items():
        if name == "type":
            continue
        yield name, [row for one in seen for row in rows_of(one)]
    for name, later in (("told", told_rows), ("all", all_rows)):
        yield name, [row for one in seen for row in later(one, dict(asked))]


def _refitted(name: str, rows: Sequence[Row], old: Question) -> tuple[Question, Gain]:
    names = sorted({*old.weights, *(key for row in rows for key in row.evidence)})
    table = np.array([[1.0, *(row.evidence.get(key, 0.0) for key in names)] for row in rows])
    right = np.array([float(row.right) for row in rows])
    start = np.array([old.base, *(old.weights.get(key, 0.0) for key in names)])
    units = list(dict.fromkeys(row.unit for row in rows))
    fold = np.array([units.index(row.unit) % FOLDS for row in rows])
    before = _loss(table @ start, right)
    after = {pull: _on_folds(table, right, start, fold, pull) for pull in PULLS}
    pull = min(PULLS, key=lambda each: after[each].mean())
    error = _error_of_units(before - after[pull], [row.unit for row in rows])
    gain = Gain(name, len(rows), float(before.mean()), float(after[pull].mean()), error, pull)
    found = [round(float(value), 3) for value in pulled(table, right, start, pull)]
    told = dict(zip(names, found[1:], strict=True))
    return Question(found[0], old.threshold, {k: w for k, w in told.items() if w}), gain


def _on_folds(
    table: Floats, right: Floats, start: Floats, fold: npt.NDArray[np.int64], pull: float
) -> Floats:
    """The loss of each row by weights fitted without its fold."""
    lost = np.zeros(len(right))
    for number in range(FOLDS):
        out = fold == number
        fitted = pulled(table[~out], right[~out], start, pull)
        lost[out] = _loss(table[out] @ fitted, right[out])
    return lost


def pulled(table: Floats, right: Floats, start: Floats, pull: float) -> Floats:
    """The weights of a logistic regression that is penalised by their squared distance from
    `start`, by Newton's method."""
    found = start.copy()
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (sure - right) + pull * (found - start)
        bend = (table * (sure * (1 - sure))[:, None]).T @ table + pull * np.eye(len(found))
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < 1e-8:
            break
    return found


def _loss(total: Floats, right: Floats) -> Floats:
    """Minus the log of the share given to what is so."""
    found: Floats = np.logaddexp(0, np.where(right > 0, -total, total))
    return found


def _error_of_units(gain: Floats, units: Sequence[str]) -> float:
    """The standard error of the mean gain a row; rows of one article go together."""
    sums: dict[str, float] = {}
    for value, unit in zip(gain - gain.mean(), units, strict=True):
        sums[unit] = sums.get(unit, 0.0) + float(value)
    return float(np.sqrt(sum(value**2 for value in sums.values())) / len(units))
