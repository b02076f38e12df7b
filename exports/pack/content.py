"""The content of a briefing before layout: the same texts and numbers in every file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from charts.sheet.caption import footer
from events import geography, wording
from events.headline import headline_of
from events.ontology import QUAD_NAMES
from exports.pack.counts import Dyad, tempo_table, top_dyads
from exports.receipt import Receipt, receipt
from exports.selection import Selection

KEY_EVENTS = 12
TABLE_ROWS = 300  # rows of the event table in a document; the workbook has all


@dataclass(frozen=True)
class EventLine:
    """One event (the best report of its story) as texts in the reader's language."""

    event_id: int
    first: dt.date | None
    last: dt.date | None
    day: str
    type: str
    code: str
    quad: int
    status: str
    headline: str
    place: str
    quote: str
    reports: int
    outlets: str
    article: str
    url: str
    published: str
    confidence: float

    @property
    def credit(self) -> str:
        """Outlet, title and publication day of the report."""
        return ", ".join(part for part in (self.outlets, self.article, self.published) if part)


@dataclass(frozen=True)
class Content:
    """The whole content of a pack. `tempo`: one row per bin: label, first, quad_1 to quad_4.

    key: the key events in order of time; table: events of the table, in order of time;
    key_rule, cut: how these were chosen if they are not all events, else ""; footer:
    sources and cut-off in one line.
    """

    title: str
    subtitle: str
    period: str
    cut_off: str
    marking: str
    lang: str
    key: tuple[EventLine, ...]
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
    def dated(self) -> str:
        """``Cut-off: 4 December 2024``."""
        return pair(self.say("Cut-off"), self.cut_off, self.lang)

    @property
    def facts(self) -> tuple[str, str, str]:
        """Period, cut-off and number of events, one line each."""
        told = self.say("{reports} reports of {stories} events").format(
            reports=wording.format_number(self.events, self.lang),
            stories=wording.format_number(self.stories, self.lang),
        )
        return pair(self.say("Days of the events"), self.period, self.lang), self.dated, told


def content(selection: Selection) -> Content:
    """The content of a selection; whatever is left out is counted."""
    lang = selection.lang
    _ = wording.translator(lang)
    best = best_reports(selection.events)
    weighty = best.sort_values(
        ["origins_n", "reports_n", "confidence", "event_id"], ascending=[False, False, False, True]
    )
    dated = weighty[weighty["first"].notna() | weighty["last"].notna()]
    table = _in_time(weighty.head(TABLE_ROWS))
    tempo, unit, tempo_left_out = tempo_table(selection.events, lang, selection.view)
    dyads, dyads_all, dyads_without = top_dyads(selection.events, lang)
    cut_off = selection.cut_off
    return Content(
        title=selection.title or _("Event timeline"),
        subtitle=selection.in_words,
        period=_period(selection.events, lang),
        cut_off=wording.format_day(cut_off, "day", lang)
        if cut_off
        else wording.label("unknown", lang),
        marking=selection.marking,
        lang=lang,
        key=tuple(_line(row, lang) for row in _rows(_in_time(dated.head(KEY_EVENTS)))),
        table=tuple(_line(row, lang) for row in _rows(table)),
        cut=_cut(len(best), len(table), lang),
        key_rule=_key_rule(len(best), min(len(dated), KEY_EVENTS), lang),
        footer=footer(selection.events, cut_off, lang),
        tempo=tempo,
        tempo_unit=unit,
        tempo_left_out=tempo_left_out,
        dyads=dyads,
        dyads_all=dyads_all,
        dyads_without=dyads_without,
        quads=_quad_names(lang),
        receipt=receipt(selection),
        events=len(selection.events),
        stories=len(best),
    )


def best_reports(events: pd.DataFrame) -> pd.DataFrame:
    """One row per story: its surest report, with `reports_n`, `outlets` and `origins_n`.

    `origins_n` counts independent sources: an outlet that copies another's text does not count.
    """
    if events.empty:
        return events.assign(reports_n=0, origins_n=0, outlets="")
    grouped = events.groupby("story_id")
    counts = pd.DataFrame(
        {
            "reports_n": grouped.size(),
            "origins_n": grouped["origin"].nunique(),
            "outlets": grouped["source"].agg(
                lambda names: ", ".join(sorted({n for n in names if n}))
            ),
        }
    )
    ordered = events.sort_values(["confidence", "event_id"], ascending=[False, True])
    best = ordered.drop_duplicates("story_id")
    return best.merge(counts, left_on="story_id", right_index=True, how="left")


def _in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """By first day; undated last."""
    return rows.sort_values(["first", "last", "event_id"], na_position="last")


def _rows(table: pd.DataFrame) -> list[dict[str, object]]:
    return [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]


def _line(row: dict[str, object], lang: str) -> EventLine:
    def day(name: str) -> dt.date | None:
        value = row[name]
        return value.date() if isinstance(value, pd.Timestamp) and not pd.isna(value) else None

    first, last, published = day("first"), day("last"), day("published")
    return EventLine(
        event_id=int(str(row["event_id"])),
        first=first,
        last=last,
        day=wording.format_interval(
            first,
            last,
            str(row["precision"]),
            lang,
            short=True,
            open_start=bool(row["open_start"]),
            open_end=bool(row["open_end"]),
        ),
        type=wording.label(str(row["type"]), lang),
        code=str(row["type"]),
        quad=int(str(row["quad"])),
        status=wording.label(str(row["status"]), lang),
        headline=headline_of(row, lang),
        place=_place(row, lang),
        quote=str(row["quote"]),
        reports=int(str(row["reports_n"])),
        outlets=str(row["outlets"]),
        article=str(row["title"]),
        url=str(row["url"]),
        published=wording.format_day(published, "day", lang, short=True) if published else "",
        confidence=float(str(row["confidence"])),
    )


def _place(row: dict[str, object], lang: str) -> str:
    if not row["place_name"]:
        return ""
    return geography.place_name(
        str(row["place_id"]), str(row["place_name"]), str(row["place_country"]), lang
    )


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
        "The table holds the {shown} of {all} events told by most independent sources, "
        "then the surest; the workbook of this pack holds all."
    )
    return _counted(text, shown, stories, lang)


def _key_rule(stories: int, shown: int, lang: str) -> str:
    if stories <= shown:
        return ""
    text = wording.translator(lang)(
        "The {shown} of {all} events told by most independent sources, "
        "then the surest; dated ones only."
    )
    return _counted(text, shown, stories, lang)


def _counted(text: str, shown: int, stories: int, lang: str) -> str:
    number = wording.format_number
    return text.format(shown=number(shown, lang), all=number(stories, lang))


def pair(name: str, value: str, lang: str) -> str:
    """``name: value`` with the colon of the language: in French with a space before it."""
    return wording.translator(lang)("{name}: {value}").format(name=name, value=value)
