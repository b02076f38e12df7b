"""What a search text stands for: the tokens of a store that each of its words means.

A word means itself, longer words that begin with it (or hold it, from five letters), words that
sound alike in another spelling or script, other names of the same place, actor or person, and,
where there is none of all that, words one letter away.
"""

from __future__ import annotations

import bisect
import functools
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from events.other_names import Wanted, known_names, others, wanted
from events.tokens import TEXT, TITLE, Ints, folded, latin, sounds, words
from events.transliteration import is_cyrillic

SENTENCE, ACTOR, PLACE, OUTLET = "sentence", "actor", "place", "outlet"
FIELDS = (SENTENCE, ACTOR, PLACE, TITLE, OUTLET, TEXT)  # where a word stands, the best first
WHOLE = 2  # letters of a word that stands for itself alone, as a number does
INSIDE = 5  # letters of a word that is found inside of others, and that may have a wrong one
_FIRST_UNSPACED = "\u2e80"  # scripts from here on do not put spaces between words


@dataclass(frozen=True)
class Phrase:
    """Words, each as the tokens that it means; all must stand in one field, if `whole` as they are
    here: one after the other."""

    words: tuple[frozenset[str], ...]
    whole: bool = False

    @functools.cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """What to look up in the table of tokens: a known name by its pairs of words."""
        if not self.whole or len(self.words) < 2:
            return self.words
        pairs = itertools.pairwise(self.words)
        return tuple(frozenset(map(" ".join, itertools.product(a, b))) for a, b in pairs)

    def standing(self, told: Sequence[Collection[str]]) -> set[int]:
        """Places of a text's words that it is found in."""
        if not self.whole:
            meant = frozenset().union(*self.words)
            return {place for place, tokens in enumerate(told) if meant.intersection(tokens)}
        size = len(self.words)
        starts = (
            at
            for at in range(len(told) - size + 1)
            if all(self.words[n].intersection(told[at + n]) for n in range(size))
        )
        return {at + n for at in starts for n in range(size)}


Group = tuple[Phrase, ...]  # a word or a name of the search text: one of the phrases must stand


@dataclass(frozen=True)
class Plan:
    """The groups of a search text; all must be found. `corrected`: words with a wrong letter, as
    typed, and what they were taken for."""

    groups: tuple[Group, ...] = ()
    corrected: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the words of a text that are meant, end exclusive."""
        told = list(words(text))
        tokens = [folded(word) for word, _start, _end in told]
        phrases = (phrase for group in self.groups for phrase in group)
        places = set[int]().union(*(phrase.standing(tokens) for phrase in phrases))
        return [told[place][1:] for place in sorted(places)]


class Vocabulary:
    """Distinct tokens, and how they sound."""

    def __init__(self, sounding: Mapping[str, Iterable[str]]) -> None:
        self._tokens = sorted(sounding)
        self._array = pa.array(self._tokens, pa.string())
        by_sound: dict[str, list[int]] = defaultdict(list)
        for place, token in enumerate(self._tokens):
            for heard in sounding[token]:
                by_sound[heard].append(place)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for token in self._tokens:
            self._by_length[len(token)].append(token)
        self._sounds = pa.array(list(by_sound), pa.string())
        self._sounding = list(by_sound.values())

    def __contains__(self, token: str) -> bool:
        at = bisect.bisect_left(self._tokens, token)
        return self._tokens[at : at + 1] == [token]

    def alike(self, token: str, heard: Sequence[str]) -> frozenset[str]:
        """The token, those that begin with it, hold it or sound alike."""
        if len(token) <= WHOLE and token < _FIRST_UNSPACED or token.isdigit():
            return frozenset({token})
        inside = len(token) >= INSIDE or token >= _FIRST_UNSPACED
        holds = pc.match_substring if inside else pc.starts_with
        places = set(_true(holds(self._array, token)))
        for sound in heard:
            same = pc.starts_with if len(sound) > INSIDE else pc.equal
            for at in _true(same(self._sounds, sound)):
                places.update(self._sounding[at])
        return frozenset({token, *(self._tokens[place] for place in places)})

    def near(self, token: str) -> frozenset[str]:
        """Tokens with one letter more, less, other or exchanged with the next."""
        if len(token) < INSIDE or token.isdigit():
            return frozenset()
        near: set[str] = set()
        for length in range(len(token) - 1, len(token) + 2):
            among = self._by_length.get(length, [])
            apart = cdist([token], among, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
            near.update(among[place] for place in np.flatnonzero(apart[0] <= 1))
        return frozenset(near)


def _true(mask: pa.Array) -> Ints:
    found: Ints = np.flatnonzero(mask.to_numpy(zero_copy_only=False))
    return found


def plan(text: str, vocabulary: Vocabulary) -> Plan:
    """What the words of a search text mean among the tokens of a store."""
    written = {token: word for word, _s, _e in words(text) for token in folded(word)}
    groups, corrected = [], []
    for name in wanted(text):
        group, near = _group(name, written, vocabulary)
        groups.append(group)
        corrected += [(written.get(name.words[0], name.words[0]), near)] if near else []
    return Plan(tuple(groups), tuple(corrected))


def _group(
    name: Wanted, written: Mapping[str, str], vocabulary: Vocabulary
) -> tuple[Group, tuple[str, ...]]:
    """The phrases of a name, and the words that stand for it where it has a wrong letter."""
    if len(name.words) > 1:
        return (_phrase(name.words, written, vocabulary), *_exact(name.others)), ()
    token = name.words[0]
    word = written.get(token, token)
    named = {*name.others, *(n for each in _spelt_alike(word) for n in (each, *others(each)))}
    found, near = vocabulary.alike(token, sounds(word)), frozenset[str]()
    if found == {token} and token not in vocabulary and not named:
        near = vocabulary.near(token) | _names().near(token)
        found = frozenset().union(*(vocabulary.alike(each, sounds(each)) for each in near))
        named = {other for each in near for other in others(each)}
    return (Phrase((found,)), *_exact(sorted(named))), tuple(sorted(near))


def _phrase(typed: Sequence[str], written: Mapping[str, str], vocabulary: Vocabulary) -> Phrase:
    meant = (vocabulary.alike(each, sounds(written.get(each, each))) for each in typed)
    return Phrase(tuple(meant))


def _exact(names: Iterable[str]) -> list[Phrase]:
    """The names, each as whole words."""
    return [Phrase(tuple(frozenset({word}) for word in name.split()), True) for name in names]


def _spelt_alike(word: str) -> set[str]:
    """Known names of one word that sound as the word does, or are its Latin spelling."""
    spelt = set(latin(word)) if is_cyrillic(word) else set()
    return {name for name in spelt if name in known_names()} | {
        name for sound in sounds(word) for name in _sounding_names().get(sound, ())
    }


@functools.cache
def _sounding_names() -> dict[str, tuple[str, ...]]:
    """Sound -> the known names of one word that sound so."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in known_names():
        for sound in sounds(name) if " " not in name else ():
            found[sound].append(name)
    return {sound: tuple(names) for sound, names in found.items()}


@functools.cache
def _names() -> Vocabulary:
    """The known names of one word."""
    return Vocabulary({name: () for name in known_names() if " " not in name})
