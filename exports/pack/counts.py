"""Counts for native charts: events over time by quad class, and the pairs with most events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from charts.timeline.spans import View, starts, to_date
from charts.timeline.tempo_counts import LEFT, TempoOptions, count
from events import registry, wording

TOP_DYADS = 10
# width at nine pixels a column: `count` then makes at most 36, which can still be read
_WIDTH = LEFT + 16.0 + 36 * 9.0
_COLUMNS = ["label", "first", "quad_1", "quad_2", "quad_3", "quad_4"]


@dataclass(frozen=True)
class Dyad:
    """Who acts on whom: events in total and by quad class 1 to 4."""

    source: str
    target: str
    events: int
    quads: tuple[int, int, int, int]


def tempo_table(
    events: pd.DataFrame, lang: str, view: View | None = None
) -> tuple[pd.DataFrame, str, dict[str, int]]:
    """Events by quad class per day, week ... of the days shown; the unit; the left-out counts.

    Days, unit and counting are as in the chart on the page, with at most 36 columns.
    One row per column of the chart: label, first, quad_1 to quad_4.
    """
    found = count(events, TempoOptions(view=view, width=_WIDTH))
    if not found.bars:
        return pd.DataFrame(columns=_COLUMNS), found.unit, found.left_out
    told = pd.DataFrame([(b.first, b.quad, b.events) for b in found.bars])
    counts = told.pivot_table(index=0, columns=1, values=2, aggfunc="sum", fill_value=0)
    edges = starts(found.scale.first, found.scale.last, found.unit)[:-1]
    counts = counts.reindex(edges, fill_value=0)
    table = pd.DataFrame({f"quad_{q}": counts.get(q, 0) for q in (1, 2, 3, 4)}, dtype="int64")
    days = [to_date(day) for day in edges]
    table.insert(0, "first", days)
    table.insert(0, "label", [_label(day, found.unit, lang) for day in days])
    return table.reset_index(drop=True), found.unit, found.left_out


def _label(day: dt.date, unit: str, lang: str) -> str:
    """A column's first day; a decade is written as its first year."""
    return wording.format_day(day, "year" if unit == "decade" else unit, lang, short=True)


def top_dyads(events: pd.DataFrame, lang: str) -> tuple[tuple[Dyad, ...], int, int]:
    """The pairs with most events, the number of all pairs, and of events that name no pair."""
    pairs = [
        (source, target, quad)
        for sources, targets, quad in zip(
            events["sources"], events["targets"], events["quad"], strict=True
        )
        for source in sources
        for target in targets
        if source != target
    ]
    named = [
        any(a != b for a in sources for b in targets)
        for sources, targets in zip(events["sources"], events["targets"], strict=True)
    ]
    table = pd.DataFrame(pairs, columns=["source", "target", "quad"])
    found = []
    for (source, target), rows in table.groupby(["source", "target"]):
        quads = tuple(int((rows["quad"] == q).sum()) for q in (1, 2, 3, 4))
        found.append((source, target, len(rows), quads))
    found.sort(key=lambda row: (-row[2], row[0], row[1]))
    dyads = tuple(
        Dyad(registry.name(a, lang), registry.name(b, lang), n, quads)  # type: ignore[arg-type]
        for a, b, n, quads in found[:TOP_DYADS]
    )
    return dyads, len(found), len(events) - sum(named)
