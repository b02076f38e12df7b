"""The content of a briefing before layout: the same texts and numbers in every file."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from charts.sheet.caption import footer
from charts.timeline import key_events
from events import wording
from events.announced import coming
from events.disagreement import disputed
from events.filter_words import title
from events.headline import headline_of_plan
from events.ontology import QUAD_NAMES
from events.records import records
from exports.pack.counts import Dyad, tempo_table, top_dyads
from exports.pack.event_line import EventLine, line_of, outlets_of, speaking
from exports.pack.key_stories import Group, grouped, in_time, key_stories
from exports.pack.lead import LeadPart, lead
from exports.pack.notes_part import notes_part
from exports.pack.table_part import TablePart, announced_part, changes_part, disputes_part
from exports.receipt import Receipt, receipt
from exports.selection import Selection

TABLE_ROWS = 300  # rows of the event table in a document; the workbook has all


@dataclass(frozen=True)
class Content:
    """The whole content of a pack. `tempo`: one row per bin: label, first, quad_1 to quad_4.

    lead: the bottom line; groups: the key stories by subject; changes: since the last pack, where
    there was one; disputes, plans, notes: tables, with no rows where there is nothing; table:
    events of the table, in order of time; key_rule, cut: how these were chosen if they are not all
    events, else ""; footer: sources and cut-off in one line.
    """

    title: str
    subtitle: str
    period: str
    cut_off: str
    marking: str
    lang: str
    lead: tuple[LeadPart, ...]
    groups: tuple[Group, ...]
    changes: TablePart | None
    disputes: TablePart
    plans: TablePart
    notes: TablePart
    table: tuple[EventLine, ...]
    cut: str
    key_rule: str
    footer: str
    tempo: pd.DataFrame
    tempo_unit: str
    tempo_left_out: dict[str, int]
    dyads: tuple[Dyad, ...]
    dyads_all: int
    dyads_without: int
    quads: tuple[str, str, str, str]
    receipt: Receipt
    events: int
    stories: int

    def say(self, message: str) -> str:
        """A message in the reader's language."""
        return wording.translator(self.lang)(message)

    @property
    def key(self) -> tuple[EventLine, ...]:
        """The key stories, group by group."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def parts(self) -> tuple[TablePart, ...]:
        """The tables in order; of disputes, plans and notes those that have rows."""
        changes = (self.changes,) if self.changes else ()
        return (*changes, *(part for part in (self.disputes, self.plans, self.notes) if part.rows))

    @property
    def dated(self) -> str:
        """``Cut-off: 4 December 2024``."""
        return wording.named(self.say("Cut-off"), self.cut_off, self.lang)

    @property
    def facts(self) -> tuple[str, str, str]:
        """Period, cut-off and number of events, one line each."""
        told = self.say("{stories} events in {reports} reports").format(
            reports=wording.format_number(self.events, self.lang),
            stories=wording.format_number(self.stories, self.lang),
        )
        period = wording.named(self.say("Days of the events"), self.period, self.lang)
        return period, self.dated, told


def content(selection: Selection) -> Content:
    """The content of a selection; whatever is left out is counted."""
    lang, cut_off, events = selection.lang, selection.cut_off, selection.events
    _ = wording.translator(lang)
    weighty = key_events.ranked(selection.stories)
    disputes = disputed(events)
    rows = weighty.head(TABLE_ROWS)
    key = key_stories(weighty)
    wanted = pd.concat([rows, key, weighty[weighty["story_id"].isin(disputes)]])
    lines = _lines(wanted.drop_duplicates("story_id"), selection, set(disputes))
    key_lines = {story: lines[story] for story in key["story_id"]}
    table = tuple(lines[story] for story in in_time(rows)["story_id"])
    tempo, unit, tempo_left_out = tempo_table(selection.stories, lang, selection.view)
    dyads, dyads_all, dyads_without = top_dyads(selection.stories, lang)
    ahead = coming(selection.plans, cut_off)
    return Content(
        title=_title(selection),
        subtitle=selection.in_words,
        period=_period(events, lang),
        cut_off=wording.format_day(cut_off, "day", lang)
        if cut_off
        else wording.label("unknown", lang),
        marking=selection.marking,
        lang=lang,
        lead=lead(key, lines, disputes, _plan_lines(ahead, lang), lang),
        groups=grouped(key, key_lines, lang),
        changes=changes_part(selection.since, lang) if selection.since else None,
        disputes=disputes_part(events, lines, disputes, lang),
        plans=announced_part(selection.plans, ahead, lang),
        notes=notes_part(selection.notes, events, lang),
        table=table,
        cut=_cut(len(weighty), len(table), lang),
        key_rule=_key_rule(len(weighty), len(key), lang),
        footer=footer(selection.stories, cut_off, lang),
        tempo=tempo,
        tempo_unit=unit,
        tempo_left_out=tempo_left_out,
        dyads=dyads,
        dyads_all=dyads_all,
        dyads_without=dyads_without,
        quads=_quad_names(lang),
        receipt=receipt(selection),
        events=len(events),
        stories=len(weighty),
    )


def _lines(stories: pd.DataFrame, selection: Selection, disputes: set[int]) -> dict[int, EventLine]:
    """story_id -> the line of each story, in the order of the table."""
    outlets = outlets_of(selection.events)
    rows = speaking(stories, selection.events, selection.lang)
    return {
        int(row["story_id"]): line_of(
            row,
            outlets.get(int(row["story_id"]), ""),
            selection.lang,
            int(row["story_id"]) in disputes,
        )
        for row in rows
    }


def _plan_lines(plans: pd.DataFrame, lang: str) -> list[EventLine]:
    """What is coming as lines; that it is planned is said by their heading."""
    rows = records(plans.assign(story_status="reported", reports=1))
    return [replace(line_of(row, "", lang), headline=headline_of_plan(row, lang)) for row in rows]


def _title(selection: Selection) -> str:
    """The title given, else what the filters ask for, else up to which day."""
    lang, filters, cut_off = selection.lang, selection.filters, selection.cut_off
    _ = wording.translator(lang)
    told = selection.title or title(filters, lang)
    if told or not (selection.view or cut_off):
        return told or _("Event timeline")
    if selection.view:
        days = wording.format_interval(*selection.view, "span", lang)
        return _("Events of {days}").format(days=days)
    return _("Events up to {day}").format(day=wording.format_day(cut_off, "day", lang))


def _period(events: pd.DataFrame, lang: str) -> str:
    first, last = events["first"].min(), events["last"].max()
    if pd.isna(first) or pd.isna(last):
        return wording.translator(lang)("undated")
    return wording.format_interval(first.date(), last.date(), "span", lang)


def _quad_names(lang: str) -> tuple[str, str, str, str]:
    one, two, three, four = (wording.label(f"quad {q}", lang) for q in sorted(QUAD_NAMES))
    return one, two, three, four


def _cut(stories: int, shown: int, lang: str) -> str:
    if stories <= shown:
        return ""
    text = wording.translator(lang)(
        "The table holds the {shown} of {all} events that count most: main ones, told by several "
        "outlets, sure ones first; the workbook of this pack holds all."
    )
    return _counted(text, shown, stories, lang)


def _key_rule(stories: int, shown: int, lang: str) -> str:
    if stories <= shown:
        return ""
    text = wording.translator(lang)(
        "The {shown} of {all} events that count most: main ones, told by several outlets, sure "
        "ones first, not all of one subject; dated ones only, and none that is only announced."
    )
    return _counted(text, shown, stories, lang)


def _counted(text: str, shown: int, stories: int, lang: str) -> str:
    number = wording.format_number
    return text.format(shown=number(shown, lang), all=number(stories, lang))
