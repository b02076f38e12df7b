"""A clause cut to what a headline has room for: whole phrases fall, in a fixed order.

What says how true an act is never falls: negations, conditions, who says so. `WITHOUT_LOSS` goes
always; `FOR_ROOM` rank by rank, the last phrase first, until the rest is short enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.headlines.clause import Clause, Span
from loaders.headlines.cutting_rules import (
    FOR_ROOM,
    LABELS,
    WITHOUT_LOSS,
    Cutting,
    Rule,
)
from loaders.headlines.firm import opening_attribution, protected
from loaders.headlines.parse_tree import (
    NEEDED,
    RELATIVE,
    low,
    subtree,
)
from loaders.headlines.word_lists import listed, opens_with
from loaders.headlines.writing import written

if TYPE_CHECKING:
    from spacy.tokens import Token


def cut(
    clause: Clause, lang: str, dates: Sequence[Span], room: int, rules: Sequence[Rule] = FOR_ROOM
) -> Clause:
    """The clause without what may fall, short enough for `room` characters where that is
    possible."""
    firm = clause.must | protected(clause, lang)
    clause = replace(clause, must=clause.must | firm, last=opening_attribution(clause, lang))
    words = [clause.doc[i] for i in sorted(clause.kept, reverse=True)]
    last_first = [(token, token.dep_) for token in words]
    cutting = Cutting(lang, clause, _numbers(clause, dates))
    for rule in WITHOUT_LOSS:
        for token in _askable(rule, last_first):
            cutting = _without(cutting, token, rule)
    length = len(written(cutting.clause))
    fallen: list[tuple[Token, frozenset[int]]] = []
    for rule in rules:
        if length <= room:
            break
        for token in _askable(rule, last_first):
            if length <= room:
                break
            before, cutting = cutting, _without(cutting, token, rule)
            if cutting is not before:
                fallen.append((token, before.clause.kept - cutting.clause.kept))
                length = len(written(cutting.clause))
    has_room = length <= room
    return _without_torn(_filled(cutting.clause, fallen, room) if has_room else cutting.clause)


def _numbers(clause: Clause, dates: Sequence[Span]) -> list[frozenset[int]]:
    """The numbers of the words in each date."""
    if not dates:
        return []
    at = [(token.i, token.idx) for token in clause.doc]
    return [frozenset(i for i, idx in at if start <= idx < end) for start, end in dates]


def _askable(rule: Rule, tokens: Sequence[tuple[Token, str]]) -> list[Token]:
    """Of tokens with their labels those that a rule is asked of."""
    labels = LABELS.get(rule)
    return [token for token, label in tokens if labels is None or label in labels]


def _filled(clause: Clause, fallen: Sequence[tuple[Token, frozenset[int]]], room: int) -> Clause:
    """The clause with the phrases back for which there is room after all, that which fell last
    first."""
    for token, words in reversed(fallen[:-1]):
        fuller = replace(clause, kept=clause.kept | words)
        if token.head.i in clause.kept and len(written(fuller)) <= room:
            clause = fuller
    return clause


def _without(cutting: Cutting, token: Token, rule: Rule) -> Cutting:
    """The clause without the phrase of a token, where the rule lets it fall."""
    clause = cutting.clause
    if token.i not in clause.kept or not rule(cutting, token):
        return cutting
    below = subtree(token)
    if rule not in WITHOUT_LOSS and _is_in_a_side(token, clause.verb):
        return cutting
    if token.dep_ == "advmod" and opens_with(
        token.doc[token.left_edge.i :].text, listed(cutting.lang, "firm_openers")
    ):
        return cutting  # "at least | five people"
    if low(token.left_edge) in listed(cutting.lang, "tied") or _is_written_on(token):
        return cutting  # "since 2016" of "the first time since 2016", "-Jazira" of "Al-Jazira"
    if below & clause.must or any(0 < len(date & below) < len(date) for date in cutting.dates):
        return cutting  # nor is a date halved
    return replace(cutting, clause=replace(clause, kept=clause.kept - below))


def _is_in_a_side(token: Token, verb: Token) -> bool:
    """Whether a phrase belongs to a clause or noun beside the act, which falls as a whole or
    stays: "a girl who was filmed | slapping soldiers"."""
    above = token.head
    while above not in (verb, above.head):
        if above.dep_ in (*RELATIVE, "appos"):
            return True
        above = above.head
    return False


def _is_written_on(token: Token) -> bool:
    """Whether a phrase follows the word before it without a space: a part of a name, "l'ancien"."""
    edge = token.left_edge.i
    before = token.doc[edge - 1] if edge else None
    return before is not None and not before.whitespace_ and (before.text == "-" or before.is_alpha)


def _without_torn(clause: Clause) -> Clause:
    """Without what stood behind a comma whose left side fell, and a conjunction whose right side
    did: they hang in the air."""
    loose = {t.i for t in clause.doc[:-1] if t.dep_ == "cc" and t.i + 1 not in clause.kept}
    loose |= {i for i in [min(clause.kept)] if clause.doc[i].pos_ == "CCONJ"}  # "And the king"
    clause = replace(clause, kept=clause.kept - (loose - clause.must))
    for token in clause.doc:
        if token.i not in clause.kept:
            continue
        edge = token.left_edge.i
        hangs = token.head.i < edge and edge > 1
        if not hangs or not clause.doc[edge - 1].is_punct or edge - 2 in clause.kept:
            continue
        below = subtree(token)
        if not below & clause.must and token.dep_ not in (*NEEDED, "conj"):
            clause = replace(clause, kept=clause.kept - below)
    return clause
