"""Days in a parse: what follows one hangs on its verb.

The small French parser takes a bare day for a noun and hangs on it what belongs to the verb: of 849
days of real news 128 had such words below them ("a rouvert lundi | son ambassade", "a été arrêté le
16 décembre | à Djibouti"). Which words are days is known, so these words are given back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from loaders.headlines.parse_tree import is_passive, is_verb, low, subject
from loaders.headlines.word_lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_NOUNS = ("NOUN", "PROPN")
_STAYING = ("punct", "case", "det", "cc", "conj", "nummod", "flat:name", "fixed")


def give_back(doc: Doc, days: Iterable[tuple[int, int]]) -> None:
    """Hang what stands behind a day, and below it in the parse, on what the day hangs on. `days`:
    offsets in the text of the parse."""
    spans = [doc.char_span(start, end, alignment_mode="expand") for start, end in days]
    found = [words for words in spans if words is not None]
    dated = {word.i for words in found for word in words}
    for words in found:
        head = words.root.head
        if head in words or head.i > words.start:
            continue
        if words.root.dep_ in ("obj", "nsubj") and words[0].pos_ != "DET" and is_verb(head):
            words.root.dep_ = "obl:mod"  # "doit remettre jeudi | sa démission", not "fêter le ..."
        for child in [each for each in _below(words) if each.i not in dated]:
            if label := _label(child, head):
                child.head, child.dep_ = head, label


def _below(words: Words) -> Iterator[Token]:
    """What hangs on a day and stands right behind it."""
    genitive = listed(words.doc.lang_, "genitive")
    for child in (c for word in words for c in word.children if c.i >= words.end):
        edge = child.left_edge
        apart = any(
            token.is_punct and not token.is_quote for token in words.doc[words.end : edge.i]
        )
        if not apart and edge.i >= words.end and low(edge) not in genitive:
            yield child


def _label(child: Token, head: Token) -> str:
    """What such a word is of the verb or noun `head`; "" where it is not known."""
    if child.dep_ in _STAYING:
        return ""
    kinds = {word.dep_ for word in child.children if word.i < child.i}
    if not is_verb(head):
        return "nmod" if "case" in kinds and child.pos_ in _NOUNS else ""
    if "mark" in kinds:
        return "ccomp"
    if child.pos_ == "ADV":
        return "advmod"
    if "case" in kinds:
        return "obl:agent" if child.dep_ == "obl:agent" else "obl:mod"
    return _of_a_verb(child, head)


def _of_a_verb(child: Token, head: Token) -> str:
    """Subject, object or what is said of the subject."""
    if child.pos_ == "ADJ":
        return "xcomp"
    if child.pos_ not in _NOUNS or is_passive(head):
        return ""
    if subject(head) is None:
        return "nsubj"
    return "" if any(c.dep_ in ("obj", "dobj") and c != child for c in head.children) else "obj"
