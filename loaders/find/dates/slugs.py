"""The day in a wire's slug ("KYIV, Nov 21 (Reuters) -"): when it was written, not when it was."""

from __future__ import annotations

import re

from loaders.find.dates.expression import DateExpression
from loaders.text.document import Sentence

SLUG = "the day of a dateline"
_REACH = 70  # characters from the beginning of the paragraph to the end of the day
_HEAD = re.compile(r"\(?[^\W\d_][^\d—–:;!?]{1,48}[,(]?\s*$")
_SMALL = re.compile(r"(?<![\w'’-])[^\W\d_A-ZÀ-Ý]\w*")
_TAIL = re.compile(
    r"[,)]?(?:\s*\([^)\n]{2,40}\)|\s*,?\s*[A-ZÀ-Ý/]{2,12})?\)?\s*(?:—|–|--|-(?=\s)|:)"
)
_MOST_SMALL = 2  # words of a place or agency that are written small: "Rio de Janeiro", "le"


def is_in_slug(e: DateExpression, sentence: Sentence) -> bool:
    """Whether a day stands between the place that opens a sentence and the dash after it."""
    if sentence.part != "text" or e.end - sentence.start > _REACH:
        return False
    if e.day is None and e.weekday is None:
        return False
    head = sentence.text[: e.start - sentence.start]
    tail = sentence.text[e.end - sentence.start :]
    if not _HEAD.match(head) or not _TAIL.match(tail):
        return False
    return head.lstrip("(")[:1].isupper() and len(_SMALL.findall(head)) <= _MOST_SMALL
