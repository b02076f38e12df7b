"""What depends on the columns of a store alone is worked out once a process."""

from __future__ import annotations

from pathlib import Path

import pytest
from ibis.backends.duckdb import Backend

from events.filters import Filters
from events.query import Query


def test_the_columns_of_a_view_are_asked_once(
    made_store_of_three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Query(made_store_of_three).events(Filters(sure="any"))
    monkeypatch.setattr(Backend, "get_schema", None)
    assert Query(made_store_of_three).events(Filters(sure="any")).equals(first)
