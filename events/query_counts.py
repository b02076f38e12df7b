"""Answers of `events.query` that count: in memory, or of a large store in its files."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from events import bins_in_files, counts, counts_in_files, parties_in_files
from events.answers import Account, FilterChoices, Loaded, Unit
from events.filters import Filters
from events.query_rows import EventRows


def count(rows: EventRows, filters: Filters) -> int:
    """Number of events that the filters show."""
    asked = rows.asked(filters)
    return counts_in_files.count(asked) if asked else rows.filtered(filters).count()


def bins(rows: EventRows, filters: Filters, unit: Unit, by: str, most: int) -> pd.DataFrame:
    """Number of dated events per time bin and quad class: BIN_COLUMNS."""
    asked = rows.asked(filters)
    if asked:
        return bins_in_files.bins(asked, unit, by, most)
    return counts.bins(rows.filtered(filters), unit, by, most)


def dyads(rows: EventRows, filters: Filters) -> pd.DataFrame:
    """Who acts on whom: DYAD_COLUMNS."""
    asked = rows.asked(filters)
    if asked:
        return parties_in_files.dyads(asked)
    return counts.dyads(rows.filtered(filters))


def places(rows: EventRows, filters: Filters, sure: bool) -> pd.DataFrame:
    """Where shown events happen: PLACE_COLUMNS."""
    asked = rows.asked(filters)
    if asked:
        return counts_in_files.places(asked, sure)
    return counts.places(rows.filtered(filters), sure)


def options(rows: EventRows, filters: Filters) -> FilterChoices:
    """The choices of each filter, with the number of events each would show."""
    asked = rows.asked(filters)
    if asked:
        return counts_in_files.options(asked)
    return counts.options(rows.filtered(filters))


def account(rows: EventRows, filters: Filters, loaded: Callable[[], Loaded]) -> Account:
    """How many loaded events are shown, and how many are hidden for which reason."""
    asked, known = rows.asked(filters), loaded()
    if asked:
        return counts_in_files.account(asked, known)
    return counts.account(rows.filtered(filters), known)


def by_article(rows: EventRows, filters: Filters) -> dict[int, int]:
    """Article id -> number of its events that the filters show, of articles that have any."""
    large = rows.snapshot.large()
    if large is not None:
        return large.by_article(filters)
    filtered = rows.filtered(filters)
    ids = filtered.columns.number("article_id")[filtered.passing()]
    articles, events = np.unique(ids, return_counts=True)
    return dict(zip(articles.tolist(), events.tolist(), strict=True))
