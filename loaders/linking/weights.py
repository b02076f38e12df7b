"""The fitted weights of every question, read from data/reference/weights.toml.

Written by `python -m training calibrate`; docs/reader.md says what each name means and gains. The
table [measured] beside them is read by `events.certainty`.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from events.certainty import WEIGHTS_FILE

MEASURED = "measured"  # the table that is no question


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
    for key, value in (*row.get("weights", {}).items(), *row.items()):
        if key != "weights" and not isinstance(value, int | float):
            raise ValueError(f"{path}, [{name}]: {key} is {value!r}; write a number")
    return Question(row["base"], row["threshold"], row["weights"])


@functools.cache
def weights() -> dict[str, Question]:
    """The questions as shipped."""
    return read_weights()
