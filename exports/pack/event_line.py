"""One event of a briefing as texts in its language, and which of its reports speaks for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from events import wording
from events.difference_words import day_words, language_mark, place_words
from events.headline import headline_without_status, is_of_its_sentence
from events.publication import published_words
from events.records import records
from exports.pack.wrapping import cut

Row = dict[Any, Any]  # EVENT_COLUMNS and events.columns.STORY_ROW_COLUMNS
# columns of the table of all events
EVENT_COLUMNS = ("Date", "Event", "Place", "Status", "Quote", "Source")
_SAME = ("type", "status", "first", "last")  # what reports share that can speak for each other


@dataclass(frozen=True)
class EventLine:
    """One event as texts in the language of the briefing.

    quote stands in its own language; mark: " (in French)" where that is another.
    state: one of events.story_rows.STORY_STATUSES; status: its name, "" where it is simply
    reported. source: outlet of the report that speaks; outlets: those of all reports.
    disputed: reports contradict each other. grade: reliability of that outlet and credibility of
    the story, "B2" (docs/grading.md).
    """

    event_id: int
    story_id: int
    first: dt.date | None
    last: dt.date | None
    day: str
    type: str
    quad: int
    state: str
    status: str
    headline: str
    place: str
    quote: str
    mark: str
    lang: str
    reports: int
    source: str
    outlets: str
    article: str
    url: str
    published: str
    disputed: bool
    grade: str

    @property
    def credit(self) -> str:
        """Outlets, title and publication day of the report, and its grade."""
        return self._credit(self.outlets, self.article, self.published)

    @property
    def short(self) -> str:
        """Outlet and publication day of the report that speaks, and its grade."""
        return self._credit(self.source, self.published)

    def _credit(self, source: str, *more: str) -> str:
        return ", ".join(part for part in (f"{source} [{self.grade}]".lstrip(), *more) if part)

    @property
    def told(self) -> str:
        """The headline with its status, where the event is not simply reported, and its dispute."""
        notes = [self.status.lower()] if self.status else []
        if self.disputed:
            notes.append(wording.translator(self.lang)("disputed"))
        return f"{self.headline} ({', '.join(notes)})" if notes else self.headline

    def quoted(self, most: int) -> str:
        """The sentence, at most so long, between quotation marks, with its language."""
        return wording.quoted(cut(self.quote, most), self.lang) + self.mark


def speaking(main: pd.DataFrame, reports: pd.DataFrame, lang: str) -> list[Row]:
    """A row for each main report of a story (Query.stories): where it is in another language, the
    surest report of the story in this language that says the same speaks for it."""
    own = reports[(reports["headline_lang"] == lang) & (reports["headline"] != "")]
    own = own.sort_values(["confidence", "event_id"], ascending=[False, True])
    by_story = dict(iter(own.groupby("story_id", sort=False)))
    found: list[Row] = []
    for row in records(main):
        others = by_story.get(row["story_id"])
        if others is None or is_of_its_sentence(row, lang):
            found.append(row)
        else:
            found.append({**row, **_same_said(row, others)})
    return found


def _same_said(row: Row, others: pd.DataFrame) -> Row:
    """The first of the others that says the same as a row; {} where none does."""
    for other in records(others):
        if all(str(row[name]) == str(other[name]) for name in _SAME):
            return other
    return {}


def line_of(row: Row, outlets: str, lang: str, disputed: bool = False) -> EventLine:
    """The texts of a story's row in the language of the briefing."""

    def day(name: str) -> dt.date | None:
        value = row[name]
        return None if pd.isna(value) else value.date()

    status = str(row["story_status"])
    source = str(row["source"]) or wording.translator(lang)("outlet unknown")
    return EventLine(
        event_id=int(row["event_id"]),
        story_id=int(row["story_id"]),
        first=day("first"),
        last=day("last"),
        day=day_words(row, lang),
        type=wording.label(str(row["type"]), lang),
        quad=int(row["quad"]),
        state=status,
        status="" if status == "reported" else wording.label(status, lang),
        headline=headline_without_status(row, lang),
        place=place_words(row, lang),
        quote=str(row["quote"]),
        mark=language_mark(str(row["lang"]), lang),
        lang=lang,
        reports=int(row["reports"]),
        source=source,
        outlets=outlets or source,
        article=str(row["title"]),
        url=str(row["url"]),
        published=published_words(row, lang, short=True),
        disputed=disputed,
        grade=f"{row['reliability']}{row['credibility']}",
    )


def outlets_of(reports: pd.DataFrame) -> dict[int, str]:
    """story_id -> the outlets of its reports, by name."""
    named = reports[reports["source"] != ""].groupby("story_id")["source"]
    return {int(str(story)): " / ".join(sorted(set(names))) for story, names in named}


def cells(line: EventLine) -> tuple[str, ...]:
    """The texts of an event's row, in the order of EVENT_COLUMNS."""
    status = line.status or wording.label("reported", line.lang)
    return line.day, line.headline, line.place, status, f"{line.quote}{line.mark}", line.credit
