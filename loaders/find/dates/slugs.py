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
    r"[,.)]?(?:\s*\([^)\n]{2,40}\)|\s*,?\s*[A-ZÀ-Ý/]{2,12})?\)?\s*(?:—|–|--|-(?=\s)|:)"
)
_LAST_PARAGRAPH = 2  # of a head: a heading and the author's name may stand before the dateline
_MOST_SMALL = 2  # words of a place or agency that are written small: "Rio de Janeiro", "le"


def is_in_slug(e: DateExpression, sentence: Sentence) -> bool:
    """Whether a day stands between the place that opens a sentence and the dash after it."""
    if sentence.part != "text" or e.end - sentence.start > _REACH:
        return False
    if e.day is None and e.weekday is None:
        return False
    head, tail = _around(e, sentence)
    return bool(_TAIL.match(tail)) and _is_place(head)


def dates_text(e: DateExpression, sentence: Sentence) -> bool:
    """Whether a full date is that of the dateline at the head of a text: before its dash, or alone
    with the place ("Paris, le 12 mars 2025.")."""
    if sentence.part != "text" or sentence.paragraph > _LAST_PARAGRAPH:
        return False
    if e.year is None or e.month is None or e.day is None:
        return False
    head, tail = _around(e, sentence)
    ended = head.rstrip().endswith((",", ")", "-", "–", "—")) or head.isupper()
    return ended and (e.not_event == SLUG or (not tail.strip(" .)") and _is_place(head)))


def _around(e: DateExpression, sentence: Sentence) -> tuple[str, str]:
    """The words of its sentence before and after a date."""
    return sentence.text[: e.start - sentence.start], sentence.text[e.end - sentence.start :]


def _is_place(head: str) -> bool:
    """Whether the words before a day can be the place, and the agency, of a dateline."""
    if not _HEAD.match(head):
        return False
    return head.lstrip("(")[:1].isupper() and len(_SMALL.findall(head)) <= _MOST_SMALL
