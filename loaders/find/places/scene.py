"""A sentence as the finders of places look at it: words, the model's entities, who is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from loaders.find.places.words_near import Token, tokens
from loaders.text.document import Document, Sentence

PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
PERSON_LABELS = frozenset({"PER", "PERSON"})


class Entity(NamedTuple):
    """A named entity of the model; offsets count in the sentence."""

    start: int
    end: int
    label: str
    words: int


@dataclass(frozen=True)
class Scene:
    """What a judge looks at: the sentence in words, the model's entities, the article's people.

    `shouted` says that nearly every word is capitalised; `people` are words of persons' full
    names in the article.
    """

    sentence: Sentence
    text: str
    row: tuple[Token, ...]
    lang: str
    entities: list[Entity]
    shouted: bool
    people: frozenset[str]


def scenes_of(document: Document) -> list[Scene]:
    """One scene per sentence, in order."""
    lang = document.lang
    entities = [entities_of(sentence) for sentence in document.sentences]
    people = _people(zip(document.sentences, entities, strict=True))
    scenes = []
    for sentence, found in zip(document.sentences, entities, strict=True):
        row = tokens(sentence.text, lang)
        shouted = is_title_case(row)
        scenes.append(Scene(sentence, sentence.text, row, lang, found, shouted, people))
    return scenes


def _people(sentences: Iterable[tuple[Sentence, list[Entity]]]) -> frozenset[str]:
    """Words of the persons' full names that the model saw: a later bare surname is no place."""
    names: set[str] = set()
    for sentence, entities in sentences:
        for entity in entities:
            parts = sentence.text[entity.start : entity.end].split(" ")
            if entity.label in PERSON_LABELS and len(parts) > 1:
                words = " ".join(parts).split()
                names.update(word for word in words if word[0].isupper())
    return frozenset(names)


def entities_of(sentence: Sentence) -> list[Entity]:
    """The model's entities of a sentence, [] without a parse."""
    if sentence.parse is None:
        return []
    return [
        Entity(ent.start_char, ent.end_char, ent.label_, sum(t.is_alpha for t in ent))
        for ent in sentence.parse.ents
    ]


def is_title_case(row: tuple[Token, ...]) -> bool:
    """Whether nearly every word is capitalised (an English headline, a line in capitals)."""
    long_words = [t for t in row if t.is_word and len(t.text) > 3]
    capitals = sum(t.text[0].isupper() for t in long_words)
    return len(long_words) >= 4 and capitals >= 0.7 * len(long_words)
