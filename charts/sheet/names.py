"""Names of codes on charts, in the reader's language; text escaped for plotly."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from events import registry
from events.geography import place_name
from events.wording import format_number, label, translator


def actor(code: str, lang: str) -> str:
    """Name of an actor by its code, on one line."""
    return " ".join(registry.name(code, lang).split()) or code


def actors(codes: Sequence[str], lang: str, most: int = 3) -> str:
    """Names of several actors: ``France, Germany, Italy +2``."""
    shown = ", ".join(actor(code, lang) for code in codes[:most])
    return f"{shown} +{len(codes) - most}" if len(codes) > most else shown


def pair(source: str, target: str, lang: str) -> str:
    """``Russia → Ukraine``; one name where the other side is not named."""
    return " → ".join(actor(code, lang) for code in (source, target) if code)


def place(row: Mapping[Any, Any], lang: str) -> str:
    """Name of the place of an event row, "" where there is none."""
    name = str(row["place_name"])
    if not name:
        return ""
    return place_name(str(row["place_id"]), name, str(row["place_country"]), lang)


def act(row: Mapping[Any, Any], lang: str) -> str:
    """Who did what to whom in one short line: ``Russia → Ukraine: Assault``."""
    type_name = label(str(row["type"]), lang)
    sources, targets = list(row["sources"]), list(row["targets"])
    sides = [actors(side, lang, 2) for side in (sources, targets) if side]
    if not sides:
        return type_name
    joined = " → ".join(sides) if sources else f"→ {sides[0]}"
    colon = translator(lang)("{name}: {value}")
    return colon.format(name=joined, value=type_name)


def line(row: Mapping[Any, Any], lang: str) -> str:
    """An event in one line: who did what to whom, and where."""
    return ", ".join(part for part in (act(row, lang), place(row, lang)) if part)


def events_word(number: int, lang: str) -> str:
    """``1 event``, ``1,204 events``."""
    text = translator(lang)("{n} event" if number == 1 else "{n} events")
    return text.format(n=format_number(number, lang))


def escape(text: str) -> str:
    """Escape text for plotly, which reads HTML tags in labels and hovers."""
    return html.escape(text, quote=False)
