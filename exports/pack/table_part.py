"""Parts of a briefing that are a table: what is disputed, and what was announced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from events import wording
from events.changes import Change
from events.difference_words import (
    day_words,
    quote_words,
    source_words,
    subject_words,
    version_words,
)
from events.disagreement import Disagreement
from events.headline import headline_of, headline_of_plan
from events.records import records
from events.since import Since
from exports.pack.event_line import EventLine

Row = Mapping[Any, Any]


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
        by_id = {int(row["event_id"]): row for row in records(reports)}
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


def changes_part(since: Since, lang: str) -> TablePart:
    """What changed since a moment; where nothing did, its note says so."""
    _ = wording.translator(lang)
    moment = wording.format_moment(since.moment, lang)
    columns = (_("Change"), _("Event"), _("Before, and now"), _("Source"))
    rows = tuple(_change(each, lang) for each in since.changes)
    return TablePart(
        _("What changed since {moment}").format(moment=moment),
        columns,
        (0.15, 0.35, 0.27, 0.23),
        rows,
        "" if rows else _("Nothing that these filters show has changed."),
        tuple(str(each.report["url"]) for each in since.changes),
    )


def _change(change: Change, lang: str) -> tuple[str, ...]:
    row, old = change.report, change.before
    told = []
    for point in change.points if old is not None else ():
        both = " → ".join(version_words(point, each, lang) for each in (old, row) if each)
        told.append(wording.named(subject_words(point, lang), both, lang))
    headline = wording.named(day_words(row, lang), headline_of(row, lang), lang)
    return (
        kind_words(change.kind, lang),
        headline,
        wording.listed(told, lang),
        source_words(row, lang),
    )


def kind_words(kind: str, lang: str) -> str:
    """A kind of change (`events.changes.KINDS`)."""
    _ = wording.translator(lang)
    return {
        "added": _("new"),
        "changed": _("modified"),
        "confirmed": _("confirmed by another source"),
        "contradicted": _("contradicted"),
        "withdrawn": _("withdrawn"),
    }[kind]


def announced_part(plans: pd.DataFrame, coming: pd.DataFrame, lang: str) -> TablePart:
    """What is coming, the nearest first, then what became of the other announced acts, the latest
    first."""
    _ = wording.translator(lang)
    later = plans[~plans["event_id"].isin(coming["event_id"])]
    over = later[later["plan_state"] != "open"].sort_values(
        ["first", "event_id"], ascending=[False, True], na_position="last"
    )
    states = ("overdue", "not seen", "happened", "unknown")
    told = [coming, later[later["plan_state"] == "open"]]
    told += [over[over["plan_state"] == state] for state in states]
    rows = [_plan(row, lang) for table in told for row in records(table)]
    columns = (_("Day"), _("What is announced"), _("State"), _("Source"))
    note = _("As of the cut-off, whatever the days of the filters.")
    return TablePart(_("Announced acts"), columns, (0.17, 0.45, 0.14, 0.24), tuple(rows), note)


def _plan(row: Row, lang: str) -> tuple[str, ...]:
    state = state_words(str(row["plan_state"]), lang)
    # that it is planned is said by the title of the table
    headline = headline_of_plan(row, lang)
    return day_words(row, lang), headline, state, source_words(row, lang)


def state_words(state: str, lang: str) -> str:
    """What became of an announced act (`events.announced.STATES`)."""
    _ = wording.translator(lang)
    return {
        "open": _("open"),
        "happened": _("happened"),
        "overdue": _("overdue"),
        "not seen": _("not seen since"),
        "unknown": _("announced on an unknown day"),
    }[state]
