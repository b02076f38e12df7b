"""Bounds of the events that no word dates: by publication, by phrases, by the act they answer.

A bound is not a date: the event keeps none, and what bounds it stands beside it with the reasons.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from events.model import Bounds, DateSpan, Event, Published
from loaders.bounds.anchors import Anchors
from loaders.bounds.lag import Days, Side, counted
from loaders.bounds.phrases import Phrase, phrases_in
from loaders.bounds.to_come import may_be_to_come
from loaders.grammar.inflection import verb_forms
from loaders.text.document import Document, Sentence, by_sentence
from loaders.text.words import word_group

OPENING = 25  # characters before a phrase that still opens its sentence
REACH = 80  # characters from an act to the phrase behind it, and from a phrase to the act it names
_STOPS = ".;:()«»\u2013\u2014"


@dataclass(frozen=True)
class _Bound:
    """What one phrase or answer bounds: the days, the words that say it, and why."""

    days: Days
    text: str
    reason: str


def with_bounds(
    document: Document,
    events: Sequence[Event],
    sure: Sequence[Event],
    dates: Sequence[DateSpan],
    published: Published,
) -> tuple[Event, ...]:
    """The events, those without a date with what bounds them, also where words refute the story's
    own day, which is an estimate. `sure`: what may bound others."""
    if not any(map(_may_be_bounded, events)):
        return tuple(events)
    found = _Finder(document, events, Anchors(document, sure, dates))
    return tuple(found.bounded(e, published) if _may_be_bounded(e) else e for e in events)


def _may_be_bounded(event: Event) -> bool:
    return event.date is None or event.date.basis == "story"


class _Finder:
    """The bounds of an article's events."""

    def __init__(self, document: Document, events: Sequence[Event], anchors: Anchors) -> None:
        self._lang = document.lang
        self._anchors = anchors
        placed = by_sentence(document.sentences, events)
        self._sentence = {
            e.id: s for s, row in zip(document.sentences, placed, strict=True) for e in row
        }
        self._beside = {e.id: row for row in placed for e in row}

    def bounded(self, event: Event, published: Published) -> Event:
        """The event with its bounds, and without an estimated day that they do not hold."""
        if event.date is None:
            return replace(event, bounds=self.bounds(event, published))
        estimate = Days(event.date.first, event.date.last)
        refuted = any(estimate.within(bound.days) is None for bound in self._by_words(event))
        if not refuted:
            return event
        return replace(event, date=None, bounds=self.bounds(event, published))

    def bounds(self, event: Event, published: Published) -> Bounds | None:
        """What bounds an event; None where nothing does. Words that contradict each other bound
        nothing."""
        told = [*self._by_publication(event, published)]
        days = told[0].days if told else Days(None, None)
        for bound in self._by_words(event):
            both = days.within(bound.days)
            if both is not None:
                days = both
                told.append(bound)
        if days.first is None and days.last is None:
            return None
        text = "; ".join(dict.fromkeys(b.text for b in told if b.text))
        return Bounds(days.first, days.last, text, tuple(b.reason for b in told))

    def _by_publication(self, event: Event, published: Published) -> Iterator[_Bound]:
        """An act that happened lies before its report was published, a planned one behind it; one
        that the words leave open lies anywhere."""
        days = _days_of_publication(published)
        sentence = self._sentence.get(event.id)
        if days.first is None:
            return
        if event.status == "planned":
            reason = f"not before publication, {days.first}: still to come then"
            yield _Bound(Days(days.first, None), "", reason)
        elif not (
            sentence and event.trigger and may_be_to_come(sentence, event.trigger, self._lang)
        ):
            yield _Bound(Days(None, days.last), "", f"not after publication, {days.last}")

    def _by_words(self, event: Event) -> Iterator[_Bound]:
        sentence = self._sentence.get(event.id)
        if sentence is None or event.trigger is None:
            return
        for phrase in phrases_in(sentence, self._lang):
            yield from self._by_phrase(event, phrase, sentence)
        yield from self._by_answer(event, sentence)

    def _by_phrase(self, event: Event, phrase: Phrase, at: Sentence) -> Iterator[_Bound]:
        if phrase.anchor == "told":
            anchor, end = self._anchors.told_before(at), phrase.end
        else:
            stop = _clause_end(at, phrase.end)
            verbs = phrase.side == "after"
            anchor = self._anchors.named(at, phrase.end, stop, event, verbs)
            end = anchor.end if anchor else phrase.end
        if anchor is not None and self._governs(phrase, end, event, at):
            words = self._words(at, phrase.start, end)
            days = counted(anchor.days, phrase.side, phrase.unit, phrase.amount)
            yield _Bound(days, words, f'"{words}": {_said(anchor.days)}')
        elif phrase.anchor == "named" and phrase.amount is not None:
            yield from self._by_count_from(event, phrase, at)

    def _by_count_from(self, event: Event, phrase: Phrase, at: Sentence) -> Iterator[_Bound]:
        """Of "met on Tuesday, five days after the strike" what the strike is bounded by."""
        trigger = event.trigger
        assert trigger is not None
        if not phrase.end <= trigger.start < _clause_end(at, phrase.end):
            return
        anchor = self._anchors.last_before(at, phrase.start)
        if anchor is not None:
            words = self._words(at, phrase.start, trigger.end)
            side: Side = "after" if phrase.side == "before" else "before"
            days = counted(anchor.days, side, phrase.unit, phrase.amount)
            yield _Bound(days, words, f'"{words}": {_said(anchor.days)}')

    def _governs(self, phrase: Phrase, end: int, event: Event, at: Sentence) -> bool:
        """Whether a phrase is said of the event: at the head of its sentence of all behind it,
        else of the act nearest before it."""
        trigger = event.trigger
        assert trigger is not None
        if phrase.start - at.start <= OPENING and end <= trigger.start:
            return ";" not in self._words(at, end, trigger.start)
        before = [
            e.trigger for e in self._beside[event.id] if e.trigger and e.trigger.end <= phrase.start
        ]
        if not before or max(before, key=lambda t: t.end) != trigger:
            return False
        between = self._words(at, trigger.end, phrase.start)
        return len(between) <= REACH and not set(between) & set(_STOPS)

    def _by_answer(self, event: Event, at: Sentence) -> Iterator[_Bound]:
        """The act that a condemnation, a welcome or a denial answers."""
        trigger = event.trigger
        assert trigger is not None
        if not _is_answer(trigger.text, self._lang):
            return
        anchor = self._anchors.named(at, trigger.end, _clause_end(at, trigger.end), event)
        if anchor is not None and anchor.days.first is not None:
            words = self._words(at, trigger.start, anchor.end)
            days = counted(anchor.days, "after", "", None)
            yield _Bound(days, words, f'answers "{words}": {_said(anchor.days)}')

    def _words(self, at: Sentence, start: int, end: int) -> str:
        return at.text[start - at.start : end - at.start]


def _days_of_publication(published: Published) -> Days:
    """First and last day on which the article may have been published."""
    first = published.date
    if first is None or published.precision not in ("month", "year"):
        return Days(first, first)
    month = 12 if published.precision == "year" else first.month
    last = first.replace(month=month, day=calendar.monthrange(first.year, month)[1])
    return Days(first, last)


def _is_answer(trigger: str, lang: str) -> bool:
    """Whether the words of an act are of a verb that answers another one."""
    listed = word_group(lang, "answers")
    low = [word.strip("'’") for word in trigger.lower().split()]
    stems = tuple(word[:-1] for word in listed if word.endswith("*"))
    forms = {form for word in listed if word[-1] != "*" for form in verb_forms(word, lang)}
    return any(word in forms or (stems and word.startswith(stems)) for word in low)


def _clause_end(at: Sentence, start: int) -> int:
    """Where the clause that begins at an offset ends, at most REACH characters behind."""
    end = min(at.end, start + REACH)
    text = at.text[start - at.start : end - at.start]
    stops = [n for n, char in enumerate(text) if char in _STOPS + ","]
    return start + stops[0] if stops else end


def _said(days: Days) -> str:
    """``2024-11-21`` or ``2024-11-20 to 2024-11-21``; "…" on an open side."""
    if days.first == days.last:
        return str(days.first)
    return f"{days.first or '…'} to {days.last or '…'}"
