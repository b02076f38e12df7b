"""Differences between the reports of a story in the reader's language: point and versions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from events import geography, registry, wording
from events.bounds_words import bounds_in_words
from events.contradiction import Row, figures
from events.publication import published_words


def subject_words(subject: str, lang: str) -> str:
    """What a difference (`events.story.Difference.subject`) is about."""
    _ = wording.translator(lang)
    known = {
        "date": _("Date"),
        "precision": _("Precision"),
        "place": _("Place"),
        "sources": _("Who acts"),
        "targets": _("Who is acted upon"),
        "type": _("Type"),
        "status": _("Status"),
    }
    name = subject.removeprefix("attribute:")
    return known.get(subject) or _(name)[:1].upper() + _(name)[1:]


def version_words(subject: str, report: Row, lang: str) -> str:
    """What a report (EVENT_COLUMNS) says on a subject."""
    _ = wording.translator(lang)
    if subject == "date":
        return day_words(report, lang)
    if subject == "place":
        return place_words(report, lang) or _("no place")
    if subject in ("sources", "targets"):
        return ", ".join(registry.name(code, lang) for code in report[subject]) or _("not named")
    if subject.startswith("attribute:"):
        return ", ".join(figures(report, subject.removeprefix("attribute:")))
    told = str(report[subject])
    return wording.label(told, lang) if told else _("undated")


def day_words(report: Row, lang: str, short: bool = True) -> str:
    """The date of a report, as precise as its precision; of an undated one its bounds."""
    first, last = (_day(report[name]) for name in ("first", "last"))
    bounds = (_day(report.get("bounds_from")), _day(report.get("bounds_to")))
    if first is None and last is None and (told := bounds_in_words(*bounds, lang, short)):
        return told
    return wording.format_interval(
        first,
        last,
        str(report["precision"]),
        lang,
        short,
        open_start=bool(report["open_start"]),
        open_end=bool(report["open_end"]),
    )


def _day(value: Any) -> dt.date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def place_words(report: Row, lang: str) -> str:
    """The place of a report by its name in that language; "" where none is told."""
    if not report["place_name"]:
        return ""
    place_id, name, country = (
        str(report[column]) for column in ("place_id", "place_name", "place_country")
    )
    return geography.place_name(place_id, name, country, lang)


def source_words(report: Row, lang: str) -> str:
    """Outlet and day of publication of a report."""
    source = str(report["source"]) or wording.translator(lang)("outlet unknown")
    day = published_words(report, lang, short=True)
    return f"{source}, {day}" if day else source


def quote_words(report: Row, lang: str) -> str:
    """The sentence of a report in the reader's quotation marks; its language where that is another:
    “La Russie a frappé Dnipro.” (in French)."""
    words = wording.quoted(" ".join(str(report["quote"]).split()), lang)
    return f"{words}{language_mark(str(report['lang']), lang)}"


def language_mark(of_text: str, lang: str) -> str:
    """ " (in French)" for a text in another language than the reader's, else ""."""
    if not of_text or of_text == lang:
        return ""
    told = wording.translator(lang)("in {language}")
    return f" ({told.format(language=wording.language_in_text(of_text, lang))})"
