"""The kept tokens of a clause as text: spaces, marks and the first capital as a headline has them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from loaders.headlines.clause import Clause

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
    return capitalised(text)


def _joined(clause: Clause, numbers: frozenset[int]) -> str:
    tokens = _without_marks([clause.doc[i] for i in sorted(numbers)])
    pieces = [_piece(t, after, clause) for t, after in pairwise([*tokens, None]) if t]
    return " ".join("".join(pieces).split()).strip(_EDGES)


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _without_marks(tokens: list[Token]) -> list[Token]:
    """Marks stay where both their neighbours in the sentence do."""
    kept = {token.i for token in tokens}
    return [t for t in tokens if not t.is_punct or _holds(t, kept)]


def _holds(mark: Token, kept: set[int]) -> bool:
    return (mark.i - 1 in kept or mark.i == 0) and mark.i + 1 in kept


def _piece(token: Token, after: Token | None, clause: Clause) -> str:
    """The token with the space after it; one space where something was cut."""
    text = clause.instead.get(token.i, str(token.text))
    if after is None:
        return text
    apart = after.i > token.i + 1 or token.i in clause.instead
    return f"{text} " if apart else f"{text}{token.whitespace_}"


def is_balanced(text: str) -> bool:
    """Whether brackets and quotation marks open and close."""
    pairs = all(text.count(first) == text.count(last) for first, last in _PAIRS.items())
    return pairs and text.count('"') % 2 == 0
