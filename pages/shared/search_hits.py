"""Why an event is among the results of a search: where its words stand, marked, the best first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from events.answers import Hits
from pages.shared.facts import Row
from pages.shell import escaping, link, names
from pages.shell.language import _
from pages.shell.store_access import query

_AROUND = 110  # characters of a sentence or title that are shown
_BEFORE = 45  # of them before the first mark


def hits(event_ids: Sequence[int]) -> Hits | None:
    """Where these events hold the search text of the filters; None where nothing is searched."""
    text = link.filters().text
    return query().hits(text, tuple(int(i) for i in event_ids)) if text else None


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """The events with those first that hold the search text in their sentence; else as they are."""
    found = hits(table["event_id"].tolist())
    if found is None:
        return table
    return table.iloc[table["event_id"].map(found.rank).argsort(kind="stable")]


def lines(row: Row, found: Hits) -> list[str]:
    """ "In the title: ..." in Markdown, the words marked: for each field that holds some."""
    told = (_told(field, row, found) for field in found.fields.get(int(row["event_id"]), ()))
    return [
        _("{what}: {values}").format(what=escaping.plain(where), values=_marked(words, found))
        for where, words in dict(told).items()
        if words
    ]


def where(row: Row, found: Hits) -> str:
    """The names of the fields that hold some of the search text, for a table."""
    fields = found.fields.get(int(row["event_id"]), ())
    return ", ".join(_told(field, row, found)[0] for field in fields)


def _told(field: str, row: Row, found: Hits) -> tuple[str, str]:
    """The field in words, and what it says."""
    if field == "sentence":
        headline = str(row["headline"])
        if found.marks(headline) and not found.marks(str(row["quote"])):
            return _("In the headline"), headline
        return _("In the sentence"), str(row["quote"])
    if field == "actor":
        codes = dict.fromkeys([*row["sources"], *row["targets"], str(row["attributed_to"])])
        return _("Among the actors"), ", ".join(names.actor(code) for code in codes if code)
    if field == "place":
        return _("In the place"), names.place_of(row)
    if field == "title":
        return _("In the title"), str(row["title"])
    return _("In the name of the outlet"), str(row["source"])


def _marked(text: str, found: Hits) -> str:
    """The part of the text around the first mark, as Markdown."""
    marks = found.marks(text)
    first = marks[0][0] if marks else 0
    begin = text.rfind(" ", 0, first - _BEFORE) + 1 if first > _BEFORE else 0
    end = len(escaping.shortened(text[begin:], _AROUND).removesuffix("…")) + begin
    inside = [(a - begin, b - begin) for a, b in marks if b <= end]
    told = escaping.with_marks(text[begin:end], inside)
    return f"{'… ' * (begin > 0)}{told}{' …' * (end < len(text))}"
