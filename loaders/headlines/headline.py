"""The headline of each event of an article: candidates in order, and the first that passes.

Only the sentences of told events are parsed; where no candidate passes, the line is one of the
event's fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from events.certainty import is_sure_enough
from events.headline import MOST
from events.headline_fields import status_mark
from events.model import ActorMention, DateSpan, Event, Mention
from loaders.headlines.candidates import drafts
from loaders.headlines.checks import Draft, failed_check
from loaders.headlines.clause import Span
from loaders.headlines.day_phrases import give_back
from loaders.headlines.of_fields import of_fields
from loaders.headlines.parties import names_itself
from loaders.headlines.passage import passage
from loaders.headlines.persons import mark_persons
from loaders.headlines.short_names import shortened
from loaders.headlines.told import Told, trigger
from loaders.text.document import Document
from loaders.text.models import parse

_ALIKE = 0.6  # share of the words of the shorter of two lines


def with_headlines(
    document: Document,
    events: Sequence[Event],
    dates: Sequence[DateSpan],
    actors: Sequence[ActorMention],
) -> tuple[Event, ...]:
    """The events with their headlines, in the article's language; only the sentences of events
    that are sure enough to be shown are parsed."""
    passages = [passage(event, document.lang) for event in events]
    beside = Counter(passages)
    sure = [p for p, event in zip(passages, events, strict=True) if is_sure_enough(event)]
    parsed = list(dict.fromkeys(sure))
    docs = dict(zip(parsed, parse(document.lang, [p.text for p in parsed]), strict=True))
    for words, doc in docs.items():
        if doc is not None:
            mark_persons(doc, words, document)
            give_back(doc, _inside(words, dates))
    naming = [actor for actor in actors if names_itself(actor)]
    tolds = [
        Told(
            event,
            docs.get(words),
            document.lang,
            words.start,
            _inside(words, dates),
            _inside(words, naming),
            actors,
            beside[words] == 1,
        )
        for event, words in zip(events, passages, strict=True)
    ]
    return _each_with_its_own(tolds)


def _each_with_its_own(tolds: Sequence[Told]) -> tuple[Event, ...]:
    """The events with their headlines: of two with the same, the lighter, or that which is not sure
    enough to be shown, has another where a clause of its sentence or its fields give one."""

    def rank(number: int) -> tuple[bool, int]:
        event = tolds[number].event
        return not is_sure_enough(event), -event.weight

    made: dict[int, Event] = {}
    for number in sorted(range(len(tolds)), key=rank):
        taken = frozenset(event.headline for event in made.values())
        line = _line(tolds[number], taken)
        made[number] = replace(tolds[number].event, headline=line, headline_lang=tolds[number].lang)
    return tuple(made[number] for number in range(len(tolds)))


def _inside(words: Mention, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """Offsets in the passage of the mentions in it."""
    found = (m for m in mentions if m.part == words.part and words.start <= m.start < words.end)
    return tuple((m.start - words.start, m.end - words.start) for m in found)


def _line(told: Told, taken: frozenset[str]) -> str:
    """The event's line, another than those `taken` where there is one: of the fields only where
    they make a sentence ("Hamas issues a denial"), no list of nouns."""
    text = _of_drafts(told, taken)
    if text and not _stands(text, taken):
        return text
    of_event = _of_fields(told)
    return text if text and (_stands(of_event, taken) or ":" in of_event) else of_event


def _stands(line: str, taken: frozenset[str]) -> bool:
    """Whether a line, or a part of it, stands for another event."""
    told, others = line.casefold(), [other.casefold() for other in taken]
    return any(other in told or told in other for other in others if other)


def _of_drafts(told: Told, taken: frozenset[str]) -> str:
    """The first candidate that passes and is not taken, else one that is, else one that passes with
    its status behind it; "" where none does."""
    text = marked = ""
    for draft in (_fitting(replace(each, dates=told.dates)) for each in drafts(told)):
        if draft.beside and (marked or text):
            break
        failed = failed_check(draft, told.event)
        if not failed and (not text or _is_another(draft, taken)):
            text = draft.text
            if text not in taken or told.event.part == "title":
                break
        marked = marked or _marked(draft, told.event, failed)
    return text or marked


def _marked(draft: Draft, event: Event, failed: str) -> str:
    """The draft with the mark of its status behind it; "" where that is too long, or where the
    draft would fail whatever its status. failed: the check that it fails with it."""
    text = draft.text + status_mark(event.status, draft.lang)
    if len(text) > MOST:
        return ""
    if event.status != "reported":
        failed = failed_check(draft, replace(event, status="reported"))
    return "" if failed else text


def _is_another(draft: Draft, taken: frozenset[str]) -> bool:
    """Whether a clause of the act gives a line that no other event of the article has."""
    clause = draft.clause
    is_clause = clause is not None and clause.subject != clause.verb
    return is_clause and not any(_are_alike(draft.text, line) for line in taken)


def _are_alike(line: str, other: str) -> bool:
    """Whether most words of the shorter line stand in the other: one act in other words."""
    one, two = set(line.casefold().split()), set(other.casefold().split())
    return len(one & two) >= _ALIKE * min(len(one), len(two))


def _fitting(draft: Draft) -> Draft:
    """The draft, where it is too long with initials for the names of organisations."""
    if len(draft.text) <= MOST:
        return draft
    body, kicker = (shortened(text, draft.lang) for text in (draft.body, draft.kicker))
    return replace(draft, body=body, kicker=kicker)


def _of_fields(told: Told) -> str:
    words = trigger(told, told.doc) if told.doc is not None else ()
    return of_fields(told.event, words[:1], told.lang)
