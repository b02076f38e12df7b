"""Where the reports of a story disagree: a small table in the evidence, and a mark in lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from events.contradiction import Row as Report
from events.difference_words import quote_words, source_words, subject_words, version_words
from events.disagreement import Disagreement, disagreement
from events.records import records
from events.story import Difference
from pages.shared import detail
from pages.shared.facts import Row
from pages.shell import link
from pages.shell.escaping import escaped, shortened
from pages.shell.language import _, current, label
from pages.shell.store_access import query

_LONGEST = 240  # characters of a sentence in the table
Reports = Mapping[int, Report]


def table(reports: pd.DataFrame) -> None:
    """Who says what, and each disputed point with its versions and their sentences side by side;
    nothing where the reports (EVENT_COLUMNS, of one story) agree."""
    found = disagreement(reports)
    if not found:
        return
    by_id = {int(row["event_id"]): row for row in records(reports)}
    rows = _stances(found, by_id) if found.denied else ""
    rows += "".join(_point(point, by_id) for point in found.points)
    head = escaped(_("Where reports disagree"))
    st.html(f'<p class="fr-head">{head}</p><table class="fr-table">{rows}</table>')


def disputed_stories(rows: Sequence[Row]) -> frozenset[int]:
    """The stories of some rows (EVENT_COLUMNS) in which reports disagree; of a large store none is
    looked up."""
    if not rows or detail.is_large(link.filters()):
        return frozenset()
    stories = {int(row["story_id"]) for row in rows}
    return frozenset(query().disputed(stories, link.filters().sure))


def _stances(found: Disagreement, by_id: Reports) -> str:
    """A row a stance: who reports, claims, plans and denies."""
    return "".join(
        f"<tr><td>{escaped(label(stance))}</td><td>{_sources(reports, by_id)}</td></tr>"
        + _sentence(by_id[reports[0]])
        for stance, reports in found.stances.items()
    )


def _point(point: Difference, by_id: Reports) -> str:
    """A row a version under the name of the point."""
    rows = (
        f"<tr><td colspan='2'><b>{escaped(subject_words(point.subject, current()))}</b></td></tr>"
    )
    for version in point.versions:
        report = by_id[version.reports[0]]
        said = version_words(point.subject, report, current())
        rows += f"<tr><td>{escaped(said)}</td><td>{_sources(version.reports, by_id)}</td></tr>"
        rows += _sentence(report)
    return rows


def _sources(reports: Iterable[int], by_id: Reports) -> str:
    told = dict.fromkeys(source_words(by_id[report], current()) for report in reports)
    return escaped("; ".join(told))


def _sentence(report: Report) -> str:
    words = quote_words({**report, "quote": shortened(str(report["quote"]), _LONGEST)}, current())
    return f"<tr><td colspan='2'><small>{escaped(words)}</small></td></tr>"
