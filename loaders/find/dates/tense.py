"""The tense of the verb that governs a date, from cue words of the language; no parse needed.

Cues are auxiliaries, endings and words such as "prévu"; the nearest cue wins, and one beyond a
comma, a bracket or a conjunction counts as further away.
"""

from __future__ import annotations

import re

from loaders.find.dates.expression import DateExpression, Tense
from loaders.find.dates.grammar import Grammar
from loaders.text.document import Sentence

_BREAK = re.compile(r"[,;:()«»\u2013\u2014]")
_FAR = 200  # characters
_BEHIND = 4  # characters added for a cue after the date: verbs govern dates from before more often
_PENALTY = 25  # characters added for a comma between cue and date


def tense_at(sentence: Sentence, expression: DateExpression, rules: Grammar) -> Tense:
    """ "past", "future", or "" without a cue near the expression."""
    start, end = expression.start - sentence.start, expression.end - sentence.start
    text = sentence.text
    lower, upper = max(0, start - _FAR), min(len(text), end + _FAR)
    best: tuple[int, Tense] = (10**6, "")
    taken: list[tuple[int, int]] = []
    for name, pattern in rules.tenses:
        for found in pattern.finditer(text, lower, upper):
            if any(a < found.end() and found.start() < b for a, b in taken):
                continue
            taken.append(found.span())
            far = _distance(text, start, end, found.span(), rules)
            best = min(best, (far, _tense(name)))
    return best[1]


def _tense(name: str) -> Tense:
    tenses: dict[str, Tense] = {"past": "past", "future": "future", "open": ""}
    return tenses[name]


def _distance(text: str, start: int, end: int, cue: tuple[int, int], rules: Grammar) -> int:
    """Characters between a cue and the date, plus a penalty for a comma or conjunction."""
    after = cue[0] >= end
    between = text[end : cue[0]] if after else text[cue[1] : start]
    breaks = len(_BREAK.findall(between))
    if clause := rules.context.get("clause"):
        breaks += len(clause.findall(f" {between} "))
    return len(between) + _PENALTY * breaks + _BEHIND * after
