"""The words of a language that headlines are made and checked with: `<lang>.headlines.toml`."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from loaders.grammar.inflection import verb_forms
from loaders.headlines.parse_tree import low
from loaders.text.words import entries, words

if TYPE_CHECKING:
    from spacy.tokens import Token

OBJECTS = frozenset(["dobj", "obj", "iobj", "obl:arg", "dative", "expl:comp", "pobj"])


@functools.cache
def listed(lang: str, name: str) -> frozenset[str]:
    """The words of a list, in lower case; empty where the language lacks it."""
    return entries(words(lang, "headlines").get(name, ""))


@functools.cache
def forms(lang: str, name: str) -> frozenset[str]:
    """The words of a list with all their forms as verbs."""
    return frozenset(form for word in listed(lang, name) for form in verb_forms(word, lang))


@functools.cache
def doubting(lang: str, status: str, strict: bool) -> frozenset[str]:
    """The forms of the words that make an act more doubtful than its status says; where not
    `strict`, those that only say it do not count."""
    if status in ("planned", "claimed"):
        return forms(lang, "denied") | forms(lang, "averted")
    names = ("claimed", "planned", "denied", "averted", "doubted")
    found = frozenset().union(*(forms(lang, name) for name in names))
    return found if strict else found - forms(lang, "plain")


def is_personal_object(token: Token, lang: str) -> bool:
    """Whether a word leaves open whom something is done to: "killed him"."""
    is_object = token.pos_ == "PRON" and token.dep_ in OBJECTS
    return is_object and low(token) in listed(lang, "personal")


def opens_with(text: str, phrases: frozenset[str]) -> bool:
    """Whether a text opens with one of the words or phrases, as whole words."""
    low = plain(text)
    return any(low.startswith(p) and _ends_a_word(low, p) for p in _likely(low, phrases))


def may_open(text: str, lang: str) -> bool:
    """Whether a headline may open with the first words of a text."""
    first = next(iter(text.split()), "-")
    is_code = len(first) > 1 and first.isupper()  # "US", not "us"
    if is_code or opens_with(text, listed(lang, "firm_openers")):
        return True
    return not opens_with(text, listed(lang, "openers"))


def may_stand_below(text: str, lang: str) -> bool:
    """Whether a text may stand under the name of a party: also "several hundred people"."""
    return opens_with(text, listed(lang, "counting")) or may_open(text, lang)


def holds(text: str, name: str) -> bool:
    """Whether a name stands in a text as whole words; one in capitals only in capitals: "US" is
    not "us"."""
    case = re.NOFLAG if name.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, case) is not None


def plain(text: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return " ".join(text.lower().replace("’", "'").split())


def _likely(low: str, phrases: frozenset[str]) -> list[str]:
    return [phrase for phrase in phrases if phrase[:1] == low[:1]]


def _ends_a_word(low: str, phrase: str) -> bool:
    after = low[len(phrase) : len(phrase) + 1]
    return phrase.endswith("'") or not (after.isalnum() or after in "-'")
