"""Months and weekdays inside other names: "April Ryan", "Augustin Mars", "Tuesday Weld"."""

from __future__ import annotations

import functools
import re

from events.reference import demonyms, office_holders, organisations, state_aliases, states
from events.registry import fold
from loaders.find.dates.expression import DateExpression
from loaders.find.dates.grammar import Grammar
from loaders.text.document import Sentence

_NAME_LABELS = frozenset({"PERSON", "PER", "ORG", "FAC", "WORK_OF_ART"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "NORP", "FAC"})
_CAPITAL_AFTER = re.compile(r"[ \u00a0](?P<word>[^\W\d_]\w+)")
_SURNAME = re.compile(r"[ \u00a0](?P<word>[A-Z][a-z-]+)(?=[,.]|[ \u00a0](?:[^A-Z]|$)|$)")
_CAPITAL_BEFORE = re.compile(r"(?P<word>[^\W\d_]\w+)[ \u00a0]$")


def is_in_name(e: DateExpression, sentence: Sentence, rules: Grammar) -> bool:
    """Whether a month or weekday that stands alone is part of a name.

    Told by the model (a person's or an organisation's name around it), or by capitals: a month
    between no words of time and before a word with a capital; where months are written small, a
    month with a capital beside another such word; a weekday before one word with a capital that is
    the name of no party and no office, where the language has weekdays as given names.
    """
    bare = e.kind == "calendar" and e.day is None and e.year is None and not e.feast
    if not bare or not re.fullmatch(r"[^\W\d_]+\.?", e.text) or not e.text[0].isupper():
        return False
    if _is_labelled(e, sentence):
        return True
    if e.text.isupper():
        return False
    if e.month is None:
        return _is_given_name(e, sentence, rules)
    start, end = e.start - sentence.start, e.end - sentence.start
    before, after = sentence.text[:start], sentence.text[end:]
    followed = _has_capital(_CAPITAL_AFTER.match(after))
    told = rules.context.get("before_month")
    if told is None or told.search(before[-40:]):
        return False
    if rules.settings.get("small_months"):
        return followed or _has_capital(_CAPITAL_BEFORE.search(before[-40:]))
    return followed


def _is_given_name(e: DateExpression, sentence: Sentence, rules: Grammar) -> bool:
    """Whether a weekday is a given name: "Sunday Oliseh", but not "Sunday Israel"."""
    time, office = rules.context.get("before_weekday"), rules.context.get("after_weekday")
    if e.weekday is None or time is None or office is None:
        return False
    start, end = e.start - sentence.start, e.end - sentence.start
    found = _SURNAME.match(sentence.text, end)
    if found is None or time.search(sentence.text[:start][-40:]):
        return False
    if any(n.label in _PLACE_LABELS and n.start == end + 1 for n in sentence.names or ()):
        return False
    return not office.match(sentence.text, end) and fold(found["word"]) not in _party_words()


@functools.cache
def _party_words() -> frozenset[str]:
    """The words of English names of states, peoples, organisations, office holders; folded."""
    texts = [row["name_en"] for row in states()]
    texts += [text for row in state_aliases() for text in row.texts]
    texts += [text for row in demonyms("en") for text in (*row.adjectives, *row.nouns)]
    for row in organisations().values():
        texts += [*row.get("any", ()), *row.get("en", ())]
    texts += [text for row in office_holders() for text in (row.person, *row.aliases)]
    return frozenset(fold(word) for text in texts for word in text.split())


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
