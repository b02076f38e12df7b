"""Which dated act, or which date, some words of an article refer to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from events.model import DateSpan, Event
from loaders.acts.lexicon import Trigger, lexicon
from loaders.acts.triggers import find_triggers
from loaders.bounds.lag import Days
from loaders.grammar.tokens import Word, words_of
from loaders.text.document import Document, Sentence, by_sentence
from loaders.text.words import word_group

MAIN, BACKGROUND = 2, 0  # weights of events
STEM = 5  # letters by which "strike" and "strikes" are one word
BEFORE_NOUN = 3  # words between a definite article and its noun
SENTENCES_BACK = 3  # how far "hours earlier" reaches back


@dataclass(frozen=True)
class Anchor:
    """Days that words refer to. `start`, `end`: offsets in the part of the words that name them."""

    days: Days
    start: int
    end: int


class Anchors:
    """The dated acts and the dates of an article, by sentence.

    Only acts dated by a word count: the story's own day is an estimate of the reader.
    """

    def __init__(
        self, document: Document, events: Sequence[Event], dates: Sequence[DateSpan]
    ) -> None:
        self._document = document
        told = sorted((e for e in events if e.status != "denied"), key=_trigger_start)
        self._told = by_sentence(document.sentences, told)
        self._events = [[e for e in row if _is_dated(e)] for row in self._told]
        usable = [d for d in dates if not d.not_event and d.first and d.last]
        self._dates = by_sentence(document.sentences, usable)

    def _is_past(self, date: DateSpan) -> bool:
        published = self._document.article.published.date
        return published is None or (date.first is not None and date.first <= published)

    def named(
        self, at: Sentence, start: int, end: int, without: Event, verbs: bool = True
    ) -> Anchor | None:
        """What the first date or act named between two offsets of a sentence refers to. verbs:
        whether a verb may take up an act: "before meeting him" tells no meeting."""
        found = [
            *self._dates_in(at, start, end),
            *self._acts_in(at, start, end, without),
            *self._taken_up(at, start, end, verbs),
        ]
        return min(found, key=lambda anchor: (anchor.start, -anchor.end), default=None)

    def last_before(self, at: Sentence, end: int) -> Anchor | None:
        """The last date of a sentence before an offset."""
        return max(self._dates_in(at, at.start, end), key=lambda told: told.end, default=None)

    def told_before(self, at: Sentence) -> Anchor | None:
        """The days of the acts in the nearest sentence before that tells a dated one, else its past
        dates."""
        for number in range(at.index - 1, max(-1, at.index - 1 - SENTENCES_BACK), -1):
            acts, dates = self._events[number], self._dates[number]
            told = [_days(e) for e in acts] or [_days_of(d) for d in dates if self._is_past(d)]
            if told:
                return Anchor(_hull(told), at.start, at.start)
        return None

    def _dates_in(self, at: Sentence, start: int, end: int) -> Iterator[Anchor]:
        for date in self._dates[at.index]:
            if start <= date.start and date.end <= end:
                yield Anchor(_days_of(date), date.start, date.end)

    def _acts_in(self, at: Sentence, start: int, end: int, without: Event) -> Iterator[Anchor]:
        for event in self._events[at.index]:
            words = event.trigger
            if words and event is not without and start <= words.start and words.end <= end:
                yield Anchor(_days(event), words.start, words.end)

    def _taken_up(self, at: Sentence, start: int, end: int, verbs: bool) -> Iterator[Anchor]:
        """Words that take up an act told earlier: "the strike", "it had been adopted", "this
        decision"."""
        lang = self._document.lang
        words = words_of(at, lang)
        nouns = word_group(lang, "any_act")
        matches = [(m.start, m.end, m.head, m.trigger) for m in find_triggers(words, lexicon(lang))]
        others = [(w.start, w.end, w, None) for w in words if w.low in nouns]
        for first, last, head, trigger in (*matches, *others):
            verb = trigger is not None and trigger.kind == "verb"
            if start <= first and last <= end and (verbs or not verb):
                days = self._meant(at, head, trigger, _is_definite(head.i, words, lang))
                if days is not None:
                    yield Anchor(days, first, last)

    def _meant(
        self, at: Sentence, word: Word, trigger: Trigger | None, definite: bool
    ) -> Days | None:
        """The days of the act that a word takes up: a verb one of its own word, a definite noun one
        of its word or type, a noun of any act (`trigger` None) the main act before it."""
        if trigger is not None and trigger.kind == "verb":
            return self._same_act(at, word.low, "")
        if not definite:
            return None
        return self._same_act(at, word.low, trigger.type) if trigger else self._main_act(at)

    def _same_act(self, at: Sentence, word: str, type_: str) -> Days | None:
        """The days of the acts of that word, else of that type, that were told before."""
        earlier = [e for row in self._told[: at.index] for e in row]
        same = [e for e in earlier if e.trigger and word[:STEM] in _stems(e.trigger.text)]
        found = same or [e for e in earlier if e.type == type_]
        return _days_of_all([e for e in found if e.weight > BACKGROUND] or found)

    def _main_act(self, at: Sentence) -> Days | None:
        """The days of the main acts in the nearest sentence before that tells one."""
        for row in reversed(self._told[: at.index]):
            found = [e for e in row if e.weight == MAIN]
            if found:
                return _days_of_all(found)
        return None


def _days_of_all(events: Sequence[Event]) -> Days | None:
    """The days of acts of which one is meant; None where one of them has none that it could be."""
    if not events or not all(map(_is_dated, events)):
        return None
    return _hull([_days(e) for e in events])


def _is_dated(event: Event) -> bool:
    return event.date is not None and event.date.basis != "story"


def _trigger_start(event: Event) -> int:
    return event.trigger.start if event.trigger else event.start


def _days(event: Event) -> Days:
    assert event.date is not None
    return _days_of(event.date)


def _days_of(date: DateSpan) -> Days:
    return Days(date.first, date.last)


def _hull(told: Sequence[Days]) -> Days:
    """The shortest interval that holds them all."""
    firsts, lasts = [d.first for d in told], [d.last for d in told]
    return Days(
        None if None in firsts else min(d for d in firsts if d),
        None if None in lasts else max(d for d in lasts if d),
    )


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in text.lower().split()}


def _is_definite(number: int, words: Sequence[Word], lang: str) -> bool:
    """Whether a definite article or a possessive stands close before the noun; a language without
    articles needs none."""
    listed = word_group(lang, "points_back")
    before = words[max(0, number - BEFORE_NOUN) : number]
    return not listed or any(word.low in listed for word in before)
