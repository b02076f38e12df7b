"""An event of the queue as data of its element: headline, fields with choices, marked article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from events import wording
from events.certainty import word_of
from events.certainty_words import questions, sure_words
from events.corrections import FIELDS, corrected, value_of
from events.ontology import STATUSES
from events.reviews import JUDGED
from pages.shared import correction_choices, edit_words, facts
from pages.shared.correction_choices import Choices
from pages.shared.facts import Row
from pages.shared.marked import MarkedSpan, classes, pieces
from pages.shell.language import _, current, label
from pages.shell.store_access import one, query, reports

KEYS = {"type": "Y", "status": "S", "sources": "W", "targets": "O", "date": "D", "place": "P"}
AROUND = 6000  # characters of a long article on either side of the sentence
MOST_CHOICES = 24  # of one field beside those that are found by typing
Item = dict[str, Any]


def item(row: Row, reasons: Mapping[Any, Any], seen: int) -> Item:
    """The data of one event. `reasons`: main, doubtful and disputed of
    events.review_order.review_order; `seen`: its newest edit."""
    near = correction_choices.near(row)
    return {
        "id": str(int(row["event_id"])),  # more digits than a number of a browser holds
        "seen": seen,
        "headline": facts.headline(row),
        "quad": int(row["quad"]),
        "why": list(_why(reasons)),
        "fields": [_field(name, row, near) for name in JUDGED],
        "article": _article(row),
    }


def as_read(row: Row, event_id: int) -> Row:
    """The row as it was before persons' corrections."""
    history = reports().history()
    mine = history[(history["event_id"] == event_id) & history["field"].isin(list(FIELDS))]
    first = mine.drop_duplicates("field", keep="last")
    return {**row, **corrected(row, dict(zip(first["field"], first["old"], strict=True)))}


def known() -> dict[str, list[list[str]]]:
    """What can be found by typing: field -> [value, words]; parties of both sides under
    "sources"."""
    told = correction_choices.known_values()
    words = correction_choices.choice_words
    return {
        field: [[value, words(field, value)] for value in told[field]]
        for field in ("type", "sources", "place")
    }


def _why(reasons: Mapping[Any, Any]) -> Iterator[str]:
    """Why the event is in front, in words."""
    if reasons["main"]:
        yield _("main event")
    if reasons["doubtful"]:
        yield _("doubtful: {field}").format(field=questions(current())[reasons["doubtful"]].lower())
    if reasons["disputed"]:
        yield _("reports disagree")


def _field(name: str, row: Row, near: Choices) -> dict[str, Any]:
    value = value_of(name, row)
    return {
        "name": name,
        "key": KEYS[name],
        "label": edit_words.field_names()[name],
        "value": value,
        "words": edit_words.value_in_words(name, value),
        "several": name in ("sources", "targets"),
        **_sureness(row.get(f"certainty_{name}")),
        "choices": list(_choices(name, near)),
    }


def _sureness(certainty: Any) -> dict[str, str]:
    if certainty is None or pd.isna(certainty):
        return {"sure": "", "level": ""}
    level = word_of(float(certainty))
    share = wording.format_share(float(certainty), current())
    return {"sure": f"{sure_words(current())[level]} {share}", "level": level}


def _choices(name: str, near: Choices) -> Iterator[list[str]]:
    """[value, words, certainty] of each near choice; of parties one code each."""
    if name == "status":
        for status in STATUSES:
            yield [status, label(status), ""]
        return
    for value in near.values[name][:MOST_CHOICES]:
        share = near.certainty.get((name, value))
        sure = "" if share is None else wording.format_share(share, current())
        yield [value, correction_choices.choice_words(name, value), sure]


def _article(row: Row) -> dict[str, Any]:
    """Title and text as paragraphs of [words, style names], the event's words marked."""
    article = one(query().article(int(row["article_id"])))
    text = str(article["text"]) if article is not None else str(row["quote"])
    spans = {part: _spans(row, part) for part in ("title", "text")}
    title = str(row["title"])
    at = int(row["start"]) if row["part"] == "text" else 0
    start, stop = _cut(text, at)
    return {
        "id": str(int(row["article_id"])),
        "lang": str(row["lang"]),
        "origin": facts.published_line(row),
        "title": _marked(title, spans["title"], 0, len(title)),
        "text": [_marked(text, spans["text"], *line) for line in _lines(text, start, stop)],
        "cut": [start > 0, stop < len(text)],
    }


def _cut(text: str, at: int) -> tuple[int, int]:
    """The part of a long text around an offset, from the begin of a line to the end of one."""
    start = text.rfind("\n", 0, at - AROUND) + 1 if at > AROUND else 0
    end = text.find("\n", at + AROUND)
    return start, len(text) if end < 0 else end


def _lines(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    for line in text[start:stop].split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _spans(row: Row, part: str) -> list[MarkedSpan]:
    """The sentence of the event and its words in this part, and where it is told again."""
    again = [(start, end) for _q, where, start, end in facts.tellings(row) if where == part]
    found = [MarkedSpan("event", start, end) for start, end in again]
    if row["part"] != part:
        return found
    begin = int(row["start"])
    found.append(MarkedSpan("asked", begin, int(row["end"])))
    words = facts.quote_spans(row)
    return found + [MarkedSpan(s.kind, s.start + begin, s.end + begin) for s in words]


def _marked(text: str, spans: list[MarkedSpan], start: int, stop: int) -> list[list[str]]:
    return [[text[a:b], classes(held)] for a, b, held in pieces(text, spans, start, stop)]
