"""Whether a trigger with its parties is a political event at all, and the event type that follows
from the source: police that storm a building do not protest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from events.model import PlaceMention
from events.ontology import EVENT_TYPES
from events.registry import actor
from loaders.acts.lexicon import Lexicon
from loaders.acts.topics import VETO_AT
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import children, link, objects, subjects
from loaders.linking.dating import Dated
from loaders.linking.parties import Party
from loaders.linking.sides import Sides

if TYPE_CHECKING:
    from spacy.tokens import Token

NO_PARTY = "no actor and no place"
NO_FORCE = "no armed force moves"
NOBODY = "nobody that a table knows takes part"
WEAK = "the words have other meanings and no two parties stand beside them"
MENTIONED = "an act mentioned, not told"
FORCES = frozenset({"military", "armed_group"})


def vetoed(clause: Clause, vetoes: dict[str, int], article: str) -> str:
    """Why a sentence (or article) about sport, culture or business tells no event, or ""."""
    told_by_noun = clause.noun is not None and clause.verb is None
    if article and (clause.match.trigger.weak or told_by_noun):
        return f"an article about {article}"
    for field, count in vetoes.items():
        if field != "nature" and (clause.match.trigger.weak or told_by_noun):
            return f"a sentence about {field}"
        if count >= VETO_AT:
            return f"a sentence about {field}"
    return ""


def is_match(clause: Clause, sides: Sides) -> bool:
    """Whether it is a sports match: a state as object of "beat" ("beat England")."""
    if clause.verb is None:
        return False
    beaten = objects(clause.verb)
    states = any(_is_team(p) and p.token in beaten for p in sides.targets)
    return states and (
        clause.match.trigger.known_mode.sport or any(_is_team(p) for p in sides.sources)
    )


def _is_team(party: Party) -> bool:
    return party.kind == "state" and party.form == "name"


def type_by_doer(event_type: str, clause: Clause, sides: Sides, lexicon: Lexicon) -> str:
    """The event type given the sources: army or police make a protest an act of force."""
    mode = clause.match.trigger.mode_as(event_type)
    if mode.army_as and _is_army(sides.sources):
        return mode.army_as  # "Russian soldiers arrived in Kazakhstan"
    if not mode.force_as:
        return event_type
    own = subjects(clause.verb)[0] if clause.verb is not None else []
    officers = lexicon.word_groups.get("officers", frozenset())
    armed = any(is_force(party) or _mentions_officers(party, officers) for party in sides.sources)
    state = mode.state_force and bool(sides.targets) and _is_state(sides.sources)
    if armed or state or any(token.lower_ in officers for token in own):
        return mode.force_as
    return event_type


def _is_army(parties: Sequence[Party]) -> bool:
    return bool(parties) and all(party.kind == "military" for party in parties)


def _mentions_officers(party: Party, officers: frozenset[str]) -> bool:
    """Whether the mention contains a word of `officers`: "a faction of the Turkish army"."""
    return bool(set(party.mention.text.lower().split()) & officers)


def is_force(party: Party) -> bool:
    """Whether a party is an army or an armed group, by its mention or in the actor registry."""
    return party.kind in FORCES or actor(party.code).kind in FORCES


def _is_state(parties: Sequence[Party]) -> bool:
    return any(party.kind in ("state", "government") and party.form == "name" for party in parties)


def too_little(
    clause: Clause,
    event_type: str,
    sides: Sides,
    place: PlaceMention | None,
    dated: Dated,
    vetoes: dict[str, int],
    lexicon: Lexicon,
) -> str:
    """Why a trigger with these parties is no event, or ""."""
    named = bool(sides.sources) + bool(sides.targets)
    trigger = clause.match.trigger
    if "b" in trigger.marks and named < 2:
        return NO_PARTY
    if clause.noun is not None and lexicon.says("according", link(clause.noun).preposition):
        return MENTIONED  # "selon les secours"
    if "f" in trigger.marks and not moves_a_force(clause, sides, lexicon):
        return NO_FORCE
    if trigger.weak and not _is_supported(clause, event_type, sides, place, dated, lexicon):
        return WEAK
    if not named and place is None:
        return NO_PARTY
    field = next((f for f in vetoes if f == "nature" or trigger.weak), "")
    if EVENT_TYPES[trigger.type].harm and field and not sides.sources:
        return f"a sentence about {field}"
    if named and _is_private(clause, event_type, sides, place, dated):
        return NOBODY
    if clause.noun is not None and clause.verb is None and named < 2:
        headline = clause.match.head.token is not None and _is_root(clause)
        if not (named and (dated.how == "clause" or headline)):
            return MENTIONED
    return ""


def _is_supported(
    clause: Clause,
    event_type: str,
    sides: Sides,
    place: PlaceMention | None,
    dated: Dated,
    lexicon: Lexicon,
) -> bool:
    """Whether an ambiguous (weak) trigger has enough support: both sides, one side with a date,
    place or content, or a crowd at a place."""
    named = bool(sides.sources) + bool(sides.targets)
    if named == 2 or (sides.sources and _says_something(clause, event_type)):
        return True
    told_when = dated.how in ("clause", "sentence")
    if named and (told_when or place is not None):
        return True
    return EVENT_TYPES[event_type].crowd and place is not None and _is_by_a_crowd(clause, lexicon)


def _is_by_a_crowd(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the subject is a crowd: "Thousands marched in London"."""
    own = children(clause.verb, "subject") if clause.verb is not None else []
    many = lexicon.word_groups.get("crowd", frozenset()) | lexicon.word_groups.get(
        "group", frozenset()
    )
    return any(token.lower_ in many or token.lower_ in lexicon.scale for token in own)


def _is_private(
    clause: Clause, event_type: str, sides: Sides, place: PlaceMention | None, dated: Dated
) -> bool:
    """Whether no public actor takes part: only unknown persons, with an ambiguous trigger, a
    speech act or no place and date, or only companies that say something."""
    both = (*sides.sources, *sides.targets)
    if all(party.code.startswith("X:") for party in both):
        bare = place is None and dated.how != "clause"
        return clause.match.trigger.weak or EVENT_TYPES[event_type].speech or bare
    firms = bool(sides.sources) and all(_is_firm(party) for party in sides.sources)
    return firms and EVENT_TYPES[event_type].verbal


def _is_firm(party: Party) -> bool:
    record = actor(party.code)
    return record.kind == "company" and not record.parent


def moves_a_force(clause: Clause, sides: Sides, lexicon: Lexicon) -> bool:
    """Whether the source is an armed force, or the subject noun is one ("des chars russes")."""
    if any(is_force(party) for party in sides.sources):
        return True
    force = lexicon.word_groups.get("force", frozenset())
    own = children(clause.verb, "subject", "patient") if clause.verb is not None else []
    return bool(sides.sources) and any(token.lower_ in force for token in own)


def _is_root(clause: Clause) -> bool:
    """Whether the noun is the root of the parse: a headline without a verb."""
    assert clause.noun is not None
    return link(clause.noun).kind == "root"


def _says_something(clause: Clause, event_type: str) -> bool:
    """Whether it is a speech act with its content: "a averti que", "demanded the release"."""
    if clause.verb is None or not EVENT_TYPES[event_type].speech:
        return False
    return bool(_content(clause.verb))


def _content(verb: Token) -> list[Token]:
    return children(verb, "content", "infinitive", "object", "oblique")
