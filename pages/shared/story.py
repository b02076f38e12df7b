"""The story in the evidence panel: its reports, their differences, and manual corrections.

A report can be split off from its story, and two stories can be merged. Every decision is saved
with name, reason and time, is shown, and can be undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from events import story
from events.filters import Filters
from events.records import records
from events.store import Store
from events.story import Difference
from pages.shared import decided, decision, disagreement, facts
from pages.shared.facts import Row
from pages.shared.story_words import difference_line
from pages.shell import certainty, escaping, look
from pages.shell.language import _, count, current, named, number, quoted
from pages.shell.store_access import one, query

MOST_REPORTS = 12
MOST_STORIES = 30  # most stories offered for merging
NEAR = dt.timedelta(days=3)
KEY, OTHER = "story", "story_other"
Choose = Callable[[int], None]


def section(row: Row, choose: Choose) -> None:
    """Draw the reports of the story, where they differ, and what others coded of its act."""
    found = query().story(int(row["story_id"]))
    told, coded = found[found["coder"] == ""], found[found["coder"] != ""]
    reports = story.in_order(certainty.shown(told, row))
    if len(reports) > 1:
        disagreement.table(reports)
    if len(reports) > 1 or (len(reports) and row["coder"]):
        _reports(row, reports, choose)
    if len(told) > len(reports):
        look.note(certainty.reports_left_out(len(told) - len(reports)))
    _coded(row, records(coded), choose)


def corrections(row: Row) -> None:
    """Draw what persons decided about the story, and the form to correct it."""
    told = query().story(int(row["story_id"]))
    reports = story.in_order(certainty.shown(told, row))
    for each in _decisions(row, reports):
        _decision(each)
    if st.toggle(_("Correct this story"), key="story_correct"):
        _correct(row, reports)


def _reports(row: Row, reports: pd.DataFrame, choose: Choose) -> None:
    rows = records(reports)
    sources = story.independent(reports)
    told = count("{n} report", "{n} reports", len(rows))
    told += " · " + count("{n} outlet", "{n} outlets", sources)
    found = story.differences(reports)
    lines = [difference_line(difference, rows) for difference in found]
    if len(rows) > 1 and not lines:
        lines = [_("They agree on date, place, actors, type and figures.")]
    _list(_("Reports of this story") + " · " + told, lines, _marks(found))
    others = [r for r in rows if r["event_id"] != row["event_id"]]
    with st.container(key="frise_events_reports"):
        for report in others[:MOST_REPORTS]:
            _report(report, _report_line(report, reports), choose)
    if len(others) > MOST_REPORTS:
        left = _("{n} more reports in the table.").format(n=number(len(others) - MOST_REPORTS))
        look.note(left)


def _coded(row: Row, coded: Sequence[Row], choose: Choose) -> None:
    """The rows that others coded of this act; they are no reports and counted apart."""
    others = [each for each in coded if each["event_id"] != row["event_id"]]
    if not others:
        return
    told = count("{n} row", "{n} rows", len(others))
    _list(_("The same act in tables of others") + " · " + told, [], [])
    with st.container(key="frise_events_coded"):
        for each in others[:MOST_REPORTS]:
            _report(each, _coded_line(each), choose)
    if len(others) > MOST_REPORTS:
        look.note(_("{n} more rows.").format(n=number(len(others) - MOST_REPORTS)))


def _coded_line(row: Row) -> str:
    """Coder, its own type, day and first words: "ACLED: Armed clash, 16 May 2025, ..."."""
    parts = (str(row["source_type"]), facts.when(row, short=True), quoted(facts.beginning(row, 90)))
    return named(str(row["coder"]), ", ".join(part for part in parts if part))


def _report(report: Row, words: str, choose: Choose) -> None:
    """Another report or row of the story: a click opens it; beside it, a press takes it out."""
    event_id = int(report["event_id"])
    line, out = st.columns([5, 1], vertical_alignment="top", gap="xsmall")
    line.button(
        escaping.plain(words),
        key=f"report_{event_id}",
        type="tertiary",
        on_click=choose,
        args=(event_id,),
    )
    out.button(
        _("Split"),
        key=f"part_{event_id}",
        type="tertiary",
        help=_("Another event: take this report out"),
        on_click=_split,
        args=(event_id,),
    )


def _marks(found: Sequence[Difference]) -> list[str]:
    """Beside each difference, whether the reports contradict each other."""
    return ["" if each.compatible else _("they contradict each other") for each in found]


def _report_line(report: Row, reports: pd.DataFrame) -> str:
    """Outlet, day and first words of a report; whether first, best dated or a copy."""
    line = named(facts.published_line(report), quoted(facts.beginning(report, 90)))
    special = []
    if report["event_id"] == story.earliest(reports):
        special.append(_("first report"))
    if report["event_id"] == story.best_dated(reports):
        special.append(_("best dated"))
    if report["copy_of"] != report["article_id"]:
        outlet = str(report["origin"]) or _("outlet unknown")
        special.append(_("copy of {outlet}").format(outlet=outlet))
    return f"{line} ({', '.join(special)})" if special else line


def _decisions(row: Row, reports: pd.DataFrame) -> Sequence[Row]:
    """Manual decisions on this story or on reports split off from it, newest first."""
    edits = query().edits()
    ids = {int(event) for event in reports["event_id"]}
    about = edits["event_id"].isin(ids) | (edits["by_rule"] == int(row["story_id"]))
    named = edits["value"].isin([str(event) for event in ids])
    about |= (edits["field"] == "joined") & named
    return records(edits[about & edits["field"].isin(["story_id", "joined"])])


def _decision(edit: Row) -> None:
    """Who decided what, when and why; a button to undo it while it is in effect."""
    who = str(edit["who"]) or _("nobody named")
    words = {
        "": _("{who} took a decision back on {when}"),
        "joined": _("{who} joined this story with another on {when}"),
        "story_id": _("{who} took “{quote}” out on {when}"),
    }
    event = one(query().event(int(edit["event_id"])))
    quote = facts.beginning(event, 60) if event else str(edit["event_id"])
    told = words["" if not edit["value"] else str(edit["field"])].format(
        who=who, when=facts.moment(edit["at"]), quote=quote
    )
    reason = str(edit["why"])
    look.note(named(told, reason) if reason else told)
    if edit["standing"]:
        st.button(
            _("Take this back"),
            key=f"story_undo_{edit['edit_id']}",
            on_click=_undo,
            args=(int(edit["event_id"]), str(edit["field"])),
        )


def _correct(row: Row, reports: pd.DataFrame) -> None:
    """A form: split this report off, or merge its story with another."""
    event_id = int(row["event_id"])
    with st.form("story_form", border=False):
        decision.fields(KEY)
        if len(reports) > 1:
            words = _("Another event: take this report out")
            st.form_submit_button(words, key="story_split", on_click=_split, args=(event_id,))
        others = near_stories(row)
        if others:
            st.selectbox(
                _("Same event as"),
                list(others),
                index=None,
                key=OTHER,
                format_func=lambda other: others.get(other, ""),
            )
            words = _("Same event: join the two stories")
            st.form_submit_button(words, key="story_join", on_click=_join, args=(event_id,))
    look.note(_("Nothing is overwritten: every decision can be taken back."))


def near_stories(row: Row) -> dict[int, str]:
    """Candidates for merging: event_id of a story's first report -> its line of text.

    Stories within three days, or for an undated event with the same parties; most similar first.
    """
    table = query().events(_near(row), limit=2000)
    table = table[table["story_id"] != row["story_id"]]
    rows = sorted(records(table), key=lambda other: _unlike(row, other))
    seen = {int(other["story_id"]): other for other in reversed(rows)}
    chosen = sorted(seen.values(), key=lambda other: _unlike(row, other))[:MOST_STORIES]
    return {int(other["event_id"]): _story_line(other) for other in chosen}


def _near(row: Row) -> Filters:
    first, last = facts.date_of(row["first"]), facts.date_of(row["last"])
    if first and last:
        return replace(Filters(), date_from=first - NEAR, date_to=last + NEAR)
    return replace(Filters(), actors=(*row["sources"], *row["targets"]))


def _unlike(row: Row, other: Row) -> tuple[bool, int, bool, int]:
    """Dissimilarity: small for events with the same type, parties and place."""
    parties = {*row["sources"], *row["targets"]} & {*other["sources"], *other["targets"]}
    another = other["place_id"] != row["place_id"]
    return other["type"] != row["type"], -len(parties), another, int(other["event_id"])


def _story_line(row: Row) -> str:
    return f"{facts.when(row, short=True)} · {facts.headline(row)}"


def _split(event_id: int) -> None:
    why, who = decision.given(KEY)
    decided.write(event_id, who, lambda q: Store(q.location).split(event_id, why, who))


def _join(event_id: int) -> None:
    other = st.session_state.get(OTHER)
    if other is None:
        st.toast(_("Choose the other story first."))
        return
    why, who = decision.given(KEY)
    decided.write(event_id, who, lambda q: Store(q.location).join(event_id, int(other), why, who))


def _undo(event_id: int, column: str) -> None:
    why, who = decision.given(KEY)
    decided.write(
        event_id, who, lambda q: Store(q.location).append_edit(event_id, column, "", why, who)
    )


def _list(head: str, lines: Sequence[str], marks: Sequence[str]) -> None:
    """A list with a heading; each mark follows its line."""
    shown = [escaping.escaped(line) for line in lines]
    for position, mark in enumerate(marks):
        if mark:
            shown[position] += f" <em>({escaping.escaped(mark)})</em>"
    items = "".join(f"<li>{line}</li>" for line in shown)
    body = f'<ul class="fr-list" lang="{current()}">{items}</ul>' if items else ""
    st.html(f'<p class="fr-head">{escaping.escaped(head)}</p>{body}')
