"""Parts of a briefing that are a table: what is disputed, and what was announced."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from events import wording
from events.difference_words import (
    day_words,
    quote_words,
    source_words,
    subject_words,
    version_words,
)
from events.disagreement import Disagreement
from events.headline import headline_of
from exports.pack.event_line import EventLine

Row = Mapping[Hashable, Any]


@dataclass(frozen=True)
class TablePart:
    """A titled table of texts. widths: shares of its width, together 1. rows with "" in every
    column but the first are headings. note: what is counted or left out, "". urls: where the last
    cell of each row leads; () where none leads anywhere."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    urls: tuple[str, ...] = ()


def disputes_part(
    events: pd.DataFrame,
    lines: Mapping[int, EventLine],
    disputes: Mapping[int, Disagreement],
    lang: str,
) -> TablePart:
    """Disputed stories with their versions side by side; `lines` names them, by story_id."""
    _ = wording.translator(lang)
    rows: list[tuple[str, ...]] = []
    for story, found in disputes.items():
        reports = events[events["story_id"] == story]
        by_id = {int(row["event_id"]): row for row in reports.to_dict("records")}
        rows.append((lines[story].headline, "", ""))
        rows += _versions(found, by_id, lang)
    columns = (_("What they say"), _("Sentence"), _("Source"))
    return TablePart(_("Where reports disagree"), columns, (0.24, 0.5, 0.26), tuple(rows))


def _versions(
    found: Disagreement, by_id: Mapping[int, Row], lang: str
) -> Iterable[tuple[str, ...]]:
    for stance, reports in found.stances.items() if found.denied else ():
        yield _version(wording.label(stance, lang), reports, by_id, lang)
    for point in found.points:
        name = subject_words(point.subject, lang)
        for version in point.versions:
            said = version_words(point.subject, by_id[version.reports[0]], lang)
            yield _version(wording.named(name, said, lang), version.reports, by_id, lang)


def _version(
    said: str, reports: tuple[int, ...], by_id: Mapping[int, Row], lang: str
) -> tuple[str, ...]:
    """What is said, the first sentence that says it, and who says it."""
    told = dict.fromkeys(source_words(by_id[report], lang) for report in reports)
    return said, quote_words(by_id[reports[0]], lang), wording.listed(told, lang)


def sources_part(lines: Iterable[EventLine], lang: str) -> TablePart:
    """The sources of some events."""
    _ = wording.translator(lang)
    told = tuple(lines)
    rows = tuple((line.day, line.headline, line.credit) for line in told)
    columns = (_("Date"), _("Event"), _("Source"))
    urls = tuple(line.url for line in told)
    return TablePart(_("Annex: sources"), columns, (0.15, 0.4, 0.45), rows, urls=urls)


def announced_part(plans: pd.DataFrame, coming: pd.DataFrame, lang: str) -> TablePart:
    """What is coming, then what became of the other announced acts (`events.announced`)."""
    _ = wording.translator(lang)
    others = plans[~plans["event_id"].isin(coming["event_id"])]
    rows = [_plan(row, lang) for row in coming.to_dict("records")]
    for state in ("overdue", "not seen", "happened", "open"):
        rows += [
            _plan(row, lang) for row in others[others["plan_state"] == state].to_dict("records")
        ]
    columns = (_("Day"), _("What is announced"), _("State"), _("Source"))
    note = _("As of the cut-off, whatever the days of the filters.")
    return TablePart(_("What is coming"), columns, (0.17, 0.45, 0.14, 0.24), tuple(rows), note)


def _plan(row: Row, lang: str) -> tuple[str, ...]:
    state = state_words(str(row["plan_state"]), lang)
    # that it is planned is said by the title of the table
    headline = headline_of({**row, "status": "reported"}, lang)
    return day_words(row, lang), headline, state, source_words(row, lang)


def state_words(state: str, lang: str) -> str:
    """What became of an announced act (`events.announced.STATES`)."""
    _ = wording.translator(lang)
    return {
        "open": _("open"),
        "happened": _("happened"),
        "overdue": _("overdue"),
        "not seen": _("not seen since"),
    }[state]
