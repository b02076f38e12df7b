"""A report as one line that can stand in a text: outlet, title, day, address, grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from events.headline import headline_of
from events.wording import format_day, quoted, translator


def citation(row: Mapping[Any, Any], lang: str, grade: str = "") -> str:
    """The citation of the article that tells an event (a row of EVENT_COLUMNS), in a language:
    ``Reuters, “Title”, 21 November 2024, https://… [B2]``. What is not known is left out."""
    title = " ".join(str(row["title"]).split()) or headline_of(row, lang)
    parts = [
        str(row["source"]) or translator(lang)("outlet unknown"),
        quoted(title, lang),
        _published(row, lang),
        str(row["url"]),
    ]
    line = ", ".join(part for part in parts if part)
    return f"{line} [{grade}]" if grade else line


def _published(row: Mapping[Any, Any], lang: str) -> str:
    """The day of publication; one that was worked out is said to be."""
    if pd.isna(row["published"]):
        return translator(lang)("undated")
    day = format_day(row["published"].date(), "day", lang)
    if row["published_basis"] == "inferred":
        return translator(lang)("about {day}").format(day=day)
    return day
