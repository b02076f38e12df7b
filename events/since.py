"""What changed of what the filters show since a moment, read from the store itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from events.changes import Change, State, changes
from events.filters import Filters
from events.query import Query


@dataclass(frozen=True)
class Since:
    """The changes since a moment, which has a zone."""

    moment: dt.datetime
    changes: Sequence[Change]


def changes_since(query: Query, filters: Filters, moment: dt.datetime) -> Since:
    """The changes (`events.changes`) between the store as it was known then and as it is.

    Raises StoreMissing or StoreDamaged.
    """
    before = Query(query.location, known_at=moment)
    was, now = before.events(filters), query.events(filters)
    ids = pd.concat([was["event_id"], now["event_id"]]).drop_duplicates().tolist()
    states = (State(was, before.events_with(ids)), State(now, query.events_with(ids)))
    return Since(moment, changes(*states))
