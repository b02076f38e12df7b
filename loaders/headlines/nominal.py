"""An act that is only a noun of its sentence ("after the visit of the minister to Paris") or a
participle beside one ("a ceasefire brokered by Egypt"): its phrase, where it tells enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from loaders.headlines.clause import Clause
from loaders.headlines.doubt import doubts
from loaders.headlines.parse_tree import RELATIVE, agree, is_passive, low, subtree, subtrees
from loaders.headlines.word_lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEAST = 4  # words
_LEAST_OF_A_PARTICIPLE = 3  # words
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


def participial(
    doc: Doc, trigger: Sequence[Token], lang: str, status: str, strict: bool = True
) -> Iterator[Clause]:
    """The noun with the past participle behind it, of which one tells the act ("eight Russians
    jailed in the West", "the deal announced by Cairo"), where nothing above makes the act more
    doubtful than its status."""
    words = [*trigger, *(child for word in trigger for child in word.children)]
    verb = next((t for t in words if t.dep_ == "acl" and is_passive(t)), None)
    if verb is None or verb.head.i > verb.i or verb.head.pos_ not in ("NOUN", "PROPN"):
        return
    if doubts(verb, lang, status, strict) or not agree(verb.head, verb):
        return
    noun, below = verb.head, subtree(verb)
    apart = [c for c in noun.children if c.dep_ in ("case", "cc", "conj", "appos", *RELATIVE)]
    named = {i for i in subtree(noun) - subtrees(apart) - below if i < verb.i}
    kept = frozenset(named | below)
    if len(below) >= _LEAST_OF_A_PARTICIPLE and not _points_back(doc[min(kept)]):
        yield Clause(doc, verb, noun, kept, frozenset({noun.i, verb.i}))


def _points_back(word: Token) -> bool:
    """Whether it is a pronoun, possessive or "these": of whom, an earlier word says."""
    points = "Yes" in word.morph.get("Poss", []) or "Dem" in word.morph.get("PronType", [])
    return points or word.pos_ == "PRON"


def _is_apart(child: Token) -> bool:
    return child.dep_ in _APART or (child.i < child.head.i and child.dep_ not in _BEFORE)
