"""The words of a sentence that a headline is made of: without dateline, the agency before it and
a phrase of time or place that opens it, between semicolons."""

from __future__ import annotations

import functools
import re

from events.headline import capitalised
from events.model import Event, Mention
from loaders.headlines.word_lists import doubting, forms, listed, opens_with, plain
from loaders.text.words import words

_DATELINE = re.compile(
    r"(?:[A-ZÀ-Ý]{2}[^:;!?\n]{0,60}?|[A-ZÀ-Ý][^.:;!?\n]{1,40}?) ?[–—-] (?=[A-ZÀ-Ý«“\"\d])"
)
# semicolons, and two sentences without a space between them, as some extracts of web pages have it
_APART = re.compile(
    r";|(?<=[a-zà-ÿ\d»”)][.!?])(?=[A-ZÀ-Ý«“][\w ’'-])|(?<=[a-zà-ÿ][.!?][\"»”])(?=[A-ZÀ-Ý«“\"])"
)
_COLON = re.compile(r"(?<=\w)[ \u00a0\u202f]?:\s+(?![«“\"‘])")
_LEAST_OF_A_PART = 4  # words on each side of a colon that parts two clauses
_NAMED = re.compile(r"\d|(?<=[ '’])[A-ZÀ-Ý]")  # a name or a number behind the first word
_WORDS = re.compile(r"[\w-]+'?")  # an elided word with its apostrophe
_LONGEST = 60  # characters of a phrase that opens a sentence and falls
_MOST_SMALL = 0.5  # share of the words of a dateline that may open with a small letter


def passage(event: Event, lang: str) -> Mention:
    """The part of the event's sentence between the semicolons, or the sentences written without a
    space between them, around the words of the act."""
    text = event.quote
    act = (event.trigger.start if event.trigger else event.start) - event.start
    apart = sorted(
        [0, *(m.end() for m in _APART.finditer(text)), *_colons(text, lang, act), len(text)]
    )
    start = max(_opening(text, lang), max(at for at in apart[:-1] if at <= max(act, 0)))
    start += _phrase(text[start:], act - start, lang, dated=event.date is not None)
    end = min(at for at in apart[1:] if at > max(act, start) or at == len(text))
    end = start + len(text[start:end].rstrip(";: \u00a0\u202f"))
    while start < end and text[start].isspace():
        start += 1
    return Mention(event.part, event.start + start, event.start + end, text[start:end])


def _colons(text: str, lang: str, act: int) -> list[int]:
    """Where a part begins behind a colon, unless one side is too short for a clause, or the act
    stands behind it and what is before says who tells it ("Zelensky wrote: ...") or doubts it ("set
    one condition: ...")."""
    found = (
        m for m in _COLON.finditer(text) if act < m.start() or not _colours(text[: m.start()], lang)
    )
    sides = ((m.end(), text[: m.start()].split(), text[m.end() :].split()) for m in found)
    return [at for at, *both in sides if min(map(len, both)) >= _LEAST_OF_A_PART]


def _colours(text: str, lang: str) -> bool:
    """Whether a word in the text says who tells what follows, or makes it less than a fact."""
    told = forms(lang, "reporting") | doubting(lang, "reported", True)
    return _is_firm(text, lang) or bool(told & set(_WORDS.findall(plain(text))))


def trimmed(text: str) -> str:
    """Without the full stop and the spaces around."""
    kept = " ".join(text.split())
    return capitalised(kept[:-1] if kept.endswith(".") and not kept.endswith("..") else kept)


def _opening(text: str, lang: str) -> int:
    """Length of "KYIV, May 18 - ", of a bullet, "15:00 GMT", "(Reuters)" or "AFP: " before a
    sentence, 0 where there is none."""
    mark = _mark(lang).match(text) or _agency(lang).match(text)
    if mark:
        return mark.end()
    found = _DATELINE.match(text)
    if found is None:
        return 0
    is_slug = _share_of_small(found.group()) <= _MOST_SMALL or _has_byline(found.group(), lang)
    return found.end() if is_slug else 0


@functools.cache
def _mark(lang: str) -> re.Pattern[str]:
    """A bullet, the time of an entry, with the initials of its zone, or something in brackets."""
    named = words(lang).get("dates", {}).get("words", {}).get("zone", {}).get("GMT", "")
    zones = "|".join(re.escape(zone) for zone in named.split("|") if zone.isupper()) or "(?!)"
    time = rf"\d{{1,2}}[:.h]\d{{2}}(?: ?(?:{zones}))?"
    return re.compile(rf"(?:[•*–—-]|{time}|\([^()]{{3,40}}\))\s+")


def _has_byline(text: str, lang: str) -> bool:
    """Whether a dateline tells who wrote it: "BEYROUTH, de notre correspondante -"."""
    told = words(lang).get("noise", {}).get("byline_before_name", ())
    return any(f" {phrase}" in plain(text) for phrase in told if " " in phrase)


@functools.cache
def _agency(lang: str) -> re.Pattern[str]:
    """The signature of agencies before a sentence: "AFP: ", "Reuters/AP - "."""
    agencies = words(lang).get("noise", {}).get("agencies", ())
    names = "|".join(sorted(map(re.escape, agencies), reverse=True)) or "(?!)"
    return re.compile(rf"(?i:{names})(?:/(?i:{names}))*(?: ?[:–—] ?| - )")


@functools.cache
def _list_of_names(lang: str) -> re.Pattern[str]:
    """A name and what is set beside it, or a list of them."""
    joined = "|".join(re.escape(word) for word in words(lang, "places").get("list_words", ()))
    return re.compile(rf"(?:[^\s,]+ ){{0,2}}[^\s,]+(?:, (?!\d)| (?:{joined or '(?!)'}) )")


def _phrase(text: str, act: int, lang: str, dated: bool) -> int:
    """Length of "In the meantime, " or "Mardi soir, " before the clause that tells the act; 0
    where there is none, where it says how true the act is ("But unless ..., "), before a list
    ("In Homs, Hama"), and where it names the time of an act without a date ("During the Gulf War,
    ")."""
    text_before, comma, rest = text.partition(", ")
    length = len(text_before) + len(comma)
    is_phrase = opens_with(text_before, listed(lang, "phrases")) and len(text_before) <= _LONGEST
    if not (comma and is_phrase and length <= act) or _is_firm(text_before, lang):
        return 0
    if (
        not dated
        and _NAMED.search(text_before)
        and opens_with(text_before, listed(lang, "lasting"))
    ):
        return 0
    openers = listed(lang, "openers") - listed(lang, "pronouns")
    opens_a_clause = rest[:1].isalnum() and not opens_with(rest, openers)
    return length if opens_a_clause and not _list_of_names(lang).match(rest) else 0


def _is_firm(text: str, lang: str) -> bool:
    """Whether one of its words is of a condition, of who tells it, or a negation."""
    firm = listed(lang, "conditions") | listed(lang, "attribution") | listed(lang, "negations")
    return bool(firm & set(_WORDS.findall(plain(text))))


def _share_of_small(text: str) -> float:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 2]
    return sum(word[0].islower() for word in words) / len(words) if words else 1.0
