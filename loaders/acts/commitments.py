"""Acts inside the content of speech acts, and announced acts that PLOVER codes as commitments.

PLOVER codes "said it will release prisoners" as AGREE and "said it will bomb" as THREATEN: the
event is the announcement. A plan that nobody announces keeps its type, with status planned.
"""

from __future__ import annotations

from dataclasses import replace

from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.mood import NEGATED, Voice
from loaders.grammar.syntax import children, subjects


def content_heads(clauses: list[Clause]) -> dict[int, str]:
    """Token index -> event type, for acts whose content ("asked to withdraw") is no own event."""
    heads: dict[int, str] = {}
    for clause in clauses:
        if EVENT_TYPES[clause.match.trigger.type].has_content:
            for token in (clause.verb, clause.noun):
                if token is not None:
                    heads[token.i] = clause.match.trigger.type
    return heads


def _by_crowd(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether demonstrators are the subject: what they storm or block is then a protest."""
    if clause.verb is None:
        return False
    crowd = lexicon.word_groups.get("crowd", frozenset())
    return any(token.lower_ in crowd for token in subjects(clause.verb)[0])


def _hostile(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether the content of a vow is an act of war, revenge or punishment."""
    if clause.verb is None:
        return False
    hostile = lexicon.word_groups.get("hostile", frozenset())
    content = children(clause.verb, "content", "infinitive", "adverbial", "object")
    told = [t for t in content if not any(c.dep_ == "neg" for c in t.children)]
    return any(t.lower_ in hostile or t.lemma_.lower() in hostile for t in told)


def retyped(clause: Clause, voice: Voice, lexicon: Lexicon) -> tuple[Voice, str]:
    """(voice, event type): an announced future act takes the type of its announcement."""
    known = EVENT_TYPES[clause.match.trigger.type]
    if known.crowd_as and _by_crowd(clause, lexicon):
        known = EVENT_TYPES[known.crowd_as]
    if known.hostile_as and _hostile(clause, lexicon):
        return voice, known.hostile_as  # "vowed to avenge the dead"
    if voice.left_out == NEGATED and voice.future and known.refused_as:
        # "will not negotiate"
        return replace(voice, left_out="", status="reported"), known.refused_as
    told = voice.teller is not None and voice.teller_kind == "claim"
    if told and not voice.left_out and voice.future and known.announced_as:
        return replace(voice, status="reported", future=False), known.announced_as
    return voice, known.code
