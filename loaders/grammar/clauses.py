"""The clause of a trigger: its verb, its noun, passive or active, light or full.

A noun that tells an act ("attack") takes its clause from the verb that carries it: a light verb
above it ("launched an attack"), or the participle or relative clause that hangs on it ("attacks
carried out by", "talks that will be held").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.acts.lexicon import Lexicon
from loaders.acts.triggers import Match
from loaders.grammar.syntax import Link, children, is_passive, link

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class Clause:
    """The clause of a trigger. `verb` has tense, negation and subject; None: there is no verb.

    `noun` is the nominal trigger. `light`: the verb is a light verb of the noun. `inverse`: the
    subject of the verb undergoes the act ("suffered an attack").
    """

    match: Match
    verb: Token | None
    noun: Token | None
    passive: bool = False
    light: bool = False
    inverse: bool = False

    @property
    def parsed(self) -> bool:
        return self.verb is not None or self.noun is not None

    @property
    def token(self) -> Token | None:
        """The head token of the clause."""
        if self.noun is not None and (self.verb is None or _below(self.verb, self.noun)):
            return self.noun
        return self.verb if self.verb is not None else self.noun


def _below(verb: Token, noun: Token) -> bool:
    return verb.head == noun or any(a == noun for a in verb.ancestors)


def clause_of(match: Match, lexicon: Lexicon) -> Clause:
    """The clause of a trigger; without a parse it has neither verb nor noun."""
    token = match.head.token
    inverse = bool(set("iu") & set(match.trigger.marks))
    if token is None:
        return Clause(match, None, None, inverse=inverse)
    if match.trigger.kind == "verb":
        return Clause(match, token, None, _is_passive(token, match, lexicon), inverse=inverse)
    carrier = _carrier(token, lexicon)
    if carrier is None:
        return Clause(match, None, token, inverse=inverse)
    inverse = inverse or carrier.lower_ in lexicon.inverse or carrier.lemma_ in lexicon.inverse
    return Clause(match, carrier, token, is_passive(carrier), light=True, inverse=inverse)


def _is_passive(verb: Token, match: Match, lexicon: Lexicon) -> bool:
    """Whether the verb is passive, not a perfect with "to be" ("sont entrés") nor a particle verb
    that the parser took for a participle ("hackers hacked into")."""
    if len(match.trigger.first) > 1 and link(verb).kind == "participle":
        return False
    return verb.lower_ not in lexicon.intransitive and is_passive(verb)


def _carrier(noun: Token, lexicon: Lexicon) -> Token | None:
    """The light verb that carries a noun of action, or None."""
    step = link(noun)
    if step.kind in ("object", "patient", "subject", "oblique", "dative", "infinitive") and (
        _is_light(step.head, lexicon) and not _is_apart(step, lexicon)
    ):
        return step.head
    if _is_partitive(step, lexicon) and _is_light(link(step.head).head, lexicon):
        return link(step.head).head
    for verb in children(noun, "participle", "relative"):
        if _is_light(verb, lexicon):
            return verb
    return None


def _is_apart(step: Link, lexicon: Lexicon) -> bool:
    """Whether the verb is no carrier: "s'oppose à l'adhésion", "reçoivent, après le tir"."""
    if step.kind != "oblique":
        return False
    apart = lexicon.word_groups.get("apart", frozenset())
    return _is_reflexive(step.head) or step.preposition.partition(" ")[0] in apart


def _is_partitive(step: Link, lexicon: Lexicon) -> bool:
    """Whether an object is misattached to the noun before: "ont mené dans la nuit des frappes"."""
    if step.kind != "noun" or step.preposition not in lexicon.word_groups.get("of", ()):
        return False
    above = link(step.head)
    return above.kind == "oblique" and not children(above.head, "object")


def _is_reflexive(verb: Token) -> bool:
    return any(child.dep_.startswith("expl") for child in verb.children)


def _is_light(token: Token, lexicon: Lexicon) -> bool:
    if token.pos_ not in ("VERB", "AUX"):
        return False
    return token.lower_ in lexicon.light or token.lemma_.lower() in lexicon.light


def depth_of(clause: Clause) -> int:
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
