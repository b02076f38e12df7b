"""What the learned reader is given of an article: its words, its mentions and its event words.

The same for training and reading, so that a network sees at run time what it was trained on. Title
and text are joined by a line break; word indices count through both.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from events.model import (
    ActorMention,
    DateSpan,
    Mention,
    Part,
    PlaceMention,
    Published,
)
from loaders.acts.cues import cues_before
from loaders.acts.lexicon import lexicon
from loaders.acts.triggers import find_triggers
from loaders.grammar.tokens import words_of
from loaders.text.document import Document

WORD = re.compile(r"\w+|[^\w\s]")
UNKNOWN = "X:"  # how codes of persons and bodies in no table begin


@dataclass(frozen=True)
class PartyMention:
    """A mention that may be a party: words `first` to `last` (inclusive), under one code.

    kind: of the actor, or "place" where a place stands for its state. rank: how often the code is
    named in the article, 0 for the commonest.
    """

    first: int
    last: int
    code: str
    kind: str
    form: str
    rank: int = 0


@dataclass(frozen=True)
class DateMention:
    """A date that may be an act's: words `first` to `last`, and the date as found."""

    first: int
    last: int
    date: DateSpan


@dataclass(frozen=True)
class NamedPlace:
    """A place that may be an act's: words `first` to `last`, and the place as found."""

    first: int
    last: int
    mention: PlaceMention


@dataclass(frozen=True)
class EventWord:
    """Words of the lexicon that may tell an act: words `first` to `last`, its type and mode.
    `cues`: what stands before them in the sentence that speaks against an act."""

    first: int
    last: int
    type: str
    mode: str
    cues: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ReaderInput:
    """An article as the learned reader gets it. Words are (start, end) in `text`.

    `sentence_of`: index of the sentence of each word, -1 outside of all (noise). `shift`: where
    the body begins in `text`. `lang`: ISO 639-1.
    """

    text: str
    shift: int
    lang: str
    published: dt.date | None
    words: tuple[tuple[int, int], ...]
    sentence_of: tuple[int, ...]
    sentences: tuple[tuple[Part, int, int], ...]
    parties: tuple[PartyMention, ...]
    dates: tuple[DateMention, ...]
    places: tuple[NamedPlace, ...]
    event_words: tuple[EventWord, ...]

    def word(self, index: int) -> str:
        """The word as written."""
        start, end = self.words[index]
        return self.text[start:end]

    def words_at(self, part: Part, start: int, end: int) -> range:
        """Indices of the words that touch these offsets of a part."""
        by = 0 if part == "title" else self.shift
        first = bisect_right(self.words, start + by, key=lambda word: word[1])
        last = bisect_left(self.words, end + by, key=lambda word: word[0])
        return range(first, max(first, last))

    def mention(self, first: int, last: int) -> Mention:
        """The words `first` to `last` as a mention with offsets in its part."""
        start, end = self.words[first][0], self.words[last][1]
        part: Part = "title" if end <= self.shift and self.shift else "text"
        by = 0 if part == "title" else self.shift
        return Mention(part, start - by, end - by, self.text[start:end])


def reader_input(
    document: Document,
    dates: Sequence[DateSpan],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
    published: Published,
) -> ReaderInput:
    """An article with its mentions and the event words of the lexicon, by words."""
    article = document.article
    head = f"{article.title}\n" if article.title else ""
    text = head + article.text[: document.read_to]
    words = tuple(match.span() for match in WORD.finditer(text))
    bare = ReaderInput(
        text,
        len(head),
        document.lang,
        published.date if published.precision == "day" else None,
        words,
        _sentence_of(document, len(head), words),
        tuple((s.part, s.start, s.end) for s in document.sentences),
        (),
        (),
        (),
        (),
    )
    return replace(
        bare,
        parties=_parties(bare, actors, places),
        dates=_dates(bare, dates),
        places=_places(bare, places),
        event_words=_event_words(bare, document),
    )


def _sentence_of(
    document: Document, shift: int, words: Sequence[tuple[int, int]]
) -> tuple[int, ...]:
    found = [-1] * len(words)
    for number, sentence in enumerate(document.sentences):
        by = 0 if sentence.part == "title" else shift
        first = bisect_left(words, sentence.start + by, key=lambda word: word[0])
        last = bisect_left(words, sentence.end + by, key=lambda word: word[0])
        found[first:last] = [number] * (last - first)
    return tuple(found)


def _parties(
    given: ReaderInput, actors: Iterable[ActorMention], places: Iterable[PlaceMention]
) -> tuple[PartyMention, ...]:
    """Actors of the tables, and places that stand for their state where no actor of it is meant.

    Names in no table are no parties: told as such, they were wrong more often than right."""
    found: list[PartyMention] = []
    taken: set[tuple[int, str]] = set()
    for actor in actors:
        at = given.words_at(actor.part, actor.start, actor.end)
        if at and not actor.code.startswith(UNKNOWN):
            found.append(PartyMention(at[0], at[-1], actor.code, actor.kind, actor.form))
            taken |= {(word, actor.code) for word in at}
    for mention in places:
        at = given.words_at(mention.part, mention.start, mention.end)
        code = mention.place.country if mention.place is not None else ""
        if at and code and not any((word, code) in taken for word in at):
            found.append(PartyMention(at[0], at[-1], code, "place", "place"))
    counts = Counter(party.code for party in found)
    ranks = {code: rank for rank, (code, _) in enumerate(counts.most_common())}
    found.sort(key=lambda party: (party.first, party.last))
    return tuple(
        PartyMention(p.first, p.last, p.code, p.kind, p.form, ranks[p.code]) for p in found
    )


def _dates(given: ReaderInput, dates: Iterable[DateSpan]) -> tuple[DateMention, ...]:
    found = []
    for date in dates:
        at = given.words_at(date.part, date.start, date.end)
        if at and (date.first is not None or date.last is not None):
            found.append(DateMention(at[0], at[-1], date))
    return tuple(found)


def _places(given: ReaderInput, places: Iterable[PlaceMention]) -> tuple[NamedPlace, ...]:
    found = []
    for mention in places:
        at = given.words_at(mention.part, mention.start, mention.end)
        if at and mention.place is not None:
            found.append(NamedPlace(at[0], at[-1], mention))
    return tuple(found)


def _event_words(given: ReaderInput, document: Document) -> tuple[EventWord, ...]:
    found = []
    table = lexicon(document.lang)
    for sentence in document.sentences:
        words = words_of(sentence, document.lang)
        for match in find_triggers(words, table):
            at = given.words_at(sentence.part, match.start, match.end)
            if at:
                trigger = match.trigger
                cues = cues_before(words, match, table)
                found.append(EventWord(at[0], at[-1], trigger.type, trigger.mode, cues))
    return tuple(sorted(found, key=lambda row: (row.first, row.last)))
