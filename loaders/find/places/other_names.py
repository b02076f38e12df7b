"""Whether words that are in the gazetteer are part of the name of something else.

A person ("Vladimir Poutine", "Mr. Lincoln"), an organisation ("Washington Post"), a street or a
building ("Elgin Road"): decided by spaCy entities and by words beside the name (data).
"""

from __future__ import annotations

import functools

from loaders.find.outlets import in_outlet
from loaders.find.places.entry import CANONICAL, OWN, GazetteerEntry
from loaders.find.places.gazetteer import by_key
from loaders.find.places.names import look_up
from loaders.find.places.scene import PERSON_LABELS, PLACE_LABELS, PlaceScene
from loaders.find.places.spelling import key
from loaders.find.places.words_near import (
    WordToken,
    cue_set,
    cues,
    ends_with_cue,
    is_joined,
    phrases,
    words_before,
)
from loaders.text.models import Name

OTHER_LABELS = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "MISC", "NORP"})
_BLANKS = (" ", "\u00a0")
KNOWN_POPULATION = 100_000


class OtherNames:
    """Some tokens with their context. `beside`: the token index at which the last place ended."""

    def __init__(self, scene: PlaceScene, at: int, width: int, beside: int = -1) -> None:
        self.scene, self.at, self.width, self.beside = scene, at, width, beside
        self.text, self.lang, self.shouted = scene.text, scene.lang, scene.shouted
        self.row = row = scene.row
        self.start, self.end = start, end = row[at].start, row[at + width - 1].end
        self.name = self.text[start:end]
        self.over = [e for e in scene.entities if e.start < end and e.end > start]
        self.label = self.over[0].label if self.over else ""
        self.is_place = any(e.label in PLACE_LABELS for e in self.over)
        self.modelled = bool(scene.entities)
        self.before = words_before(row, at)
        self.located = ends_with_cue(self.before, self.lang, "locative")

    @property
    def next_text(self) -> str:
        """The token after it, "" at the end of the sentence."""
        at = self.at + self.width
        return self.row[at].text if at < len(self.row) else ""

    @functools.cached_property
    def is_first(self) -> bool:
        """No word of the sentence stands before it."""
        return not any(t.is_word for t in self.row[: self.at])

    @property
    def other_name(self) -> int:
        """Number of tokens of a name (person, thing) whose parts are no places; 0: no such name."""
        if self._institution_word:
            end = self.end + len(self._institution_word)
            return sum(self.start <= t.start < end for t in self.row[self.at :])
        whole = (e for e in self.over if e.start <= self.start and e.end >= self.end)
        person = self.width > 1 and any(e.label in PERSON_LABELS for e in whole)
        return self.width if person else 0

    def is_something_else(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether the words belong to the name of a person, an organisation, a street."""
        return (
            self._is_person(entries)
            or self._is_organisation(entries)
            or ends_with_cue(self.before, self.lang, "named_after")
            or bool(self._institution_word)
            or in_outlet(self.text, self.lang, self.start, self.end)
            or self._is_a_spot_of_that_name(entries)
            or self._is_inside_a_larger_place(entries)
        )

    def _is_person(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether it is in a spaCy person entity, after a title or before another name."""
        for e in self.over:
            longer = e.words > self.width or not self.stands_alone()
            if e.label in PERSON_LABELS and longer and not self._has_after("civic_bodies"):
                return True
        state = any(e.place.kind == "country" for e in entries)
        if not state and self.name in self.scene.people and not self._is_qualified():
            return not self._is_a_known_place(entries)
        if not state and self.name in self.scene.given and not self._is_qualified():
            return not (self.located and (self.is_place or self._is_firmly_at_a_city(entries)))
        if not state and self._follows_a_title():
            return not self.is_place or self.before[-1].is_capital
        if self.modelled or self.shouted or cues(self.lang).get("capital_nouns"):
            return False
        return not self.stands_alone()

    def _is_a_known_place(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether spaCy and a cue say that a city with a person's name is meant."""
        known = max(e.population for e in entries) >= KNOWN_POPULATION
        if self._is_firmly_at_a_city(entries):
            return True
        return known and self.is_place and (self.located or self._is_listed())

    def _is_firmly_at_a_city(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether a locative word says that it is a city, though also a given name: "in Eugene"."""
        known = any(e.population >= KNOWN_POPULATION and e.rank <= CANONICAL for e in entries)
        return known and ends_with_cue(self.before, self.lang, "firm_locative")

    def _follows_a_title(self) -> bool:
        if not self.before:
            return False
        return self.before[-1].fold.rstrip(".") in cue_set(self.lang, "titles")

    def stands_alone(self) -> bool:
        """Whether no unknown capitalised word is next to it, making it part of a longer name."""
        after, before = self.at + self.width, self.at - 1
        if after < len(self.row) and self._is_capital_beside(after, after - 1):
            return _is_known_name(self.row[after]) or bool(self._has_after("civic_bodies"))
        if before >= 0 and self._is_capital_beside(before, before + 1):
            is_first = not any(t.is_word for t in self.row[:before])
            return is_first or _is_known_name(self.row[before])
        return True

    def _is_capital_beside(self, other: int, own: int) -> bool:
        token = self.row[other]
        left, right = sorted((other, own))
        joined = is_joined(self.row[left], self.row[right], self.text)
        return joined and token.is_word and token.is_capital

    def _is_organisation(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether it is strictly inside a longer spaCy entity that is not a place."""
        own = min(e.rank for e in entries) == OWN
        if own and self._qualifies():
            return False
        for e in self.over:
            if e.label in OTHER_LABELS and e.words > self.width:
                inside = not (own and self.width > 1) and e.words <= 8
                return inside and not self._has_after("civic_bodies")
            if e.label == "NORP" and not own and not self.located and not _is_a_large_city(entries):
                return all(x.place.kind != "region" for x in entries)
        return False

    def _qualifies(self) -> bool:
        """Whether it qualifies the place before the comma: "MOSCOW, Idaho - Vandals"."""
        return self.beside == self.at - 1 and self.row[self.at - 1].text == ","

    @property
    def is_called_person(self) -> bool:
        """Whether spaCy marks it as a person and no word beside it says that it is a place."""
        person = self.label in PERSON_LABELS
        return person and not (self.located or self._is_qualified() or self._is_listed())

    def _has_after(self, name: str) -> str:
        """The phrase of a list that directly follows the words, "" for none."""
        if not self.text.startswith(_BLANKS, self.end):
            return ""
        pattern = phrases(self.lang, name)
        found = pattern.match(self.text, self.end) if pattern else None
        return found.group() if found else ""

    @functools.cached_property
    def _institution_word(self) -> str:
        """The word that makes it a paper, school or club: "Washington Post", "Paris FC"."""
        return "" if self._has_after("civic_bodies") else self._has_after("named_before")

    def _is_inside_a_larger_place(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether it is part of a street, building or longer name: "Rose Garden", "Elgin Road"."""
        own = min(e.rank for e in entries) == OWN
        if own and (self.width > 1 or any(e.place.kind == "country" for e in entries)):
            return False
        for e in self.over:
            inner = self.text[e.start : e.end].split()
            capitals = [word for word in inner if word[0].isupper() and "'" not in word]
            if e.label in PLACE_LABELS and len(capitals) > self.width and e.words < 5:
                known = any(
                    x.population >= KNOWN_POPULATION for x in entries if x.place.kind == "city"
                )
                site = known and e.label == "FAC"
                return self._has_capital_neighbour(e) and not site and not self.shouted
        return False

    def _is_a_spot_of_that_name(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether its article makes it a spot and no town: "the South Lawn", "the West Wing"."""
        if self.label not in ("LOC", "FAC") or len(self.over) != 1 or self.at == 0:
            return False
        article = self.row[self.at - 1].fold in cue_set(self.lang, "spot_articles")
        small = all(e.place.kind == "city" and e.population < KNOWN_POPULATION for e in entries)
        return article and small

    def _has_capital_neighbour(self, entity: Name) -> bool:
        """Whether a capitalised word of the entity is next to it that is no place itself."""
        for other, own in (
            (self.at - 1, self.at),
            (self.at + self.width, self.at + self.width - 1),
        ):
            if not 0 <= other < len(self.row):
                continue
            token = self.row[other]
            inside = entity.start <= token.start and token.end <= entity.end
            if inside and self._is_capital_beside(other, own):
                return token.fold not in cue_set(self.lang, "locative")
        return False

    def _is_listed(self) -> bool:
        """Whether it is listed beside a spaCy place: "Rochester, Albert Lea and Austin"."""
        left, right = self.at - 1, self.at + self.width
        conjunctions = cue_set(self.lang, "list_words")
        before = self.row[left].text if left > 0 else ""
        after = self.next_text
        if before in conjunctions:
            return self._is_place_at(left - 1)
        if before != "," or not self._is_place_at(left - 1):
            return False
        follows = self.is_place or (after in conjunctions and self._is_place_at(right + 1))
        return follows or after == ","

    def _is_place_at(self, at: int) -> bool:
        if at == self.beside - 1:
            return True
        if not 0 <= at < len(self.row) or not self.row[at].is_capital:
            return False
        start = self.row[at].start
        entities = self.scene.entities
        return any(e.start <= start < e.end and e.label in PLACE_LABELS for e in entities)

    def _is_qualified(self) -> bool:
        """Followed by ", Country" or "(Country)"."""
        at = self.at + self.width
        if at + 1 >= len(self.row) or self.row[at].text not in (",", "("):
            return False
        return any(e.rank == OWN for e in look_up(self.row[at + 1].text, self.lang))


def _is_a_large_city(entries: tuple[GazetteerEntry, ...]) -> bool:
    """Whether it is a large city by its canonical name (spaCy mislabels "retook Aleppo")."""
    return any(
        e.place.kind == "city" and e.rank == CANONICAL and e.population >= KNOWN_POPULATION
        for e in entries
    )


def _is_known_name(token: WordToken) -> bool:
    """Whether the word is itself in the gazetteer: "Paris Texas" is not one longer name."""
    return bool(by_key(key(token.text))) or len(token.text) <= 1
