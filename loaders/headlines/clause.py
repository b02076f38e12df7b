"""The clauses of a sentence that tell an act, the outermost first.

A clause is a set of tokens of the parse: that of the verb which carries the act, with the verbs
above it that say how true it is ("says", "plans to", "accused of"), without the acts beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from loaders.headlines.parse_tree import (
    AUXILIARY,
    LINKED,
    RELATIVE,
    REPORTED,
    SUBJECT,
    agree,
    follows_a_mark,
    is_past,
    is_relative,
    is_verb,
    leads_to,
    lemma,
    low,
    subject,
    subtree,
    subtrees,
)
from loaders.headlines.word_lists import doubting, listed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


Span = tuple[int, int]  # offsets in the parsed words
_LONGEST_SETTING = 4  # words: "au cours de laquelle"


@dataclass(frozen=True)
class Clause:
    """Tokens of a sentence by number: those `kept`, of them those that no cut may take (`must`).

    `verb` heads it, `subject` heads its subject, `teller` is the verb that reports it and is not
    in it. `last`: kept tokens that are written at the end ("Selon Kiev, ..."). `instead`: what is
    written for a token, "" for nothing.
    """

    doc: Doc
    verb: Token
    subject: Token
    kept: frozenset[int]
    must: frozenset[int]
    teller: Token | None = None
    last: frozenset[int] = frozenset()
    instead: Mapping[int, str] = field(default_factory=dict)


def clauses_of(doc: Doc, trigger: Sequence[Token], lang: str) -> list[Clause]:
    """The clauses that tell the act of the trigger words, the widest first; [] where none has a
    subject."""
    top = top_of(trigger)
    found = list(_outward(top, frozenset({top.i}), listed(lang, "factual")))
    return [_whole_subject(clause) for clause in found[::-1]]


def has_a_proper_name(clause: Clause) -> bool:
    return any(clause.doc[i].pos_ == "PROPN" for i in clause.kept)


def main_clauses(doc: Doc, trigger: Sequence[Token]) -> list[Clause]:
    """The clauses that a sentence is built on, that with the words of the act in it first."""
    roots = [t for t in doc if t.head == t and is_verb(t)]
    heads = [*roots, *(c for root in roots for c in root.children if c.dep_ == "conj")]
    pairs = [(verb, subject(verb)) for verb in heads if is_verb(verb)]
    found = [_main(verb, own) for verb, own in pairs if own is not None]
    return sorted(found, key=lambda clause: trigger[0].i not in clause.kept)


def _main(verb: Token, own: Token) -> Clause:
    kept, must = frozenset(subtree(verb)), frozenset({verb.i, own.i})
    return _whole_subject(_without_links(Clause(verb.doc, verb, own, kept, must)))


def _whole_subject(clause: Clause) -> Clause:
    """With the words before the subject that a parser tore off at a hyphen: "Didier Fils-Aimé"."""
    edge = first = clause.subject.left_edge.i
    if first == 0 or clause.doc[first - 1].text != "-":
        return clause
    while edge > 0 and _is_nominal(clause.doc[edge - 1]):
        edge -= 1
    torn = frozenset(range(edge, first))
    return replace(clause, kept=clause.kept | torn, must=clause.must | torn)


def _is_nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM") or token.text == "-"


def top_of(tokens: Sequence[Token]) -> Token:
    """The word of the trigger that the others hang on; a verb rather than another."""
    inside = {token.i for token in tokens}
    outward = [t for t in tokens if t.head.i not in inside or t.head is t or t.head == t]
    verbs = [token for token in outward if is_verb(token)]
    return (verbs or outward or list(tokens))[0]


def _outward(token: Token, must: frozenset[int], factual: frozenset[str]) -> Iterator[Clause]:
    """From an act to the verb that carries it, and on to the verbs that report it. `factual`:
    conjunctions of clauses that can stand alone."""
    steps = 0
    while steps < len(token.doc):
        steps += 1
        own = subject(token) if is_verb(token) else None
        if own is not None and _stands_alone(token, factual):
            yield from _at(token, own, must, factual)
            return
        if own is None and token.dep_ in LINKED and is_verb(token) and is_verb(token.head):
            if _is_participle(token):
                return
            shared = _shared_subject(token)  # where it is not sure, no clause tells the act
            if shared is not None and _stands_alone(shared[0], factual):
                yield from _beside(token, *shared, must)
            return
        if token.head == token:
            return
        token = token.head
        must |= {token.i}


def _stands_alone(verb: Token, factual: frozenset[str]) -> bool:
    """Whether a clause says the same without the one above it: no "reports that", no "unless"."""
    if setting_of(verb):
        return True
    if verb.dep_ in ("advcl", "acl", "csubj", "pcomp", "dep"):
        return any(low(child) in factual for child in verb.children if child.dep_ == "mark")
    if verb.dep_ in REPORTED:
        return is_verb(verb.head)
    if verb.dep_ == "conj" and verb.head.dep_ in REPORTED:
        return not any(child.dep_ == "mark" for child in verb.children)  # "and that ..."
    if verb.dep_ in RELATIVE:  # after "a draft of the council, which" it may be about either
        own, noun = subject(verb), verb.head
        above = noun.head.head if noun.dep_ == "pobj" else noun.head
        is_clear = noun.dep_ not in ("nmod", "pobj") or is_verb(above)
        return own is not None and is_relative(own) and is_clear and noun.i < verb.i
    return True


def _at(verb: Token, own: Token, must: frozenset[int], factual: frozenset[str]) -> Iterator[Clause]:
    """The clause of a verb with its subject; a relative one with the noun that it is about."""
    must |= {verb.i, own.i}
    kept = frozenset(subtree(verb))
    if setting := setting_of(verb):
        told = _attributed(verb)
        more = subtrees([verb.doc[i] for i in told if verb.doc[i].dep_ in RELATIVE])
        kept = (kept - setting) | told
        yield _without_links(Clause(verb.doc, verb, own, kept, must | (told - more)))
        return
    if verb.dep_ in RELATIVE:
        yield from _relative(verb, own, kept, must)
        return
    clause = _without_links(Clause(verb.doc, verb, own, kept, must))
    yield from _reported(clause, factual)


def setting_of(verb: Token) -> frozenset[int]:
    """The words that tie a relative clause to when or where it happened ("during which", "where"):
    it tells its act without them; () for none, and of a scene that is planned or imagined."""
    words = listed(verb.doc.lang_, "settings")
    is_fact = verb.head.i < verb.i and is_past(verb) and not _is_imagined(verb.head)
    for child in verb.children if is_fact else ():
        below = [verb.doc[i] for i in sorted(subtree(child))] if child.i < verb.i else []
        opens = bool(below) and below[0].i == verb.left_edge.i and low(below[0]) in words
        if opens and len(below) <= _LONGEST_SETTING and any(map(is_relative, below)):
            last = max(word.i for word in below if is_relative(word))
            return frozenset(range(below[0].i, last + 1))
    return frozenset()


def _is_imagined(noun: Token) -> bool:
    """Whether it, or a word above it, makes what happens there less than a fact: "a scenario"."""
    doubtful = doubting(noun.doc.lang_, "reported", False)
    return any({low(word), lemma(word)} & doubtful for word in (noun, *noun.ancestors))


def _attributed(verb: Token) -> set[int]:
    """Who tells it, behind a clause and hung on the verb above: "..., selon une ONG"."""
    words = listed(verb.doc.lang_, "attribution")
    behind = (child for child in verb.head.children if child.i > verb.i)
    told = [child for child in behind if low(child.left_edge) in words]
    marks = {child.left_edge.i - 1 for child in told if follows_a_mark(child)}
    return subtrees(told) | marks


def _reported(clause: Clause, factual: frozenset[str]) -> Iterator[Clause]:
    """The clause, and the one that reports it around it."""
    verb = clause.verb
    if verb.dep_ not in REPORTED or verb.head == verb:
        yield clause
        return
    yield replace(clause, teller=verb.head)
    for outer in _outward(verb.head, clause.must | {verb.head.i}, factual):
        dropped = subtree(verb) - clause.kept
        yield replace(outer, kept=outer.kept - dropped)


def disagree(noun: Token, verb: Token) -> bool:
    """Whether one is singular and the other plural: the clause is about another noun."""
    finite = [t for t in (verb, *verb.children) if "Fin" in t.morph.get("VerbForm", [])]
    return not all(agree(noun, word, ("Number",)) for word in finite[:1])


def _relative(
    verb: Token, own: Token, kept: frozenset[int], must: frozenset[int]
) -> Iterator[Clause]:
    """The noun takes the pronoun's place: "the missile struck", of "the missile, which struck"."""
    noun = verb.head
    if noun.dep_ == "appos" and noun.head.pos_ == "PROPN" and noun.pos_ == "NOUN":
        noun = noun.head  # "Nicolás Maduro, the leader who was seized"
    if disagree(noun, verb):
        return
    joined = () if follows_a_mark(verb) else ("cc", "conj")  # "A and B, which"
    beside = ("appos",) if noun != verb.head else ()
    others = [c for c in noun.children if c.dep_ in ("case", *beside, *joined, *RELATIVE)]
    named = subtree(noun) - subtrees(others) - kept
    named = {i for i in named if i < verb.left_edge.i}
    yield Clause(
        verb.doc, verb, noun, frozenset(named | (kept - subtree(own))), (must | {noun.i}) - {own.i}
    )


def _shared_subject(token: Token) -> tuple[Token, Token] | None:
    """(the verb before it whose subject it shares, that subject) of a joined verb."""
    first = token
    while first.dep_ == "conj" and first.head != first:
        first = first.head
        own = subject(first) if is_verb(first) else None
        if own is not None:
            is_sure = _is_joined(token) and not _another(first, token)
            # inside a report a parser may join an act of who tells it to what is told
            return (first, own) if is_sure and first.dep_ not in REPORTED else None
    return None


def _is_participle(verb: Token) -> bool:
    """Whether it is a present participle without an auxiliary: "chanting", "scandant"."""
    is_present = "Pres" in verb.morph.get("Tense", []) or verb.tag_ == "VBG"
    has_own = any(c.dep_ in AUXILIARY for c in verb.children)
    return is_present and "Part" in verb.morph.get("VerbForm", []) and not has_own


def _another(first: Token, token: Token) -> bool:
    """Whether a subject of another verb stands between: the joined verb may be of that one."""
    between = token.doc[first.i + 1 : token.i]
    return any(word.dep_ in SUBJECT and word.head != token for word in between)


def _is_joined(token: Token) -> bool:
    """Whether a comma or conjunction stands right before a joined verb and its auxiliaries."""
    edge = token.left_edge.i
    before = token.doc[edge - 1] if edge else token
    opens = token.doc[edge]
    return any(word.dep_ == "cc" or word.is_punct for word in (before, opens))


def _beside(token: Token, first: Token, own: Token, must: frozenset[int]) -> Iterator[Clause]:
    """The clause of a joined verb with the subject, and where it has none the auxiliary, of the
    verb that it is joined to."""
    must |= {token.i, own.i}
    auxiliaries = [c for c in first.children if c.dep_ in AUXILIARY and c.i < first.i]
    has_own = any(c.dep_ in AUXILIARY for c in token.children)
    borrowed = [] if has_own or token.tag_ in ("VBD", "VBZ", "VBP") else auxiliaries
    if "Fin" in token.morph.get("VerbForm", []) and token.pos_ == "VERB":
        borrowed = []
    subjects = [child for child in first.children if child.dep_ in SUBJECT]
    kept = subtree(token) | subtrees(subjects) | subtrees(borrowed)
    yield _without_links(Clause(token.doc, token, own, frozenset(kept), must))


def _joins(child: Token, clause: Clause) -> bool:
    """A conjunction before or behind the clause, not between two of its subjects."""
    first, verb = clause.subject.left_edge.i, clause.verb
    between = first < child.i < verb.i
    return child.dep_ == "cc" and not (between and not leads_to(verb, child.i + 1))


def _without_links(clause: Clause) -> Clause:
    """Without the acts that are joined to it, and the word that joins it to one before."""
    joined = [
        child
        for child in clause.verb.children
        if (child.dep_ in LINKED and is_verb(child)) or _joins(child, clause)
    ]
    joined = [child for child in joined if not subtree(child) & clause.must]
    return replace(clause, kept=clause.kept - subtrees(joined))
