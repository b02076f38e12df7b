"""Candidates that are words of the sentence as they stand, under the name of a party."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from events.headline import capitalised
from events.headline_fields import LIKELY
from events.wording import quoted as quoted_words
from loaders.headlines.checks import LEAST, LEAST_WORDS, Draft, says_who
from loaders.headlines.clause import top_of
from loaders.headlines.cutting import cut
from loaders.headlines.excerpt import Cutout, excerpt, fragment, noun_phrase
from loaders.headlines.nominal import nominal
from loaders.headlines.parse_tree import is_passive
from loaders.headlines.parties import as_subject, is_of, names_itself
from loaders.headlines.told import Told, has_a_name, room_under, rooms, trigger
from loaders.headlines.word_lists import (
    holds,
    is_personal_object,
    may_open,
    may_stand_below,
)
from loaders.headlines.writing import written

if TYPE_CHECKING:
    from spacy.tokens import Doc

SHORT_PHRASE = 2  # words of a phrase of a noun that stands under the name of a party


def of_parts(told: Told, doc: Doc, kicker: str, strict: bool = True) -> Iterator[Draft]:
    """Parts of the sentence with a subject and its verb, with and without room for the mark of the
    status, under the name of a party where they name nobody."""
    cutout = Cutout(doc, trigger(told, doc), told.lang, told.event.status, strict)
    for room in rooms(told):
        whole = (part for part in excerpt(cutout, room) if not _leaves_open(part, told, doc))
        alone = (part for part in whole if has_a_name(part, told))
        part = next((each for each in alone if may_open(each, told.lang)), "")
        if part:
            yield Draft(part, told.lang)
            continue
        below = excerpt(cutout, room_under(kicker, told, room))
        part = next((each for each in below if may_stand_below(each, told.lang)), "")
        if part and kicker and not _leaves_open(part, told, doc):
            yield Draft(part, told.lang, kicker=kicker)


def _leaves_open(part: str, told: Told, doc: Doc) -> bool:
    """Whether whom the act is done to stands elsewhere: "killed him"."""
    words = {*part.split()}
    return any(is_personal_object(t, told.lang) and str(t.text) in words for t in doc)


def of_quotes(told: Told, doc: Doc, kicker: str) -> Iterator[Draft]:
    """Parts of the sentence that open as no headline does, with a pronoun, quoted."""
    cutout = Cutout(doc, trigger(told, doc), told.lang, told.event.status)
    for room in rooms(told):
        for part in islice(excerpt(cutout, room_under(kicker, told, room)), 1):
            opens_it = doc.text.startswith(capitalised(part)[:LEAST])
            words = capitalised(part) if opens_it else part
            yield Draft(quoted_words(words, told.lang), told.lang, kicker=kicker)


def of_phrase(told: Told, doc: Doc, kicker: str, strict: bool = True) -> Iterator[Draft]:
    """The noun of the act with what stands around it, under the name of a party."""
    cutout = Cutout(doc, trigger(told, doc), told.lang, told.event.status, strict)
    for room in rooms(told):
        phrase = noun_phrase(cutout, room_under(kicker, told, room))
        if phrase:
            yield Draft(phrase, told.lang, kicker="" if has_its_name(phrase, told) else kicker)


def of_noun(told: Told, doc: Doc, kicker: str, strict: bool = True) -> Iterator[Draft]:
    """A short phrase of a noun under the name of a party: "Syria: revolt against the regime"."""
    told_by, status = trigger(told, doc), told.event.status
    for phrase in nominal(doc, told_by, told.lang, status, SHORT_PHRASE, strict):
        shorter = cut(phrase, told.lang, told.dates, room_under(kicker, told))
        body = written(shorter)
        body = body[:1].lower() + body[1:]
        draft = Draft(body, told.lang, shorter, names=told.names)
        yield draft if says_who(draft, told.event) else replace(draft, kicker=kicker)


def of_verb(told: Told, doc: Doc, strict: bool = True) -> Iterator[Draft]:
    """The verb of the act with what it needs, behind the name of the only party that does it, for a
    subject that is a pronoun or stands elsewhere."""
    event, verb = told.event, top_of(trigger(told, doc))
    sure = dict(event.certainty).get("sources", 1.0) >= LIKELY and not is_passive(verb)
    subject = as_subject(event.sources[0], verb, told.lang) if len(event.sources) == 1 else ""
    cutout = Cutout(doc, trigger(told, doc), told.lang, event.status, strict)
    for room in rooms(told) if subject and sure else ():
        part = fragment(cutout, room - len(subject) - 1)
        is_bare = not part or _is_a_day(part, told) or _leaves_open(part, told, doc)
        if not is_bare and part[0].islower():
            yield Draft(f"{subject} {part}", told.lang)


def has_its_name(part: str, told: Told) -> bool:
    """Whether a part of the sentence names the party that stands before others as its kicker."""
    code = next(iter((*told.event.sources, *told.event.targets)), "")
    named = (a for a in told.actors if names_itself(a) and is_of(a.code, code))
    return any(holds(part, actor.text) for actor in named)


def _is_a_day(part: str, told: Told) -> bool:
    """Whether a part says hardly more than a day: "sentenced on 30 December"."""
    assert told.doc is not None
    for start, end in told.dates:
        part = part.replace(told.doc.text[start:end], "")
    return len(part.split()) < LEAST_WORDS
