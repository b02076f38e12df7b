"""Names of codes on charts, in the reader's language; text escaped for plotly."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from events import registry
from events.geography import place_name
from events.headline import headline_of
from events.wording import format_number, label, translator


def actor(code: str, lang: str) -> str:
    """Name of an actor by its code, on one line."""
    return " ".join(registry.name(code, lang).split()) or code


def pair(source: str, target: str, lang: str) -> str:
    """``Russia → Ukraine``; one name where the other side is not named."""
    return " → ".join(actor(code, lang) for code in (source, target) if code)


def parties(row: Mapping[Any, Any], lang: str) -> str:
    """``Russia → Ukraine``, all of both sides of an event row; "" where a side is not named."""
    sides = [", ".join(actor(c, lang) for c in row[name]) for name in ("sources", "targets")]
    return " → ".join(sides) if all(sides) else ""


def place(row: Mapping[Any, Any], lang: str) -> str:
    """Name of the place of an event row, "" where there is none."""
    name = str(row["place_name"])
    if not name:
        return ""
    return place_name(str(row["place_id"]), name, str(row["place_country"]), lang)


def headline(row: Mapping[Any, Any], lang: str) -> str:
    """An event in one line, on one line of text."""
    return " ".join(headline_of(row, lang).split())


def kind(row: Mapping[Any, Any], lang: str) -> str:
    """Class and place of an event row, the small words beside its headline."""
    return " · ".join(part for part in (label(str(row["type"]), lang), place(row, lang)) if part)


def events_word(number: int, lang: str) -> str:
    """``1 event``, ``1,204 events``."""
    text = translator(lang)("{n} event" if number == 1 else "{n} events")
    return text.format(n=format_number(number, lang))


def escape(text: str) -> str:
    """Escape text for plotly, which reads HTML tags in labels and hovers."""
    return html.escape(text, quote=False)
