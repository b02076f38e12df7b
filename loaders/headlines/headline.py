"""The headline of each event of an article: candidates in order, and the first that passes.

Candidates are the title where the event is told in it, the clause of the sentence that tells the
act, the clause with who reports it at its end, the whole sentence, and the event's fields. Only the
sentences of told events are parsed; a language without a parser has the title and the fields.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from events import registry
from events.geography import place_name
from events.headline import MOST, from_fields, under
from events.model import ActorMention, DateSpan, Event
from loaders.headlines.checks import Draft, failed_check
from loaders.headlines.clause import Clause, clauses_of
from loaders.headlines.cutting import Span, cut
from loaders.headlines.naming import named
from loaders.headlines.telling import with_teller
from loaders.headlines.writing import capitalised, written
from loaders.text.document import Document
from loaders.text.models import parse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DATELINE = re.compile(r"^[A-ZÀ-Ý][^.:;!?\n]{1,60}? ?[–—-] (?=[A-ZÀ-Ý«“\"\d])")


@dataclass(frozen=True)
class Told:
    """An event with the parse of its sentence, and how many events the sentence tells. `skipped`:
    length of the dateline that the parse does not see."""

    event: Event
    doc: Doc | None
    lang: str
    dates: tuple[Span, ...]
    actors: Sequence[ActorMention]
    beside: int
    skipped: int


def with_headlines(
    document: Document,
    events: Sequence[Event],
    dates: Sequence[DateSpan],
    actors: Sequence[ActorMention],
) -> tuple[Event, ...]:
    """The events with their headlines, in the article's language."""
    lang = document.lang
    places = [(event.part, event.start) for event in events]
    beside = Counter(places)
    sentences = {place: event.quote for place, event in zip(places, events, strict=True)}
    skipped = {place: _dateline(text) for place, text in sentences.items()}
    parses = parse(lang, [sentences[place][skipped[place] :] for place in sentences])
    docs = dict(zip(sentences, parses, strict=True))
    return tuple(
        _with_headline(
            Told(
                event,
                docs[place],
                lang,
                _dates_in(event, dates, skipped[place]),
                actors,
                beside[place],
                skipped[place],
            )
        )
        for place, event in zip(places, events, strict=True)
    )


def _with_headline(told: Told) -> Event:
    drafts = (draft for draft in _drafts(told) if not failed_check(draft, told.event))
    found = next(drafts, None)
    text = found.text if found is not None else _of_fields(told.event, told.lang)
    return replace(told.event, headline=text, headline_lang=told.lang)


def _drafts(told: Told) -> Iterator[Draft]:
    """The candidates, the best first; each once more under the name of a party, where it names
    nobody."""
    event, lang = told.event, told.lang
    if event.part == "title":
        yield Draft(_trimmed(event.quote), lang)
    if told.doc is not None and event.part != "title":
        clauses = clauses_of(told.doc, _trigger(told), lang)
        of_clauses = [draft for clause in clauses for draft in _of_clause(clause, told)]
        whole = list(_whole(told, told.doc))
        yield from _named(
            [*whole, *of_clauses] if told.beside == 1 else [*of_clauses, *whole], told
        )
    yield from (Draft(_trimmed(m.text), lang) for m in event.also if m.part == "title")


def _named(drafts: Sequence[Draft], told: Told) -> Iterator[Draft]:
    yield from drafts
    code = next(iter((*told.event.sources, *told.event.targets)), "")
    if not code:
        return
    name = registry.name(code, told.lang)
    for draft in drafts:
        text = under(name, draft.text, told.lang)
        yield replace(draft, text=text, kicker=name)


def _whole(told: Told, doc: Doc) -> Iterator[Draft]:
    """The sentence as it is, and without the days told in it."""
    every = frozenset(token.i for token in doc)
    root = next((token for token in doc if token.head == token), doc[0])
    acts = frozenset(token.i for token in _trigger(told))
    whole = Clause(doc, root, root, every, acts)
    yield Draft(_trimmed(doc.text), told.lang, whole)
    dated = {i for i in every if any(a <= doc[i].idx < b for a, b in told.dates)}
    before = {i - 1 for i in dated if i and doc[i - 1].pos_ in ("ADP", "DET")}
    undated = replace(whole, kept=every - dated - before)
    if dated and before | dated != every:
        yield Draft(written(undated), told.lang, undated)


def _of_clause(clause: Clause, told: Told) -> Iterator[Draft]:
    """The clause, cut to what there is room for, with who reports it where that was left out."""
    subject = named(clause, told.event, told.actors, told.lang)
    if subject is None:
        return
    teller = with_teller(subject, told.lang)
    shorter = cut(subject, told.lang, told.dates, MOST - len(teller))
    if clause.teller is None or teller:
        yield Draft(f"{written(shorter)}{teller}", told.lang, shorter)


def _trigger(told: Told) -> list[Token]:
    """The tokens of the words that tell the act."""
    event, doc = told.event, told.doc
    assert doc is not None
    words = event.trigger
    start = (words.start if words else event.start) - event.start - told.skipped
    end = (words.end if words else event.end) - event.start - told.skipped
    return [t for t in doc if t.idx < end and t.idx + len(t) > start] or list(doc)


def _dates_in(event: Event, dates: Sequence[DateSpan], skipped: int) -> tuple[Span, ...]:
    """Offsets in the parsed sentence of the dates told in it."""
    inside = (d for d in dates if d.part == event.part and event.start <= d.start < event.end)
    return tuple((d.start - event.start - skipped, d.end - event.start - skipped) for d in inside)


def _dateline(text: str) -> int:
    """Length of "KYIV, May 18 - " before a sentence, 0 where there is none."""
    found = _DATELINE.match(text)
    return found.end() if found and low_share(found.group()) < 0.5 else 0


def low_share(text: str) -> float:
    """The share of words of a text that open with a small letter."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 2]
    return sum(word[0].islower() for word in words) / len(words) if words else 1.0


def _trimmed(text: str) -> str:
    """Without the full stop and the spaces around."""
    kept = " ".join(text.split()).strip()
    return capitalised(kept[:-1] if kept.endswith(".") and not kept.endswith("..") else kept)


def _of_fields(event: Event, lang: str) -> str:
    place = event.place.place if event.place is not None else None
    name = place_name(place.id, place.name, place.country, lang) if place is not None else ""
    parties = (event.sources, event.targets)
    return from_fields(event.type, event.status, parties, name, event.attributes, event.quote, lang)
