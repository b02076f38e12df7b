"""Words that point back to a place: "deploy there", "withdrew from the city", "Moscow, where".

The place must be the only one that the words can mean; else there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from events.model import PLACE_SURE, PlaceMention
from loaders.acts.lexicon import Lexicon
from loaders.grammar.attachment import heads_of
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import link
from loaders.grammar.tokens import Word, Words
from loaders.linking.drafts import EventDraft

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 2  # sentences back to the place that "the city" means
_TOWNS = ("city", "site")
_AREAS = ("region", "area", "water")
_NOT_SPOTS = ("government", "dateline")
_BESIDE = 3  # words between "Moscow" and ", where"


def stand_ins(
    words: Words, places: Sequence[PlaceMention], before: Sequence[EventDraft], lexicon: Lexicon
) -> dict[int, PlaceMention]:
    """Offset of a definite noun ("the city") -> the place that it stands for.

    before: what the article told before this sentence; an event's place comes back as "the city"
    where no other town has been named since.
    """
    found = {}
    for word in words:
        kinds = _kinds(word, lexicon)
        if kinds and _is_definite(words, word, places, lexicon):
            place = _told_of(words, kinds, places, before)
            if place is not None:
                found[word.start] = place
    return found


def as_mention(words: Words, start: int, place: PlaceMention) -> PlaceMention:
    """The noun at that offset as a mention of the place."""
    word = next(word for word in words if word.start == start)
    offset = words.sentence.start
    text = words.sentence.text[word.start - offset : word.end - offset]
    mention = replace(place, part=words.sentence.part, start=word.start, end=word.end, text=text)
    return replace(mention, role="mentioned")


def _kinds(word: Word, lexicon: Lexicon) -> tuple[str, ...]:
    if word.low in lexicon.word_groups.get("town_nouns", ()):
        return _TOWNS
    return _AREAS if word.low in lexicon.word_groups.get("area_nouns", ()) else ()


def _is_definite(
    words: Words, word: Word, places: Sequence[PlaceMention], lexicon: Lexicon
) -> bool:
    """ "the city", not "the city of X", "the city X", "the city's mayor", "the old city"."""
    if word.i == 0 or words[word.i - 1].low not in lexicon.word_groups.get("pointing", ()):
        return False
    after = words[word.i + 1 : word.i + 3]
    groups = lexicon.word_groups
    joins = groups.get("of", frozenset()) | groups.get("possessive", frozenset()) | {"-"}
    if any(w.low in joins for w in after[:1]):
        return False
    if after and after[0].pos in ("NOUN", "PROPN", "ADJ"):
        return False
    part = words.sentence.part
    return not any(p.part == part and p.start < w.end and p.end > w.start
                   for p in places for w in after)  # fmt: skip


def _told_of(
    words: Words,
    kinds: tuple[str, ...],
    places: Sequence[PlaceMention],
    before: Sequence[EventDraft],
) -> PlaceMention | None:
    """The one place of these kinds that the sentences before told an event of."""
    here = words.sentence
    near = [
        draft.place
        for draft in before
        if draft.place is not None and here.index - draft.sentence.index <= REACH
    ]
    told = [p for p in near if p.place is not None and p.place.kind in kinds]
    if not told or any(p.confidence < PLACE_SURE for p in told):
        return None
    last = max(told, key=lambda p: (p.part == "text", p.start))
    since = [
        p
        for p in places
        if p.part == here.part and p.start < here.start and p.role not in _NOT_SPOTS
        if last.part != here.part or p.start > last.start
    ]
    others = {p.place.id for p in (*told, *since) if p.place is not None and p.place.kind in kinds}
    assert last.place is not None
    return last if others == {last.place.id} else None


def pointed_at(
    clause: Clause, words: Words, places: Sequence[PlaceMention], lexicon: Lexicon
) -> PlaceMention | None:
    """The place that "there", "y" or "where" in a clause means: the only one named before it in
    its sentence; for "where" the one right before it. None: no such word, or several places."""
    heads = set(heads_of(clause))
    for word in words:
        token = word.token
        if token is None or link(token).head.i not in heads:
            continue
        named = list(_named_before(words, word, places))
        if word.low in lexicon.word_groups.get("where", ()):
            return _right_before(words, word, named)
        if word.low in lexicon.word_groups.get("there", ()) and _is_adverb(token, lexicon):
            # whoever acts is no spot: "Israel will leave southern Lebanon and stay there"
            spots = [p for p in named if p.role != "actor"]
            return spots[0] if len({_id(p) for p in spots}) == 1 else None
    return None


def _is_adverb(token: Token, lexicon: Lexicon) -> bool:
    """ "deploy there", "s'y déploie"; not "there are", "il y a"."""
    there_is = lexicon.word_groups.get("there_is", ())
    return token.dep_ != "expl" and token.head.lemma_.lower() not in there_is


def _named_before(
    words: Words, word: Word, places: Sequence[PlaceMention]
) -> Iterator[PlaceMention]:
    sentence = words.sentence
    for place in places:
        here = place.part == sentence.part and sentence.start <= place.start < word.start
        if here and place.place is not None and place.role not in _NOT_SPOTS:
            yield place


def _right_before(words: Words, word: Word, named: Sequence[PlaceMention]) -> PlaceMention | None:
    beside = [p for p in named if len(words.at(p.end, word.start)) < _BESIDE]
    return beside[-1] if beside else None


def _id(place: PlaceMention) -> str:
    return place.place.id if place.place is not None else ""
