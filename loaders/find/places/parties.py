"""Whether a place name means a party (its government, its state) and not a location.

Cues are words of the language (data); subject and object come from the word order.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.find.places.candidates import PlaceSpan
from loaders.find.places.words_near import (
    WordToken,
    bare,
    clause_before,
    cue_set,
    cues,
    ends_with_cue,
    stems_of,
)

WORDS = 8  # of the clause before the name


def acts(span: PlaceSpan) -> bool:
    """Whether the place name means a party and not a location."""
    lang = span.scene.lang
    clause = clause_before(span.scene.row, span.at)
    before = [bare(token) for token in clause[-WORDS:]]
    if _is_second_of_two(before, lang):
        return True
    if ends_with_cue(clause[-WORDS:], lang, "dealing"):
        return not any(_has_stem(word, lang, "travel_verbs") for word in before)
    if span.located:
        return _is_recipient(before, lang)
    complement = _noun_of(before, lang)
    if complement is not None:
        return complement in cue_set(lang, "government_nouns")
    return _is_party_by_order(span, clause)


def _is_second_of_two(before: Sequence[str], lang: str) -> bool:
    """Whether it is the second name after "between": "entre Pékin et Washington"."""
    joined = bool(before) and before[-1] in cue_set(lang, "conjunctions")
    return joined and not cue_set(lang, "between").isdisjoint(before[-4:-1])


def _without_articles(before: Sequence[str], lang: str, least: int = 0) -> list[str]:
    """The words without articles at their end; `least` words stay."""
    out, articles = list(before), cue_set(lang, "articles")
    while len(out) > least and out[-1] in articles:
        out.pop()
    return out


def _is_recipient(before: Sequence[str], lang: str) -> bool:
    """Whether it is a recipient or addressee: "fournit à Kyiv", "aide militaire à Kyiv"."""
    words = _without_articles(before, lang)
    if not words or words[-1] not in cue_set(lang, "dative"):
        return False
    near = words[-5:-1]
    nouns = cue_set(lang, "dative_nouns")
    return any(_has_stem(word, lang, "dealing_verbs") or word in nouns for word in near)


def _noun_of(before: Sequence[str], lang: str) -> str | None:
    """The noun that a genitive preposition ties the mention to; None without one."""
    words = _without_articles(before, lang, least=1)
    if not words or words[-1] not in cue_set(lang, "genitive"):
        return None
    if any(_has_stem(word, lang, "travel_verbs") for word in words[-3:-1]):
        return ""
    nouns = cue_set(lang, "government_nouns") | cue_set(lang, "place_nouns")
    return next((word for word in reversed(words[-4:-1]) if word in nouns), "")


def _has_stem(word: str, lang: str, name: str) -> bool:
    return word.startswith(stems_of(lang, name))


def _is_party_by_order(span: PlaceSpan, clause: Sequence[WordToken]) -> bool:
    """Whether it opens a clause bare and a word follows without punctuation."""
    lang, row = span.scene.lang, span.scene.row
    if not cues(lang):
        return False
    words = _without_articles([bare(token) for token in clause], lang)
    if words and words[-1] not in cue_set(lang, "conjunctions"):
        return False
    following = row[span.at + span.width :][:4]
    if not following or not following[0].is_word or following[0].is_capital:
        return False
    return not any(_has_stem(token.fold, lang, "place_verbs") for token in following)
