"""Reads one sentence: each trigger becomes an event draft or is left out with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from events.model import Mention, PlaceMention
from events.ontology import EVENT_TYPES
from events.registry import country
from loaders.acts.attributes import attributes_of
from loaders.acts.commitments import content_heads, retyped
from loaders.acts.enough import NO_FORCE, is_match, too_little, type_by_doer, vetoed
from loaders.acts.idle import HISTORY, SCORE, idle_reason, is_old
from loaders.acts.lexicon import Lexicon
from loaders.acts.topics import contexts_of, vetoes_of
from loaders.acts.triggers import reread
from loaders.acts.voice import voice_of
from loaders.grammar.clauses import Clause, clause_of, depth_of
from loaders.grammar.mood import CONTENT, Voice
from loaders.grammar.syntax import children
from loaders.linking.aside import is_lonely
from loaders.linking.beside import acts_at_home
from loaders.linking.certainty import TIES
from loaders.linking.dating import Dated, date_of, keep_running, owners_of
from loaders.linking.drafts import EventDraft, Omitted
from loaders.linking.landing import is_wide
from loaders.linking.parties import Party
from loaders.linking.reading import Reading
from loaders.linking.roles_by_parse import sides_of
from loaders.linking.sides import Sides
from loaders.linking.tellers import teller_of
from loaders.linking.whereabouts import where

SURE = 0.5


def read_sentence(reading: Reading) -> tuple[list[EventDraft], list[Omitted]]:
    """(drafts in reading order, main clauses first; what was left out)."""
    about = _about(reading)
    drafts: list[tuple[int, EventDraft]] = []
    omitted: list[Omitted] = []
    for number, clause in enumerate(reading.clauses):
        told = _read_clause(reading, about, number, clause)
        if isinstance(told, EventDraft):
            drafts.append((depth_of(clause), told))
        else:
            omitted.append(_omit(reading, clause, told))
    for _, draft in drafts:
        keep_running(reading.running, reading.words.sentence, Dated(draft.date, draft.dated))
    return [draft for _, draft in sorted(drafts, key=lambda row: row[0])], omitted


@dataclass(frozen=True)
class _About:
    """What holds for all clauses of a sentence. `match`: a state is beaten, as in sport."""

    owners: dict[int, list[int]]
    content_of: dict[int, str]
    vetoes: dict[str, int]
    contexts: tuple[str, ...]
    match: bool


def _about(reading: Reading) -> _About:
    words, lexicon, parties = reading.words, reading.lexicon, reading.parties
    names = [(p.mention.start, p.mention.end) for p in parties if p.form == "name"]
    return _About(
        owners_of(words, reading.dates, reading.clauses),
        content_heads(reading.clauses),
        vetoes_of(words, lexicon, names),
        contexts_of(words, lexicon),
        any(
            is_match(clause, sides_of(clause, words, parties, lexicon))
            for clause in reading.clauses
            if _is_contest(clause, lexicon)
        ),
    )


def _is_contest(clause: Clause, lexicon: Lexicon) -> bool:
    word = clause.match.found[0]
    group = lexicon.word_groups.get("contest", frozenset())
    return clause.match.trigger.known_mode.sport or word.lemma in group or word.low in group


def _read_clause(reading: Reading, about: _About, number: int, clause: Clause) -> EventDraft | str:
    """The draft of one clause, or the reason why it tells no event."""
    words, lexicon = reading.words, reading.lexicon
    voice = voice_of(clause, words, lexicon, about.content_of)
    voice, event_type = retyped(clause, voice, lexicon)
    reason = voice.left_out or vetoed(clause, about.vetoes, reading.field)
    reason = reason or (SCORE if about.match else "")
    reason = reason or idle_reason(clause, words, reading.dates, reading.parties, lexicon)
    if reason:
        return reason
    sides = sides_of(clause, words, reading.parties, lexicon)
    event_type = type_by_doer(event_type, clause, sides, lexicon)
    acting = [p for p in sides.sources if p.is_place or not clause.parsed]
    speaking = {party.mention.start for party in acting}
    sentence = words.sentence
    here = [
        p
        for p in reading.places
        if p.part == sentence.part and sentence.start <= p.start < sentence.end
    ]
    other = [
        p for p in here if p.start not in speaking or acts_at_home(words, p, lexicon, event_type)
    ]
    free = [p for p in other if not _is_owner(p, reading) and not is_lonely(p, _named(p, reading))]
    teller = teller_of(words, clause, voice, reading.parties, lexicon)
    place = where(clause, event_type, reading, free, sides, teller)
    main = depth_of(clause) == 0 or voice.teller is not None
    dated = date_of(
        number,
        clause,
        voice,
        main,
        reading.dates,
        about.owners,
        reading.running,
        words.sentence,
        reading.published,
    )
    reason = too_little(clause, event_type, sides, place, dated, about.vetoes, lexicon)
    if dated.date is not None and is_old(dated.date):
        return HISTORY
    if reason == NO_FORCE and (again := reread(clause.match, words, lexicon)) is not None:
        return _read_clause(reading, about, number, clause_of(again, lexicon))
    if voice.teller_kind == "accuse" and dated.how != "clause":
        reason = CONTENT
    if reason and not _definite(reading, clause) and not _both_sides(reading, clause):
        return reason
    draft = _draft(reading, clause, voice, event_type, sides, place, dated, about.contexts)
    draft.sources, draft.targets = _sides(clause, event_type, sides, place)
    taken = [*draft.sources, *draft.targets] != [*sides.source_codes, *sides.target_codes]
    draft.from_place, draft.echo = taken, reason
    draft.points_back = _points_back(reading, clause)
    draft.both_sides = _both_sides(reading, clause)
    draft.vetoes = sum(about.vetoes.values())
    return draft


def _named(place: PlaceMention, reading: Reading) -> frozenset[str]:
    """Countries that speak for a place: of the other places of the article, of the parties."""
    own = place.place.country if place.place is not None else ""
    others = (code for code, times in reading.named.items() if times > (code == own))
    # an agent without a state of its own was given the one of the place
    sure = (p for p in reading.parties if getattr(p.mention, "confidence", 0.0) >= SURE)
    parties = (country(party.code) for party in sure if not party.is_place)
    return frozenset(others) | frozenset(parties)


def _is_owner(place: PlaceMention, reading: Reading) -> bool:
    """ "the embassy of Mexico in Quito", "the army of Mali": the state that an agent belongs to is
    no place; "people in Paris" and "Hong Kong's legislature" are at one."""
    words, groups = reading.words, reading.lexicon.word_groups
    covered = words.at(place.start, place.end)
    before = words[max(0, covered[0].i - 2) : covered[0].i] if covered else ()
    if any(word.low in groups.get("place", ()) for word in before):
        return False
    wide = is_wide(place)
    for party in reading.parties:
        mention = party.mention
        longer = mention.end - mention.start > place.end - place.start
        inside = mention.start <= place.start and place.end <= mention.end
        if inside and longer and party.kind in ("armed_group", "organisation", "bloc"):
            return True  # "Islamic State of Iraq and the Levant"
        if party.form not in ("agent", "office") or not inside:
            continue
        mission = set(mention.text.lower().split()) & groups.get("missions", frozenset())
        if wide or mission or party.kind in ("military", "person"):
            return True
    return False


def _sides(
    clause: Clause, event_type: str, sides: Sides, place: PlaceMention | None
) -> tuple[list[str], list[str]]:
    """Codes of both sides; what is done to people in a place is done to those of its state."""
    sources, targets = sides.source_codes, sides.target_codes
    known = EVENT_TYPES[event_type]
    unnamed = known.crowd and not sources and place is None
    if unnamed and not _has_agent_of_state(sides):
        sources = list(targets)  # "mourners marched through the Iraqi capital"
    home = place.place.country if place is not None and place.place is not None else ""
    if place is not None and TIES["home"] in place.reasons:
        return sources, targets  # the place comes from the source
    if not home:
        return sources, targets
    if known.done_to_place and not targets:
        targets = [home]
    by_place = known.done_by_place or clause.match.trigger.mode_as(event_type).done_by_place
    if by_place and not sources:
        sources = [home]
    return sources, targets


def _has_agent_of_state(sides: Sides) -> bool:
    """A protest at the government, the army or an organisation is not told of its doers."""
    told = ("government", "military", "organisation", "bloc", "company", "armed_group", "person")
    return any(party.kind in told for party in sides.targets)


def _omit(reading: Reading, clause: Clause, reason: str) -> Omitted:
    trigger = _trigger(reading, clause)
    return Omitted(clause.match.trigger.type, trigger, reason, reading.words.sentence)


def _trigger(reading: Reading, clause: Clause) -> Mention:
    """The words of the act."""
    sentence, match = reading.words.sentence, clause.match
    begin, end = match.start - sentence.start, match.end - sentence.start
    return Mention(sentence.part, match.start, match.end, sentence.text[begin:end])


def _draft(
    reading: Reading,
    clause: Clause,
    voice: Voice,
    event_type: str,
    sides: Sides,
    place: PlaceMention | None,
    dated: Dated,
    contexts: tuple[str, ...],
) -> EventDraft:
    sentence, match = reading.words.sentence, clause.match
    parties = [*sides.sources, *sides.targets]
    return EventDraft(
        type=event_type,
        mode=match.trigger.mode if event_type == match.trigger.type else "",
        status=voice.status,
        sentence=sentence,
        trigger=_trigger(reading, clause),
        sources=sides.source_codes,
        targets=sides.target_codes,
        actor_mentions=[_plain(p.mention) for p in parties],
        date=dated.date,
        dated=dated.how,
        place=place,
        teller=teller_of(reading.words, clause, voice, reading.parties, reading.lexicon),
        contexts=contexts,
        attributes=attributes_of(reading.words, reading.lexicon),
        weak=match.trigger.weak,
        nominal=clause.noun is not None,
        definite=_definite(reading, clause),
        parsed=clause.parsed,
        unknown=_nobody_known(parties),
        by_order=any("order" in how for how in sides.how),
        main=depth_of(clause) == 0,
    )


def _nobody_known(parties: list[Party]) -> bool:
    """Whether a party is known by its own words alone ("X:" codes)."""
    return any(party.code.startswith("X:") for party in parties)


def _plain(mention: Mention) -> Mention:
    return Mention(mention.part, mention.start, mention.end, mention.text)


def _definite(reading: Reading, clause: Clause) -> bool:
    """Whether a noun points back: "this attack", "the attack"; a light verb tells it anew."""
    if clause.noun is None or clause.light:
        return False
    at = clause.match.found[0].i
    before = {word.low for word in reading.words[max(0, at - 2) : at]}
    return bool(before & reading.lexicon.word_groups.get("definite", frozenset()))


def _points_back(reading: Reading, clause: Clause) -> bool:
    """Whether the act names nobody it is directed at: its object is definite, a pronoun or none."""
    if clause.verb is None:
        return False
    definite = reading.lexicon.word_groups.get("definite", frozenset())
    known = EVENT_TYPES[clause.match.trigger.type]
    objects = children(clause.verb, "object")
    if not objects or known.object_is_content:
        return True
    for token in objects:
        determiners = {c.lower_.replace("’", "'") for c in token.children}
        if token.pos_ == "PRON" or determiners & definite:
            return not known.harm
    return False


def _both_sides(reading: Reading, clause: Clause) -> bool:
    """ "both sides", "les deux camps" after or before the act."""
    text = f" {' '.join(word.low for word in reading.words)} "
    return any(f" {phrase} " in text for phrase in reading.lexicon.word_groups.get("both", ()))
