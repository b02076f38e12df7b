"""A report as one line that can stand in a text: outlet, title, day, address, grade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events.headline import headline_of
from events.publication import published_words
from events.wording import quoted, translator


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
    day = published_words(row, lang)
    if not day:
        return translator(lang)("undated")
    if row["published_basis"] != "inferred":
        return day
    _ = translator(lang)
    is_day = row["published_precision"] not in ("month", "year")
    return (_("about {day}") if is_day else _("about {month_or_year}")).format(
        day=day, month_or_year=day
    )
