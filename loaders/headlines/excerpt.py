"""A part of the sentence word for word, between quotation marks under the name of a party: for an
act that no clause tells shortly enough ("Libya: “this initiative provoked protests”"), or whose
clause names nobody who does it ("Libyan rebels: “seized a tank of the army”").

It begins and ends where a phrase does, and nothing above it may deny, plan or only claim the act.
"""

from __future__ import annotations

import functools
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
    OBLIQUE,
    SUBJECT,
    is_governed,
    is_relative,
    is_verb,
    left_edge,
    lemma,
    low,
    needs,
    subject,
    with_auxiliaries,
)
from loaders.headlines.word_lists import forms, listed, may_open, plain
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

    @functools.cached_property
    def text(self) -> str:
        """The words of the parse; spaCy joins them anew each time that it is asked."""
        return str(self.doc.text)


def fragment(cutout: Cutout, room: int) -> str:
    """The finite verb of the act with what it needs and its phrases, without a subject; "" for
    none, and where its own subject is a noun."""
    if not cutout.trigger or not is_verb(verb := top_of(cutout.trigger)):
        return ""
    own = [c.i for c in verb.children if c.dep_ in AUXILIARY and c.i < verb.i]
    start = min([verb.i, *own])
    while start and cutout.doc[start - 1].head == verb and _leads(cutout.doc[start - 1]):
        start -= 1
    start = min(start, cutout.trigger[0].i)
    before = subject(verb)
    start = max(start, before.i + 1) if before is not None and before.i < verb.i else start
    says = {low(verb), lemma(verb)} & forms(cutout.lang, "reporting")
    if says and not any(c.dep_ in NEEDED and c.i > verb.i for c in verb.children):
        return ""  # "alleged on the floor": what, stands elsewhere
    if not _can_follow_a_name(verb, start):
        return ""
    parts = _parts(cutout, verb, start, room)
    return next((part for part in parts if len(part.split()) > _LEAST), "")


def _can_follow_a_name(verb: Token, start: int) -> bool:
    """Whether a verb tells of a name before it all that it needs: it is finite, its own subject is
    no noun and does not follow, and nothing that it is done to stands before its first word."""
    own = subject(verb)
    if own is not None and (own.i > verb.i or not (own.pos_ == "PRON" or is_relative(own))):
        return False
    if start == 0:
        return False  # its subject follows: "So ended the war"
    if any(c.i < start and c.dep_ in NEEDED for c in verb.children):
        return False
    return any("Fin" in word.morph.get("VerbForm", []) for word in with_auxiliaries(verb))


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
    joined = {str(c.text) for c in noun.children if c.dep_ == "cc"}
    whole = (p for p in parts if not joined & {*p.split()})
    found = next((p for p in whole if not (_APART.search(p) or _points_back(p, noun))), "")
    return found if start else found[:1].lower() + found[1:]


def segments(doc: Doc, trigger: Sequence[Token], lang: str) -> Iterator[str]:
    """The part of a sentence that holds the act, between commas before "and", "but", "while": for a
    sentence that its parse runs together. It opens small where it opens with no name."""
    joins = listed(lang, "factual")
    marks = [t.i for t in doc[:-1] if t.text == "," and _is_join(doc[t.i + 1], joins)]
    starts, ends = [0, *(i + 2 for i in marks)], [*marks, len(doc)]
    for start, end in zip(starts, ends, strict=True):
        inside, names = doc[start:end], listed(lang, "pronouns")
        subjects = [w for w in inside if w.dep_ in SUBJECT and not is_relative(w)]
        is_open = not subjects or any(low(word) in names for word in subjects)
        is_open |= any(w.dep_ == "mark" for w in (doc[start : subjects[0].i] if subjects else ()))
        holds_it = all(start <= word.i < end for word in trigger)
        if marks and holds_it and not is_open and is_balanced(inside.text):
            text = str(inside.text)
            yield text if inside[0].pos_ == "PROPN" else text[:1].lower() + text[1:]


def _is_join(word: Token, joins: frozenset[str]) -> bool:
    return word.pos_ == "CCONJ" or low(word) in joins


def _head_noun(word: Token) -> Token:
    """The noun of which a word is a part: "attack" of the "revenge" in "revenge attack"."""
    while word.dep_ == "compound" and word.head.pos_ == "NOUN":
        word = word.head
    return word


def _leads(word: Token) -> bool:
    return word.dep_ in AUXILIARY or word.dep_.startswith("expl:") or word.pos_ in ("AUX", "ADV")


def excerpt(cutout: Cutout, room: int) -> Iterator[str]:
    """Parts around the trigger with a subject and its verb that have room for quotation marks, the
    widest clause first."""
    trigger = cutout.trigger
    carrying = [word for word in (trigger[0], *trigger[0].ancestors) if is_verb(word)]
    pairs = [(v, own) for v in carrying if (own := subject(v)) is not None]
    of = listed(cutout.lang, "kinds")
    verbs = [v for v, own in pairs if not (_follows_back(v, own) or is_governed(own, of))]
    for verb in reversed(verbs):
        for start in _starts(verb, cutout):
            parts = _parts(cutout, verb, start, room, "Fin")
            yield from (part for part in parts if len(part.split()) > _LEAST)


def _starts(verb: Token, cutout: Cutout) -> Iterator[int]:
    """Where a part may begin: where the clause of a verb does, and where its subject does, if what
    stands before may open no headline."""
    start = _start(verb, cutout.trigger)
    opens_badly = not may_open(verb.doc[start:].text, cutout.lang)
    own = subject(verb)
    if opens_badly and own is not None and start < left_edge(own) <= cutout.trigger[0].i:
        yield left_edge(own)
    yield start


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
    for child in needs(verb):
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
    return is_relative(own) or any(is_relative(w) and own not in w.ancestors for w in opening)


def _start(verb: Token, trigger: Sequence[Token]) -> int:
    """Where the clause of a verb begins, without what joins it to the one before."""
    start = min(verb.left_edge.i, trigger[0].i)
    while start < trigger[0].i and verb.doc[start].pos_ in _OPENING:
        start += 1
    return start


def _written(cutout: Cutout, start: int, end: int, room: int) -> str:
    last = cutout.doc[end - 1]
    text = cutout.text[cutout.doc[start].idx : last.idx + len(last)]
    words = " ".join(text.split()).rstrip(".,;: ")
    if len(words.split()) < _LEAST or len(words) > room:
        return ""
    if plain(words).split()[-1] in listed(cutout.lang, "personal"):
        return ""
    if _is_torn(cutout, start, end) or _is_doubted(cutout, start, end):
        return ""
    bare = without_lone_mark(words)
    is_opening = start == 0 and cutout.doc[0].pos_ != "PROPN" and not words[:2].isupper()
    small = is_opening or bare[:1] != words[:1]
    bare = bare[:1].lower() + bare[1:] if small else bare
    bare = _with_inner_marks(bare, cutout.lang)
    has_room = len(quoted(bare, cutout.lang)) <= room
    return bare if has_room and is_balanced(bare) and "«" not in bare else ""


def _with_inner_marks(text: str, lang: str) -> str:
    """Quotation marks within a quotation: ‘ ’ within “ ”, “ ” within « »."""
    first, last = ("‘", "’") if quoted("", lang)[0] == "“" else ("“", "”")
    return _IN_MARKS.sub(rf"{first}\1{last}", text)


def _is_torn(cutout: Cutout, start: int, end: int) -> bool:
    """Whether it ends in the middle of a phrase."""
    doc = cutout.doc
    last = plain(doc[end - 1].text)
    if end < len(doc) and "-" in (doc[end].text, doc[end - 1].text):
        return True
    waits = doc[end - 1].pos_ in ("VERB", "ADJ") and any(
        c.i >= end and (c.dep_ in (*NEEDED, *OBLIQUE) or c.pos_ == "ADP")
        for c in doc[end - 1].children
    )
    if doc[end - 1].head.i >= end and doc[end - 1] not in cutout.trigger:
        return True  # it belongs to what follows: "the only airport still | open"
    if any(t.dep_ in SUBJECT and t.head.i >= end for t in doc[start:end]):
        return True  # "as the army | takes over"
    cases = listed(cutout.lang, "genitive") | listed(cutout.lang, "kinds")
    bare = end > 1 and doc[end - 1].pos_ == "NOUN" and doc[end - 2].pos_ == "ADP"
    bare = bare and low(doc[end - 2]) not in cases
    if bare and end < len(doc) and doc[end].pos_ in ("ADP", "SCONJ"):
        return True  # "in support | of", "à mesure | que"
    if any(t.dep_ == "conj" and t.pos_ == "PROPN" and t.head.i == end - 1 for t in doc[end:]):
        return True  # "at the request of Britain |, France and"
    return waits or last in listed(cutout.lang, "closers") or doc[end - 1].pos_ in _HANGING


def _is_doubted(cutout: Cutout, start: int, end: int) -> bool:
    """Whether a word that makes the act more doubtful than its status is left out."""
    found = doubts(cutout.trigger[0], cutout.lang, cutout.status, cutout.strict)
    return any(not start <= word.i < end for word in found)
