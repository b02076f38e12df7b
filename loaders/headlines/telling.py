"""Who reports an act, said at the end of its headline: ", Zelensky says", ", selon Kiev"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.wording import quoted as in_quotes
from loaders.headlines.clause import Clause
from loaders.headlines.parse_tree import AUXILIARY, follows_a_mark, lemma, low, subject, subtree
from loaders.headlines.word_lists import forms, listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 40  # characters of the name of who reports


def quoted(clause: Clause, body: str, lang: str) -> tuple[str, str]:
    """(who speaks, what is said between quotation marks) of a clause whose subject is "we" or "I";
    ("", "") of others. Who speaks is "" where the sentence does not name him."""
    if low(clause.subject) not in listed(lang, "speakers") or clause.subject.i in clause.instead:
        return "", ""
    told = subject(clause.teller) if clause.teller is not None else None
    name = _name(told) if told is not None and told.pos_ == "PROPN" else ""
    return (name if len(name) <= _LONGEST else ""), in_quotes(body.strip('"“”«» '), lang)


def with_teller(clause: Clause, lang: str) -> str:
    """What tells who reports the clause, "" where nobody does or it cannot be said so.

    Only for verbs that report and nothing else: "denied that ..." says something of its own.
    """
    verb = clause.teller
    if verb is None or not reports(verb, lang):
        return ""
    told = subject(verb)
    if told is None or told.pos_ == "PRON" or any(c.dep_ == "neg" for c in verb.children):
        return ""
    name = _name(told)
    if not name or len(name) > _LONGEST:
        return ""
    according = next(iter(listed(lang, "subjects")), "")
    if len(listed(lang, "subjects")) == 1:
        return f", {according} {name[:1].lower() + name[1:] if _is_common(told) else name}"
    auxiliaries = [c.text for c in verb.children if c.dep_ in AUXILIARY and c.i < verb.i]
    name = name[:1].lower() + name[1:] if _is_common(told) else name
    return f", {' '.join([name, *auxiliaries, str(verb.text)])}"


def only_says(verb: Token, lang: str) -> bool:
    """Whether a verb plainly says what it reports: "officials said", not "claimed", "denied"."""
    negated = any(c.dep_ == "neg" or low(c) in listed(lang, "negations") for c in verb.children)
    return bool({low(verb), lemma(verb)} & forms(lang, "plain")) and not negated


def reports(verb: Token, lang: str) -> bool:
    """Whether a verb reports what another clause tells."""
    return bool({low(verb), lemma(verb)} & forms(lang, "reporting"))


def _name(told: Token) -> str:
    """The words of the subject, without what is set off by commas."""
    first = told.left_edge.i  # a mark before it does not belong to the name
    apart = [c for c in told.children if follows_a_mark(c) and c.left_edge.i > first]
    below = subtree(told).difference(*(subtree(child) for child in apart))
    words = [told.doc[i] for i in sorted(below)]
    while words and words[-1].is_punct:
        words.pop()
    while words and words[0].pos_ == "CCONJ":  # "but", of the clause
        words.pop(0)
    return "".join(word.text_with_ws for word in words).strip()


def _is_common(told: Token) -> bool:
    first = told.left_edge
    return first.pos_ == "DET"
