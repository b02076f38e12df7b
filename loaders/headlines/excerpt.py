"""A part of the sentence word for word, between quotation marks under the name of a party: for an
act that no clause tells shortly enough ("Libya: “this initiative provoked protests”").

It begins and ends where a phrase does, and nothing above it may deny, plan or only claim the act.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from events.wording import quoted
from loaders.headlines.parse_tree import NEEDED, is_relative, is_verb, lemma, low, subject
from loaders.headlines.word_lists import forms, listed, plain
from loaders.headlines.writing import is_balanced, without_lone_mark

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEAST = 3  # words
_OPENING = ("SCONJ", "CCONJ", "PUNCT", "SPACE")
# before what a part ends: where there is a mark or a conjunction, else before a preposition
_CLOSING = (("PUNCT", "CCONJ", "SCONJ"), ("ADP",))
_DOUBTS = ("claimed", "planned", "denied")


def excerpt(doc: Doc, trigger: Sequence[Token], lang: str, room: int) -> str:
    """The longest part around the trigger that has room for quotation marks; "" for none."""
    if not trigger:
        return ""
    above = (word for word in (trigger[0], *trigger[0].ancestors) if is_verb(word))
    verbs = [v for v in above if (own := subject(v)) is not None and not _follows_back(v, own)]
    for verb in reversed(verbs):
        start = _start(verb, trigger)
        needed = [child.right_edge.i for child in verb.children if child.dep_ in NEEDED]
        last = max([trigger[-1].i, verb.i, *needed])
        for end in _ends(doc, last):
            if text := _written(doc, start, end, trigger, lang, room):
                return text
    return ""


def _ends(doc: Doc, last: int) -> list[int]:
    """Where a part that holds a token may end, the best first."""
    every = range(len(doc) - 1, last, -1)
    return [len(doc), *(end for kinds in _CLOSING for end in every if doc[end].pos_ in kinds)]


def _follows_back(verb: Token, own: Token) -> bool:
    """Whether the clause is one about a noun before it: "in which eight died"."""
    opening = verb.doc[verb.left_edge.i : verb.i]
    return is_relative(own) or any(is_relative(word) for word in opening)


def _start(verb: Token, trigger: Sequence[Token]) -> int:
    """Where the clause of a verb begins, without what joins it to the one before."""
    start = min(verb.left_edge.i, trigger[0].i)
    while start < trigger[0].i and verb.doc[start].pos_ in _OPENING:
        start += 1
    return start


def _written(doc: Doc, start: int, end: int, trigger: Sequence[Token], lang: str, room: int) -> str:
    words = " ".join(doc[start:end].text.split()).rstrip(".,;: ")
    if (
        len(words.split()) < _LEAST
        or len(words) > room
        or _is_torn(doc, start, end, lang)
        or _is_doubted(trigger, start, end, lang)
    ):
        return ""
    bare = without_lone_mark(words)
    bare = bare if bare[:1] == words[:1] else bare[:1].lower() + bare[1:]
    has_room = len(quoted(bare, lang)) <= room
    return bare if has_room and is_balanced(bare) and not set('"«“') & set(bare) else ""


def _is_torn(doc: Doc, start: int, end: int, lang: str) -> bool:
    """Whether it has no verb, or ends in the middle of a phrase."""
    last = plain(doc[end - 1].text)
    if end < len(doc) and "-" in (doc[end].text, doc[end - 1].text):
        return True
    has_verb = any("Fin" in token.morph.get("VerbForm", []) for token in doc[start:end])
    return not has_verb or last in listed(lang, "closers") or doc[end - 1].pos_ in ("DET", "AUX")


def _is_doubted(trigger: Sequence[Token], start: int, end: int, lang: str) -> bool:
    """Whether a word above the act that is left out says that it is not, or not surely, so."""
    doubts = frozenset().union(*(forms(lang, name) for name in _DOUBTS))
    doubts |= listed(lang, "negations") | listed(lang, "conditions")
    above = [word for word in trigger[0].ancestors if not start <= word.i < end]
    beside = [child for word in above for child in word.children if not start <= child.i < end]
    return any({low(word), lemma(word)} & doubts for word in (*above, *beside))
