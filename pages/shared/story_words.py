"""Differences between the reports of a story, as text: which outlet reported what."""

from __future__ import annotations

from collections.abc import Sequence

from events.difference_words import subject_words, version_words
from events.story import Difference, Told
from pages.shared.facts import Row
from pages.shell.language import _, current

MOST_OUTLETS = 3


def difference_line(difference: Difference, rows: Sequence[Row]) -> str:
    """ "Place: Dnipro (Northern Wire) / no place (Le Courrier)": every version with its outlets."""
    by_id = {int(row["event_id"]): row for row in rows}
    told = [
        _("{value} ({outlets})").format(
            value=version_words(difference.subject, by_id[version.reports[0]], current()),
            outlets=_outlets(version, rows),
        )
        for version in difference.versions
    ]
    what = subject_words(difference.subject, current())
    return _("{what}: {values}").format(what=what, values=" / ".join(told))


def _outlets(version: Told, rows: Sequence[Row]) -> str:
    """The outlets of a version, earliest first, each once."""
    by_id = {int(row["event_id"]): str(row["source"]) for row in rows}
    outlets = list(dict.fromkeys(by_id[event] or _("outlet unknown") for event in version.reports))
    more = len(outlets) - MOST_OUTLETS
    shown = ", ".join(outlets[:MOST_OUTLETS])
    return f"{shown} +{more}" if more > 0 else shown
