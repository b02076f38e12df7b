"""All questions fitted, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from loaders.linking.weights import Question, with_hand
from training.calibrate import (
    Row,
    Seen,
    all_rows,
    day_rows,
    fit,
    party_rows,
    place_rows,
    same_rows,
    status_rows,
    told_rows,
    type_rows,
    weight_rows,
)

# how sure an answer must be; [type]: below it a word is no act at all; [told]: the default view
THRESHOLDS = {
    "type": 0.03, "source": 0.4, "target": 0.4, "teller": 0.5, "day": 0.0, "place": 0.5,
    "status": 0.0, "weight": 0.0, "same": 0.4, "all": 0.0, "told": 0.62,
}  # fmt: skip
FIRST: dict[str, Callable[[Seen], Iterator[Row]]] = {
    "type": type_rows,
    "source": lambda seen: party_rows(seen, 0),
    "target": lambda seen: party_rows(seen, 1),
    "teller": lambda seen: party_rows(seen, 2),
    "day": day_rows,
    "place": place_rows,
    "status": status_rows,
    "weight": weight_rows,
}


def fit_all(seen: Sequence[Seen]) -> dict[str, Question]:
    """The weights of every question on units that the network had not seen, those set by hand over
    the fitted ones, as they are read."""
    asked = {
        name: _question(name, [row for one in seen for row in rows(one)])
        for name, rows in FIRST.items()
    }
    asked["same"] = _question("same", [r for one in seen for r in same_rows(one, asked)])
    asked["all"] = asked["told"] = Question(0.0, 0.0, {})
    asked["told"] = _question("told", [r for one in seen for r in told_rows(one, asked)])
    asked["all"] = _question("all", [r for one in seen for r in all_rows(one, asked)])
    return asked


def _question(name: str, rows: list[Row]) -> Question:
    base, weights = fit(rows)
    return with_hand(name, Question(base, THRESHOLDS[name], weights))
