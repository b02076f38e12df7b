"""A clause reduced to what tells its act: subject, verb, what the verb needs, one phrase more.

For clauses that are too long after every cut: instead of taking phrases away, the shortest whole is
built up from the verb.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from loaders.headlines.clause import Clause
from loaders.headlines.parse_tree import AUXILIARY, NEEDED, OBLIQUE, SUBJECT, is_verb, subtree

if TYPE_CHECKING:
    from spacy.tokens import Token

# what belongs to the name of a thing
_NAMING = (
    *("det", "det:poss", "amod", "compound", "compound:prt", "flat", "flat:name", "flat:foreign"),
    *("fixed", "nummod", "quantmod", "poss", "nmod:poss", "case", "prt", "mark", "neg"),
    *("expl:pv", "expl:comp"),
)
_WHOLE = ("pobj", "obl:arg", "obl:agent", "agent")
_DEPTH = 2  # phrases within phrases that are kept: "the tests | of its technology | of missiles"


def core(clause: Clause, firm: Collection[int]) -> Clause:
    """The clause with its subject, verb and objects alone, the first phrase at its verb, and the
    `firm` words that say how true it is."""
    kept = set(_of_noun(clause.subject, _DEPTH)) | set(_of_verb(clause.verb))
    kept |= {
        i for one in clause.subject.children if one.dep_ in ("cc", "conj") for i in subtree(one)
    }
    for number in clause.must | {*firm}:
        token = clause.doc[number]
        kept |= set(_of_verb(token) if is_verb(token) else _of_noun(token, _DEPTH))
    return replace(clause, kept=frozenset(kept & clause.kept) | clause.must | {*firm})


def _of_verb(verb: Token) -> Iterator[int]:
    """The numbers of a verb, of its auxiliaries and of what it needs."""
    yield verb.i
    phrases = [c for c in verb.children if c.dep_ in OBLIQUE and c.i > verb.i]
    for child in verb.children:
        if child.dep_ in (*AUXILIARY, *_NAMING):
            yield from subtree(child)
        elif child.dep_ in SUBJECT and verb.dep_ in (*NEEDED, "advcl"):
            yield from _of_noun(child, _DEPTH)
        elif child.dep_ in NEEDED and is_verb(child):
            yield from _of_verb(child)
        elif child.dep_ in (*NEEDED, *_WHOLE) or child in phrases[:1]:
            yield from _of_noun(child, _DEPTH)


def _of_noun(noun: Token, depth: int) -> Iterator[int]:
    """The numbers of a noun or preposition and of the phrases that name it, so many deep."""
    yield noun.i
    phrases = [c for c in noun.children if c.dep_ in ("nmod", "prep", "appos")][:1]
    for child in noun.children:
        if child.dep_ in _NAMING:
            yield from subtree(child)
        elif child.dep_ == "pcomp" and is_verb(child):
            yield from _of_verb(child)
        elif child.dep_ == "pobj" or (depth and child in phrases):
            yield from _of_noun(child, depth - (child.dep_ != "pobj"))
