"""The candidates for the headline of an event, the best first.

The title where the event is told in it, the sentence, the clause that tells the act, the clause
with who reports it at its end, words of the sentence (pieces.py). A language without a parser has
the title alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from events.headline import MOST
from loaders.headlines.checks import LEAST_WORDS, Draft, cuts, says_who
from loaders.headlines.clause import Clause, Span, clauses_of, has_a_proper_name, main_clauses
from loaders.headlines.core import core
from loaders.headlines.cutting import cut
from loaders.headlines.cutting_rules import FOR_ROOM, LAST, Rule
from loaders.headlines.excerpt import segments
from loaders.headlines.firm import protected
from loaders.headlines.naming import by_name, named, with_objects, without_pointing
from loaders.headlines.nominal import nominal, participial
from loaders.headlines.parse_tree import is_verb, low, needs, subject, subtrees
from loaders.headlines.parties import kicker_of, names_its_doer, whole
from loaders.headlines.passage import trimmed
from loaders.headlines.pieces import has_its_name, of_noun, of_parts, of_phrase, of_quotes, of_verb
from loaders.headlines.telling import only_says, quoted, reports, with_teller
from loaders.headlines.told import Told, has_a_name, room_under, trigger
from loaders.headlines.word_lists import OBJECTS, listed
from loaders.headlines.writing import written

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_CUTS_OF_A_CORE = 1


def drafts(told: Told) -> Iterator[Draft]:
    """The candidates, the best first."""
    event, lang = told.event, told.lang
    if event.part == "title":
        yield Draft(trimmed(event.quote), lang)
    elif told.doc is not None and told.alone:
        yield from _whole(told, told.doc)
    titles = (m for m in event.also if m.part == "title" and names_its_doer(m, event, told.actors))
    yield from (Draft(trimmed(title.text), lang) for title in titles)
    if told.doc is not None:
        kicker = kicker_of(event, lang)
        yield from _of_sentence(told, told.doc, kicker)
        yield from _of_words(told, told.doc, kicker)


def _of_sentence(told: Told, doc: Doc, kicker: str) -> Iterator[Draft]:
    """Clauses of the act and the whole, each once more under the name of a party where it names
    nobody; those of plain saying once more without who says it."""
    found = clauses_of(doc, trigger(told, doc), told.lang)
    clauses = [*found, *(each for clause in found if (each := by_name(clause, told.lang)))]
    whole = list(_whole(told, doc))
    for name in _names(kicker):
        room = room_under(name, told)
        of_clauses = (draft for c in clauses for draft in _of_clause(c, told, room))
        ordered = chain(whole, of_clauses) if told.alone else chain(of_clauses, whole)
        yield from (_under(name, draft, told) for draft in ordered)
    yield from _shortest(told, doc, clauses, kicker)
    yield from _silent(told, clauses, kicker)
    if told.event.status == "reported":
        yield from _segments(told, doc, kicker)


def _names(kicker: str) -> tuple[str, ...]:
    return ("", kicker) if kicker else ("",)


def _segments(told: Told, doc: Doc, kicker: str) -> Iterator[Draft]:
    """The part of the sentence around the act between its commas and conjunctions."""
    for text in segments(doc, trigger(told, doc), told.lang):
        draft = Draft(text.rstrip(". "), told.lang)
        is_named = has_a_name(text, told) or not kicker
        yield draft if is_named else replace(draft, kicker=kicker)


def _silent(told: Told, clauses: Sequence[Clause], kicker: str) -> Iterator[Draft]:
    """Clauses of what others than the parties plainly say, without who says it."""
    for clause in clauses if told.event.status == "reported" else ():
        tellers = [c for c in clause.verb.children if c.dep_ == "parataxis"]
        tellers += [clause.teller] if clause.teller is not None else []
        sources = [c for c in clause.verb.children if _is_source(c, told.lang)]
        if any(_tells_of_itself(teller, told) for teller in tellers):
            continue
        if not (tellers or sources) or any(_is_of_a_party(source, told) for source in sources):
            continue
        said = subtrees([*(t for t in tellers if t != clause.teller), *sources])
        alone = replace(clause, teller=None, kept=clause.kept - said)
        for name in _names(kicker):
            for draft in _of_clause(alone, told, room_under(name, told)):
                yield _under(name, draft, told)


def _tells_of_itself(teller: Token, told: Told) -> bool:
    """Whether who reports a clause may be one of its parties, or does more than say it."""
    own = subject(teller)
    if own is None or own.pos_ == "PRON" or not only_says(teller, told.lang):
        return True
    return _is_of_a_party(own, told)


def _is_source(phrase: Token, lang: str) -> bool:
    """Whether a phrase plainly tells from whom it is known: "according to residents"."""
    sources = listed(lang, "attribution") & listed(lang, "plain")
    return low(phrase.left_edge) in sources and not is_verb(phrase)


def _is_of_a_party(phrase: Token, told: Told) -> bool:
    """Whether a phrase names a party of the event."""
    parties = {whole(code) for code in (*told.event.sources, *told.event.targets)}
    edges = phrase.left_edge.idx + told.start, phrase.right_edge.idx + told.start
    named = (a for a in told.actors if a.part == told.event.part)
    return any(edges[0] <= a.start <= edges[1] and whole(a.code) in parties for a in named)


def _of_words(told: Told, doc: Doc, kicker: str) -> Iterator[Draft]:
    """Words of the sentence under the name of a party, the noun of the act, and where nothing
    tells the act, what the sentence is built on."""
    for strict in (True, False):
        yield from of_parts(told, doc, kicker, strict)
        yield from of_verb(told, doc, strict)
        for phrase in participial(doc, trigger(told, doc), told.lang, told.event.status, strict):
            for name in _names(kicker):
                short = cut(phrase, told.lang, told.dates, room_under(name, told))
                yield _under(name, Draft(written(short), told.lang, short, names=told.names), told)
    for phrase in nominal(doc, trigger(told, doc), told.lang, told.event.status):
        short = cut(phrase, told.lang, told.dates, MOST)
        if len(short.kept) < LEAST_WORDS:
            continue
        draft = Draft(written(short), told.lang, short, names=told.names)
        yield draft if not kicker or has_its_name(draft.body, told) else _headed(kicker, draft)
    if kicker:
        yield from (
            d for d in of_noun(told, doc, kicker) if d.clause and has_a_proper_name(d.clause)
        )
    yield from (replace(draft, beside=True) for draft in _beside(told, doc, kicker))
    if kicker:
        for strict in (True, False):
            yield from of_noun(told, doc, kicker, strict)
            yield from of_phrase(told, doc, kicker, strict)
        yield from of_quotes(told, doc, kicker)


def _beside(told: Told, doc: Doc, kicker: str) -> Iterator[Draft]:
    """What is told beside an act: the clause that its sentence is built on."""
    yield from _segments(told, doc, kicker)
    for clause in main_clauses(doc, trigger(told, doc)):
        is_empty = reports(clause.verb, told.lang) and not needs(clause.verb)
        is_empty |= low(clause.subject) in listed(told.lang, "speakers")
        sides = (clause.subject, *(c for c in clause.verb.children if c.dep_ in OBJECTS))
        is_empty |= not any(_is_of_a_party(side, told) for side in sides)
        every = () if is_empty else (clause, by_name(clause, told.lang))
        for each in (one for one in every if one is not None):
            for name in _names(kicker):
                room = room_under(name, told)
                lines = _of_clause(each, told, room, (*FOR_ROOM, *LAST))
                built = core(each, protected(each, told.lang))
                if cuts(built) <= MOST_CUTS_OF_A_CORE:
                    lines = chain(lines, _of_clause(built, told, room))
                yield from (_under(name, draft, told) for draft in lines)


def _shortest(told: Told, doc: Doc, clauses: Sequence[Clause], kicker: str) -> Iterator[Draft]:
    """Clauses of the act itself that every other cut leaves too long."""
    words = trigger(told, doc)
    own = [clause for clause in clauses if clause.verb in words]
    yield from (draft for c in own for draft in _of_clause(c, told, MOST, (*FOR_ROOM, *LAST)))
    for name in _names(kicker):
        room = room_under(name, told)
        built = (core(clause, protected(clause, told.lang)) for clause in own)
        for short in (clause for clause in built if cuts(clause) <= MOST_CUTS_OF_A_CORE):
            yield from (_under(name, draft, told) for draft in _of_clause(short, told, room))


def _under(name: str, draft: Draft, told: Told) -> Draft:
    """The draft with the name as its kicker, where it names nobody itself."""
    if not name or says_who(replace(draft, dates=told.dates), told.event):
        return draft
    return _headed(name, draft)


def _headed(name: str, draft: Draft) -> Draft:
    """The draft under the name."""
    body, clause = draft.body, draft.clause
    if clause is not None and clause.doc[min(clause.kept)].pos_ != "PROPN":
        body = body[:1].lower() + body[1:]
    return replace(draft, kicker=name, body=body)


def _whole(told: Told, doc: Doc) -> Iterator[Draft]:
    """The sentence as it is, and without the days told in it."""
    every = frozenset(token.i for token in doc)
    root = next((token for token in doc if token.head == token), doc[0])
    acts = frozenset(token.i for token in trigger(told, doc))
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
    known = with_objects(without_pointing(known, told.lang), told.lang)
    shorter = cut(known, told.lang, told.dates, room)
    speaker, speech = quoted(known, written(shorter), told.lang)
    speaker = speaker or kicker_of(told.event, told.lang)
    if speech and speaker:
        as_named = replace(known, instead={**known.instead, known.subject.i: speaker})
        yield Draft(speech, told.lang, as_named, speaker, told.names)
        return
    teller = with_teller(known, told.lang)
    if teller or rules is not FOR_ROOM:
        shorter = cut(known, told.lang, told.dates, room - len(teller), rules)
    if clause.teller is None or teller:
        yield Draft(f"{written(shorter)}{teller}", told.lang, shorter, names=told.names)
