"""How a party is attached to a clause: the path up the parse through noun phrases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import Link, link

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = ("same", "and", "modifier", "possessor", "noun", "other")
_MAX_CLIMB = 9


@dataclass(frozen=True)
class Attachment:
    """How a party is attached to a clause: to verb or noun, kind of link, prepositions."""

    on: str
    kind: str
    preposition: str
    inner: str
    hops: int


def attach(
    token: Token, heads: dict[int, str], marks: dict[int, str], lexicon: Lexicon
) -> Attachment | None:
    """Go up the parse from a party to the clause by noun phrases only; None if not reached."""
    node, inner = token, ""
    of = lexicon.word_groups.get("of", frozenset())
    for hops in range(_MAX_CLIMB):
        if node.i in marks:
            return Attachment("verb", marks[node.i], "", inner, hops)
        if hops == 0 and node.i in heads and heads[node.i] == "verb":
            return None
        step = link(node)
        if step.kind == "root" or step.head == node:
            return None
        if step.head.i in heads:
            return Attachment(heads[step.head.i], step.kind, step.preposition, inner, hops)
        if _in_participle(step, heads):
            node, inner = step.head, "participle"  # "sites linked to the Syrian programme"
            continue
        if (
            step.kind not in NOMINAL
            and step.kind != "participle"
            and not (step.kind in ("oblique", "object") and step.head.pos_ not in ("VERB", "AUX"))
        ):
            return None
        if step.preposition and step.preposition not in of:
            inner = step.preposition
        node = step.head
    return None


def _in_participle(step: Link, heads: dict[int, str]) -> bool:
    head = step.head
    return (
        step.kind in ("oblique", "agent")
        and head.i not in heads
        and head.pos_ == "VERB"
        and link(head).kind == "participle"
    )


def heads_of(clause: Clause) -> dict[int, str]:
    """Token index -> "verb" or "noun", for the words that a party may attach to."""
    heads = {w.token.i: "noun" for w in clause.match.found if w.token is not None}
    if clause.noun is not None:
        heads[clause.noun.i] = "noun"
    if clause.verb is not None:
        heads[clause.verb.i] = "verb"
    return heads


def hangs_under(token: Token, wanted: set[int]) -> bool:
    for _ in range(_MAX_CLIMB):
        if token.i in wanted:
            return True
        if link(token).kind not in NOMINAL or token.head == token:
            return False
        token = token.head
    return False


def within(preposition: str, group: object) -> bool:
    assert isinstance(group, (frozenset, tuple))
    return bool(preposition) and (preposition in group or preposition.split()[0] in group)
