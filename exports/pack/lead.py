"""The bottom line of a briefing: what happened, what is disputed, what is planned next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from charts.timeline.subjects import subject_keys
from events import wording
from events.disagreement import Disagreement
from events.story_rows import DENIED_TOO
from exports.pack.event_line import EventLine

_UNSURE = ("claimed", "denied", DENIED_TOO)
MAIN, DISPUTED, PLANNED = 5, 2, 3  # most lines of each kind


@dataclass(frozen=True)
class LeadLine:
    """A line, with its source, the same in short (outlet and day), and the address of its article
    ("" where none is known)."""

    text: str
    credit: str
    short: str
    url: str


@dataclass(frozen=True)
class LeadPart:
    """Lines under a heading; `nothing`: what is said where there are none."""

    heading: str
    lines: tuple[LeadLine, ...]
    nothing: str


def lead(
    weighty: pd.DataFrame,
    lines: Mapping[int, EventLine],
    disputes: Mapping[int, Disagreement],
    coming: Sequence[EventLine],
    lang: str,
) -> tuple[LeadPart, ...]:
    """Main events, disputed ones and planned ones, each with its lines.

    `weighty`: the key stories, by weight; lines: of all stories, by story_id, by weight; disputes:
    see `events.disagreement.disputed`; coming: what is announced, soonest first.
    """
    _ = wording.translator(lang)
    sure = weighty[~weighty["story_status"].isin(_UNSURE)]
    main = [lines[story] for story in _one_a_subject(sure)["story_id"]]
    main.sort(key=lambda line: (str(line.first or line.last), str(line.last), line.event_id))
    doubted = [lines[story] for story in disputes if story in lines]
    doubted += [line for line in lines.values() if line.state in _UNSURE and line not in doubted]
    return (
        LeadPart(_("Main events"), _lead_lines(main, MAIN), _("No event passes the filters.")),
        LeadPart(
            _("Disputed or not confirmed"),
            _lead_lines(doubted, DISPUTED),
            _("No report of these events contradicts another."),
        ),
        LeadPart(
            _("Announced next"),
            _lead_lines(coming, PLANNED),
            _("Nothing is announced for the 30 days after the cut-off."),
        ),
    )


def _one_a_subject(weighty: pd.DataFrame) -> pd.DataFrame:
    """The weightiest story of each subject, then the others, so that a line says something new."""
    keys = pd.Series(subject_keys(weighty), index=weighty.index)
    ranked = weighty.assign(_again=keys.groupby(keys).cumcount())
    return ranked.sort_values("_again", kind="stable").head(MAIN)


def _lead_lines(lines: Sequence[EventLine], most: int) -> tuple[LeadLine, ...]:
    return tuple(
        LeadLine(wording.named(line.day, line.told, line.lang), line.credit, line.short, line.url)
        for line in lines[:most]
    )
