"""Access of the pages to the store: one query object for all sessions."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from events.query import Query
from events.records import records
from events.store import store_location
from pages.shell import counting
from pages.shell.language import current


@st.cache_resource(show_spinner=False)
def _query(location: str) -> Query:
    return Query(location, ahead=True)


def query() -> Query:
    """The query object of the store (FRISE_STORE, or data/store), with one row an event or one a
    report, as the reader chose."""
    return reports() if counting.chosen() == counting.REPORTS else reports().by_story_in(current())


def reports() -> Query:
    """The same with one row a report, whatever the reader chose."""
    return _query(os.fspath(store_location()))


def one(table: pd.DataFrame) -> Mapping[str, Any] | None:
    """The only row of a table, None if it is empty."""
    return records(table)[0] if len(table) else None
