"""The words that govern an act in the parse: who reports, denies, wants or fears it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.grammar.mood import (
    CONTENT,
    HYPOTHETICAL,
    NEGATED,
    Voice,
    is_future,
    is_negation,
    mood_of,
)
from loaders.grammar.syntax import VERBAL, Link, ancestors, feature
from loaders.text.words import word_group

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class _Step:
    """One step up the parse: the node, its link to its head, whether a verb was passed."""

    node: Token
    link: Link
    verbal: bool


def under_governors(
    start: Token, lexicon: Lexicon, content_of: dict[int, str], own: Voice, act: str
) -> Voice:
    """The voice of a clause given the words above it; a finite relative clause has none above."""
    verbal = start.pos_ in VERBAL
    for node, step in ancestors(start):
        if _is_conditional(node, lexicon):
            return Voice(left_out=HYPOTHETICAL)
        if step.kind == "relative" and _negates_content(step.head, _words_of(step.head), lexicon):
            return Voice(left_out=NEGATED)  # "no sign that Beijing had supplied weapons"
        if step.kind == "root" or step.kind == "relative":
            return own
        at = _Step(node, step, verbal)
        voice = _from_verb_head(at, lexicon, content_of, own, act) if verbal else None
        voice = voice or (None if verbal else _from_noun_head(at, lexicon, content_of, own, act))
        if voice is not None:
            return voice
        if verbal and step.kind == "adverbial":
            return own
        if not verbal and step.head.pos_ in VERBAL:
            own = _planned_if_future(at, own)
        verbal = verbal or step.head.pos_ in VERBAL
    return own


def _words_of(token: Token) -> tuple[str, str]:
    return token.lower_.replace("’", "'"), token.lemma_.lower()


def _from_verb_head(
    at: _Step, lexicon: Lexicon, content_of: dict[int, str], own: Voice, act: str
) -> Voice | None:
    """The voice that the head of a verb decides; None to go on to the next head."""
    head, link_kind = at.link.head, at.link.kind
    forms = _words_of(head)
    if link_kind == "adverbial":
        return Voice(left_out=HYPOTHETICAL) if _is_infinitive(at.node) else None
    if link_kind not in ("content", "infinitive", "aside", "participle", "noun", "oblique"):
        return None
    if link_kind in ("content", "participle") and _negates_content(head, forms, lexicon):
        return Voice(left_out=NEGATED)
    if lexicon.says("deny", *forms):
        return Voice("denied", "", head, "deny", past_perfect=own.past_perfect)
    finite_claim = (
        link_kind in ("content", "aside") and own.finite and lexicon.says("claim", *forms)
    )
    claims = head.i in content_of and EVENT_TYPES[content_of[head.i]].claims_content
    if claims and link_kind in ("content", "infinitive", "noun", "oblique"):
        return replace(own, status="claimed", teller=head, teller_kind="accuse")
    if head.i in content_of and not finite_claim:
        return Voice(left_out=CONTENT, future=own.future)
    if lexicon.says("attempt", *forms) and EVENT_TYPES[act].forceful:
        return None
    if lexicon.says("unreal", *forms) and not finite_claim:
        return Voice(left_out=HYPOTHETICAL, teller=head)
    if link_kind in ("content", "infinitive", "aside"):
        told = _reported_by(head, forms, lexicon, own)
        if told is not None:
            return told
    if lexicon.says("continue", *forms):
        return None
    if link_kind in ("infinitive", "participle") and _is_infinitive(at.node):
        return Voice(left_out=HYPOTHETICAL)
    return None


def _negates_content(head: Token, forms: tuple[str, str], lexicon: Lexicon) -> bool:
    """Whether a head negates its content: "no sign that", "did not confirm that"."""
    if head.pos_ in VERBAL:
        return mood_of(head, lexicon) == NEGATED and not lexicon.says("deny", *forms)
    return any(
        child.dep_ in ("det", "neg") and is_negation(child, lexicon) for child in head.children
    )


def _reported_by(head: Token, forms: tuple[str, str], lexicon: Lexicon, own: Voice) -> Voice | None:
    if lexicon.says("confirm", *forms):
        return replace(own, teller=head, teller_kind="confirm")
    if lexicon.says("claim", *forms):
        status = "claimed" if own.status == "reported" else own.status
        return replace(own, status=status, teller=head, teller_kind="claim")
    return None


def _from_noun_head(
    at: _Step, lexicon: Lexicon, content_of: dict[int, str], own: Voice, act: str
) -> Voice | None:
    """The voice that the head of an action noun decides; None to go on to the next head."""
    head, link_kind = at.link.head, at.link.kind
    forms = _words_of(head)
    complement = link_kind in ("object", "dative") or (
        link_kind in ("oblique", "noun", "infinitive") and _opens_complement(at.link, lexicon)
    )
    if not complement:
        mood = mood_of(head, lexicon) if link_kind in ("subject", "patient") else ""
        return Voice(left_out=mood) if mood else None
    if lexicon.says("deny", *forms):
        return Voice("denied", "", head, "deny")
    if lexicon.says("attempt", *forms) and EVENT_TYPES[act].forceful:
        return None
    if head.i in content_of and lexicon.says("unreal", *forms):
        return Voice(left_out=CONTENT)
    if lexicon.says("unreal", *forms) and not lexicon.says("claim", *forms):
        return Voice(left_out=HYPOTHETICAL)
    if head.pos_ in VERBAL and mood_of(head, lexicon) == NEGATED:
        return Voice(left_out=NEGATED)
    return None


def _opens_complement(step: Link, lexicon: Lexicon) -> bool:
    preposition = step.preposition
    return not preposition or preposition in lexicon.word_groups.get("complement", ())


def _planned_if_future(at: _Step, own: Voice) -> Voice:
    """The voice, planned if the action noun is the subject or object of a future verb."""
    if at.link.kind in ("subject", "patient", "object") and is_future(at.link.head):
        return replace(own, status="planned", future=True)
    return own


def _is_infinitive(node: Token) -> bool:
    """Whether a verb is an infinitive without an auxiliary of the past."""
    auxiliaries = {c.lower_ for c in node.children if c.dep_.startswith("aux")}
    if auxiliaries & word_group(node.lang_, "past_infinitive"):
        return False
    marks = word_group(node.lang_, "infinitive_mark")
    if any(c.lower_ in marks and c.dep_ == "aux" for c in node.children):
        return True
    return "Inf" in feature(node, "VerbForm") and node.tag_ in ("", "VB", "VERB", node.pos_)


def _is_conditional(node: Token, lexicon: Lexicon) -> bool:
    """Whether an "if" opens the clause of the node."""
    opening = (c.lower_.replace("’", "'") for c in node.children if c.dep_ == "mark")
    return any(lexicon.says("hypothetical", low) or lexicon.says("if", low) for low in opening)
