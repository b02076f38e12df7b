"""Inflected forms of a word from the ending tables of a language, so that a trigger is found
without a parser, or despite a wrong lemma or tag.

The tables are in ``data/languages/<lang>.events.toml`` under ``[inflection]``: pairs of an
infinitive ending and the endings of its forms, words that double their last consonant, and
irregular forms. A language without tables matches words as written, or by prefix ("удар*").
"""

from __future__ import annotations

import functools
from typing import Any

from loaders.text.words import words


@functools.cache
def _table(lang: str) -> dict[str, Any]:
    table: dict[str, Any] = words(lang, "events").get("inflection", {})
    return table


@functools.cache
def _irregular(lang: str) -> dict[str, frozenset[str]]:
    """lemma -> irregular forms."""
    rows = (entry.partition("=") for entry in _table(lang).get("irregular", "").split())
    return {lemma: frozenset(forms.split(",")) for lemma, _, forms in rows}


@functools.cache
def _doubling(lang: str) -> frozenset[str]:
    return frozenset(_table(lang).get("double", "").split())


@functools.cache
def _wholly_irregular(lang: str) -> tuple[str, ...]:
    return tuple(_table(lang).get("wholly_irregular", "").split())


@functools.cache
def verb_forms(lemma: str, lang: str) -> frozenset[str]:
    """All forms of a verb, lower case, the lemma among them."""
    forms = {lemma} | _irregular(lang).get(lemma, frozenset())
    if lemma in _doubling(lang):
        forms |= {lemma + ending for ending in _table(lang).get("double_not", "").split()}
        forms |= {lemma + lemma[-1] + end for end in _table(lang).get("double_endings", "").split()}
    elif not (_irregular(lang).get(lemma) and lemma.endswith(_wholly_irregular(lang))):
        forms |= _with_endings(lemma, _table(lang).get("verb", []))
    return frozenset(forms)


@functools.cache
def noun_forms(lemma: str, lang: str) -> frozenset[str]:
    """Singular and plural of a noun, lower case."""
    return frozenset({lemma} | _with_endings(lemma, _table(lang).get("noun", [])))


def _with_endings(lemma: str, rows: list[list[str]]) -> set[str]:
    """Forms by the first row whose ending fits; the bare form is the empty ending."""
    for ending, forms in rows:
        if lemma.endswith(ending):
            stem = lemma[: len(lemma) - len(ending)]
            bare = {lemma} if forms.startswith(" ") else set()
            return bare | {stem + form for form in forms.split()}
    return set()
