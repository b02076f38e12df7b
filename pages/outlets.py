"""Outlets: how reliable the team holds each, A to F; one by one, or as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from events import outlet_grades
from events.credits import same_outlet
from events.grading_words import reliability_words
from events.outlet_grades import OutletGrade
from events.records import records
from pages.outlets_parts import grading
from pages.shared import facts, listing
from pages.shell import frame, look
from pages.shell.language import _, count, current, number
from pages.shell.store_access import query


def draw() -> None:
    """The outlets of the articles and of the table beside the forms."""
    found = query().outlets()
    grades = outlet_grades.read(query().location)
    rows = _rows(found, dict(grades.rows))
    left, right = look.split(1.9)
    with left:
        graded = count("{n} graded", "{n} graded", len(grades.rows))
        look.title(_("Outlets"), f"{count('{n} outlet', '{n} outlets', len(rows))} · {graded}")
        look.note(
            _(
                "Reliability is this team's own judgement: an outlet that nobody graded is F. The "
                "credibility of a story is worked out of the origins of its reports."
            )
        )
        if rows and not grades.rows:
            look.note(
                _(
                    "Nobody graded one yet. Select a row and give its grade beside; a briefing "
                    "then says with each source “Le Monde [B2]”: B for the outlet, 2 for the story."
                )
            )
        if rows:
            _table(rows[: listing.MOST_ROWS], max(0, len(rows) - listing.MOST_ROWS))
        else:
            look.note(_("No article names its outlet, and no table was taken in."))
    with right:
        grading.draw([str(row["outlet"]) for row in rows], grades)


def _rows(found: pd.DataFrame, grades: dict[str, OutletGrade]) -> list[dict[str, object]]:
    """An outlet of the articles with its grade, then those of the table that no article has."""
    rows: list[dict[str, object]] = []
    for row in records(found):
        grade = grades.get(same_outlet(str(row["outlet"])))
        rows.append({**row, "grade": grade})
    named = {same_outlet(str(row["outlet"])) for row in rows}
    others = [grade for key, grade in grades.items() if key not in named]
    rows += [
        {"outlet": g.outlet, "articles": 0, "reliability": g.reliability, "grade": g}
        for g in others
    ]
    return rows


def _table(rows: list[dict[str, object]], left_out: int) -> None:
    """The rows, and how many are not among them."""
    grades = [row["grade"] for row in rows]
    table = pd.DataFrame(
        {
            _("Outlet"): [str(row["outlet"]) for row in rows],
            _("Articles"): [row["articles"] for row in rows],
            _("Reliability"): [
                reliability_words(str(row["reliability"]), current()) for row in rows
            ],
            _("Reason"): [g.why if isinstance(g, OutletGrade) else "" for g in grades],
            _("By"): [g.who if isinstance(g, OutletGrade) else "" for g in grades],
            _("When"): [_when(g) for g in grades],
        }
    )
    height = "auto" if len(table) < 18 else 640
    if left_out:
        told = _("The first {n} are listed, {left} are not: the table as a file has them all.")
        look.note(told.format(n=number(len(rows)), left=number(left_out)))
    listing.select_rows(
        table, "outlets_table", lambda at: grading.choose(str(rows[at]["outlet"])), height
    )
    st.caption(_("Select a row to grade the outlet."))


def _when(grade: object) -> str:
    if not isinstance(grade, OutletGrade) or not grade.at:
        return ""
    try:
        return facts.moment(pd.Timestamp(grade.at))
    except ValueError:  # as a team's own table wrote it
        return grade.at


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.store_page(draw)
