"""All questions fitted, one after the other, and written to data/reference/weights.toml."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from events.certainty import WEIGHTS_FILE, Measured
from loaders.linking.weights import Question
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
HEAD = """\
# The fitted weights of the reader's questions, in log-odds a unit of evidence: written by
# `python -m training calibrate`; docs/reader.md explains the names. base: without any evidence.
# threshold: an answer less sure is left blank; in [told]: an event less sure is not told.
"""
MEASURED = """\
# what was measured on news that the reader had not seen: of the events told with this certainty of
# their type or more, how many had the right type; languages: those with at least 100 of them
[measured]"""


def fit_all(seen: Sequence[Seen]) -> dict[str, Question]:
    """The weights of every question on units that the network had not seen."""
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
    return Question(base, THRESHOLDS[name], weights)


def write(
    asked: dict[str, Question],
    found: Measured,
    path: Path = WEIGHTS_FILE,
    measured_at: float | None = None,
) -> None:
    """Write the weights, the strongest first, and what was measured with them; measured_at: at
    another threshold than that of today, which no page then claims (0: with other weights)."""
    lines = [HEAD]
    for name, question in asked.items():
        lines += [f"[{name}]", f"base = {question.base}", f"threshold = {question.threshold}", ""]
        lines.append(f"[{name}.weights]")
        told = sorted(question.weights.items(), key=lambda row: -abs(row[1]))
        lines += [f'"{evidence}" = {weight}' for evidence, weight in told]
        lines.append("")
    at = asked["told"].threshold if measured_at is None else measured_at
    lines += [MEASURED, f"threshold = {at}", f"told = {found.told}"]
    lines += [f"type = {found.type}", f"languages = {json.dumps(found.languages)}", ""]
    path.write_text("\n".join(lines), encoding="utf-8")
