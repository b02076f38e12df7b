"""Names of actors, places and languages in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events import geography, registry, wording
from events.certainty import ANY
from events.filters import Filters
from pages.shell.language import current


def actor(code: str) -> str:
    """Name of an actor by its code."""
    return registry.name(code, current())


def place(place_id: str, name: str, country: str) -> str:
    """Name of a place, with its country unless the place is the country."""
    if not name:
        return ""
    shown = geography.place_name(place_id, name, country, current())
    where = geography.country_name(country, current()) if country else ""
    return f"{shown}, {where}" if where and where != shown else shown


def place_of(row: Mapping[str, Any]) -> str:
    """Name of the place of an event, "" where it is unlocated."""
    return place(str(row["place_id"]), str(row["place_name"]), str(row["place_country"]))


def place_value(value: str) -> str:
    """Name of a value of the place filter: a country, a gazetteer id or a name."""
    if len(value) == 3 and value.isalpha() and value.isupper():
        return geography.country_name(value, current())
    from pages.shell.store_access import query

    options = query().options(Filters(sure=ANY)).places
    found = options[options["value"] == value]
    if found.empty:
        return value
    row = found.iloc[0]
    return geography.place_name(value, str(row["name"]), str(row["country"]), current())


def language_name(code: str) -> str:
    """Name of a language: "fr" is "French" to an English reader; the code where unknown."""
    return wording.language_name(code, current())


def language_in_text(code: str) -> str:
    """The same as it is written within a sentence: "anglais", "English"."""
    return wording.language_in_text(code, current())
