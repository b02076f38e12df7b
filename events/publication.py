"""When the article of a report was published, as precisely as that is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from events.wording import format_day

Row = Mapping[Any, Any]  # EVENT_COLUMNS or ARTICLE_COLUMNS
_ISO_LENGTH = {"month": len("2025-03"), "year": len("2025")}


def published_words(row: Row, lang: str, short: bool = False) -> str:
    """The words of it: 21 November 2024, November 2024, 2024; "" unknown. `short`: 21 Nov 2024."""
    if pd.isna(row["published"]):
        return ""
    return format_day(row["published"].date(), str(row["published_precision"]), lang, short=short)


def published_iso(row: Row) -> str:
    """The same for a column that is sorted: 2024-11-21, 2024-11, 2024; "" unknown."""
    if pd.isna(row["published"]):
        return ""
    day: str = row["published"].date().isoformat()
    return day[: _ISO_LENGTH.get(str(row["published_precision"]))]
