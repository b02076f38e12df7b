"""What no cut takes from a clause: what says how true the act is, and who tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from loaders.headlines.clause import Clause
from loaders.headlines.parse_tree import RELATIVE, is_set_apart, lemma, low, subtree
from loaders.headlines.word_lists import forms, listed

if TYPE_CHECKING:
    from spacy.tokens import Token

# what hangs on the clause by these is told of something else than the act
FAR = (*RELATIVE, "acl", "appos", "conj", "advcl", "parataxis")


def protected(clause: Clause, lang: str) -> set[int]:
    """Words that say how true the act is, of what stays in any case."""
    words = listed(lang, "negations") | listed(lang, "conditions") | listed(lang, "attribution")
    reporting = forms(lang, "reporting")
    found = {t.i for t in clause.doc if t.i in clause.kept and _is_condition(t, lang)}
    found |= {t.i for t in _near(clause) if low(t) in words or t.dep_ == "neg"}
    asides = [child for child in clause.verb.children if child.dep_ == "parataxis"]
    return found | {t.i for t in asides if {low(t), lemma(t)} & reporting and t.i in clause.kept}


def opening_attribution(clause: Clause, lang: str) -> frozenset[int]:
    """Who tells it, before the subject: "Selon Kiev, ..."."""
    words, edge = listed(lang, "attribution"), clause.subject.left_edge.i
    openings = (
        child
        for child in clause.verb.children
        if child.right_edge.i < edge and low(child.left_edge) in words
    )
    return frozenset().union(*(subtree(child) for child in openings)) & clause.kept


def _near(clause: Clause) -> Iterator[Token]:
    """The words that hang on the verb of the clause, and not inside a side clause."""
    waiting = [clause.verb]
    while waiting:
        token = waiting.pop()
        waiting += [c for c in token.children if not (c.dep_ in FAR or is_set_apart(c))]
        if token.i in clause.kept:
            yield token


def _is_condition(token: Token, lang: str) -> bool:
    marks = [child for child in token.children if child.dep_ in ("mark", "advmod")]
    return token.dep_ == "advcl" and any(low(m) in listed(lang, "conditions") for m in marks)
