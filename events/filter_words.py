"""Filters as text in the reader's language: for subtitles, receipts, title pages and chips."""

from __future__ import annotations

from events import wording
from events.filter_kind import FilterKind
from events.filters import Filters


def in_words(filters: Filters, lang: str) -> str:
    """The filters as one line, ``Actors: Russia · Types: Assault``; a plain word where none."""
    parts = [wording.named(name, value, lang) for name, value in filter_rows(filters, lang)]
    return " · ".join(parts) if parts else wording.translator(lang)("All events, no filter")


def filter_rows(filters: Filters, lang: str) -> list[tuple[str, str]]:
    """(name of the filter, its value in words) of each filter that is on, in a fixed order."""
    _ = wording.translator(lang)
    rows = []
    for name, kind in filters.kinds().items():
        value = _row(filters, name, kind, lang) if kind.label else ""
        if value:
            rows.append((_(kind.label), value))
    return rows


def title(filters: Filters, lang: str, most: int = 3) -> str:
    """What the filters ask for as a title, ``Russia, Ukraine · Assault``; "" where they name no
    actor, type, place or words. Of more than `most` values of a filter it says how many."""
    told = []
    for name in ("actors", "types", "places", "text"):
        kind, value = filters.kinds()[name], getattr(filters, name)
        several = value if isinstance(value, tuple) else (value,) if value else ()
        said = [kind.say(one, lang) for one in several[:most]]
        said += [f"+{len(several) - most}"] * (len(several) > most)
        told.append(", ".join(said))
    return " · ".join(part for part in told if part)


def chip(filters: Filters, name: str, value: str, lang: str) -> str:
    """One value of one filter, as `Filters.parts` gives it, in words that stand alone."""
    kind = filters.kinds()[name]
    return (kind.chip or kind.say)(kind.read(value), lang)


def _row(filters: Filters, name: str, kind: FilterKind, lang: str) -> str:
    if kind.row:
        return kind.row(filters, lang)
    value = getattr(filters, name)
    several = value if isinstance(value, tuple) else (value,) if value else ()
    return ", ".join(kind.say(one, lang) for one in several)
