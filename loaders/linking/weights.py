"""The weights of every question: fitted ones of data/reference/weights.toml, and over them those
set by hand of data/reference/weights_by_hand.toml.

The first file is written by `python -m training calibrate`, the second by persons alone, so that
nothing set by hand is lost when all is fitted again; docs/reader.md says what each name means and
gains. The table [measured] beside the fitted ones is read by `events.certainty`.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from events.certainty import WEIGHTS_FILE

MEASURED = "measured"  # the table that is no question
BY_HAND_FILE = WEIGHTS_FILE.with_name("weights_by_hand.toml")


@dataclass(frozen=True)
class Question:
    """How one question is answered. weights: log-odds a unit of each evidence; base: without any;
    threshold: an answer less certain than this is left blank."""

    base: float
    threshold: float
    weights: Mapping[str, float]


def read_weights(path: Path = WEIGHTS_FILE) -> dict[str, Question]:
    """The questions of a TOML file. Raises ValueError, with file, question and key, for a value
    that is no number."""
    rows: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _question(path, name, row) for name, row in rows.items() if name != MEASURED}


def _question(path: Path, name: str, row: dict[str, Any]) -> Question:
    _check(path, name, row["weights"])
    _check(path, name, {key: value for key, value in row.items() if key != "weights"})
    return Question(row["base"], row["threshold"], row["weights"])


def _check(path: Path, name: str, row: Mapping[str, Any]) -> None:
    for key, value in row.items():
        if not isinstance(value, int | float):
            raise ValueError(f"{path}, [{name}]: {key} is {value!r}; write a number")


@functools.cache
def by_hand(path: Path = BY_HAND_FILE) -> dict[str, dict[str, float]]:
    """The weights set by hand of each question that has some. Raises ValueError as read_weights."""
    rows: dict[str, dict[str, float]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, row in rows.items():
        _check(path, name, row)
    return rows


def with_hand(name: str, question: Question) -> Question:
    """A fitted question with the weights set by hand over its own."""
    return replace(question, weights={**question.weights, **by_hand().get(name, {})})


@functools.cache
def weights() -> dict[str, Question]:
    """The questions as shipped."""
    return {name: with_hand(name, question) for name, question in read_weights().items()}
