"""From document and mentions to events: who did what to whom, when, where, reported by whom.

The rules read every clause; the learned reader weighs what they say with what it sees itself.
Without its model the rules alone tell the events. What is no event, or is not sure enough, is
returned with the reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from events.identity import event_id
from events.model import (
    ActorMention,
    DateSpan,
    Event,
    LeftOut,
    PlaceMention,
    Published,
)
from events.registry import country
from loaders.acts.demands import find_demands
from loaders.acts.lexicon import lexicon
from loaders.acts.network import network
from loaders.acts.reader_input import reader_input
from loaders.acts.topics import field_of
from loaders.acts.triggers import find_triggers
from loaders.grammar.clauses import clause_of
from loaders.grammar.tokens import words_of
from loaders.linking.antecedents import fill_antecedents
from loaders.linking.certainty import spoken_of
from loaders.linking.confidence import settle
from loaders.linking.dating import ParagraphDay, dates_in, is_adrift
from loaders.linking.drafts import EventDraft, Omitted
from loaders.linking.parties import parties_of
from loaders.linking.pointers import REACH
from loaders.linking.reading import Reading
from loaders.linking.telling import read_sentence
from loaders.tellings.learned import below, events_by_reader, split_by_certainty
from loaders.tellings.merging import echoes_alone, merge
from loaders.text.document import Document, by_sentence

SAME_WORDS = "told by the same word as another event"


@dataclass(frozen=True)
class EventsBuilt:
    """Events of an article in reading order; its places with final roles; what was left out, with
    reasons and offsets."""

    events: tuple[Event, ...]
    places: tuple[PlaceMention, ...]
    left_out: tuple[LeftOut, ...]


def build_events(
    document: Document,
    dates: Sequence[DateSpan],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
    published: Published,
    undated: Sequence[LeftOut] = (),
    threshold: float | None = None,
) -> EventsBuilt:
    """The events of an article from the mentions found in it. Never raises on odd text.

    `undated`: what looks like a date and gives none (loaders.find.dates.unresolved). `threshold`:
    how sure an event must be to be told; None for the fitted one.
    """
    drafts, omitted = read_by_rules(document, dates, places, actors, published, undated)
    learned = network()
    if learned is None:
        return _by_rules(document, places, drafts, omitted)
    given = reader_input(document, dates, places, actors, published, drafts, omitted)
    events = events_by_reader(document, given, learned)
    told, doubtful = split_by_certainty(events, threshold)
    sure, _less_sure = split_by_certainty(events)
    left_out = [below(event) for event in doubtful]
    left_out += _untold(omitted, events)
    return EventsBuilt(tuple(told), _with_roles(places, sure), tuple(left_out))


def _untold(omitted: Sequence[Omitted], events: Sequence[Event]) -> list[LeftOut]:
    """What the rules take for no event, and the reader tells as none either."""
    at = {(e.trigger.part, e.trigger.start) for e in events if e.trigger is not None}
    return [o.left_out for o in omitted if (o.trigger.part, o.trigger.start) not in at]


def _by_rules(
    document: Document,
    places: Sequence[PlaceMention],
    drafts: list[EventDraft],
    omitted: Sequence[Omitted],
) -> EventsBuilt:
    """The events that the rules tell alone."""
    left_out = [told.left_out for told in omitted]
    merged = merge(drafts)
    for draft in merged:
        settle(draft)
    for alone in echoes_alone(drafts, merged):
        quote = alone.quote
        left_out.append(LeftOut(alone.echo, quote.text, quote.part, quote.start, quote.end))
    first, again = _one_a_trigger(merged)
    left_out += [_same_words(draft) for draft in again]
    events = tuple(_event(document, draft) for draft in first)
    return EventsBuilt(events, _with_roles(places, events), tuple(left_out))


def read_by_rules(
    document: Document,
    dates: Sequence[DateSpan],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
    published: Published,
    undated: Sequence[LeftOut] = (),
) -> tuple[list[EventDraft], list[Omitted]]:
    """(one draft for each telling, not merged yet; the triggers that tell no event)."""
    drafts: list[EventDraft] = []
    omitted: list[Omitted] = []
    running = ParagraphDay()
    words_table = lexicon(document.lang)
    read = [words_of(sentence, document.lang) for sentence in document.sentences]
    field = field_of(read, words_table, actors)
    spoken = spoken_of(document.article, places, actors)
    named = Counter(p.place.country for p in places if p.place is not None)
    at = document.sentences
    who, where = by_sentence(at, actors), by_sentence(at, places)
    when, adrift_at = by_sentence(at, dates), by_sentence(at, undated)
    for n, words in enumerate(read):
        matches = find_demands(words, words_table, find_triggers(words, words_table))
        if not matches:
            continue
        adrift = is_adrift(words.sentence, adrift_at[n])
        if adrift:
            running.forget()
        reading = Reading(
            words,
            words_table,
            [clause_of(match, words_table) for match in matches],
            parties_of(words, who[n], where[n]),
            dates_in(words.sentence, when[n]),
            [place for near in where[max(0, n - REACH) : n + 1] for place in near],
            Published.unknown() if adrift else published,
            running,
            spoken,
            named,
            _since(n - REACH, drafts),
            field,
        )
        told, others = read_sentence(reading)
        drafts += told
        omitted += others
    for draft in drafts:
        draft.pair = _states_before(draft, actors) if draft.both_sides else ()
    fill_antecedents(drafts)
    return drafts, omitted


def _since(sentence: int, drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """What was told in that sentence and later."""
    return list(takewhile(lambda draft: draft.sentence.index >= sentence, reversed(drafts)))[::-1]


def _one_a_trigger(drafts: Sequence[EventDraft]) -> tuple[list[EventDraft], list[EventDraft]]:
    """(the first event of each trigger word, any others): the word gives an event its id."""
    first: dict[tuple[str, int], EventDraft] = {}
    for draft in drafts:
        first.setdefault((draft.trigger.part, draft.trigger.start), draft)
    kept = {id(draft) for draft in first.values()}
    return list(first.values()), [draft for draft in drafts if id(draft) not in kept]


def _same_words(draft: EventDraft) -> LeftOut:
    quote = draft.quote
    return LeftOut(SAME_WORDS, quote.text, quote.part, quote.start, quote.end)


def _states_before(draft: EventDraft, actors: Sequence[ActorMention]) -> tuple[str, ...]:
    """The last two states that acted or were named before an act, the nearest first."""
    at = draft.trigger.start
    before = [a for a in actors if a.part == draft.trigger.part and a.start < at]
    codes = (country(a.code) for a in reversed(before) if a.form != "adjective")
    return tuple(dict.fromkeys(code for code in codes if code))[:2][::-1]


def _event(document: Document, draft: EventDraft) -> Event:
    quote, trigger = draft.quote, draft.trigger
    return Event(
        id=event_id(document.article.id, trigger.part, trigger.start),
        article_id=document.article.id,
        type=draft.type,
        mode=draft.mode,
        status=draft.status,
        date=draft.date,
        sources=tuple(draft.sources),
        targets=tuple(draft.targets),
        place=replace(draft.place, role="event") if draft.place else None,
        attributed_to=draft.teller,
        quote=quote.text,
        part=quote.part,
        start=quote.start,
        end=quote.end,
        trigger=trigger,
        actor_mentions=tuple(draft.actor_mentions),
        contexts=draft.contexts,
        confidence=draft.confidence,
        reasons=tuple(draft.reasons),
        also=tuple(draft.also),
        attributes=draft.attributes,
    )


def _with_roles(
    places: Sequence[PlaceMention], events: Sequence[Event]
) -> tuple[PlaceMention, ...]:
    """The places, with role "event" for exactly those at which an event happens."""
    at = {(e.place.part, e.place.start) for e in events if e.place is not None}
    return tuple(
        replace(p, role="event")
        if (p.part, p.start) in at
        else (replace(p, role="mentioned") if p.role == "event" else p)
        for p in places
    )
