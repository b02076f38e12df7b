"""A row of an event table -> its article, which holds the row in words, and its one event."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from events.coders import CODED
from events.identity import event_id, stable_id
from events.model import (
    Article,
    DateSpan,
    Event,
    Extraction,
    Mention,
    Place,
    PlaceMention,
    Status,
)
from events.ontology import EVENT_TYPES, STATUSES
from loaders.readers.coded.actors import codes_of
from loaders.readers.coded.cells import NOT_TOLD
from loaders.readers.coded.days import Days, days_of
from loaders.readers.coded.layout import Kind, Layout
from loaders.readers.coded.places import place_of
from loaders.readers.source_file import UnreadableError, shortened

MOST_TITLE = 200  # characters
Row = Mapping[str, str]
UNKNOWN_TYPE = "the coder's type is in no table of correspondences"
NO_TYPE = "the coder's type is none of Frise's"
UNDATED = "the day of the row cannot be read"


@dataclass(frozen=True)
class Told:
    """The words of a row: `text` and where each column stands in it; `quote` begins at 0."""

    text: str
    quote: str
    at: Mapping[str, tuple[int, int]]

    def mention(self, *columns: str) -> Mention:
        """The cell of the first of the columns that the text has; of nothing: an empty one."""
        for column in columns:
            if column in self.at:
                start, end = self.at[column]
                return Mention("text", start, end, self.text[start:end])
        return Mention("text", 0, 0, "")


def extraction_of(layout: Layout, row: Row, table: str, place: str) -> Extraction:
    """The article and the event of a row. `table`: the name of the table, `place`: where in its
    file the row stands. Raises UnreadableError for a row without id."""

    def cell(column: str) -> str:
        return row.get(column, "") if column else ""

    keys = [cell(column) for column in layout.id]
    if not any(keys):
        where = ", ".join(layout.id)
        raise UnreadableError(where, "", "the row has no id", "Give it one, or leave the row out.")
    told = words_of(layout, row)
    source_type, kind = _kind(layout, cell)
    days = days_of(layout.date, cell)
    place_found = place_of(layout.place, cell)
    coder = _coder(layout, cell)
    notes = [f"in its file: {place}"]
    notes += [UNKNOWN_TYPE] if kind is None else [NO_TYPE] if not kind.type else []
    notes += [] if days else [UNDATED]
    article = Article(
        id=stable_id("coded", coder, *keys),
        title=_title(layout, cell),
        text=told.text,
        lang=layout.lang,
        source=coder,
        url=cell(layout.url) if cell(layout.url).startswith(("http://", "https://")) else "",
        sha256=hashlib.sha256(told.text.encode("utf-8", "replace")).hexdigest(),
        reader=f"{CODED}{coder}/{table}",
    )
    event = _event(
        layout,
        cell,
        told,
        kind or Kind(directed=layout.directed),
        article.id,
        days,
        place_found,
        source_type,
    )
    return Extraction(article, events=(event,), notes=tuple(notes))


def _coder(layout: Layout, cell: Callable[[str], str]) -> str:
    """Who coded the row; a slash would end the name in the reader of its article."""
    return (cell(layout.coder_column) or layout.coder).replace("/", " ")[:80]


def words_of(layout: Layout, row: Row) -> Told:
    """The row as text: its own words, or the columns that tell most, as the quote; then the rest, a
    column a line."""
    filled = {column: _one_line(value) for column, value in row.items() if value}
    quoted = [c for c in layout.quote if filled.get(c)]
    head = quoted or [c for c in layout.shown if c in filled] or list(filled)[:8]
    rest = [c for c in filled if c not in head]
    lines, at, end = [], {}, 0
    for column in (*head, *rest):
        label = "" if column in quoted else f"{column}: "
        if rest and column == rest[0]:
            end += 1
            lines.append("")
        at[column] = (end + len(label), end + len(label) + len(filled[column]))
        lines.append(f"{label}{filled[column]}")
        end += len(lines[-1]) + 1
    text = "\n".join(lines)
    return Told(text, text[: at[head[-1]][1]] if head else "", at)


def _one_line(value: str) -> str:
    return value if value.isprintable() else " ".join(value.replace("\x00", " ").split())


def _kind(layout: Layout, cell: Callable[[str], str]) -> tuple[str, Kind | None]:
    """The coder's own type, and what it is in Frise: None where no table has it."""
    columns = layout.type
    finest = next((value for column in columns.columns if (value := cell(column))), "")
    told = cell(columns.told)
    shown = f"{finest} {told}" if told else finest
    if not columns.kinds:
        return shown, _own_kind(layout, cell, finest)
    ends = range(len(finest), 1 if columns.prefixes else len(finest) - 1, -1)
    named = (columns.kinds.get(finest[:end].casefold()) for end in ends)
    kind = next((known for known in named if known), None)
    if kind and kind.label:
        shown = f"{shown} {kind.label}"
    told_mode = cell(columns.mode)
    if kind and told_mode and told_mode != NOT_TOLD:
        kind, shown = _with_mode(kind, told_mode), f"{shown}, {told_mode}"
    return shown, kind


def _own_kind(layout: Layout, cell: Callable[[str], str], code: str) -> Kind | None:
    """Codes of Frise as they stand in a table."""
    if code not in EVENT_TYPES:
        return None
    status = cell(layout.type.status)
    kind = Kind(code, "", status if status in STATUSES else "reported")
    return _with_mode(kind, cell(layout.type.mode))


def _with_mode(kind: Kind, mode: str) -> Kind:
    """The kind with a mode that its type has; another one stays in the coder's type alone."""
    modes = EVENT_TYPES[kind.type].modes if kind.type else {}
    known = mode.casefold().replace("_", "-")
    return replace(kind, mode=known if known in modes else "")


def _title(layout: Layout, cell: Callable[[str], str]) -> str:
    parts = (cell(column) for column in layout.title)
    told = " · ".join(dict.fromkeys(part for part in parts if part))
    return shortened(f"{layout.coder}: {told or cell(layout.id[0])}", MOST_TITLE)


def _event(
    layout: Layout,
    cell: Callable[[str], str],
    told: Told,
    kind: Kind,
    article: int,
    days: Days | None,
    place: Place | None,
    source_type: str,
) -> Event:
    country = place.country if place else ""
    first, second = (_codes(layout, side, cell, country) for side in ("first", "second"))
    return Event(
        id=event_id(article, "text", 0),
        article_id=article,
        type=kind.type,
        mode=kind.mode,
        status=cast(Status, kind.status),
        date=_date(layout, told, days),
        sources=tuple(first if kind.directed else dict.fromkeys((*first, *second))),
        targets=tuple(second) if kind.directed else (),
        place=_place(layout, told, place, cell),
        attributed_to=None,
        quote=told.quote,
        part="text",
        start=0,
        end=len(told.quote),
        actor_mentions=_parties(layout, told),
        confidence=1.0,
        attributes=_deaths(layout, cell),
        coder=_coder(layout, cell),
        source_type=source_type,
        quad=_quad(layout, cell),
    )


def _codes(layout: Layout, side: str, cell: Callable[[str], str], country: str) -> list[str]:
    found = (codes_of(p, cell, country) for p in layout.parties if p.side == side)
    return list(dict.fromkeys(code for codes in found for code in codes))


def _parties(layout: Layout, told: Told) -> tuple[Mention, ...]:
    named = (told.mention(party.name, party.code) for party in layout.parties)
    return tuple(mention for mention in named if mention.text)


def _date(layout: Layout, told: Told, days: Days | None) -> DateSpan | None:
    if days is None:
        return None
    where = told.mention(layout.date.first, layout.date.last)
    value = days.first.isoformat()
    if days.last != days.first:
        value = f"{value}/{days.last.isoformat()}"
    return DateSpan(
        *(where.part, where.start, where.end, where.text),
        first=days.first,
        last=days.last,
        precision=days.precision,
        basis="explicit",
        value=value,
    )


def _place(
    layout: Layout, told: Told, place: Place | None, cell: Callable[[str], str]
) -> PlaceMention | None:
    if place is None:
        return None
    columns = layout.place
    where = told.mention(*columns.names, *columns.country)
    precision = cell(columns.precision)
    reasons = (f"{columns.precision}: {precision}",) if precision else ()
    return PlaceMention(
        *(where.part, where.start, where.end, where.text), place, "event", 1.0, reasons
    )


def _deaths(layout: Layout, cell: Callable[[str], str]) -> tuple[tuple[str, str, str], ...]:
    """Figures of the dead. A lone 0 may mean unknown: it stays in the row."""
    numbers = {name: cell(column) for name, column in layout.deaths.items()}
    told = {name: value for name, value in numbers.items() if value.isdecimal()}
    if not any(int(value) for value in told.values()):
        return ()
    return tuple((name, value, f"{layout.deaths[name]}: {value}") for name, value in told.items())


def _quad(layout: Layout, cell: Callable[[str], str]) -> int:
    told = cell(layout.type.quad_column)
    return int(told) if told in ("1", "2", "3", "4") else layout.type.quad
