"""Events of an article as the learned reader tells them, from the acts told."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from events.identity import event_id
from events.model import ActorMention, DateSpan, Event, LeftOut, Mention, Part, PlaceMention
from loaders.acts.attributes import Attribute, attributes_of
from loaders.acts.lexicon import lexicon
from loaders.acts.network import Network
from loaders.acts.reader_input import EventWord, ReaderInput
from loaders.acts.topics import contexts_of
from loaders.acts.words_alone import WordsAlone
from loaders.grammar.tokens import words_of
from loaders.linking.answers import Answers
from loaders.linking.choose import Choice, is_sure
from loaders.linking.day_evidence import story_day
from loaders.linking.reasons import WORDS, reasons_of
from loaders.linking.weights import weights
from loaders.tellings.told_acts import ToldAct, told_acts
from loaders.text.document import Document, Sentence

BELOW = "below the threshold"
BY_WORDS = 0.1  # of events told by words alone: how many are wholly right (docs/reader.md)
NO_ACT = "the words tell no act"
AGAIN = "tells again an act below the threshold"
CUED = {"negated": "negated", "hypothetical": "hypothetical", "unreal": "hypothetical"}

Start = tuple[Part, int]  # where a sentence begins


def events_of(document: Document, given: ReaderInput, reader: Network | WordsAlone) -> list[Event]:
    """Every event that a reader tells of an article, however doubtful, in reading order."""
    told = [
        act
        for part, reading in reader.read_in_sections(given)
        for act in told_acts(part, reading, weights())
    ]
    said = {n: _said(document, n) for n in sorted({act.best.act.sentence for act in told})}
    return [_event(document, act, said[act.best.act.sentence]) for act in told]


@dataclass(frozen=True)
class _Said:
    """What a sentence says of each act in it: PLOVER contexts, figures and weapons."""

    contexts: tuple[str, ...]
    attributes: tuple[Attribute, ...]


def _said(document: Document, sentence: int) -> _Said:
    words = words_of(document.sentences[sentence], document.lang)
    table = lexicon(document.lang)
    return _Said(contexts_of(words, table), attributes_of(words, table))


def _event(document: Document, told: ToldAct, said: _Said) -> Event:
    best = told.best
    sentence = _sentence(document, best)
    trigger = _mention(best, best.act.words)
    word = best.act.event_word
    same = word is not None and word.type == best.type.value
    return Event(
        id=event_id(document.article.id, trigger.part, trigger.start),
        article_id=document.article.id,
        type=best.type.value,
        mode=word.mode if word is not None and same else "",
        status=best.status.value,
        date=_date(told),
        sources=_codes(told.sources),
        targets=_codes(told.targets),
        place=_place(told),
        attributed_to=next(iter(_codes(best.teller)), None),
        quote=sentence.text,
        part=sentence.part,
        start=sentence.start,
        end=sentence.end,
        trigger=trigger,
        actor_mentions=_parties(told),
        contexts=said.contexts,
        confidence=told.confidence,
        reasons=reasons_of(best.type),
        also=_also(document, told),
        attributes=said.attributes,
        weight=best.weight.value,
        certainty=tuple(told.certainty.items()),
        alternatives=_alternatives(told),
    )


def _sentence(document: Document, telling: Answers) -> Sentence:
    return document.sentences[telling.act.sentence]


def _mention(telling: Answers, words: Sequence[int]) -> Mention:
    return telling.act.given.mention(words[0], words[-1])


def _codes(choices: Sequence[Choice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(choice.value for choice in choices))


def _date(told: ToldAct) -> DateSpan | None:
    """The date chosen; the story's own day as an interval of two days."""
    value = told.day.value
    if isinstance(value, DateSpan) or value is None:
        return value
    return story_day(told.best.act)


def _place(told: ToldAct) -> PlaceMention | None:
    """The place chosen, with its certainty."""
    value: PlaceMention | None = told.place.value
    if value is None:
        return None
    return replace(value, role="event", confidence=told.certainty["place"])


def _parties(told: ToldAct) -> tuple[Mention, ...]:
    """The words that name the parties."""
    given = told.best.act.given
    chosen = [c for c in (*told.sources, *told.targets) if c.words]
    found = [given.mention(c.words[0], c.words[-1]) for c in chosen]
    return tuple(dict.fromkeys(found))


def _also(document: Document, told: ToldAct) -> tuple[Mention, ...]:
    """The sentences of the other tellings, each once."""
    first = _sentence(document, told.best)
    others = (_sentence(document, telling) for telling in told.tellings[1:])
    kept = {(s.part, s.start): s for s in others if s != first}
    return tuple(Mention(s.part, s.start, s.end, s.text) for s in kept.values())


def _alternatives(told: ToldAct) -> tuple[tuple[str, str, float], ...]:
    """(field, other answer, certainty) of the next likeliest answers, at most three a field."""
    fields = {"type": told.best.type, "date": told.day, "place": told.place}
    fields |= {name: side[0] for name, side in _sides(told) if side}
    return tuple(
        (name, _shown(value), certainty)
        for name, choice in fields.items()
        for value, certainty in choice.alternatives
    )


def _sides(told: ToldAct) -> tuple[tuple[str, list[Choice]], ...]:
    return (("sources", told.sources), ("targets", told.targets))


@functools.singledispatch
def _shown(value: object) -> str:
    """An answer as text: a code, an ISO interval, a place's name; "" for none."""
    return "" if value is None else str(value)


@_shown.register
def _(value: DateSpan) -> str:
    return f"{value.first or ''}/{value.last or ''}"


@_shown.register
def _(value: PlaceMention) -> str:
    return value.place.name if value.place is not None else value.text


def uncertain(event: Event) -> Event:
    """An event that words alone tell: how sure it is, is not known; only how many are right."""
    told = (WORDS["a word of this type"],)
    return replace(event, certainty=(), alternatives=(), confidence=BY_WORDS, reasons=told)


def split_by_certainty(
    events: Sequence[Event], threshold: float | None = None
) -> tuple[list[Event], list[Event]]:
    """(events that are surely of their type, the others), by a threshold or the fitted one; events
    without a certainty are told."""
    question = weights()["told"]
    asked = question if threshold is None else replace(question, threshold=threshold)
    sure = [is_sure(dict(event.certainty).get("type", 1.0), asked) for event in events]
    told = [event for event, holds in zip(events, sure, strict=True) if holds]
    return told, [event for event, holds in zip(events, sure, strict=True) if not holds]


def below(event: Event) -> LeftOut:
    """An event that is not sure enough, as it is listed."""
    sure = dict(event.certainty)["type"]
    return LeftOut(BELOW, event.quote, event.part, event.start, event.end, sure)


def retold(doubtful: Sequence[Event], covered: set[Start]) -> list[LeftOut]:
    """Further sentences of events that are not sure enough, where nothing covers them."""
    told = (also for event in doubtful for also in event.also)
    return [
        LeftOut(AGAIN, also.text, also.part, also.start, also.end)
        for also in dict.fromkeys(told)
        if (also.part, also.start) not in covered
    ]


def untold(
    given: ReaderInput, actors: Sequence[ActorMention], covered: set[Start]
) -> list[LeftOut]:
    """Sentences with an event word or an actor that nothing covers, each once, with what stands
    before the event word as the reason."""
    named = (at[0] for a in actors if (at := given.words_at(a.part, a.start, a.end)))
    reasons = {given.sentence_of[word.first]: _untold(word) for word in given.event_words[::-1]}
    reasons = {given.sentence_of[word]: NO_ACT for word in named} | reasons
    return [
        _left_out(given, number, reason)
        for number, reason in sorted(reasons.items())
        if number >= 0 and given.sentences[number][:2] not in covered
    ]


def _untold(word: EventWord) -> str:
    return next((why for cue, why in CUED.items() if cue in word.cues), NO_ACT)


def _left_out(given: ReaderInput, number: int, reason: str) -> LeftOut:
    part, start, end = given.sentences[number]
    by = 0 if part == "title" else given.shift
    return LeftOut(reason, given.text[start + by : end + by], part, start, end)
