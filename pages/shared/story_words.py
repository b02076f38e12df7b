"""Differences between the reports of a story, as text: which outlet reported what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from events import wording
from events.story import Difference, Told
from pages.shared.facts import Row
from pages.shell import names
from pages.shell.language import _, current, label

MOST_OUTLETS = 3


def difference_line(difference: Difference, rows: Sequence[Row]) -> str:
    """ "Place: Dnipro (Northern Wire) / no place (Le Courrier)": every version with its outlets."""
    told = [
        _("{value} ({outlets})").format(
            value=value_words(difference.subject, version.value), outlets=_outlets(version, rows)
        )
        for version in difference.versions
    ]
    what = subject_words(difference.subject)
    return _("{what}: {values}").format(what=what, values=" / ".join(told))


def subject_words(subject: str) -> str:
    """Name of the field that differs."""
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


def value_words(subject: str, value: Any) -> str:
    """One version of a subject of `events.story.differences`."""
    if subject == "date":
        return _days(*value)
    if subject == "place":
        return str(value) or _("no place")
    if subject in ("sources", "targets"):
        return ", ".join(names.actor(code) for code in value) or _("not named")
    if subject == "precision":
        return label(str(value)) if value else _("undated")
    return str(value) if subject.startswith("attribute:") else label(str(value))


def _days(first: str, last: str, precision: str, open_start: bool, open_end: bool) -> str:
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    if days == [None, None]:
        return _("undated")
    return wording.format_interval(
        days[0], days[1], precision, current(), True, open_start, open_end
    )


def _outlets(version: Told, rows: Sequence[Row]) -> str:
    """The outlets of a version, earliest first, each once."""
    by_id = {int(row["event_id"]): str(row["source"]) for row in rows}
    outlets = list(dict.fromkeys(by_id[event] or _("outlet unknown") for event in version.reports))
    more = len(outlets) - MOST_OUTLETS
    shown = ", ".join(outlets[:MOST_OUTLETS])
    return f"{shown} +{more}" if more > 0 else shown
