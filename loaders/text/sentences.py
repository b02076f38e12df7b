"""Sentence boundaries by rules, the same for every language and with or without a model.

What a language adds is data (data/languages/<lang>.toml): `abbreviations` after which a full stop
ends nothing, `sentence_openers` (words that begin a sentence after "U.S." or "p.m."), and
`ordinal_dot` where a full stop after a small number makes an ordinal ("am 21. November"). Nor does
one end a sentence after a short month or weekday of the date tables that its day follows.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.text.budget import SENTENCE
from loaders.text.words import languages, words

_SPACE = "\\s\u00a0\u202f"
_MARKS = ".!?…؟۔।"
_BREAK = re.compile(
    # a run of marks is taken once and whole: a page of dots must not take minutes
    f"(?<![{_MARKS}])[{_MARKS}]++(?:[{_SPACE}]*+»|[\"'”’»)\\]]*+)(?=[{_SPACE}])(?![{_SPACE}]++»)",
)
_OPENERS = "\"'“‘«([—–-¿¡"
_INITIAL = re.compile(r"(?:^|[\s.('’«\"“-])[^\W\d_]\.$")  # "J." in "J. Biden", "J.-Y. Le Drian"
_DOTTED = re.compile(r"(?:^|[\s('’«\"“])(?:[^\W\d_]\.){2,}$")  # "U.S.", "p.m."
_LIST_NUMBER = re.compile(r"\s*\d{1,2}\.$")
_ORDINAL = re.compile(r"(?:^|\D)\d{1,2}\.$")
_BEFORE_DAY = re.compile(r"(?P<word>[^\W\d_]+)\.?\s\d")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Rules:
    """What one language adds to the rules."""

    abbreviations: frozenset[str]
    openers: frozenset[str]
    ordinal_dot: bool
    date_abbreviations: frozenset[str]
    months: frozenset[str]


@functools.cache
def rules(lang: str) -> Rules:
    """The rules of a language; those common to all where it has no table."""
    table = words(lang)
    return Rules(
        _in_any_language() | frozenset(table.get("abbreviations", ())),
        frozenset(table.get("sentence_openers", ())),
        bool(table.get("ordinal_dot", False)),
        frozenset(w[:-1] for w in _date_words(lang, "weekday", "month") if w.endswith(".")),
        frozenset(w.rstrip(".") for w in _date_words(lang, "month")),
    )


def _date_words(lang: str, *tables: str) -> Iterator[str]:
    """Spellings of the tables of dates that give a month or weekday, in lower case."""
    for name, rows in words(lang).get("dates", {}).get("words", {}).items():
        if name.split("__")[0] in tables:
            yield from (word.lower() for spelt in rows.values() for word in spelt.split("|"))


def _in_any_language() -> frozenset[str]:
    """Abbreviations that news in any language prints."""
    tables = (words(lang).get("common_abbreviations", ()) for lang in languages())
    return frozenset(word for table in tables for word in table)


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each non-empty line, stripped of outer white space."""
    for line in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        piece = line.group()
        lead = len(piece) - len(piece.lstrip())
        body = piece.strip()
        if body:
            yield line.start() + lead, line.start() + lead + len(body)


def sentence_spans(text: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of text[start:end], stripped of outer white space.

    What is longer than a sentence can be (a table, a list) is cut at a space.
    """
    language = rules(lang)
    begin = start
    for found in _BREAK.finditer(text, start, end):
        if _is_boundary(text, begin, found, end, language):
            yield from _stripped(text, begin, found.end())
            begin = found.end()
    yield from _stripped(text, begin, end)


def _is_boundary(text: str, begin: int, found: re.Match[str], end: int, language: Rules) -> bool:
    rest = text[found.end() : min(end, found.end() + 24)].lstrip().lstrip(_OPENERS).lstrip()
    if not rest:
        return True
    if rest[0].isalpha() and not rest[0].isupper():
        # scripts without letter case have no capitals to wait for
        return rest[0].upper() == rest[0].lower()
    if found.group() != ".":
        return True
    before = text[max(begin, found.start() - 24) : found.start() + 1]
    return _ends_after_dot(before, rest, language, at_start=found.start() - begin <= 3)


def _ends_after_dot(before: str, rest: str, language: Rules, at_start: bool) -> bool:
    """Whether the single full stop that ends `before` ends a sentence that `rest` follows."""
    word = re.split(f"[{_SPACE}('’«\"“]", before)[-1].rstrip(".")
    if word in language.abbreviations or _opens_date(word, rest, language):
        return False
    if _DOTTED.search(before):
        opener = _FIRST_WORD.match(rest)
        return opener is not None and opener[0] in language.openers
    if _INITIAL.search(before) or (at_start and _LIST_NUMBER.match(before)):
        return False
    return not (language.ordinal_dot and _ORDINAL.search(before))


def _opens_date(word: str, rest: str, language: Rules) -> bool:
    """Whether a short month or weekday goes on with its date ("JAN. 27", "Mon. Dec. 16")."""
    following = _BEFORE_DAY.match(rest)
    goes_on = rest[0].isdigit() or (following and following["word"].lower() in language.months)
    return word.lower() in language.date_abbreviations and bool(goes_on)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > SENTENCE:
        # a piece without any space is cut where it is full
        cut = text.rfind(" ", start + 1, start + SENTENCE)
        cut = cut if cut > start else start + SENTENCE
        yield from _bare(text, start, cut)
        start = cut
    yield from _bare(text, start, end)


def _bare(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    body = piece.strip()
    if body:
        lead = len(piece) - len(piece.lstrip())
        yield start + lead, start + lead + len(body)
