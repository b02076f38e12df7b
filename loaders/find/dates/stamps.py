"""The stamps of a live page's entries ("14:32 GMT, Nov 28"), from whose day its words count."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.find.dates.context import is_day
from loaders.find.dates.expression import DateExpression
from loaders.text.document import Document, Sentence
from loaders.text.words import words

STAMP = "the stamp of an entry"
_MARKS = r"[\W_]*"
_CLOSE = r"(?:[)\]*_]+|[)\]*_]*\s*[:–—|-]|$)"
_LABEL = r"(?:[^\W\d_]{1,6}\s)?"  # a word before a day
_TIME = (
    r"(?:[^\W\d_]{1,6}\s){0,2}\d{1,2}\s?[:hH.]\s?\d{2}(?::\d{2})?"
    r"(?:\s?[^\W\d_]{1,3}\.?(?:[^\W\d_]\.)?(?![^\W\d_]))?"
)


def with_stamps(found: Sequence[DateExpression], document: Document) -> list[DateExpression]:
    """The expressions, those that stamp an entry marked as such.

    A stamp opens a paragraph: a day with its time, before a mark or the end of the line, or a day
    that stands alone on its line.
    """
    heads = _heads(document)
    first: dict[int, int] = {}
    for index, e in enumerate(found):
        if e.kind == "calendar" and is_day(e) and e.month is not None:
            first.setdefault(e.sentence, index)
    stamped = {
        index
        for number, index in first.items()
        if number in heads and _is_stamp(found[index], *heads[number], document.lang)
    }
    return [
        replace(e, stamp=True, not_event=STAMP) if index in stamped else e
        for index, e in enumerate(found)
    ]


def _heads(document: Document) -> dict[int, tuple[Sentence, bool]]:
    """First sentences of the body's paragraphs by their number, and whether they are alone."""
    counts: dict[int, int] = {}
    for sentence in document.sentences:
        counts[sentence.paragraph] = counts.get(sentence.paragraph, 0) + 1
    heads: dict[int, tuple[Sentence, bool]] = {}
    seen: set[int] = {-1}
    for sentence in document.sentences:
        if sentence.paragraph not in seen:
            seen.add(sentence.paragraph)
            heads[sentence.index] = (sentence, counts[sentence.paragraph] == 1)
    return heads


def _is_stamp(e: DateExpression, sentence: Sentence, alone: bool, lang: str) -> bool:
    if e.open_start or e.open_end or e.bound:
        return False
    head, tail = _patterns(lang)
    before = head.fullmatch(sentence.text[: e.start - sentence.start])
    rest = sentence.text[e.end - sentence.start :]
    after = tail.match(rest)
    if before is None or after is None:
        return False
    timed = bool(e.time or before["time"] or after["time"])
    whole = not rest[after.end() :].strip() and alone
    return whole or (timed and bool(after["mark"] or after.end() == len(rest)))


@functools.cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand before and after the day of a stamp."""
    listed = words(lang).get("publication", {}).get("stamped", ())
    marked = "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
    label = rf"(?:(?:{marked}){_MARKS})?" if marked else ""
    before = rf"{_MARKS}{label}(?P<time>{_TIME})?{_MARKS}{_LABEL}"
    time = rf"[,\s]*[–—|•·-]?\s*(?P<time>{_TIME})(?:\.$)?"
    after = rf"(?:{time})?(?:\s[A-Z]{{2,5}})?(?P<mark>\s*{_CLOSE})?"
    return re.compile(before, re.IGNORECASE), re.compile(after)
