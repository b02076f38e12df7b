"""What is exported: exactly what the filters show, with the facts for its receipt."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import pandas as pd

from charts.timeline.pins import Pin, pins_of
from events.annotations import Note
from events.answers import Account
from events.coders import CODED_BY_OTHERS, KEPT_BACK, PASSABLE
from events.columns import EXPORTED_COLUMNS
from events.filter_words import in_words
from events.filters import Filters
from events.link_version import INTERFACE, versioned
from events.query import Query
from events.since import Since, changes_since
from exports.door import Door

HIDDEN_ROWS = 20_000  # most hidden events listed in a workbook; the receipt counts all


@dataclass(frozen=True)
class Selection:
    """Tables and facts of one export.

    events: EXPORTED_COLUMNS, by first day, undated last. stories: `Query.stories`, one row an act.
    plans: `Query.announced`, what became of planned acts on whatever day. articles:
    ARTICLE_COLUMNS without text, of the articles that tell the events. hidden: EVENT_COLUMNS +
    `hidden_by`, at most HIDDEN_ROWS. left_out and rejected as `events.query` gives them. link: the
    same filters as parameters, behind the address of a dashboard that others can reach. cut_off:
    see `Query.cut_off`. since: what changed since a moment, where that was asked. notes: on the
    events, their days and places, where they were asked for. dropped, links:
    characters that files forbid, and addresses that are none of the web, which were left out of
    all of these.
    """

    events: pd.DataFrame
    stories: pd.DataFrame
    plans: pd.DataFrame
    articles: pd.DataFrame
    hidden: pd.DataFrame
    left_out: pd.DataFrame
    rejected: pd.DataFrame
    account: Account
    filters: Filters
    lang: str
    store_version: str
    link: str
    cut_off: dt.date | None = None
    title: str = ""
    marking: str = ""
    dropped: int = 0
    links: int = 0
    since: Since | None = None
    notes: tuple[Note, ...] = ()
    made_at: dt.datetime = field(default_factory=lambda: made_now())

    @property
    def table(self) -> pd.DataFrame:
        """The events with the columns that a table of them has."""
        return self.events[[name for name in EXPORTED_COLUMNS if name in self.events]]

    @property
    def in_words(self) -> str:
        """The filters in the reader's language."""
        return Door().text(in_words(self.filters, self.lang))

    @property
    def pins(self) -> tuple[Pin, ...]:
        """The pinned ones of its notes, for a timeline of its stories."""
        stories = dict(zip(self.events["event_id"], self.events["story_id"], strict=True))
        return pins_of(self.notes, self.stories, stories)

    @property
    def view(self) -> tuple[dt.date, dt.date] | None:
        """The days a chart shows: the period of the filter if both ends are set, else None."""
        first, last = self.filters.date_from, self.filters.date_to
        return (first, last) if first and last else None


def select(
    query: Query,
    filters: Filters,
    *,
    lang: str = "en",
    title: str = "",
    marking: str = "",
    address: str = "",
    since: dt.datetime | None = None,
    may_pass_on: bool = False,
    notes: bool = False,
    case: str = "",
) -> Selection:
    """The selection of the filters; rows whose coder's terms do not let them be passed on only with
    `may_pass_on`. `address`: of a dashboard that readers of the file can reach. `since`: a moment
    with a zone, to tell what changed after it. `notes`: with what persons noted; `case`: the id of
    a case whose notes count beside those of none.

    Raises StoreMissing or StoreDamaged (`events.store`).
    """
    door = Door()
    if filters.coders and not may_pass_on:
        filters = replace(filters, rights=PASSABLE)
    events = door.table(query.with_annotations(query.events(filters), case))
    articles = query.articles(Filters(as_of=filters.as_of, coders=filters.coders))
    noted = door.record(_notes(query, events, case)) if notes else ()
    return Selection(
        events=events,
        # what is dropped of them is counted with the events
        stories=Door().table(query.stories(filters)),
        plans=Door().table(query.announced(filters, lang)),
        articles=door.table(articles[articles["article_id"].isin(events["article_id"])]),
        # rows of tables that were not asked for are counted, not listed: they may be millions
        hidden=door.table(query.hidden(filters, HIDDEN_ROWS, (CODED_BY_OTHERS, KEPT_BACK))),
        left_out=door.table(query.left_out(filters)),
        rejected=door.table(query.rejected()),
        account=query.account(filters),
        filters=filters,
        lang=lang,
        store_version=query.version(),
        link=link_to(filters, lang, address),
        cut_off=query.cut_off(filters),
        title=door.text(title),
        marking=door.text(marking),
        dropped=door.dropped,
        links=door.links,
        since=Door().record(changes_since(query, filters, since)) if since else None,
        notes=noted,
    )


def _notes(query: Query, events: pd.DataFrame, case: str) -> tuple[Note, ...]:
    """The notes of the case, whatever they are about, and those of none on what is exported."""
    stories = query.annotated_stories()
    known = set(events["event_id"]) | set(events["story_id"])
    days = set(events["first"].dropna().dt.strftime("%Y-%m-%d"))
    places = set(events["place_id"])

    def is_about(note: Note) -> bool:
        subject = note.subject
        if subject.event:
            return subject.event in known or stories.get(subject.event) in known
        return subject.key in (days if subject.on == "day" else places)

    told = query.annotations().written(case)
    return tuple(note for note in told if (case and note.case == case) or is_about(note))


def made_now() -> dt.datetime:
    """The time stamp of an export: now, or SOURCE_DATE_EPOCH (seconds since 1970) if it is set.

    With it set, the same selection gives the same bytes (reproducible-builds.org).
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdecimal():
        return dt.datetime.fromtimestamp(int(fixed), dt.UTC)
    return dt.datetime.now(dt.UTC)


def link_to(filters: Filters, lang: str, address: str = "") -> str:
    """The same filters as parameters of a link, behind the address of a dashboard."""
    params = versioned({**filters.to_params(), INTERFACE: [lang]})
    return f"{address}?{urlencode(params, doseq=True)}"
