"""Where the rows in memory hold the words of a search: the sentence, an actor, the place, the
title, the outlet, the text of the article.

Sentences, titles and texts are found by the tokens of the store; actors, places and outlets by the
names of the distinct values of the columns, in all languages, so that what a person edited counts.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from events.columns_in_memory import Bools, Columns, EventColumns, Ints
from events.other_names import known_names
from events.registry import actor, fold
from events.tokens import EVENT, TEXT, TITLE, folded, sounds, words
from events.word_search import (
    ACTOR,
    FIELDS,
    OUTLET,
    PLACE,
    SENTENCE,
    Group,
    Phrase,
    Plan,
    Vocabulary,
    plan,
)

_BITS = np.uint8(1) << np.arange(len(FIELDS), dtype=np.uint8)
_KEPT = 16
Bits = npt.NDArray[np.uint8]
Find = Callable[[Group], Bools | None]  # the rows of a word or name; None for no row


class TokenLists:
    """The table of tokens in memory: which rows hold a token of a part."""

    def __init__(self, table: pa.Table) -> None:
        coded = table.column("token").combine_chunks().dictionary_encode()
        coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
        self.tokens: list[str] = coded.dictionary.to_pylist()
        self._places = {token: place for place, token in enumerate(self.tokens)}
        codes, parts = coded.indices.to_numpy(), table.column("part")
        self._parts: dict[str, tuple[Ints, pa.ListArray]] = {}
        for part in (EVENT, TITLE, TEXT):
            which = pc.equal(parts, part)
            lists = table.column("rows").filter(which).combine_chunks()
            self._parts[part] = codes[which.to_numpy()], lists
        told = table.column("sounds").to_pylist()
        self.sounds = dict(zip(table.column("token").to_pylist(), told, strict=True))

    def known(self, tokens: Iterable[str]) -> frozenset[str]:
        """Those of the tokens that are in the table."""
        return frozenset(token for token in tokens if token in self._places)

    def numbers(self, tokens: Iterable[str], part: str) -> Ints:
        """Numbers of the rows that hold one of these known tokens; some more than once."""
        wanted = np.zeros(len(self.tokens), bool)
        wanted[[self._places[token] for token in tokens]] = True
        codes, lists = self._parts[part]
        found: Ints = lists.filter(pa.array(wanted[codes])).flatten().to_numpy()
        return found


class Names:
    """Names of values, by their tokens: a phrase finds the values that have a name with it."""

    def __init__(self, names: Iterable[Iterable[str]]) -> None:
        """The names of each value, in the order of the values."""
        self.sounds: dict[str, tuple[str, ...]] = {}
        self._owners: list[int] = []
        self._names: dict[str, set[int]] = defaultdict(set)
        for value, named in enumerate(names):
            for name in named:
                self._add(value, name)

    def _add(self, value: int, name: str) -> None:
        told = [(token, word) for word, _s, _e in words(name) for token in folded(word)]
        self.sounds.update((token, sounds(word)) for token, word in told)
        tokens = [token for token, _word in told]
        for token in (*tokens, *map(" ".join, itertools.pairwise(tokens))):
            self._names[token].add(len(self._owners))
        self._owners.append(value)

    def values(self, group: Group) -> set[int]:
        """The values that have a name in which each word of one of the phrases stands."""
        return {self._owners[name] for phrase in group for name in self._standing(phrase)}

    def _standing(self, phrase: Phrase) -> set[int]:
        found = [set().union(*(self._names.get(t, ()) for t in meant)) for meant in phrase.keys]
        return set.intersection(*found) if found else set()


@dataclass(frozen=True)
class Found:
    """Which rows hold all of the search text; `bits` of the fields (`FIELDS`) they hold it in."""

    plan: Plan
    bits: Bits

    @functools.cached_property
    def rows(self) -> Bools:
        found: Bools = self.bits > 0
        return found

    def fields(self, row: int) -> tuple[str, ...]:
        """The fields of a row that hold something of it, the best first."""
        return tuple(f for f, bit in zip(FIELDS, _BITS, strict=True) if self.bits[row] & bit)


class SearchIndex:
    """Finds the rows of a search text among the columns of events, or of articles."""

    def __init__(self, columns: Columns, tokens: TokenLists) -> None:
        self._size = columns.size
        outlets = columns.text("source")
        self._finds: dict[str, Find] = {
            TITLE: _standing(tokens, TITLE, columns.number("article_key")),
        }
        named = {OUTLET: Names([value] for value in outlets.values)}
        self._finds[OUTLET] = _valued(named[OUTLET], outlets.of)
        if isinstance(columns, EventColumns):
            self._add_events(columns, tokens, named)
        else:
            self._finds[TEXT] = _standing(tokens, TEXT, columns.number("article_key"))
        heard = {token: told for each in named.values() for token, told in each.sounds.items()}
        self._vocabulary = Vocabulary({**tokens.sounds, **heard})
        self.search = functools.lru_cache(maxsize=_KEPT)(self._search)

    def _add_events(
        self, columns: EventColumns, tokens: TokenLists, named: dict[str, Names]
    ) -> None:
        places = columns.text("place_name")
        named[PLACE] = Names(all_names([value]) for value in places.values)
        codes = columns.party_codes()
        named[ACTOR] = Names(all_names(actor(code).names.values()) for code in codes)
        self._finds |= {
            SENTENCE: _standing(tokens, EVENT, columns.number("event_key")),
            PLACE: _valued(named[PLACE], places.of),
            ACTOR: _valued(named[ACTOR], lambda found: columns.naming({codes[n] for n in found})),
        }

    def _search(self, text: str) -> Found:
        asked = plan(text, self._vocabulary)
        bits = np.zeros(self._size, np.uint8)
        missing = np.zeros(self._size, bool)
        for group in asked.groups:
            best = self._best(group)
            missing |= best == 0
            bits |= best
        bits[missing] = 0
        return Found(asked, bits)

    def _best(self, group: Group) -> Bits:
        """The bit of the best field that holds the group; 0 for none."""
        best = np.zeros(self._size, np.uint8)
        for field, bit in reversed(list(zip(FIELDS, _BITS, strict=True))):
            found = self._finds[field](group) if field in self._finds else None
            if found is not None:
                best[found] = bit
        return best


def all_names(names: Iterable[str]) -> list[str]:
    """Folded names with the other names of one word of what they stand for: of an official name of
    several ("Democratic People's Republic of Korea") nobody types one alone."""
    told = list(map(fold, names))
    others = (other for name in told for other in known_names().get(name, ()) if " " not in other)
    return list(dict.fromkeys([*told, *others]))


def _valued(names: Names, rows_of: Callable[[set[int]], Bools]) -> Find:
    """Finds the rows of the values that have a name."""

    def find(group: Group) -> Bools | None:
        found = names.values(group)
        return rows_of(found) if found else None

    return find


def _standing(tokens: TokenLists, part: str, keys: Ints) -> Find:
    """Finds the rows whose number is among those of every word of a phrase."""
    codes, distinct = pd.factorize(keys)
    places = pd.Index(distinct)

    @functools.lru_cache(maxsize=_KEPT)
    def holding(meant: frozenset[str]) -> Bools:
        at = places.get_indexer(pd.Index(tokens.numbers(meant, part)))
        among = np.zeros(len(distinct), bool)
        among[at[at >= 0]] = True
        rows: Bools = among[codes]
        return rows

    def find(group: Group) -> Bools | None:
        single = (phrase.keys[0] for phrase in group if len(phrase.keys) == 1)
        several = [[tokens.known(k) for k in p.keys] for p in group if len(p.keys) > 1]
        asked = [[tokens.known(frozenset().union(*single))], *several]
        found = [np.logical_and.reduce([holding(k) for k in keys]) for keys in asked if all(keys)]
        return np.logical_or.reduce(found) if found else None

    return find
