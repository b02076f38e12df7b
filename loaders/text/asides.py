"""Sentences that are no report of their own: teasers, notices of the site, what is taken back.

They are cut sentence by sentence, so that the report beside them stays (page noise that fills
paragraphs: noise.py). Words come from [noise] in data/languages/<lang>.toml.
"""

from __future__ import annotations

import functools
import re

from loaders.find.outlets import outlet_spans
from loaders.text.noise import LINK_MARKS, fold
from loaders.text.words import words

TEASER = "related links"
NOTICE = "notice of the site"
RETRACTED = "taken back by a correction"
_LONGEST = 400  # characters
_MOST_BETWEEN = 2  # blanks between an outlet and its verb: "has", "later"


def aside_reason(sentence: str, lang: str) -> str:
    """Why a sentence is no report of its own, "" for one that is."""
    if len(sentence) > _LONGEST:
        return ""
    folded = fold(sentence)
    teaser = _teaser(lang)
    if teaser is not None and teaser.match(folded.lstrip(LINK_MARKS)):
        return TEASER
    if any(phrase in folded for phrase in _phrases(lang, "retracted")):
        return RETRACTED
    if _is_taken_back(sentence, lang):
        return RETRACTED
    return NOTICE if any(phrase in folded for phrase in _phrases(lang, "service")) else ""


def _is_taken_back(sentence: str, lang: str) -> bool:
    """Whether an outlet takes its report back: who else corrects a report does something that is
    told ("The Pentagon pulled the report")."""
    taking = _taking_back(lang)
    found = taking.search(fold(sentence)) if taking is not None else None
    if found is None:
        return False
    before = fold(sentence)[: found.start()]
    return _ends_with_outlet(before, lang) or any(
        before[end:].count(" ") <= _MOST_BETWEEN
        for _, end in outlet_spans(sentence, lang)
        if end <= len(before)
    )


def _ends_with_outlet(before: str, lang: str) -> bool:
    """Whether a noun for an outlet, or "we", ends the words before a verb."""
    subjects = _one_of(lang, "takes_back_subjects")
    between = rf"(?: [^\W\d]+){{0,{_MOST_BETWEEN - 1}}} $"
    return bool(subjects and re.search(rf"(?<!\w)(?:{subjects}){between}", before))


@functools.cache
def _phrases(lang: str, name: str) -> tuple[str, ...]:
    table = words(lang).get("noise", {})
    return tuple(fold(phrase) for phrase in table.get(name, ()))


@functools.cache
def _teaser(lang: str) -> re.Pattern[str] | None:
    """A heading for links, and its colon or dash."""
    headings = _one_of(lang, "related")
    return re.compile(rf"(?:{headings})(?:\s?[:>»|]|\s[–—-]\s)") if headings else None


@functools.cache
def _taking_back(lang: str) -> re.Pattern[str] | None:
    """An outlet's verb and its report: "retracted its story"."""
    verbs, reports = _one_of(lang, "takes_back"), _one_of(lang, "taken_back")
    between = _one_of(lang, "before_taken_back")
    if not (verbs and reports):
        return None
    return re.compile(rf"(?<!\w)(?:{verbs}) (?:(?:{between})(?: |(?<=')))?(?:{reports})(?!\w)")


def _one_of(lang: str, name: str) -> str:
    """The phrases of a word group as alternatives, the longest first."""
    return "|".join(map(re.escape, sorted(_phrases(lang, name), key=len, reverse=True)))
