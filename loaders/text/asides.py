"""Sentences that are no report of their own: teasers, notices of the site, what is taken back.

They are cut sentence by sentence, so that the report beside them stays (page noise that fills
paragraphs: noise.py). Words come from [noise] in data/languages/<lang>.toml.
"""

from __future__ import annotations

import functools
import re

from loaders.text.noise import fold
from loaders.text.words import words

TEASER = "related links"
NOTICE = "notice of the site"
RETRACTED = "taken back by a correction"
_LONGEST = 400  # characters


def aside_reason(sentence: str, lang: str) -> str:
    """Why a sentence is no report of its own, "" for one that is."""
    if len(sentence) > _LONGEST:
        return ""
    folded = fold(sentence)
    teaser = _teaser(lang)
    if teaser is not None and teaser.match(folded):
        return TEASER
    for name, reason in (("retracted", RETRACTED), ("service", NOTICE)):
        if any(phrase in folded for phrase in _phrases(lang, name)):
            return reason
    return ""


@functools.cache
def _phrases(lang: str, name: str) -> tuple[str, ...]:
    table = words(lang).get("noise", {})
    return tuple(fold(phrase) for phrase in table.get(name, ()))


@functools.cache
def _teaser(lang: str) -> re.Pattern[str] | None:
    """A heading for links, and its colon."""
    headings = sorted(_phrases(lang, "related"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, headings))})\s?[:>»|]") if headings else None
