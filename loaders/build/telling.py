"""One sentence read: each trigger becomes a draft of an event or is left out with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from events.model import DateSpan, LeftOut, Mention, PlaceMention, Published
from loaders.build.attributes import attributes_of
from loaders.build.clauses import Clause
from loaders.build.commitments import content_heads, retyped
from loaders.build.dating import Dated, Running, date_of, keep_running, owners_of
from loaders.build.drafts import Draft
from loaders.build.idle import idle_reason
from loaders.build.lexicon import Lexicon
from loaders.build.mood import CONTENT, Voice
from loaders.build.parties import Party
from loaders.build.placing import place_of
from loaders.build.roles import Roles, roles_of
from loaders.build.syntax import children, link
from loaders.build.tellers import teller_of
from loaders.build.tokens import Words
from loaders.build.topics import VETO_AT, contexts_of, vetoes_of
from loaders.build.voice import voice_of

NO_PARTY = "no actor and no place"
NO_FORCE = "no armed force moves"
FORCES = frozenset({"military", "armed_group"})
WEAK = "the words have other meanings and no two parties stand beside them"
MENTIONED = "an act mentioned, not told"
DONE_TO_PLACE = frozenset({"ASSAULT", "COERCE", "PROTEST", "CONCEDE"})
HARM = frozenset({"ASSAULT"})
SPEECH_ACTS = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "SUPPORT"})


@dataclass(frozen=True)
class Reading:
    """All that is known of a sentence before its events are told."""

    words: Words
    lexicon: Lexicon
    clauses: list[Clause]
    parties: list[Party]
    dates: list[DateSpan]
    places: list[PlaceMention]
    published: Published
    running: Running
    field: str = ""  # sport or culture, where the whole article is about it


def read_sentence(reading: Reading) -> tuple[list[Draft], list[LeftOut]]:
    """(drafts in reading order, main clauses first; what was left out)."""
    owners = owners_of(reading.words, reading.dates, reading.clauses)
    content_of = content_heads(reading.clauses)
    names = [(p.mention.start, p.mention.end) for p in reading.parties if p.form == "name"]
    vetoes = vetoes_of(reading.words, reading.lexicon, names)
    contexts = contexts_of(reading.words, reading.lexicon)
    drafts: list[tuple[int, Draft]] = []
    omitted: list[LeftOut] = []
    for number, clause in enumerate(reading.clauses):
        voice = voice_of(clause, reading.words, reading.lexicon, content_of)
        voice, kind = retyped(clause, voice, reading.lexicon)
        reason = voice.left_out or _vetoed(clause, vetoes, reading.field)
        reason = reason or idle_reason(clause, reading.words, reading.dates, reading.lexicon)
        if reason:
            omitted.append(_omit(reading, clause, reason))
            continue
        roles = roles_of(clause, reading.words, reading.parties, reading.lexicon)
        acting = [p for p in roles.sources if p.is_place or not clause.parsed]
        speaking = {party.mention.start for party in acting}
        free = [p for p in reading.places if p.start not in speaking]
        place = place_of(
            clause,
            reading.clauses,
            reading.words,
            free,
            reading.lexicon,
            kind,
            reading.dates,
        )
        dated = date_of(
            number,
            clause,
            voice,
            _depth(clause) == 0 or voice.teller is not None,
            reading.dates,
            owners,
            reading.running,
            reading.words.sentence,
            reading.published,
        )
        sources, targets = _sides(clause, kind, roles, place)
        reason = _too_little(reading, clause, kind, roles, place, dated, vetoes)
        if voice.teller_kind == "accuse" and dated.how != "clause":
            reason = CONTENT
        if reason and not _definite(reading, clause) and not _both_sides(reading, clause):
            omitted.append(_omit(reading, clause, reason))
            continue
        draft = _draft(reading, clause, voice, kind, roles, place, dated, contexts)
        draft.sources, draft.targets = sources, targets
        draft.from_place = [*sources, *targets] != [*roles.source_codes, *roles.target_codes]
        draft.echo = reason
        draft.points_back = _points_back(reading, clause)
        draft.both_sides = _both_sides(reading, clause)
        draft.vetoes = sum(vetoes.values())
        drafts.append((_depth(clause), draft))
    for _, draft in drafts:
        keep_running(reading.running, reading.words.sentence, Dated(draft.date, draft.dated))
    return [draft for _, draft in sorted(drafts, key=lambda row: row[0])], omitted


def _vetoed(clause: Clause, vetoes: dict[str, int], article: str) -> str:
    told_by_noun = clause.noun is not None and clause.verb is None
    if article and (clause.match.trigger.weak or told_by_noun):
        return f"an article about {article}"
    for field, count in vetoes.items():
        if field != "nature" and (clause.match.trigger.weak or told_by_noun):
            return f"a sentence about {field}"
        if count >= VETO_AT:
            return f"a sentence about {field}"
    return ""


def _too_little(
    reading: Reading,
    clause: Clause,
    kind: str,
    roles: Roles,
    place: PlaceMention | None,
    dated: Dated,
    vetoes: dict[str, int],
) -> str:
    """Why a trigger with these parties is no event, or ""."""
    sides = bool(roles.sources) + bool(roles.targets)
    trigger = clause.match.trigger
    if "b" in trigger.marks and sides < 2:
        return NO_PARTY
    if "f" in trigger.marks and not _moves_a_force(reading, clause, roles):
        return NO_FORCE
    told_when = dated.how in ("clause", "sentence")
    enough = bool(sides and (told_when or place is not None))
    enough = enough or bool(roles.sources and _says_something(clause, kind))
    if trigger.weak and sides < 2 and not enough:
        return WEAK
    if not sides and place is None:
        return NO_PARTY
    if trigger.type in HARM and vetoes and not roles.sources:
        return f"a sentence about {next(iter(vetoes))}"
    if clause.noun is not None and clause.verb is None and sides < 2:
        headline = clause.match.head.token is not None and _is_root(clause)
        if not (sides and (dated.how == "clause" or headline)):
            return MENTIONED
    return ""


def _moves_a_force(reading: Reading, clause: Clause, roles: Roles) -> bool:
    """Whether troops move: as a party, or as the noun of the subject ("des chars russes")."""
    if any(p.kind in FORCES for p in roles.sources):
        return True
    force = reading.lexicon.roles.get("force", frozenset())
    own = children(clause.verb, "subject", "patient") if clause.verb is not None else []
    return bool(roles.sources) and any(token.lower_ in force for token in own)


def _sides(
    clause: Clause, kind: str, roles: Roles, place: PlaceMention | None
) -> tuple[list[str], list[str]]:
    """Codes of both sides; what is done to people in a place is done to those of its state."""
    sources, targets = roles.source_codes, roles.target_codes
    unnamed = kind == "PROTEST" and not sources and place is None
    if unnamed and not _has_agent_of_state(roles):
        sources = list(targets)  # "mourners marched through the Iraqi capital"
    home = place.place.country if place is not None and place.place is not None else ""
    if not home:
        return sources, targets
    if kind in DONE_TO_PLACE and not targets:
        targets = [home]
    if kind == "PROTEST" and not sources:
        sources = [home]
    return sources, targets


def _has_agent_of_state(roles: Roles) -> bool:
    """A protest at the government, the army or an organisation is not told of its doers."""
    told = ("government", "military", "organisation", "bloc", "company", "armed_group", "person")
    return any(party.kind in told for party in roles.targets)


def _is_root(clause: Clause) -> bool:
    """A noun that the whole sentence hangs on: a headline without a verb."""
    assert clause.noun is not None
    return link(clause.noun).kind == "root"


def _says_something(clause: Clause, kind: str) -> bool:
    """ "a averti que", "demanded the release": a speech act with its content, by one party."""
    if clause.verb is None or kind not in SPEECH_ACTS:
        return False
    return bool(children(clause.verb, "content", "infinitive", "object", "oblique"))


def _omit(reading: Reading, clause: Clause, reason: str) -> LeftOut:
    sentence = reading.words.sentence
    return LeftOut(reason, sentence.text, sentence.part, sentence.start, sentence.end)


def _draft(
    reading: Reading,
    clause: Clause,
    voice: Voice,
    kind: str,
    roles: Roles,
    place: PlaceMention | None,
    dated: Dated,
    contexts: tuple[str, ...],
) -> Draft:
    sentence, match = reading.words.sentence, clause.match
    parties = [*roles.sources, *roles.targets]
    begin, end = match.start - sentence.start, match.end - sentence.start
    return Draft(
        type=kind,
        mode=match.trigger.mode if kind == match.trigger.type else "",
        status=voice.status,
        sentence=sentence,
        trigger=Mention(sentence.part, match.start, match.end, sentence.text[begin:end]),
        sources=roles.source_codes,
        targets=roles.target_codes,
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
        by_order=any("order" in how for how in roles.how),
        main=_depth(clause) == 0,
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
    return bool(before & reading.lexicon.roles.get("definite", frozenset()))


def _points_back(reading: Reading, clause: Clause) -> bool:
    """Whether the act names nobody it is directed at: its object is definite, a pronoun or none."""
    if clause.verb is None:
        return False
    definite = reading.lexicon.roles.get("definite", frozenset())
    objects = children(clause.verb, "object")
    if not objects or clause.match.trigger.type == "THREATEN":
        return True
    for token in objects:
        determiners = {c.lower_.replace("’", "'") for c in token.children}
        if token.pos_ == "PRON" or determiners & definite:
            return clause.match.trigger.type != "ASSAULT"
    return False


def _both_sides(reading: Reading, clause: Clause) -> bool:
    """ "both sides", "les deux camps" after or before the act."""
    text = f" {' '.join(word.low for word in reading.words)} "
    return any(f" {phrase} " in text for phrase in reading.lexicon.roles.get("both", ()))


def _depth(clause: Clause) -> int:
    """0: the main clause or one joined to it; 1: any other."""
    token = clause.verb if clause.verb is not None else clause.noun
    if token is None:
        return 0
    for _ in range(12):
        step = link(token)
        if step.kind == "root" or step.head == token:
            return 0
        if step.kind in ("and", "aside") or (
            step.kind in ("object", "subject", "patient", "same") and clause.verb is None
        ):
            token = step.head
            continue
        return 1
    return 1
