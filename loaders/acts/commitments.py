"""Acts that stand in the content of other acts, and announced acts that are commitments.

PLOVER codes "said it will release prisoners" as AGREE and "said it will bomb" as THREATEN: the
act of the day is the announcement. A plan that nobody announces stays what it is, planned.
"""

from __future__ import annotations

from dataclasses import replace

from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.mood import HYPOTHETICAL, NEGATED, Voice
from loaders.grammar.syntax import children, subjects

CONTENT_TYPES = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "ACCUSE", "SUPPORT"})
CROWD_TYPES = frozenset({"ASSAULT", "COERCE"})
GIVING = frozenset({"AID", "COOPERATE", "RETREAT", "CONCEDE", "SUPPORT", "AGREE"})


def content_heads(clauses: list[Clause]) -> dict[int, str]:
    """Token number -> type of acts whose content ("asked to withdraw") is no event of its own."""
    heads: dict[int, str] = {}
    for clause in clauses:
        if clause.match.trigger.type in CONTENT_TYPES:
            for token in (clause.verb, clause.noun):
                if token is not None:
                    heads[token.i] = clause.match.trigger.type
    return heads


def _by_crowd(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether demonstrators do it: what they storm or block, they storm or block in protest."""
    if clause.verb is None:
        return False
    crowd = lexicon.word_groups.get("crowd", frozenset())
    return any(token.lower_ in crowd for token in subjects(clause.verb)[0])


def _hostile(clause: Clause, lexicon: Lexicon) -> bool:
    """Whether what is vowed is an act of war, of revenge or of punishment."""
    if clause.verb is None:
        return False
    hostile = lexicon.word_groups.get("hostile", frozenset())
    content = children(clause.verb, "content", "infinitive", "adverbial", "object")
    told = [t for t in content if not any(c.dep_ == "neg" for c in t.children)]
    return any(t.lower_ in hostile or t.lemma_.lower() in hostile for t in told)


def retyped(clause: Clause, voice: Voice, lexicon: Lexicon) -> tuple[Voice, str]:
    """(voice, type): an announced future becomes the announcement that it is."""
    kind = clause.match.trigger.type
    if kind in CROWD_TYPES and _by_crowd(clause, lexicon):
        kind = "PROTEST"
    if kind == "AGREE" and _hostile(clause, lexicon):
        return voice, "THREATEN"  # "vowed to avenge the dead"
    if voice.left_out == NEGATED and voice.future and kind in GIVING | {"CONSULT"}:
        return replace(voice, left_out="", status="reported"), "REJECT"  # "will not negotiate"
    told = voice.teller is not None and voice.teller_kind == "claim"
    if not told or voice.left_out:
        return voice, kind
    if voice.must and voice.left_out == HYPOTHETICAL:
        return replace(voice, left_out="", status="reported"), "REQUEST"
    if not voice.future:
        return voice, kind
    if kind in GIVING:
        return replace(voice, status="reported", future=False), "AGREE"
    if EVENT_TYPES[kind].quad == 4:
        return replace(voice, status="reported", future=False), "THREATEN"
    return voice, kind
