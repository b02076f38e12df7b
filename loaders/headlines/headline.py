"""The headline of each event of an article: candidates in order, and the first that passes.

Candidates are the title where the event is told in it, the clause of the sentence that tells the
act, the clause with who reports it at its end, the whole sentence, and the event's fields. Only the
sentences of told events are parsed; a language without a parser has the title and the fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from events.certainty import is_sure_enough
from events.headline import MOST, under
from events.headline_fields import status_mark
from events.model import ActorMention, DateSpan, Event, Mention
from events.wording import quoted as quoted_words
from loaders.headlines.checks import LEAST_WORDS, Draft, cuts, failed_check, says_who
from loaders.headlines.clause import Clause, Span, clauses_of, top_of
from loaders.headlines.core import core
from loaders.headlines.cutting import FOR_ROOM, LAST, Rule, cut, protected
from loaders.headlines.excerpt import Cutout, excerpt, fragment, noun_phrase
from loaders.headlines.naming import named, without_pointing
from loaders.headlines.nominal import nominal
from loaders.headlines.of_fields import of_fields
from loaders.headlines.parse_tree import is_passive, low, subject
from loaders.headlines.parties import as_subject, is_of, kicker_of, names_itself, whole
from loaders.headlines.passage import passage, trimmed
from loaders.headlines.persons import mark_persons
from loaders.headlines.telling import quoted, with_teller
from loaders.headlines.word_lists import holds, listed, opens_with
from loaders.headlines.writing import written
from loaders.text.document import Document
from loaders.text.models import parse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_CUTS_OF_A_CORE = 1
SHORT_PHRASE = 2  # words of a phrase of a noun that stands under the name of a party


@dataclass(frozen=True)
class Told:
    """An event with the parse of its passage, which begins at `start` of the part. `dates`,
    `names`: offsets in the passage; `alone`: no other event is told in it."""

    event: Event
    doc: Doc | None
    lang: str
    start: int
    dates: tuple[Span, ...]
    names: tuple[Span, ...]
    actors: Sequence[ActorMention]
    alone: bool


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
    naming = [actor for actor in actors if names_itself(actor)]
    return _each_its_own(
        [
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
    )


def _each_its_own(told: Sequence[Told]) -> tuple[Event, ...]:
    """The events with their headlines, no line twice in an article where its fields tell another:
    the weightiest event has it, before those that are not sure enough to be shown. One sentence
    may tell an accusation and its denial."""

    def rank(number: int) -> tuple[bool, int, int]:
        event = told[number].event
        return not is_sure_enough(event), -event.weight, number

    ranked = sorted(range(len(told)), key=rank)
    found: dict[int, Event] = {}
    for number in ranked:
        taken = [event.headline for event in found.values()]
        found[number] = _with_headline(told[number], taken)
    return tuple(found[number] for number in range(len(told)))


def _inside(words: Mention, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """Offsets in the passage of the mentions in it."""
    found = (m for m in mentions if m.part == words.part and words.start <= m.start < words.end)
    return tuple((m.start - words.start, m.end - words.start) for m in found)


def _with_headline(told: Told, taken: Sequence[str] = ()) -> Event:
    """The event with its line, another one than those `taken`, where there is another."""
    text = _line(told, taken)
    return replace(told.event, headline=text, headline_lang=told.lang)


def _line(told: Told, taken: Sequence[str]) -> str:
    of_sentence = _of_drafts(told)
    if of_sentence and not _is_taken(of_sentence, taken):
        return of_sentence
    other = _of_fields(told)
    return other if not of_sentence or not _is_taken(other, taken) else of_sentence


def _is_taken(line: str, taken: Sequence[str]) -> bool:
    """Whether a line, or a part of it, stands for another event."""
    told, others = line.casefold(), [other.casefold() for other in taken]
    return any(other in told or told in other for other in others if other)


def _of_drafts(told: Told) -> str:
    """The first candidate that passes, else one that does with its status; "" where none does."""
    marked = ""  # what tells its status only with a mark
    for draft in (replace(each, dates=told.dates) for each in _drafts(told)):
        failed = failed_check(draft, told.event)
        if not failed:
            return draft.text
        with_mark = draft.text + status_mark(told.event.status, told.lang)
        is_good = failed_check(draft, replace(told.event, status="reported")) == ""
        if not marked and is_good and len(with_mark) <= MOST:
            marked = with_mark
    return marked


def _drafts(told: Told) -> Iterator[Draft]:
    """The candidates, the best first."""
    event, lang = told.event, told.lang
    if event.part == "title":
        yield Draft(trimmed(event.quote), lang)
    elif told.doc is not None and told.alone:
        yield from _whole(told, told.doc)
    titles = (m for m in event.also if m.part == "title" and _names_its_doer(m, told))
    yield from (Draft(trimmed(title.text), lang) for title in titles)
    if told.doc is not None:
        yield from _of_sentence(told, told.doc)
    kicker = kicker_of(event, lang)
    if told.doc is not None and kicker:
        yield from _of_words(told, told.doc, kicker)
        yield from _of_words(told, told.doc, kicker, strict=False)
        yield from _of_noun(told, told.doc, kicker, strict=False)
        yield from _of_parts(told, told.doc, kicker, back=True)


def _names_its_doer(title: Mention, told: Told) -> bool:
    """Whether a title that tells the event too names who acts: else it may tell another act."""
    parties = told.event.sources or told.event.targets
    here = [a for a in told.actors if a.part == title.part and title.start <= a.start < title.end]
    return bool({code for a in here for code in (a.code, whole(a.code))} & {*parties})


def _of_sentence(told: Told, doc: Doc) -> Iterator[Draft]:
    """Clauses and the whole, each once more under the name of a party where it names nobody."""
    clauses = clauses_of(doc, _trigger(told, doc), told.lang)
    kicker = kicker_of(told.event, told.lang)
    for name in ("", kicker) if kicker else ("",):
        room = MOST - len(under(name, "", told.lang)) if name else MOST
        of_clauses = [d for clause in clauses for d in _of_clause(clause, told, room)]
        whole = list(_whole(told, doc))
        ordered = [*whole, *of_clauses] if told.alone else [*of_clauses, *whole]
        yield from (_under(name, draft, told) for draft in ordered)
    for phrase in nominal(doc, _trigger(told, doc), told.lang, told.event.status):
        cut_phrase = cut(phrase, told.lang, told.dates, MOST)
        yield Draft(written(cut_phrase), told.lang, cut_phrase, names=told.names)
    yield from _shortest(told, doc, clauses, kicker)
    if kicker:
        yield from _of_noun(told, doc, kicker)
        yield from _of_parts(told, doc, kicker)


def _of_parts(told: Told, doc: Doc, kicker: str, back: bool = False) -> Iterator[Draft]:
    """Parts of the sentence, with and without room for the mark of the status; those that point
    `back` with a pronoun, or the others."""
    cutout = Cutout(doc, _trigger(told, doc), told.lang, told.event.status)
    for room in _rooms(told):
        part = excerpt(cutout, room - len(under(kicker, "", told.lang)))
        if opens_with(part, listed(told.lang, "pronouns")) == back:
            yield from _of_part(told, part, kicker)


def _rooms(told: Told) -> list[int]:
    """Characters of a headline without and with the mark of the status."""
    mark = status_mark(told.event.status, told.lang)
    return list(dict.fromkeys((MOST, MOST - len(mark))))


def _of_words(told: Told, doc: Doc, kicker: str, strict: bool = True) -> Iterator[Draft]:
    """The verb or the noun of the act with what stands around it, under the name of a party."""
    cutout = Cutout(doc, _trigger(told, doc), told.lang, told.event.status, strict)
    for room in _rooms(told):
        yield from _of_verb(told, cutout, room)
        phrase = noun_phrase(cutout, room - len(under(kicker, "", told.lang)))
        if phrase:
            yield Draft(phrase, told.lang, kicker="" if _has_its_name(phrase, told) else kicker)


def _of_part(told: Told, part: str, kicker: str) -> Iterator[Draft]:
    """A part of the sentence as it is, where it names somebody, else quoted under a name."""
    if _has_a_name(part, told):
        yield Draft(part, told.lang)
    if part:
        yield Draft(quoted_words(part, told.lang), told.lang, kicker=kicker)


def _has_its_name(part: str, told: Told) -> bool:
    """Whether a part of the sentence names the party that stands before others as its kicker."""
    code = next(iter((*told.event.sources, *told.event.targets)), "")
    named = (a for a in told.actors if names_itself(a) and is_of(a.code, code))
    return any(holds(part, actor.text) for actor in named)


def _has_a_name(part: str, told: Told) -> bool:
    """Whether a part of the sentence names a party."""
    assert told.doc is not None
    names = (told.doc.text[start:end] for start, end in told.names)
    return any(holds(part, name) for name in names)


def _of_verb(told: Told, cutout: Cutout, room: int) -> Iterator[Draft]:
    """The verb of the act with what it needs, quoted under the party that does it, or to which it
    is done where it is passive: it stands where its subject would."""
    verb = top_of(cutout.trigger)
    side = told.event.targets if is_passive(verb) else told.event.sources
    name = as_subject(side[0], verb, told.lang) if len(side) == 1 else ""
    part = fragment(cutout, room - len(under(name, "", told.lang))) if name else ""
    if part and not _is_a_day(part, told):
        yield Draft(quoted_words(part, told.lang), told.lang, kicker=name)


def _is_a_day(part: str, told: Told) -> bool:
    """Whether a part says hardly more than a day: "sentenced on 30 December"."""
    assert told.doc is not None
    for start, end in told.dates:
        part = part.replace(told.doc.text[start:end], "")
    return len(part.split()) < LEAST_WORDS


def _shortest(told: Told, doc: Doc, clauses: Sequence[Clause], kicker: str) -> Iterator[Draft]:
    """Clauses of the act itself that every other cut leaves too long."""
    trigger = _trigger(told, doc)
    own = [clause for clause in clauses if clause.verb in trigger]
    yield from (draft for c in own for draft in _of_clause(c, told, MOST, (*FOR_ROOM, *LAST)))
    for name in ("", kicker) if kicker else ("",):
        room = MOST - len(under(name, "", told.lang)) if name else MOST
        built = (core(clause, protected(clause, told.lang)) for clause in own)
        for short in (clause for clause in built if cuts(clause) <= MOST_CUTS_OF_A_CORE):
            yield from (_under(name, draft, told) for draft in _of_clause(short, told, room))


def _of_noun(told: Told, doc: Doc, kicker: str, strict: bool = True) -> Iterator[Draft]:
    """A short phrase of a noun under the name of a party: "Syria: revolt against the regime"."""
    told_by, status = _trigger(told, doc), told.event.status
    for phrase in nominal(doc, told_by, told.lang, status, SHORT_PHRASE, strict):
        shorter = cut(phrase, told.lang, told.dates, MOST - len(under(kicker, "", told.lang)))
        body = written(shorter)
        body = body[:1].lower() + body[1:]
        draft = Draft(body, told.lang, shorter, names=told.names)
        yield draft if says_who(draft, told.event) else replace(draft, kicker=kicker)


def _under(name: str, draft: Draft, told: Told) -> Draft:
    """The draft with the name as its kicker, where it names nobody itself."""
    if not name or says_who(replace(draft, dates=told.dates), told.event):
        return draft
    body, clause = draft.body, draft.clause
    if clause is not None and clause.doc[min(clause.kept)].pos_ != "PROPN":
        body = body[:1].lower() + body[1:]
    return replace(draft, kicker=name, body=body)


def _whole(told: Told, doc: Doc) -> Iterator[Draft]:
    """The sentence as it is, and without the days told in it."""
    every = frozenset(token.i for token in doc)
    root = next((token for token in doc if token.head == token), doc[0])
    acts = frozenset(token.i for token in _trigger(told, doc))
    whole = Clause(doc, root, subject(root) or root, every, acts)
    yield Draft(trimmed(doc.text), told.lang, whole, names=told.names)
    lasting = listed(told.lang, "lasting") | listed(told.lang, "tied")
    days = [span for span in told.dates if not _follows(doc, span, lasting)]
    dated = {i for i in every if any(a <= doc[i].idx < b for a, b in days)}
    parts = listed(told.lang, "day_parts")
    dated |= {i + 1 for i in dated if i + 1 in every and low(doc[i + 1]) in parts}
    before = {i - 1 for i in dated if i and doc[i - 1].pos_ in ("ADP", "DET")}
    undated = replace(whole, kept=every - dated - before)
    if dated and before | dated != every:
        yield Draft(written(undated), told.lang, undated, names=told.names)


def _follows(doc: Doc, span: Span, words: frozenset[str]) -> bool:
    """Whether one of the words stands right before a span, or opens it: "since March"."""
    first = next((token.i for token in doc if token.idx >= span[0]), 0)
    return any(low(doc[i]) in words for i in (first - 1, first) if i >= 0)


def _of_clause(
    clause: Clause, told: Told, room: int, rules: Sequence[Rule] = FOR_ROOM
) -> Iterator[Draft]:
    """The clause, cut to what there is room for, with who reports it where that was left out."""
    known = named(clause, told.event, told.start, told.actors, told.lang)
    if known is None:
        return
    known = without_pointing(known, told.lang)
    speaker, speech = quoted(known, written(cut(known, told.lang, told.dates, room)), told.lang)
    speaker = speaker or kicker_of(told.event, told.lang)
    if speech and speaker:
        as_named = replace(known, instead={**known.instead, known.subject.i: speaker})
        yield Draft(speech, told.lang, as_named, speaker, told.names)
        return
    teller = with_teller(known, told.lang)
    shorter = cut(known, told.lang, told.dates, room - len(teller), rules)
    if clause.teller is None or teller:
        yield Draft(f"{written(shorter)}{teller}", told.lang, shorter, names=told.names)


def _trigger(told: Told, doc: Doc) -> list[Token]:
    """The tokens of the words that tell the act."""
    words = told.event.trigger or told.event
    start, end = words.start - told.start, words.end - told.start
    return [t for t in doc if t.idx < end and t.idx + len(t) > start] or list(doc)


def _of_fields(told: Told) -> str:
    words = _trigger(told, told.doc) if told.doc is not None else ()
    return of_fields(told.event, words[:1], told.lang)
