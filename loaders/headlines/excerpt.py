"""A part of the sentence word for word, between quotation marks under the name of a party: for an
act that no clause tells shortly enough ("Libya: “this initiative provoked protests”"), or whose
clause names nobody who does it ("Libyan rebels: “seized a tank of the army”").

It begins and ends where a phrase does, and nothing above it may deny, plan or only claim the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.wording import quoted
from loaders.headlines.clause import top_of
from loaders.headlines.doubt import doubts
from loaders.headlines.parse_tree import (
    AUXILIARY,
    NEEDED,
    is_passive,
    is_relative,
    is_verb,
    left_edge,
    lemma,
    low,
    subject,
)
from loaders.headlines.word_lists import forms, listed, plain
from loaders.headlines.writing import is_balanced, without_lone_mark

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# marks between phrases, and a conjunction before another one
_APART = re.compile(r"[,:–—]|[-(]$")
_BEFORE = ("amod", "compound", "nummod")
_LEAST = 3  # words
_HANGING = ("DET", "AUX", "CCONJ", "SCONJ")
_OPENING = ("SCONJ", "CCONJ", "PUNCT", "SPACE")
# before what a part ends: a mark, a conjunction, a relative, else a preposition
_CLOSING = ("PUNCT", "CCONJ", "SCONJ")
_IN_MARKS = re.compile(r"[«“\"][\s\u00a0\u202f]*([^«»“”\"]*?)[\s\u00a0\u202f]*[»”\"]")


@dataclass(frozen=True)
class Cutout:
    """What a part is cut from: the parse, the words of the act in it, its language and status.
    `strict`: a word above the act that only says it ("officials said") must be in the part too, as
    one that plans, doubts or denies it must in any case."""

    doc: Doc
    trigger: Sequence[Token]
    lang: str
    status: str
    strict: bool = True


def fragment(cutout: Cutout, room: int) -> str:
    """The verb of the act with what it needs and its phrases, without a subject; "" for none."""
    if not cutout.trigger or not is_verb(verb := top_of(cutout.trigger)):
        return ""
    own = [c.i for c in verb.children if c.dep_ in AUXILIARY and c.i < verb.i]
    start = min([verb.i, *own])
    while start and cutout.doc[start - 1].head == verb and _leads(cutout.doc[start - 1]):
        start -= 1
    start = min(start, cutout.trigger[0].i)
    says = {low(verb), lemma(verb)} & forms(cutout.lang, "reporting")
    if says and not any(c.dep_ in NEEDED and c.i > verb.i for c in verb.children):
        return ""  # "alleged on the floor": what, stands elsewhere
    if not _can_follow_a_name(verb, start, cutout.status == "planned"):
        return ""
    parts = _parts(cutout, verb, start, room)
    return next((part for part in parts if len(part.split()) > _LEAST), "")


def _can_follow_a_name(verb: Token, start: int, is_planned: bool) -> bool:
    """Whether a verb tells of a name before it all that it needs: it is finite or a participle, or
    "to evacuate" of what is planned, its subject does not follow, and nothing that it is done to
    stands before its first word."""
    own, forms_of = subject(verb), [verb, *(c for c in verb.children if c.dep_ in AUXILIARY)]
    if own is not None and own.i > verb.i:
        return False
    if any(c.i < start and c.dep_ in NEEDED for c in verb.children):
        return False
    told = {form for word in forms_of for form in word.morph.get("VerbForm", [])}
    is_present = "Pres" in verb.morph.get("Tense", []) or verb.tag_ == "VBG"
    if is_planned and low(verb.doc[start]) == "to":
        return True
    return "Fin" in told or ("Inf" not in told and (is_present or is_passive(verb)))


def noun_phrase(cutout: Cutout, room: int) -> str:
    """The noun of the act with what stands around it, word for word; "" for none, and for more
    than one phrase."""
    noun = _head_noun(top_of(cutout.trigger)) if cutout.trigger else None
    if noun is None or noun.pos_ != "NOUN":
        return ""
    if lemma(noun) in listed(cutout.lang, "parts"):
        return ""
    start = noun.i
    for child in sorted(noun.lefts, key=left_edge, reverse=True):
        if child.dep_ not in _BEFORE or child.right_edge.i + 1 != start:
            break
        start = child.left_edge.i
    parts = _parts(cutout, noun, start, room)
    found = next((p for p in parts if not (_APART.search(p) or _points_back(p, noun))), "")
    return found if start else found[:1].lower() + found[1:]


def _head_noun(word: Token) -> Token:
    """The noun of which a word is a part: "attack" of the "revenge" in "revenge attack"."""
    while word.dep_ == "compound" and word.head.pos_ == "NOUN":
        word = word.head
    return word


def _leads(word: Token) -> bool:
    return word.dep_ in AUXILIARY or word.dep_.startswith("expl:") or word.pos_ in ("AUX", "ADV")


def excerpt(cutout: Cutout, room: int) -> str:
    """The longest part around the trigger that has room for quotation marks; "" for none."""
    trigger = cutout.trigger
    if not trigger:
        return ""
    carrying = (word for word in (trigger[0], *trigger[0].ancestors) if is_verb(word))
    verbs = [v for v in carrying if (own := subject(v)) is not None and not _follows_back(v, own)]
    parts = (p for v in reversed(verbs) for p in _parts(cutout, v, _start(v, trigger), room, "Fin"))
    return next((part for part in parts if len(part.split()) > _LEAST), "")


def _parts(cutout: Cutout, verb: Token, start: int, room: int, form: str = "") -> Iterator[str]:
    """The parts from a word on that hold the act and what its verb needs, the longest first; with
    a verb of a form in it ("Fin")."""
    last = max([cutout.trigger[-1].i, verb.i, *_needed(verb)])
    for end in _ends(cutout, verb, last):
        if form != "Fin" and _goes_on(verb, cutout.doc, end):
            continue
        inside = cutout.doc[start:end]
        has_form = any(form in token.morph.get("VerbForm", []) for token in inside)
        if (has_form or not form) and (text := _written(cutout, start, end, room)):
            yield text


def _needed(verb: Token) -> Iterator[int]:
    """The numbers of the words that a verb needs, and of those that a verb among them needs."""
    for child in verb.children:
        if child.dep_ in NEEDED:
            yield child.i
            yield from _needed(child) if is_verb(child) else ()


def _points_back(part: str, noun: Token) -> bool:
    """Whether a pronoun of the noun's phrase stands in the part: of whom, an earlier word says."""
    words = set(part.split())
    return any(word.pos_ == "PRON" and str(word.text) in words for word in noun.subtree)


def _goes_on(word: Token, doc: Doc, end: int) -> bool:
    """Whether another clause stands behind the phrase of a word and before an end."""
    between = doc[word.right_edge.i + 1 : end]
    return any(t.is_punct or "Fin" in t.morph.get("VerbForm", []) for t in between)


def _ends(cutout: Cutout, word: Token, last: int) -> list[int]:
    """Where a part that holds a token may end, the best first; not before "of"; that of a verb
    sooner before a phrase of a verb."""
    doc, genitive = cutout.doc, listed(cutout.lang, "genitive")
    every = [i for i in range(len(doc) - 1, last, -1) if low(doc[i]) not in genitive]
    every = [i for i in every if not doc[i].is_quote]
    phrases = [i for i in every if doc[i].pos_ in _CLOSING or is_relative(doc[i])]
    before = [i for i in every if doc[i].pos_ == "ADP"]
    if is_verb(word):
        before.sort(key=lambda i: not _is_at_a_verb(doc[i]))
    return [len(doc), *phrases, *before]


def _is_at_a_verb(case: Token) -> bool:
    """Whether a preposition opens a phrase of a verb: "jailed | for", not "offence | against"."""
    return is_verb(case.head if case.dep_ == "prep" else case.head.head)


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


def _written(cutout: Cutout, start: int, end: int, room: int) -> str:
    words = " ".join(cutout.doc[start:end].text.split()).rstrip(".,;: ")
    if len(words.split()) < _LEAST or len(words) > room:
        return ""
    if _is_torn(cutout, end) or _is_doubted(cutout, start, end):
        return ""
    bare = without_lone_mark(words)
    bare = bare if bare[:1] == words[:1] else bare[:1].lower() + bare[1:]
    bare = _with_inner_marks(bare, cutout.lang)
    has_room = len(quoted(bare, cutout.lang)) <= room
    return bare if has_room and is_balanced(bare) and "«" not in bare else ""


def _with_inner_marks(text: str, lang: str) -> str:
    """Quotation marks within a quotation: ‘ ’ within “ ”, “ ” within « »."""
    first, last = ("‘", "’") if quoted("", lang)[0] == "“" else ("“", "”")
    return _IN_MARKS.sub(rf"{first}\1{last}", text)


def _is_torn(cutout: Cutout, end: int) -> bool:
    """Whether it ends in the middle of a phrase."""
    doc = cutout.doc
    last = plain(doc[end - 1].text)
    if end < len(doc) and "-" in (doc[end].text, doc[end - 1].text):
        return True
    waits = doc[end - 1].pos_ in ("VERB", "ADJ") and any(
        c.i >= end and (c.dep_ in NEEDED or c.pos_ == "ADP") for c in doc[end - 1].children
    )
    if doc[end - 1].head.i >= end and doc[end - 1] not in cutout.trigger:
        return True  # it belongs to what follows: "the only airport still | open"
    cases = listed(cutout.lang, "genitive") | listed(cutout.lang, "kinds")
    bare = end > 1 and doc[end - 1].pos_ == "NOUN" and doc[end - 2].pos_ == "ADP"
    bare = bare and low(doc[end - 2]) not in cases
    if bare and end < len(doc) and doc[end].pos_ == "ADP":
        return True  # "in support | of"
    if doc[end - 1].pos_ == "PRON" and last in listed(cutout.lang, "personal"):
        return True  # "voted against it": what, stands elsewhere
    return waits or last in listed(cutout.lang, "closers") or doc[end - 1].pos_ in _HANGING


def _is_doubted(cutout: Cutout, start: int, end: int) -> bool:
    """Whether a word that makes the act more doubtful than its status is left out."""
    found = doubts(cutout.trigger[0], cutout.lang, cutout.status, cutout.strict)
    return any(not start <= word.i < end for word in found)
