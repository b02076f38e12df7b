"""What headlines ask of a parse, the same for the label sets of both parsers (UD and ClearNLP)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = frozenset(
    ["nsubj", "nsubjpass", "nsubj:pass", "nsubj:caus", "csubj", "csubjpass", "expl:subj", "expl"]
)
AUXILIARY = frozenset(["aux", "auxpass", "aux:tense", "aux:pass", "aux:caus", "cop", "neg"])
REPORTED = frozenset(("ccomp",))
RELATIVE = frozenset(("relcl", "acl:relcl"))
LINKED = frozenset(("conj", "parataxis", "appos"))
NEEDED = frozenset(["obj", "dobj", "ccomp", "xcomp", "attr", "acomp", "oprd", "dative"])
_CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
OBLIQUE = frozenset(["prep", "obl", "obl:mod", "obl:arg", "npadvmod", "nmod", "agent", "obl:agent"])


def subject(token: Token) -> Token | None:
    """The subject of a verb, None where it has none of its own."""
    return next((child for child in token.children if child.dep_ in SUBJECT), None)


def is_verb(token: Token) -> bool:
    """Whether it heads a clause: a verb, or a noun or adjective with a verb to be."""
    return token.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in token.children)


def with_auxiliaries(verb: Token) -> list[Token]:
    """The words of which a verb's form is made."""
    return [verb, *(child for child in verb.children if child.dep_ in AUXILIARY)]


def is_past(verb: Token) -> bool:
    """Whether it tells what was done: a past form, alone or with its auxiliaries."""
    if any(child.tag_ == "MD" or "Cnd" in child.morph.get("Mood", []) for child in verb.children):
        return False
    return any({"Past", "Imp"} & set(w.morph.get("Tense", [])) for w in with_auxiliaries(verb))


def is_passive(verb: Token) -> bool:
    """Whether what stands as its subject is acted upon: "was arrested", "the men arrested"."""
    auxiliaries = [child for child in verb.children if child.dep_ in AUXILIARY]
    if any(child.dep_ in ("aux:pass", "auxpass") for child in auxiliaries):
        return True
    past = verb.tag_ == "VBN" or "Past" in verb.morph.get("Tense", [])
    if any(child.dep_ in ("obj", "dobj") for child in verb.children):
        return False
    is_participle = past and "Part" in verb.morph.get("VerbForm", [])
    return is_participle and not auxiliaries and verb.dep_ in ("acl", "amod", "advcl", "nmod")


def agree(noun: Token, participle: Token, told: Sequence[str] = ("Gender", "Number")) -> bool:
    """Whether both have one gender and number, where the parse knows them."""
    pairs = ((word.morph.get(name, []) for word in (noun, participle)) for name in told)
    return all(one == two or not (one and two) for one, two in pairs)


def is_relative(token: Token) -> bool:
    """Whether it is a relative pronoun: "who", "qui"."""
    return token.tag_ in ("WP", "WDT") or "Rel" in token.morph.get("PronType", [])


def is_governed(noun: Token, of: frozenset[str]) -> bool:
    """Whether one of the prepositions opens the phrase of a noun: it is no subject."""
    return noun.left_edge.dep_ == "case" and low(noun.left_edge) in of


def leads_to(verb: Token, number: int) -> bool:
    """Whether a token is the verb or one of its auxiliaries or adverbs before it."""
    token = verb.doc[number] if number < len(verb.doc) else verb
    return token == verb or (token.head == verb and token.dep_ in (*AUXILIARY, "advmod"))


def needs(verb: Token) -> list[Token]:
    """What a verb cannot be told without; not a clause that a parser takes for its object although
    a comma stands before: "demanded help, which he ..."."""
    found = [child for child in verb.children if child.dep_ in NEEDED]
    return [child for child in found if not is_set_apart(child)]


def is_set_apart(clause: Token) -> bool:
    """Whether a clause said to be the object of a verb stands behind it and a comma, and is no
    speech in quotation marks."""
    edge = left_edge(clause)
    behind = clause.dep_ == "ccomp" and edge > clause.head.i
    return behind and clause.doc[edge - 1].text == ","


def above(word: Token, settled: frozenset[str]) -> Iterator[Token]:
    """The words above one and a clause that is their subject ("what he alleges was ..."), up to a
    relative clause or a word of `settled`, which take it as a fact: "after the visit", "who
    threatened"."""
    while word.head != word and word.dep_ not in RELATIVE:
        cases = (child for child in word.children if child.dep_ == "case")
        if low(word) in settled or any(low(case) in settled for case in cases):
            return
        word = word.head
        yield word
        yield from (child for child in word.children if child.dep_ == "csubj")


def beside(word: Token) -> list[Token]:
    """What may deny or condition a word: what hangs on it and is no phrase of its own."""
    return [child for child in word.children if child.pos_ not in _CONTENT]


def subtree(token: Token) -> set[int]:
    """The numbers of a token and of all below it."""
    return {below.i for below in token.subtree}


def subtrees(tokens: Iterable[Token]) -> set[int]:
    return set().union(*(subtree(token) for token in tokens))


def low(token: Token) -> str:
    return str(token.lower_).replace("’", "'")


def lemma(token: Token) -> str:
    return str(token.lemma_).lower()


def left_edge(token: Token) -> int:
    return int(token.left_edge.i)


def follows_a_mark(token: Token) -> bool:
    """Whether what hangs on a token is cut off from what stands before by a comma or dash."""
    edge = left_edge(token)
    return edge > 0 and token.doc[edge - 1].is_punct
