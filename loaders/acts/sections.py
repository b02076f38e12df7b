"""A long article in sections: each act is paired with the mentions and acts of its section alone.

Pairs grow with the square of what is paired, sections with the length of the text. An article of
news is one section; a section ends with a sentence where it can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from loaders.acts.reader_input import (
    DateMention,
    EventWord,
    NamedPlace,
    PartyMention,
    ReaderInput,
)

ACTS = 100  # of a section
MENTIONS = 400  # of a section: parties, dates and places
M = TypeVar("M", PartyMention, DateMention, NamedPlace, EventWord)


@dataclass(frozen=True)
class Section:
    """The words `first` to `last` (exclusive) of an article, as an input of its own: its word
    indices, and those of `acts`, count from `first`."""

    given: ReaderInput
    first: int
    last: int
    acts: list[list[int]]


def sections(given: ReaderInput, acts: Sequence[Sequence[int]]) -> Iterator[Section]:
    """The sections of an article that hold acts, in order. acts: the words of each."""
    for first, last in _cuts(given, acts):
        inside = [[word - first for word in act] for act in acts if first <= act[0] < last]
        if inside:
            yield Section(_part(given, first, last), first, last, inside)


def _cuts(given: ReaderInput, acts: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """(first word, word after the last) of each section."""
    told = Counter(act[0] for act in acts)
    named = Counter(party.first for party in given.parties)
    named.update(date.first for date in given.dates)
    named.update(place.first for place in given.places)
    of = given.sentence_of
    first = boundary = 0  # boundary: the last word so far at which a sentence begins
    held = [0, 0]
    for word in range(len(given.words)):
        if word and of[word] != of[word - 1]:
            boundary = word
        held = [held[0] + told[word], held[1] + named[word]]
        if held[0] > ACTS or held[1] > MENTIONS:
            cut = boundary if boundary > first else word
            if cut > first:
                yield first, cut
            first, rest = cut, range(cut, word + 1)
            held = [sum(told[w] for w in rest), sum(named[w] for w in rest)]
    yield first, len(given.words)


def _part(given: ReaderInput, first: int, last: int) -> ReaderInput:
    if (first, last) == (0, len(given.words)):
        return given
    return replace(
        given,
        words=given.words[first:last],
        sentence_of=given.sentence_of[first:last],
        parties=_moved(given.parties, first, last),
        dates=_moved(given.dates, first, last),
        places=_moved(given.places, first, last),
        event_words=_moved(given.event_words, first, last),
    )


def _moved(mentions: Sequence[M], first: int, last: int) -> tuple[M, ...]:
    """Those inside of the words, counted from the first."""
    return tuple(
        replace(m, first=m.first - first, last=m.last - first)
        for m in mentions
        if first <= m.first and m.last < last
    )
