"""Whether words that are in the gazetteer name a place in this sentence.

Not inside a person's or an organisation's name (other_names.py); a word with other meanings (Nice,
Tours, Lens, May) needs a cue; a small town needs a spaCy entity, a locative word, or its country
in the text.
"""

from __future__ import annotations

import functools

from events.reference import organisations
from loaders.find.places.entry import ALIAS, NATIVE, OWN, GazetteerEntry
from loaders.find.places.names import demonyms
from loaders.find.places.other_names import OtherNames
from loaders.find.places.scene import PERSON_LABELS, is_with_article
from loaders.find.places.words_near import cue_set, ends_with_cue, home_countries

STRONG_POPULATION = 100_000  # large enough to be accepted without a cue
WEAK_POPULATION = 3_000
KNOWN_ABROAD = 50_000  # a smaller town without any other evidence is mostly a person's name


@functools.cache
def _organisations() -> frozenset[str]:
    """Names of organisations in all languages, in small letters: "Hamas" is Hamm as well."""
    lists = (names for row in organisations().values() for names in row.values())
    return frozenset(
        name.casefold() for names in lists if isinstance(names, list) for name in names
    )


class Judge(OtherNames):
    """Whether a stretch of tokens with gazetteer entries names a place here."""

    only_in: frozenset[str] = frozenset()
    nearby = False

    def accepts(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether this is a place; sets `only_in` or `nearby` if the article must confirm it."""
        if self._is_ruled_out(entries):
            return False
        rank = min(e.rank for e in entries)
        if self.name.casefold() in cue_set(self.lang, "doubtful"):
            return self._has_a_cue(entries) or self._is_doubtful_town(entries)
        if rank == OWN:
            return True
        if self.is_place or self._heads_a_dateline() or self._is_water(entries):
            self._note_small_town_abroad(entries)
            return rank <= NATIVE or self.label != "" or self._is_water(entries)
        verdict = self._by_size(entries, rank)
        if verdict is not None:
            return verdict
        if self._is_common_word():
            return False
        return self._is_town_abroad(entries) or self._is_home_town(entries)

    def _is_ruled_out(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        fold = self.name.casefold()
        if fold in cue_set(self.lang, "stop") and not self._is_capitals(entries):
            return True
        if min(e.rank for e in entries) == ALIAS and fold in _organisations():
            return True
        if fold in demonyms(self.lang) and min(e.rank for e in entries) != OWN:
            return True
        return self.is_something_else(entries)

    def _has_a_cue(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether an ambiguous name (Nice, Reading, Victoria) has a cue that it is a place."""
        if self._is_qualified() or self._is_capitals(entries):
            return True
        cues = "firm_locative" if self.label in PERSON_LABELS else "locative"
        if self.located and (cues == "locative" or ends_with_cue(self.before, self.lang, cues)):
            return True
        return self._is_listed() or (self.is_place and not self.is_first)

    def _is_doubtful_town(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether it needs other towns near it: "Florence travels to Athens" (in Alabama)."""
        if self.label in PERSON_LABELS or not self.over or self._is_common_word():
            return False
        return self._is_home_town(entries)

    def _by_size(self, entries: tuple[GazetteerEntry, ...], rank: int) -> bool | None:
        """Accepted or not by population and cues; None where the rest of the article decides."""
        best = max(e.population for e in entries)
        known = best >= STRONG_POPULATION or any(e.capital for e in entries)
        if rank <= NATIVE and known and self.width == 1:
            sure = not self.is_first or self.located or not self.modelled or best > 500_000
            famous = best > 1_000_000 or any(e.is_known_capital for e in entries)
            return True if sure and (famous or not self.is_called_person) else None
        if rank > NATIVE and not self.modelled:
            return known and len(self.name) > 3 and (self.located or not self.is_first)
        if self.located or self._is_qualified():
            return rank <= NATIVE and best >= 500 and (self.width > 1 or len(self.name) > 3)
        if rank <= NATIVE and self.width > 1 and best >= WEAK_POPULATION:
            return True
        if rank <= NATIVE and len(self.name) > 3 and self._is_listed():
            return True
        return None

    def _is_capitals(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether it may be in capitals: US and UK; a town in a dateline ("NICE, 3 mars")."""
        own = self.name.isupper() and min(e.rank for e in entries) == OWN
        return own or self._heads_a_dateline()

    def _is_home_town(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether it is a town of a home country: accepted near other places of the article."""
        if self.shouted or not self.modelled or len(self.name) < 4 or not self.stands_alone():
            return False
        self.nearby = any(e.rank <= NATIVE and e.population >= 500 for e in entries)
        return self.nearby

    def _is_water(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether it is a river by its short name: "the Padma"."""
        if all(e.place.kind != "water" for e in entries):
            return False
        return is_with_article(self.scene, self.at)

    def _is_town_abroad(self, entries: tuple[GazetteerEntry, ...]) -> bool:
        """Whether it is a town or capital abroad: accepted if the article names its country."""
        capitals = frozenset(e.place.country for e in entries if e.is_known_capital)
        countries = capitals or self._countries_abroad(entries)
        if not countries or len(self.name) < 4:
            return False
        self.only_in = countries
        return True

    def _note_small_town_abroad(self, entries: tuple[GazetteerEntry, ...]) -> None:
        """A small town abroad that only spaCy marks needs its country named, too."""
        cue = self.located or self._is_qualified() or self._is_listed() or self._heads_a_dateline()
        known = any(e.capital or e.population >= KNOWN_ABROAD for e in entries)
        if not cue and not known:
            self.only_in = self._countries_abroad(entries)

    def _countries_abroad(self, entries: tuple[GazetteerEntry, ...]) -> frozenset[str]:
        """The countries of a name's entries; empty if one is a home country of the language."""
        countries = frozenset(e.place.country for e in entries if e.rank <= NATIVE)
        return frozenset() if countries & home_countries(self.lang) else countries

    def _is_common_word(self) -> bool:
        """Whether it may be capitalised only as first word of the sentence."""
        return self.is_first and self.width == 1

    def _heads_a_dateline(self) -> bool:
        """Whether it is in capitals at the sentence start, before a dash, comma or bracket."""
        follows = self.next_text in tuple("-–—,(")
        return follows and self.is_first and self.name.isupper() and len(self.name) > 3
