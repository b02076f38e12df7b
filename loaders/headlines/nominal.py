"""An act that is only a noun of its sentence ("after the visit of the minister to Paris"): the
phrase of the noun, where it tells enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from loaders.headlines.clause import Clause
from loaders.headlines.doubt import doubts
from loaders.headlines.parse_tree import RELATIVE, low, subtree, subtrees
from loaders.headlines.word_lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEAST = 4  # words
_APART = ("case", "cc", "det", "punct", "conj", "appos", *RELATIVE)
_BEFORE = ("amod", "compound", "poss")


def nominal(
    doc: Doc,
    trigger: Sequence[Token],
    lang: str,
    status: str,
    least: int = _LEAST,
    strict: bool = True,
) -> Iterator[Clause]:
    """The phrase of the trigger's noun without its article, where it has `least` words and nothing
    above it makes the act more doubtful than its `status` says (not `strict`: plain saying does
    not); none for a verb."""
    noun = next((t for t in trigger if t.pos_ == "NOUN" and t.head not in trigger), None)
    if noun is None or doubts(noun, lang, status, strict):
        return
    two_sided = any(low(t) in listed(lang, "lasting") for t in noun.subtree)  # "between A and B"
    apart = [c for c in noun.children if _is_apart(c) and not (two_sided and c.dep_ == "conj")]
    kept = subtree(noun) - subtrees(apart)
    if len(kept) >= least and not any(_points_back(doc[i]) for i in kept):
        yield Clause(doc, noun, noun, frozenset(kept), frozenset({noun.i}))


def _points_back(word: Token) -> bool:
    """Whether it is a pronoun, possessive or "these": of whom, an earlier word says."""
    points = "Yes" in word.morph.get("Poss", []) or "Dem" in word.morph.get("PronType", [])
    return points or word.pos_ == "PRON"


def _is_apart(child: Token) -> bool:
    return child.dep_ in _APART or (child.i < child.head.i and child.dep_ not in _BEFORE)
