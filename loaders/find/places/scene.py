"""A sentence as input of the place finder: tokens, spaCy entities, persons of the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.find.places.words_near import WordToken, cue_set, tokens
from loaders.text.document import Document, Sentence
from loaders.text.models import Name

PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
PERSON_LABELS = frozenset({"PER", "PERSON"})


@dataclass(frozen=True)
class PlaceScene:
    """A sentence with its tokens, spaCy entities and the persons of the article.

    `shouted`: nearly every word is capitalised; `people` are the surnames (all but the first word)
    of persons named in full in the article, `given` their first names.
    """

    sentence: Sentence
    text: str
    row: tuple[WordToken, ...]
    lang: str
    entities: Sequence[Name]
    shouted: bool
    people: frozenset[str]
    given: frozenset[str]


def scenes_of(document: Document) -> list[PlaceScene]:
    """One scene per sentence, in order."""
    lang = document.lang
    entities = [sentence.names or () for sentence in document.sentences]
    given, people = _people(zip(document.sentences, entities, strict=True))
    scenes = []
    for sentence, found in zip(document.sentences, entities, strict=True):
        row = tokens(sentence.text, lang)
        shouted = is_title_case(row)
        scenes.append(PlaceScene(sentence, sentence.text, row, lang, found, shouted, people, given))
    return scenes


def _people(
    sentences: Iterable[tuple[Sentence, Sequence[Name]]],
) -> tuple[frozenset[str], frozenset[str]]:
    """First names and surnames of persons that spaCy found in full: alone, they are no places."""
    given: set[str] = set()
    names: set[str] = set()
    for sentence, entities in sentences:
        for entity in entities:
            words = sentence.text[entity.start : entity.end].split()
            if entity.label in PERSON_LABELS and len(words) > 1:
                given.add(words[0])
                names.update(word for word in words[1:] if word[0].isupper())
    return frozenset(given), frozenset(names)


def is_with_article(scene: PlaceScene, at: int) -> bool:
    """Whether "the" is part of the name: "the Mississippi", not "the Mississippi senator"."""
    articles = cue_set(scene.lang, "spot_articles")
    return at > 0 and scene.row[at - 1].fold in articles


def is_title_case(row: tuple[WordToken, ...]) -> bool:
    """Whether nearly every word is capitalised (an English headline, a line in capitals)."""
    long_words = [t for t in row if t.is_word and len(t.text) > 3]
    capitals = sum(t.text[0].isupper() for t in long_words)
    return len(long_words) >= 4 and capitals >= 0.8 * len(long_words)
