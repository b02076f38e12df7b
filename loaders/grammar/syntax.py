"""One interface to the dependency parse for two label sets (Universal Dependencies, ClearNLP).

`link` gives a token's head, the relation and the preposition; in ClearNLP a preposition is a node
of its own, here it is a property of the link, as in Universal Dependencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.text.words import word_group

if TYPE_CHECKING:
    from spacy.tokens import Token

_KIND = {
    "nsubj": "subject",
    "csubj": "subject",
    "nsubj:pass": "patient",
    "nsubjpass": "patient",
    "csubjpass": "patient",
    "obj": "object",
    "dobj": "object",
    "iobj": "dative",
    "dative": "dative",
    "obl:agent": "agent",
    "agent": "agent",
    "obl:arg": "oblique",
    "obl:mod": "oblique",
    "obl": "oblique",
    "prep": "oblique",
    "npadvmod": "oblique",
    "nmod": "noun",
    "amod": "modifier",
    "compound": "modifier",
    "nummod": "modifier",
    "nmod:poss": "possessor",
    "poss": "possessor",
    "appos": "same",
    "flat:name": "same",
    "flat": "same",
    "flat:foreign": "same",
    "fixed": "same",
    "conj": "and",
    "xcomp": "infinitive",
    "ccomp": "content",
    "pcomp": "content",
    "acomp": "infinitive",
    "attr": "object",
    "oprd": "object",
    "advcl": "adverbial",
    "advcl:cleft": "adverbial",
    "acl": "participle",
    "acl:relcl": "relative",
    "relcl": "relative",
    "parataxis": "aside",
    "ROOT": "root",
}
VERBAL = ("VERB", "AUX")


@dataclass(frozen=True)
class Link:
    """A token's link: its head, the kind of relation, the preposition (lower case)."""

    head: Token
    kind: str
    preposition: str = ""


def feature(token: Token, name: str) -> list[str]:
    """Values of a morphological feature; [] where the model gives none."""
    return list(token.morph.get(name, []))


def link(token: Token) -> Link:
    """The link of a token; a root is its own head."""
    if token.dep_ in ("pobj", "pcomp"):
        return _under_preposition(token)
    link_kind = _KIND.get(token.dep_, "other")
    if link_kind in ("content", "infinitive", "adverbial", "and", "aside"):
        noun = _relative_noun(token)
        if noun is not None:
            return Link(noun, "relative")
    if link_kind == "participle" and _is_finite(token):
        link_kind = "relative"
    return Link(token.head, link_kind, _case(token))


def _is_finite(verb: Token) -> bool:
    """Whether a verb is finite: one that a French model attaches to a noun is a relative clause."""
    return any("Fin" in feature(t, "VerbForm") for t in (verb, *auxiliaries(verb)))


def _relative_noun(verb: Token) -> Token | None:
    """The noun before "que", "qui", "who"; parsers mislabel such relative clauses as content."""
    for child in verb.children:
        if child.pos_ == "PRON" and child.i > 0 and _is_relative(child):
            before = child.nbor(-1)
            if before.pos_ in ("NOUN", "PROPN") and child.i < verb.i:
                return before
    return None


def _is_relative(token: Token) -> bool:
    return token.lower_.replace("’", "'") in word_group(token.lang_, "relative")


def _case(token: Token) -> str:
    marks = [c.lower_.replace("’", "'") for c in token.children if c.dep_ in ("case", "fixed")]
    return " ".join(marks[:2])


def _under_preposition(token: Token) -> Link:
    """The link in ClearNLP: noun - pobj - preposition - head; "out of" is two nodes."""
    words, node = [token.head.lower_], token.head
    while node.dep_ in ("prep", "pcomp") and node.head.dep_ == "prep":
        node = node.head
        words.insert(0, node.lower_)
    if node.dep_ == "agent":
        return Link(node.head, "agent", words[-1])
    if node.dep_ == "dative":
        return Link(node.head, "dative", words[-1])
    link_kind = "oblique" if node.head.pos_ in VERBAL else "noun"
    return Link(node.head, link_kind, " ".join(words))


def ancestors(token: Token) -> Iterator[tuple[Token, Link]]:
    """(token, its link) from the token up to the root."""
    seen: set[int] = set()
    node = token
    while node.i not in seen:
        seen.add(node.i)
        step = link(node)
        yield node, step
        if step.kind == "root" or step.head == node:
            return
        node = step.head


def children(token: Token, *kinds: str) -> list[Token]:
    """Direct dependents of the given kinds."""
    return [child for child in token.children if _KIND.get(child.dep_) in kinds]


def auxiliaries(token: Token) -> list[Token]:
    """Auxiliaries, modals, copulas and "to" of a verb."""
    return [c for c in token.children if c.dep_.startswith("aux") or c.dep_ in ("cop", "aux")]


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive, or a past participle that stands for a passive clause."""
    if children(verb, "patient") or any(c.dep_ in ("auxpass", "aux:pass") for c in verb.children):
        return True
    if _headline_participle(verb):
        return True
    if children(verb, "subject") or any(c.dep_.startswith("expl") for c in verb.children):
        return False  # an active subject; "s'est rendu", "se sont réunis"
    step = link(verb)
    if step.kind == "and" and step.head.pos_ in VERBAL and not auxiliaries(verb):
        return is_passive(step.head)  # "a tiré des roquettes et enlevé des civils"
    if verb.tag_ == "VBN" and children(verb, "object") and not children(verb, "agent"):
        return False  # "Israeli airstrikes killed 12 people", taken for a participle
    participle = verb.tag_ == "VBN" or (
        "Part" in feature(verb, "VerbForm") and "Past" in feature(verb, "Tense")
    )
    return participle and not any(c.dep_ in ("aux", "aux:tense") for c in verb.children)


def _headline_participle(verb: Token) -> bool:
    """Whether it is a past participle with a subject but no auxiliary: "Le Qatar mis au ban"."""
    participle = "Part" in feature(verb, "VerbForm") and "Past" in feature(verb, "Tense")
    bare = not auxiliaries(verb) and link(verb).kind == "root" and not children(verb, "object")
    return participle and bare and bool(children(verb, "subject"))


def subjects(verb: Token) -> tuple[list[Token], bool]:
    """(subjects of a verb, whether inherited): its own, else those of the controlling verb."""
    own = children(verb, "subject", "patient")
    if own:
        return [_antecedent(token, verb) for token in own], False
    step = link(verb)
    above = _verb_above(step) if _is_gerund_after_comma(verb, step) else None
    if above is not None and above != verb:
        return subjects(above)[0], True
    if step.kind in ("relative", "participle"):
        return ([step.head] if step.head.pos_ not in VERBAL else subjects(step.head)[0]), True
    if step.kind in ("and", "infinitive", "adverbial", "content") and step.head != verb:
        controller = step.head
        while controller.pos_ not in VERBAL and link(controller).kind not in ("root",):
            controller = link(controller).head
        if controller == verb:
            return [], True
        if step.kind in ("infinitive", "content") and children(controller, "object"):
            return children(controller, "object"), True  # "accused X of doing", "urged X to do"
        return (subjects(controller)[0] if controller.i != verb.i else []), True
    return [], True


def _is_gerund_after_comma(verb: Token, step: Link) -> bool:
    """Whether a gerund is misattached to a noun: "est tombé sur un village, tuant deux"."""
    present = "Part" in feature(verb, "VerbForm") and "Pres" in feature(verb, "Tense")
    return step.kind == "participle" and present and verb.i > 0 and verb.nbor(-1).text == ","


def _verb_above(step: Link) -> Token | None:
    node = step.head
    for _ in range(6):
        if node.pos_ in VERBAL:
            return node
        above = link(node)
        if above.head == node or above.kind == "subject":
            return None
        node = above.head
    return None


def _antecedent(token: Token, verb: Token) -> Token:
    """The antecedent of a relative pronoun; any other token is returned unchanged."""
    relative = token.pos_ == "PRON" and (
        "Rel" in feature(token, "PronType") or token.tag_ in ("WDT", "WP", "WP$")
    )
    relative = relative or token.lower_ in word_group(token.lang_, "relative_subject")
    if relative and link(verb).kind in ("relative", "participle"):
        return link(verb).head
    return token


def objects(verb: Token) -> list[Token]:
    """Direct objects, and the antecedent of an object relative clause."""
    own = [_antecedent(token, verb) for token in children(verb, "object")]
    step = link(verb)
    if not own and step.kind == "relative" and children(verb, "subject"):
        subject = children(verb, "subject")[0]
        if _antecedent(subject, verb) == subject:
            own = [step.head]
    return own
