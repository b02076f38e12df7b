"""How sure the learned reader is of an event, and how often it was right where that was measured.

The figures are data, the tables [told] and [measured] of ``data/reference/weights.toml``, which
`python -m training calibrate` writes. Events that words alone told, or another coder, have no
certainty: they are shown like those that are sure enough.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from events.checked_toml import TomlTable, read_toml
from events.model import Event
from events.reference import REFERENCE_DIR

if TYPE_CHECKING:  # what reads articles needs none of it, and it takes a third of a second
    import pandas as pd

WEIGHTS_FILE = REFERENCE_DIR / "weights.toml"
# what an event has a certainty of: columns "certainty_" + field of events.columns.EVENT_COLUMNS
FIELDS = ("event", "type", "sources", "targets", "date", "place")
SURE, LIKELY = 0.75, 0.5  # from which on a certainty is called so
# values of the filter: events that are sure enough, or all
Sure = Literal["enough", "any"]
ENOUGH: Sure = "enough"
ANY: Sure = "any"
NOT_SURE = "not sure enough"  # why the filter hides an event, a msgid


@dataclass(frozen=True)
class Measured:
    """Of `told` events whose type was at least as certain as the threshold, on news that the reader
    had not seen, the share `type` had the right type. `languages`: those in which enough of them
    stand to say so; of events in others it is not known."""

    told: int
    type: float
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """`threshold`: how certain the type of an event must be to be shown by default. `measured`:
    what that was found to be worth; None where it was measured at another threshold."""

    threshold: float
    measured: Measured | None


@functools.cache
def reading(path: Path = WEIGHTS_FILE) -> Reading:
    """The figures of a file of weights. Raises ValueError, with file, table and key."""
    tables = read_toml(path)
    threshold = _share(TomlTable.of(path, "[told]", tables.get("told")), "threshold")
    row = TomlTable.of(path, "[measured]", tables.get("measured"))
    at, share = _share(row, "threshold"), _share(row, "type")
    told = int(row.take("told", lambda v: isinstance(v, int) and v > 0, "a number of events"))
    languages = tuple(row.take("languages", _is_languages, "a list of languages"))
    row.close()
    return Reading(threshold, Measured(told, share, languages) if at == threshold else None)


def _share(table: TomlTable, key: str) -> float:
    return float(table.take(key, _is_share, "a number from 0 to 1"))


def _is_share(value: Any) -> bool:
    return isinstance(value, int | float) and 0 <= value <= 1


def _is_languages(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(code, str) for code in value)


def sure_enough(certainties: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which certainties of a type reach the threshold; NaN, not known, does."""
    # a comparison with NaN is false
    found: npt.NDArray[np.bool_] = ~(certainties < reading().threshold)
    return found


def is_sure_enough(event: Event) -> bool:
    """Whether an event is shown by default, before any person decided about it."""
    certainty = dict(event.certainty).get("type")
    return certainty is None or certainty >= reading().threshold


def shown(events: pd.DataFrame, sure: Sure) -> pd.Series[bool]:
    """Which events (certainty_type and edited of EVENT_COLUMNS) the filter `sure` shows: what a
    person decided about is never hidden by it."""
    return events["edited"] | sure_enough(events["certainty_type"].to_numpy()) | (sure == ANY)


def lowest(event: Mapping[Any, Any]) -> tuple[str, float] | None:
    """The field of an event row (EVENT_COLUMNS) that is least sure, and how sure it is; None where
    no field has a certainty."""
    told = {name: event.get(f"certainty_{name}") for name in FIELDS[1:]}
    known = {name: float(value) for name, value in told.items() if value is not None}
    known = {name: value for name, value in known.items() if not math.isnan(value)}
    return min(known.items(), key=lambda item: item[1], default=None)


def word_of(certainty: float) -> Literal["sure", "likely", "doubtful"]:
    """A certainty in a word."""
    return "sure" if certainty >= SURE else "likely" if certainty >= LIKELY else "doubtful"
