"""The day in a wire's slug ("KYIV, Nov 21 (Reuters) -"): when it was written, not when it was."""

from __future__ import annotations

import re

from loaders.find.dates.expression import DateExpression
from loaders.find.places.names import look_up
from loaders.text.document import Document, Sentence

SLUG = "the day of a dateline"
_REACH = 70  # characters from the beginning of the paragraph to the end of the day
_HEAD = re.compile(r"\(?[^\W\d_][^\d—–:;!?]{1,48}[,(]?\s*$")
_SMALL = re.compile(r"(?<![\w'’-])[^\W\d_A-ZÀ-Ý]\w*")
_TAIL = re.compile(
    r"[,.)]?(?:\s*\([^)\n]{2,40}\)|\s*,?\s*[A-ZÀ-Ý/]{2,12})?\)?\s*(?:—|–|--|-(?=\s)|:)"
)
_LAST_PARAGRAPH = 2  # of a head: a heading and the author's name may stand before the dateline
_PARTS = re.compile(r"[(),/]|\s[—–-]\s|\s[—–-]$")
_LINE = re.compile(r"(?:\A|\n[ \t]*\n)[^\n]{3,70}\b\d{4}(?=[ \t]*(?:\n[ \t]*\n|\Z))")
_CREDIT = 30  # characters: "(AFP)", "REUTERS/Philippe Wojazer" are no report
_MOST_SMALL = 2  # words of a place or agency that are written small: "Rio de Janeiro", "le"


def is_in_slug(e: DateExpression, sentence: Sentence) -> bool:
    """Whether a day stands between the place that opens a sentence and the dash after it."""
    if sentence.part != "text" or e.end - sentence.start > _REACH:
        return False
    if e.day is None and e.weekday is None:
        return False
    head, tail = _around(e, sentence)
    return bool(_TAIL.match(tail)) and _is_place(head)


def dates_text(e: DateExpression, document: Document) -> bool:
    """Whether a full date is that of the dateline at the head of a text: before its dash, or alone
    with the place and before a report ("Paris, le 12 mars 2025. Le ministre ..."), or the only
    paragraph of a place and a day, as in letters and communiqués (several make a chronology).

    A caption names who or what is seen, or ends its paragraph: « Macron à Paris, le 12 mars 2019. »
    """
    sentence = document.sentences[e.sentence]
    if sentence.part != "text" or sentence.paragraph > _LAST_PARAGRAPH:
        return False
    if e.year is None or e.month is None or e.day is None:
        return False
    head, tail = _around(e, sentence)
    if not (head.rstrip().endswith((",", ")", "-", "–", "—")) or head.isupper()):
        return False
    closes = not tail.strip(" .)") or _is_paragraph(e, document)
    alone = closes and _is_place_alone(head, document.lang)
    return e.not_event == SLUG or (alone and _is_before_report(e, document))


def _is_place_alone(head: str, lang: str) -> bool:
    """Whether the words before a day are a place and at most an agency: "KYIV (Reuters), "."""
    place, *agency = filter(None, (part.strip() for part in _PARTS.split(head)))
    return len(agency) <= 1 and bool(look_up(place, lang))


def _is_before_report(e: DateExpression, document: Document) -> bool:
    """Whether the paragraph goes on behind the sentence of a day, with more than a credit, or the
    next one does behind a paragraph of a day."""
    sentence, rest = document.sentences[e.sentence], document.sentences[e.sentence + 1 :]
    last = sentence.paragraph + _is_paragraph(e, document)
    return any(s.part == "text" and s.paragraph <= last and len(s.text) > _CREDIT for s in rest[:1])


def _is_paragraph(e: DateExpression, document: Document) -> bool:
    """Whether a date of the text ends the only paragraph of one line that ends with a year: a line
    under it or above it makes it a caption, or an entry."""
    text = document.article.text
    ends = [m.end() for m in _LINE.finditer(text)]
    return ends == [e.end]


def _around(e: DateExpression, sentence: Sentence) -> tuple[str, str]:
    """The words of its sentence before and after a date."""
    return sentence.text[: e.start - sentence.start], sentence.text[e.end - sentence.start :]


def _is_place(head: str) -> bool:
    """Whether the words before a day can be the place, and the agency, of a dateline."""
    if not _HEAD.match(head):
        return False
    return head.lstrip("(")[:1].isupper() and len(_SMALL.findall(head)) <= _MOST_SMALL
