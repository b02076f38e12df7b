"""Dates in the text of an article: found once, resolved against a publication date.

    find_dates(document, published)          all resolved dates as DateSpan
    read_dates(document, published)          these, and unresolved expressions as LeftOut
    find_expressions(document)               date expressions as written, not yet resolved
    intervals(expressions, day)              one Resolved or None each: cheap, for scoring days
    resolve(expressions, document, published)    DateSpans for those that resolve
    unresolved(expressions, document, published) the others, with the reason
    figure_notes(spans)                      dates in figures that read both ways
    zone_notes(spans)                        times that fall on another day in other time zones

Method: finders from the word tables of a language (data/languages/), one resolver for all.
TIMEX3 values follow ISO-TimeML. Each bound of a range keeps the TIMEX3 value of its own words,
while `first` and `last` span the whole range: "du 21" (2024-11-21) and "23 novembre"
(2024-11-23) both run from the 21st to the 23rd.
"""

from __future__ import annotations

from events.model import DateSpan, LeftOut, Published
from loaders.find.dates.cleaners import figure_notes, resolve, unresolved, zone_notes
from loaders.find.dates.expression import DateExpression, Resolved
from loaders.find.dates.finders import find_expressions
from loaders.find.dates.resolver import intervals
from loaders.text.document import Document

__all__ = [
    "DateExpression",
    "Resolved",
    "figure_notes",
    "find_dates",
    "find_expressions",
    "intervals",
    "read_dates",
    "resolve",
    "unresolved",
    "zone_notes",
]


def read_dates(document: Document, published: Published) -> tuple[list[DateSpan], list[LeftOut]]:
    """The dates of `find_dates`, and the expressions that do not resolve (`unresolved`)."""
    expressions = find_expressions(document)
    return resolve(expressions, document, published), unresolved(expressions, document, published)


def find_dates(document: Document, published: Published) -> list[DateSpan]:
    """Every date of the document that resolves, in reading order, non-overlapping."""
    return resolve(find_expressions(document), document, published)
