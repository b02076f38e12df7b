"""Whether a stretch of words that the gazetteer knows names a place here.

Never inside a person's or an organisation's name; a word that is also something else (Nice, Tours,
Lens, May) needs a cue; a small town needs the model, a locative word, or its country in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.find.places.gazetteer import NATIVE, OWN, Entry, by_key
from loaders.find.places.names import demonyms, look_up
from loaders.find.places.spelling import key
from loaders.find.places.words_near import (
    Token,
    cue_set,
    cues,
    ends_with_cue,
    is_joined,
    words_before,
)
from loaders.text.document import Sentence

PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
PERSON_LABELS = frozenset({"PER", "PERSON"})
OTHER_LABELS = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "MISC", "NORP"})
STRONG_POPULATION = 100_000  # known well enough to stand without a cue
WEAK_POPULATION = 3_000


@dataclass(frozen=True)
class Entity:
    """A named entity of the model; offsets count in the sentence."""

    start: int
    end: int
    label: str
    words: int


@dataclass(frozen=True)
class Scene:
    """What a judge looks at: the sentence in words, the model's entities, the article's people.

    `shouted` says that nearly every word is capitalised.
    """

    text: str
    row: tuple[Token, ...]
    lang: str
    entities: list[Entity]
    shouted: bool
    people: frozenset[str]


def people_in(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Words of the persons' full names that the model saw: a later bare surname is no place."""
    return frozenset(
        word
        for sentence in sentences
        for entity in entities_of(sentence)
        if entity.label in PERSON_LABELS and " " in sentence.text[entity.start : entity.end]
        for word in sentence.text[entity.start : entity.end].split()
        if word[0].isupper()
    )


def entities_of(sentence: Sentence) -> list[Entity]:
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


class Judge:
    """Whether a stretch of tokens with gazetteer entries names a place here."""

    def __init__(self, scene: Scene, at: int, width: int) -> None:
        self.scene, self.at, self.width = scene, at, width
        self.text, self.lang, self.shouted = scene.text, scene.lang, scene.shouted
        row, entities = scene.row, scene.entities
        self.row = row
        self.only_in: frozenset[str] = frozenset()
        self.nearby = False
        self.start, self.end = row[at].start, row[at + width - 1].end
        self.name = self.text[self.start : self.end]
        self.over = [e for e in entities if e.start < self.end and e.end > self.start]
        self.label = next((e.label for e in self.over), "")
        self.modelled = bool(entities)
        self.before = words_before(row, at)
        self.located = bool(self.before) and ends_with_cue(self.before, self.lang, "locative")

    @property
    def is_other_name(self) -> bool:
        """The whole stretch is somebody's or something's name; its parts are no places either."""
        return self.width > 1 and any(
            e.start <= self.start and e.end >= self.end and e.label in PERSON_LABELS
            for e in self.over
        )

    def accepts(self, entries: tuple[Entry, ...]) -> bool:
        if self.name.casefold() in cue_set(self.lang, "stop") and not self._is_capitals(entries):
            return False
        if self.name.casefold() in demonyms(self.lang) and min(e.rank for e in entries) != OWN:
            return False
        if self._is_person(entries) or self._is_organisation(entries) or self._is_named_after():
            return False
        if self._is_named_before() or self._is_inside_a_larger_place(entries):
            return False
        best = max(e.population for e in entries)
        rank = min(e.rank for e in entries)
        if self.name.casefold() in cue_set(self.lang, "doubtful"):
            capitals = self._is_capitals(entries)
            if self.located or self._is_qualified() or capitals or self._is_listed():
                return True
            return self._is_model_place() and not self._first_word()
        if rank == OWN:
            return True
        if self._is_model_place() or self._heads_a_dateline():
            return rank <= NATIVE or self.label != ""
        known = best >= STRONG_POPULATION or any(e.capital for e in entries)
        if rank <= NATIVE and known and self.width == 1:
            return not self._first_word() or self.located or not self.modelled or best > 500_000
        if rank > NATIVE and not self.modelled:
            return known and len(self.name) > 3 and (self.located or not self._first_word())
        if self.located or self._is_qualified():
            return rank <= NATIVE and best >= 500 and (self.width > 1 or len(self.name) > 3)
        if rank <= NATIVE and self.width > 1 and best >= WEAK_POPULATION:
            return True
        if rank <= NATIVE and len(self.name) > 3 and self._is_listed():
            return True
        return self._is_foreign_town(entries) or self._is_home_town(entries)

    def _is_capitals(self, entries: tuple[Entry, ...]) -> bool:
        """US and UK; a town at the head of a line ("NICE, 3 mars")."""
        own = self.name.isupper() and min(e.rank for e in entries) == OWN
        return own or self._heads_a_dateline()

    def _is_home_town(self, entries: tuple[Entry, ...]) -> bool:
        """A town of a home country: it counts near other places of the article."""
        if self.shouted or not self.modelled or len(self.name) < 4 or not self._stands_alone():
            return False
        if self._first_word() and self.width == 1:
            return False
        self.nearby = any(e.rank <= NATIVE and e.population >= 500 for e in entries)
        return self.nearby

    def _is_listed(self) -> bool:
        """In a list of places: "Rochester, Albert Lea and Austin", beside one the model sees."""
        left, right = self.at - 1, self.at + self.width
        conjunctions = cue_set(self.lang, "list_words")
        before = self.row[left].text if left > 0 else ""
        after = self.row[right].text if right < len(self.row) else ""
        if before in conjunctions:
            return self._is_place_at(left - 1)
        follows = self._is_model_place() or (after in conjunctions and self._is_place_at(right + 1))
        return before == "," and self._is_place_at(left - 1) and (follows or after == ",")

    def _is_place_at(self, at: int) -> bool:
        if not 0 <= at < len(self.row) or not self.row[at].text[0].isupper():
            return False
        start = self.row[at].start
        entities = self.scene.entities
        return any(e.start <= start < e.end and e.label in PLACE_LABELS for e in entities)

    def _is_foreign_town(self, entries: tuple[Entry, ...]) -> bool:
        """A town of no home country: it counts where the article speaks of its country."""
        home = frozenset(cues(self.lang).get("countries", ()))
        countries = frozenset(e.place.country for e in entries if e.rank <= NATIVE)
        if not countries or countries & home or len(self.name) < 4:
            return False
        if self._first_word() and self.width == 1:
            return False
        self.only_in = countries
        return True

    def _heads_a_dateline(self) -> bool:
        """Capitals at the head of the sentence, with a dash, a comma or a bracket after."""
        at = self.at + self.width
        follows = at < len(self.row) and self.row[at].text in "-–—,("
        return follows and self._first_word() and self.name.isupper() and len(self.name) > 3

    def _is_model_place(self) -> bool:
        return any(e.label in PLACE_LABELS for e in self.over)

    def _first_word(self) -> bool:
        return all(not t.is_word for t in self.row[: self.at])

    def _is_person(self, entries: tuple[Entry, ...]) -> bool:
        """Inside a person's name for the model, or after a title or before a further name."""
        strong = self._is_model_place()
        for e in self.over:
            if e.label in PERSON_LABELS and (e.words > self.width or not self._stands_alone()):
                return True
        state = any(e.place.kind == "country" for e in entries)
        if not state and self.name in self.scene.people and not self._is_qualified():
            known = max(e.population for e in entries) >= STRONG_POPULATION
            return not (known and strong and (self.located or self._is_listed()))
        titles = cue_set(self.lang, "titles")
        if not state and self.before and self.before[-1].rstrip(".").casefold() in titles:
            return not strong or self.before[-1][0].isupper()
        if self.modelled or self.shouted or cues(self.lang).get("capital_nouns"):
            return False
        return self._is_part_of_longer_name()

    def _stands_alone(self) -> bool:
        return not self._is_part_of_longer_name()

    def _is_part_of_longer_name(self) -> bool:
        """A capitalised neighbour, one blank away, makes the word part of a longer name."""
        after, before = self.at + self.width, self.at - 1
        for i, j in ((after - 1, after), (before, before + 1)):
            if i < 0 or j >= len(self.row):
                continue
            other = self.row[j if j == after else i]
            joined = is_joined(self.row[i], self.row[j], self.text)
            first = i == before and all(not t.is_word for t in self.row[:i])
            if joined and other.is_word and other.text[0].isupper() and not first:
                return not by_key(key(other.text)) and len(other.text) > 1
        return False

    def _is_organisation(self, entries: tuple[Entry, ...]) -> bool:
        """Strictly inside the name of something else, as the model sees it."""
        own = min(e.rank for e in entries) == OWN
        for e in self.over:
            if e.label in OTHER_LABELS and e.words > self.width:
                return not (own and self.width > 1) and e.words <= 8
            if e.label == "NORP" and not own and not self.located:
                return True
        return False

    def _is_named_after(self) -> bool:
        return bool(self.before) and ends_with_cue(self.before, self.lang, "named_after")

    def _is_named_before(self) -> bool:
        """A word after it makes it a paper, a school or a club: "Washington Post"."""
        at = self.at + self.width
        if at >= len(self.row) or not is_joined(self.row[at - 1], self.row[at], self.text):
            return False
        return self.row[at].text in cues(self.lang).get("named_before", ())

    def _is_inside_a_larger_place(self, entries: tuple[Entry, ...]) -> bool:
        """A word of a street, a building or a longer name: "Rose Garden", "Elgin Road"."""
        own = min(e.rank for e in entries) == OWN
        if own and (self.width > 1 or any(e.place.kind == "country" for e in entries)):
            return False
        for e in self.over:
            inner = self.text[e.start : e.end].split()
            capitals = [word for word in inner if word[0].isupper() and "'" not in word]
            if e.label in PLACE_LABELS and len(capitals) > self.width and e.words < 5:
                neighbour = self._has_capital_neighbour(e)
                known = max(x.population for x in entries) >= STRONG_POPULATION
                return neighbour and not (known and e.label == "FAC") and not self.shouted
        return False

    def _has_capital_neighbour(self, entity: Entity) -> bool:
        """A further capitalised word of the entity directly beside, that is no place itself."""
        for i, j in ((self.at - 1, self.at), (self.at + self.width, self.at + self.width - 1)):
            if not 0 <= i < len(self.row):
                continue
            other = self.row[i]
            inside = entity.start <= other.start and other.end <= entity.end
            joined = is_joined(self.row[min(i, j)], self.row[max(i, j)], self.text)
            if inside and joined and other.is_word and other.text[0].isupper():
                return other.text.casefold() not in cue_set(self.lang, "locative")
        return False

    def _is_qualified(self) -> bool:
        """Followed by ", Country" or "(Country)"."""
        at = self.at + self.width
        if at + 1 >= len(self.row) or self.row[at].text not in (",", "("):
            return False
        return any(e.rank == OWN for e in look_up(self.row[at + 1].text, self.lang))
