"""The parties of a sentence: actors found in it, and places that stand for their state.

An attack on a town is an attack on the state it lies in, a visit to a country a visit to its
state; so a place that is no actor mention is a party of its own, for the target side only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from events.model import ActorMention, Mention, PlaceMention
from loaders.acts.lexicon import Lexicon
from loaders.grammar.tokens import Word, Words

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Party:
    """Somebody who may act or be acted upon. `form` is the actor's, or "place"."""

    code: str
    form: str
    mention: Mention
    first: Word
    last: Word
    token: Token | None
    kind: str = ""

    @property
    def is_place(self) -> bool:
        return self.form == "place"


def parties_of(
    words: Words, actors: Sequence[ActorMention], places: Sequence[PlaceMention]
) -> list[Party]:
    """Parties of one sentence in reading order; a place under an actor mention is that actor."""
    sentence = words.sentence
    found = []
    for actor in actors:
        if actor.part == sentence.part and sentence.start <= actor.start < sentence.end:
            found.append(_party(words, actor, actor.code, actor.form, actor.kind))
    taken = [(p.mention.start, p.mention.end) for p in found if p is not None]
    for place in places:
        if place.part != sentence.part or not sentence.start <= place.start < sentence.end:
            continue
        free = all(place.end <= start or place.start >= end for start, end in taken)
        if free and place.place is not None and place.place.country:
            found.append(_party(words, place, place.place.country, "place", ""))
    return sorted((p for p in found if p is not None), key=lambda p: p.mention.start)


def _party(words: Words, mention: Mention, code: str, form: str, party_kind: str) -> Party | None:
    covered = [word for word in words.at(mention.start, mention.end) if not word.is_mark]
    if not covered:
        return None
    numbers = {word.token.i for word in covered if word.token is not None}
    outward = [
        word
        for word in covered
        if word.token is not None
        and (word.token.head.i not in numbers or word.token.head == word.token)
    ]
    head = (outward or covered)[0]
    return Party(code, form, mention, covered[0], covered[-1], head.token, party_kind)


def coordinated(words: Words, parties: list[Party], lexicon: Lexicon) -> list[list[Party]]:
    """Runs of parties joined by commas and "and" alone, whatever the parse says of them."""
    groups: list[list[Party]] = []
    for party in parties:
        if groups and _joined(words, groups[-1][-1], party, lexicon):
            groups[-1].append(party)
        else:
            groups.append([party])
    return groups


def _joined(words: Words, left: Party, right: Party, lexicon: Lexicon) -> bool:
    between = words[left.last.i + 1 : right.first.i]
    glue = lexicon.word_groups.get("and", frozenset())
    light = (
        glue
        | lexicon.word_groups.get("definite", frozenset())
        | lexicon.word_groups.get("of", frozenset())
    )
    if not between or not all(word.low == "," or word.low in light for word in between):
        return False
    if not any(word.low in glue for word in between):
        return False
    return not (between[0].low == "," and _opens_clause(words, right))


def _opens_clause(words: Words, party: Party) -> bool:
    """ ", and Moscow said": a comma before "and" and a verb right after start a new clause."""
    following = list(words[party.last.i + 1 : party.last.i + 4])
    return any(word.pos in ("VERB", "AUX") for word in following)
