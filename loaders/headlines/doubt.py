"""What makes an act more doubtful than its status says: words above it or beside one of these."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from loaders.headlines.parse_tree import above, beside, is_verb, lemma, low
from loaders.headlines.word_lists import doubting, listed

if TYPE_CHECKING:
    from spacy.tokens import Token


def doubts(act: Token, lang: str, status: str, strict: bool = True) -> list[Token]:
    """The words of a sentence under which an act is denied, averted, planned, feared or only
    claimed, where its status does not say so; not `strict`: plain saying, or a verb that the act is
    told beside, is none of them. A preposition only denies ("without"), but that of the act's own
    verb: "take | to court"."""
    settled = listed(lang, "loose") | listed(lang, "lasting")
    words = list(above(act, settled) if strict else _governing(act, settled))
    if act.pos_ == "NOUN" and _is_behind_a_mark(act, settled):
        words += list(act.ancestors)[-1:]  # behind an aside a parser loses on what it hangs
    near = [*words, *(child for word in (act, *words) for child in beside(word))]
    no = listed(lang, "negations") | listed(lang, "conditions")
    found = no | doubting(lang, status, strict)
    own = act if is_verb(act) else None
    return [
        word
        for word in near
        if {low(word), lemma(word)} & (no if word.pos_ == "ADP" and word.head != own else found)
    ]


def _is_behind_a_mark(noun: Token, settled: frozenset[str]) -> bool:
    """Whether the phrase of a noun is cut off from what stands before, and no "after" leads it."""
    word = noun.head if noun.head.pos_ == "ADP" else noun
    if any(low(each) in settled for each in (word, *word.children)):
        return False
    first = next((below for below in word.subtree if not below.is_punct), word)
    mark = first.nbor(-1) if first.i else first
    return bool(mark.is_punct and not mark.is_quote)


def _governing(act: Token, settled: frozenset[str]) -> Iterator[Token]:
    """The words above an act, without a verb that it tells a fact beside: "..., calling it a
    crime", "after he met", "urged ... and banned"."""
    forms = act.morph.get("VerbForm", [])
    marks = (child for child in act.children if child.dep_ == "mark")
    if act.dep_ == "advcl" and ("Part" in forms or any(low(mark) in settled for mark in marks)):
        return
    is_joined = act.dep_ == "conj" and "Fin" in forms
    yield from above(act.head if is_joined else act, settled)
