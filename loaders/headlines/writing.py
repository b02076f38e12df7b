"""The kept tokens of a clause as text, with the spaces, marks and capital of a headline."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from events.headline import capitalised
from loaders.headlines.clause import Clause
from loaders.headlines.parse_tree import REPORTED, leads_to

if TYPE_CHECKING:
    from spacy.tokens import Token

_EDGES = " \t\n,;:.–—-"
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”"}


def written(clause: Clause) -> str:
    """The text of the kept tokens, in their order, without marks that hold nothing together."""
    first, last = clause.kept - clause.last, clause.kept & clause.last
    text = _joined(clause, first)
    if last:
        moved = _joined(clause, last)
        text = f"{text}, {moved[:1].lower()}{moved[1:]}"
    return without_lone_mark(text)


def _joined(clause: Clause, numbers: frozenset[int]) -> str:
    tokens = _without_marks([clause.doc[i] for i in sorted(numbers)], clause)
    pieces = [_piece(t, after, clause) for t, after in pairwise([*tokens, None]) if t]
    return " ".join("".join(pieces).split()).replace(" ,", ",").strip(_EDGES)


def _without_marks(tokens: list[Token], clause: Clause) -> list[Token]:
    """Marks stay where both their neighbours in the sentence do."""
    kept = {token.i for token in tokens}
    held = [t for t in tokens if not t.is_punct or _holds(t, kept, clause)]
    inner = [t for t in held if t.text == "," and clause.subject.i < t.i < clause.verb.i]
    if len(inner) == 1 and leads_to(clause.verb, inner[0].i + 1):
        held.remove(inner[0])
    return held


def _holds(mark: Token, kept: set[int], clause: Clause) -> bool:
    """Also where what fell before it was not set off by a mark itself, and before who tells it."""
    behind = next((i for i in range(mark.i + 1, len(mark.doc)) if i in kept), None)
    if behind is not None and _before_the_teller(mark.doc[behind], clause):
        return True
    if mark.is_quote:
        return mark.i - 1 in kept or mark.i + 1 in kept
    before = mark.i - 1
    while before >= 0 and before not in kept and not mark.doc[before].is_punct:
        before -= 1
    held = before < 0 or (before in kept and not mark.doc[before].is_punct) or before == mark.i - 1
    return held and mark.i + 1 in kept


def _before_the_teller(token: Token, clause: Clause) -> bool:
    """Whether who tells it comes next: "..., residents said", "..., according to"."""
    if token.i in clause.must and token.dep_ in ("prep", "case"):
        return True
    verb, told = clause.verb, [c for c in clause.verb.children if c.dep_ in REPORTED]
    edge = clause.subject.left_edge.i
    is_first = token.i == min((i for i in clause.kept if i >= edge), default=edge)
    return is_first and any(child.i < token.i < verb.i for child in told)


def _piece(token: Token, after: Token | None, clause: Clause) -> str:
    """The token with the space after it; one space where something was cut."""
    text = clause.instead.get(token.i, str(token.text))
    if after is None:
        return text
    apart = after.i > token.i + 1 or token.i in clause.instead
    return f"{text} " if apart else f"{text}{token.whitespace_}"


def without_lone_mark(text: str) -> str:
    """Without a quotation mark that has no other one: the speech goes on around the sentence."""
    for first, last in _PAIRS.items():
        if text.count(first) + text.count(last) == 1:
            text = text.replace(first, "").replace(last, "")
    if text.count('"') == 1:
        text = text.replace('"', "")
    return capitalised(" ".join(text.split()).replace(" ,", ",").strip(_EDGES))


def is_balanced(text: str) -> bool:
    """Whether brackets and quotation marks open and close."""
    pairs = all(text.count(first) == text.count(last) for first, last in _PAIRS.items())
    return pairs and text.count('"') % 2 == 0
