"""How far two readers of the same events agree: what both said, and Cohen's kappa of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from events.corrections import FIELDS
from events.edited_events import ACCEPTED, ADDED, EVENT, SECOND
from events.query import Query
from events.records import records

BOTH_COLUMNS = ("event_id", "first", "first_said", "second", "second_said")


@dataclass(frozen=True)
class Agreement:
    """Of `both` events that two persons read, `same` have the same verdict. `kappa`: 1 all, 0 as
    much as by chance; None where all verdicts are one, or there is none."""

    readers: tuple[str, str]
    both: int
    same: int
    kappa: float | None


def read_by_two(query: Query) -> pd.DataFrame:
    """A row for each second reading, newest first: BOTH_COLUMNS, the names of the two readers and
    the verdict of each; that of the first is what stood before the second reading."""
    edits = query.edits().sort_values("edit_id")
    seconds = edits[edits["field"] == SECOND].drop_duplicates(["event_id", "who"], keep="last")
    of_event = {int(str(event)): rows for event, rows in edits.groupby("event_id")}
    found = [
        {"event_id": row["event_id"], "second": row["who"], "second_said": row["value"], **first}
        for row in records(seconds[seconds["value"] != ""].iloc[::-1])
        for first in _verdict(of_event[row["event_id"]], row["edit_id"])
        if first["first"] != row["who"]
    ]
    return pd.DataFrame(found, columns=list(BOTH_COLUMNS))


def _verdict(edits: pd.DataFrame, before: int) -> Iterator[dict[str, Any]]:
    """Who decided before an edit, and what; nothing where nobody had."""
    rows = edits[edits["edit_id"] < before].drop_duplicates("field", keep="last")
    rows = rows[(rows["value"] != "") & rows["field"].isin([*FIELDS, EVENT, ADDED, ACCEPTED])]
    if len(rows):
        fields = set(rows["field"])
        others = "accepted" if fields == {ACCEPTED} else "corrected"
        said = "rejected" if EVENT in fields else others
        yield {"first": rows.iloc[-1]["who"], "first_said": said}


def agreements(pairs: pd.DataFrame) -> list[Agreement]:
    """The agreement of each two persons, most events first; `pairs` as of `read_by_two`."""
    told: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in records(pairs):
        said = {row["first"]: row["first_said"], row["second"]: row["second_said"]}
        one, other = sorted(said)
        told.setdefault((one, other), []).append((said[one], said[other]))
    found = [
        Agreement(readers, len(rows), sum(a == b for a, b in rows), kappa(rows))
        for readers, rows in told.items()
    ]
    return sorted(found, key=lambda each: -each.both)


def kappa(verdicts: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two readers' verdicts on the same events; None where it is not defined."""
    if not verdicts:
        return None
    ones, others = (Counter(side) for side in zip(*verdicts, strict=True))
    total = len(verdicts)
    same = sum(a == b for a, b in verdicts) / total
    chance = sum(ones[name] * others[name] for name in ones) / total**2
    return None if chance == 1 else (same - chance) / (1 - chance)
