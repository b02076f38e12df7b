"""Months and weekdays inside other names: "April Ryan", "Augustin Mars", "Tuesday Weld"."""

from __future__ import annotations

import re

from loaders.find.dates.expression import DateExpression
from loaders.find.dates.grammar import Grammar
from loaders.text.document import Sentence

_NAME_LABELS = frozenset({"PERSON", "PER", "ORG", "FAC", "WORK_OF_ART"})
_CAPITAL_AFTER = re.compile(r"[ \u00a0](?P<word>[^\W\d_]\w+)")
_CAPITAL_BEFORE = re.compile(r"(?P<word>[^\W\d_]\w+)[ \u00a0]$")


def is_in_name(e: DateExpression, sentence: Sentence, rules: Grammar) -> bool:
    """Whether a month or weekday that stands alone is part of a name.

    Told by the model (a person's or an organisation's name around it), or by capitals: a month
    between no words of time and before a word with a capital; where months are written small, a
    month with a capital beside another such word.
    """
    bare = e.kind == "calendar" and e.day is None and e.year is None and not e.feast
    if not bare or not re.fullmatch(r"[^\W\d_]+\.?", e.text) or not e.text[0].isupper():
        return False
    if _is_labelled(e, sentence):
        return True
    if e.month is None or e.text.isupper():
        return False
    start, end = e.start - sentence.start, e.end - sentence.start
    before, after = sentence.text[:start], sentence.text[end:]
    followed = _has_capital(_CAPITAL_AFTER.match(after))
    told = rules.context.get("before_month")
    if told is None or told.search(before[-40:]):
        return False
    if rules.settings.get("small_months"):
        return followed or _has_capital(_CAPITAL_BEFORE.search(before[-40:]))
    return followed


def _is_labelled(e: DateExpression, sentence: Sentence) -> bool:
    """Whether the model marks a longer name of a person or an organisation around it."""
    start, end = e.start - sentence.start, e.end - sentence.start
    return any(
        name.label in _NAME_LABELS
        and name.start <= start
        and end <= name.end
        and name.end - name.start > end - start + 1
        for name in sentence.names or ()
    )


def _has_capital(found: re.Match[str] | None) -> bool:
    return found is not None and found["word"][0].isupper() and not found["word"].isupper()
