"""Where a cut tore a clause: in a word, a negation, a verb's form, between two clauses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from loaders.headlines.clause import Clause
from loaders.headlines.parse_tree import (
    AUXILIARY,
    NEEDED,
    RELATIVE,
    SUBJECT,
    agree,
    is_relative,
    is_verb,
    low,
    subtree,
    with_auxiliaries,
)
from loaders.headlines.word_lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = ("CCONJ", "SCONJ", "PUNCT")
_NOUNS = ("NOUN", "PROPN")
_NAMING = (*_NOUNS, "ADJ", "SYM")


def is_torn(clause: Clause) -> bool:
    """Whether one of the checks below finds a tear."""
    return any(check(clause) for check in _TEARS)


def _is_cut_in_a_word(clause: Clause) -> bool:
    """Whether one side of a hyphen fell: "Al" of "Al-Jazira"."""
    doc, kept = clause.doc, clause.kept
    return any(
        not token.whitespace_ and (token.i in kept) != (token.i + 1 in kept)
        for token in doc[:-1]
        if "-" in (token.text[-1], doc[token.i + 1].text[0])
    )


def _is_cut_before_a_genitive(clause: Clause) -> bool:
    """Whether the noun before "of" fell: what it is of is another thing then."""
    words, doc = listed(clause.doc.lang_, "genitive"), clause.doc
    of = (doc[i] for i in clause.kept if i and low(doc[i]) in words and doc[i].pos_ == "ADP")
    return any(t.i - 1 not in clause.kept and doc[t.i - 1].pos_ in _NAMING for t in of)


def _is_half_a_negation(clause: Clause) -> bool:
    """Whether "ne" stays and what it goes with fell: "ne gagne Tunis | que le 11 janvier"."""
    lang, kept = clause.doc.lang_, sorted(clause.kept)
    halves, others = listed(lang, "half_negations"), listed(lang, "other_halves")
    doc = clause.doc
    seconds = [token.i for token in doc if low(token) in others]
    return any(
        low(doc[i]) in halves
        and any(i < n or n == i - 1 for n in seconds)  # "ne saurait": it has but one half
        and not any(i < n or n == i - 1 for n in seconds if n in clause.kept)
        for i in kept
    )


def _runs_together(clause: Clause) -> bool:
    """Whether what stood between two clauses fell: "the rise fails | it has revived protests"."""
    kept = [clause.doc[i] for i in sorted(clause.kept)]
    heads = [t for t in kept if is_verb(t) and _is_finite(t) and t.dep_ not in AUXILIARY]
    pairs = ((a, b) for a, b in pairwise(heads) if b.dep_ not in (*NEEDED, *RELATIVE, "csubj"))
    return any(not _is_linked(a, b, kept) for a, b in pairs)


def _is_of_a_lost_noun(clause: Clause) -> bool:
    """Whether a participle stands behind a noun that it does not agree with: "welcomed the news |
    captured at Kfar Aza", of persons."""
    kept = (clause.doc[i] for i in clause.kept)
    told = (t for t in kept if t.dep_ == "acl" and "Part" in t.morph.get("VerbForm", []))
    behind = (t for t in told if t.head.i in clause.kept and t.head.i < t.i)
    return any(not agree(t.head, t, ("Number",)) for t in behind)


def _lost_its_tense(clause: Clause) -> bool:
    """Whether a joined participle lost the auxiliary of the first: "the Union | demanded", as
    « l'Union demandé »."""
    verb, kept = clause.verb, (clause.doc[i] for i in clause.kept)
    is_bare = verb.dep_ == "conj" and "Part" in verb.morph.get("VerbForm", [])
    return is_bare and not any(t.pos_ == "AUX" and t.i < verb.i for t in kept)


def _is_half_a_name(clause: Clause) -> bool:
    """Whether the subject is the adjective of a name that fell: "l'Arabie | saoudite"."""
    before = clause.subject.nbor(-1) if clause.subject.i else clause.subject
    is_left = clause.subject.pos_ == "ADJ" and before.i not in clause.kept
    return is_left and before.pos_ in _NOUNS


def _lost_its_verb(clause: Clause) -> bool:
    """Whether the verb of a subject fell: "as the army | takes over"."""
    kept = (clause.doc[i] for i in clause.kept if i != clause.subject.i)
    alone = (t for t in kept if t.dep_ in SUBJECT and t.head.i not in clause.kept)
    own = subtree(clause.subject)
    return any(t.i not in own and t.head != clause.subject.head for t in alone)


def _lost_a_mark(clause: Clause) -> bool:
    """Whether the colon or semicolon between two parts fell: "invited | Viktor Orban promised"."""
    kept = clause.kept
    marks = (t.i for t in clause.doc[:-1] if t.text in ":;" and t.i not in kept)
    inside = (i for i in marks if min(kept) < i < max(kept))
    return any(i - 1 in kept or i + 1 in kept for i in inside)


def _is_finite(verb: Token) -> bool:
    return any("Fin" in word.morph.get("VerbForm", []) for word in with_auxiliaries(verb))


def _is_linked(first: Token, second: Token, kept: Sequence[Token]) -> bool:
    """Whether a conjunction, a mark or a relative stands between, or one is said by the other."""
    between = [t for t in kept if first.i < t.i < second.i]
    is_said = first.dep_ != "ccomp" or any(t.is_punct for t in between)
    if is_said and first.dep_ in (*NEEDED, *RELATIVE, "csubj", "parataxis"):
        return True
    return any(t.pos_ in _LINKS or is_relative(t) or t.dep_ == "mark" for t in between)


def _is_cut_from_its_noun(clause: Clause) -> bool:
    """Whether what another noun was joined to fell: "the lull in | insults and | threats"."""
    kept = (clause.doc[i] for i in clause.kept)
    joined = (t for t in kept if t.dep_ == "conj" and t.pos_ in _NOUNS)
    return any(t.head.i not in clause.kept and t != clause.subject for t in joined)


def _is_cut_from_its_verb(clause: Clause) -> bool:
    """Whether the verb that a relative or a conjunction leads to fell: "where his meeting"."""
    kept = (clause.doc[i] for i in clause.kept)
    leading = (t for t in kept if is_relative(t) or t.dep_ == "mark" or t.tag_ == "WRB")
    return any(t.head.i not in clause.kept for t in leading)


def _lacks_an_auxiliary(clause: Clause) -> bool:
    """Whether a verb lost what makes its form: "arrive to | make | respect"."""
    kept = (clause.doc[i] for i in clause.kept)
    verbs = (t for t in kept if t.pos_ == "VERB" or (t.dep_ in NEEDED and t != clause.subject))
    return any(c.dep_ in AUXILIARY and c.i not in clause.kept for v in verbs for c in v.children)


def _is_cut_after_elision(clause: Clause) -> bool:
    kept = clause.kept
    elided = (i for i in kept if low(clause.doc[i]).endswith("'") and len(clause.doc[i]) < 7)
    return any(i + 1 not in kept for i in elided)


_TEARS = (
    _is_cut_after_elision,
    _is_cut_in_a_word,
    _is_cut_before_a_genitive,
    _is_cut_from_its_noun,
    _is_cut_from_its_verb,
    _lacks_an_auxiliary,
    _lost_a_mark,
    _lost_its_verb,
    _is_of_a_lost_noun,
    _is_half_a_name,
    _lost_its_tense,
    _is_half_a_negation,
    _runs_together,
)
