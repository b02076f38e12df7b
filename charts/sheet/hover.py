"""Hover texts of marks: short, in the reader's language, escaped for plotly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from charts.sheet import names
from charts.sheet.measure import wrap
from charts.timeline.bins import unit_name
from charts.timeline.spans import Unit, next_start, start_of, to_date, to_number
from events.certainty_words import least_sure
from events.difference_words import day_words
from events.wording import format_interval, format_number, label, named, translator

_WIDTH = 260.0


def days_words(first: int, last: int, lang: str, short: bool = False) -> str:
    """An interval of day numbers in words: a whole month or year by its name."""
    low, high = to_date(first), to_date(last)
    unit = unit_name(first, last)
    whole = unit in ("month", "quarter", "year") and _is_whole(first, last, unit)
    return format_interval(low, high, unit if whole else "span", lang, short)


def _is_whole(first: int, last: int, unit: Unit) -> bool:
    low = to_date(first)
    return start_of(low, unit) == low and to_number(next_start(low, unit)) - 1 == last


def event_hover(row: Mapping[Any, Any], reports: int, lang: str) -> str:
    """Date, headline and parties of an event row; status, number of reports and the part that is
    least sure where they tell.

    Small, so that the marks around stay in sight: the sentence stands in the evidence.
    """
    told = str(row.get("story_status", row["status"]))
    status = "" if told == "reported" else label(told, lang)
    many = translator(lang)("{n} reports").format(n=format_number(reports, lang))
    headline, who = names.headline(row, lang), names.parties(row, lang)
    is_said = all(name in headline for name in who.replace(" → ", ", ").split(", "))
    parts = ("" if is_said else who, status, many if reports > 1 else "", least_sure(row, lang))
    small = " · ".join(part for part in parts if part)
    what = wrap(headline, _WIDTH, 11, lines=2)
    lines = [*what, *(wrap(small, _WIDTH, 11, lines=2) if small else [])]
    heading = f"<b>{names.escape(day_words(row, lang, short=False))}</b>"
    return "<br>".join([heading, *(names.escape(line) for line in lines)])


def counts_template(at: int, lang: str) -> str:
    """Hover template of a trace: heading, number of events, split by quad class.

    A mark's own `counts_fields` are in its customdata from index `at` on.
    """
    field = [f"%{{customdata[{at + n}]}}" for n in range(6)]
    split = [named(label(f"quad {quad}", lang), field[1 + quad], lang) for quad in (1, 2, 3, 4)]
    return "<br>".join([f"<b>{field[0]}</b>", field[1], *split])


def counts_fields(heading: str, counts: Mapping[int, int], lang: str) -> list[str]:
    """Values for a `counts_template`: heading, events in words, events of the classes 1 to 4."""
    split = [format_number(counts.get(quad, 0), lang) for quad in (1, 2, 3, 4)]
    return [names.escape(heading), names.events_word(sum(counts.values()), lang), *split]
