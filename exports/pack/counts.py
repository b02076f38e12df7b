"""Counts for native charts: events over time by quad class, and the pairs with most events."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from events import registry, wording

TOP_DYADS = 10
_TEMPO_BINS = 36  # more columns than this cannot be read on a slide
_UNITS: tuple[tuple[str, str], ...] = (
    ("day", "D"),
    ("week", "W-SUN"),
    ("month", "M"),
    ("year", "Y"),
)


@dataclass(frozen=True)
class Dyad:
    """Who acts on whom: events in all and by quad class 1 to 4."""

    source: str
    target: str
    events: int
    quads: tuple[int, int, int, int]


def tempo_table(events: pd.DataFrame, lang: str) -> tuple[pd.DataFrame, str, int]:
    """Events a day, week, month or year by quad class; the unit; events that fit no bin of it.

    The finest unit that gives at most 36 bins. An event coarser than the unit is counted apart.
    """
    dated = events[events["first"].notna() & events["last"].notna()]
    if dated.empty:
        return _empty_tempo(), "day", len(events)
    for unit, frequency in _UNITS:
        first = dated["first"].astype("datetime64[s]").dt.to_period(frequency)
        fits = first == dated["last"].astype("datetime64[s]").dt.to_period(frequency)
        if not fits.any():
            continue
        span = first[fits]
        bins = pd.period_range(span.min(), span.max(), freq=frequency)
        if len(bins) <= _TEMPO_BINS or unit == "year":
            return (
                _counted(dated[fits], span, bins, unit, lang),
                unit,
                len(events) - int(fits.sum()),
            )
    return _empty_tempo(), "day", len(events)


def _counted(
    dated: pd.DataFrame, span: pd.Series, bins: pd.PeriodIndex, unit: str, lang: str
) -> pd.DataFrame:
    counts = pd.crosstab(span, dated["quad"]).reindex(bins, fill_value=0)
    table = pd.DataFrame({f"quad_{q}": counts.get(q, 0) for q in (1, 2, 3, 4)})
    days = [period.start_time.date() for period in bins]
    table.insert(0, "first", days)
    table.insert(0, "label", [wording.format_day(day, unit, lang, short=True) for day in days])
    return table.reset_index(drop=True)


def _empty_tempo() -> pd.DataFrame:
    return pd.DataFrame(columns=["label", "first", "quad_1", "quad_2", "quad_3", "quad_4"])


def top_dyads(events: pd.DataFrame, lang: str) -> tuple[tuple[Dyad, ...], int]:
    """The pairs with most events, and the number of events that name no pair."""
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
    return dyads, len(events) - sum(named)
