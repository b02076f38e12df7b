"""Detects page noise (boilerplate) in the text: teasers, counters, bylines, related links.

Whole paragraphs are cut, never parts of one, and a long paragraph only if the text repeats it.
Structural rules hold for every language; words come from [noise] in data/languages/<lang>.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from events.model import Article, LeftOut
from loaders.text.sentences import paragraph_spans
from loaders.text.words import words

_MAX_NOISE = 600  # characters: a longer paragraph is never noise, whatever its words
_MIN_REPEAT = 40  # characters: a shorter sentence may be repeated on purpose
_MIN_REPORT = 40  # characters: a shorter sentence beside a notice belongs to it
_TAIL = 24  # characters at the end in which a mark of shortening ("...") is looked for
_MAX_SEARCHED = 300  # number of paragraphs among which repeats are looked for
_CUT_SHORT = re.compile(r"[\s.…]*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*$")
_COUNT = re.compile(r"[+•·|\s]*(\d{1,7}|\d+[.,]\d+)\s?[kKM]?[+•·|\s]*(?P<word>[^\W\d]*)\W*$")
_YEAR = re.compile(r"(?:1[89]|20)\d\d$")
LINK_MARKS = " >»›→▶►•·*#|([–—-"  # what a site sets before the heading of a link


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: offsets in the stored text, its text, and its folded text for comparison."""

    start: int
    end: int
    text: str
    folded: str


Cuts = Iterator[tuple[int, str]]
Rule = Callable[[Sequence[Paragraph], Article, dict[str, list[str]]], Cuts]


def find_noise(article: Article) -> list[LeftOut]:
    """Regions of the text that do not belong to the article, with reasons, in reading order.

    Of repeated words the copy in the body is kept; the teaser or heading is cut.
    """
    lines = [
        Paragraph(start, end, article.text[start:end], fold(article.text[start:end]))
        for start, end in paragraph_spans(article.text)
    ]
    table: dict[str, list[str]] = words(article.lang).get("noise", {})
    reasons: dict[int, str] = {}
    for rule in RULES:
        for index, reason in rule(lines, article, table):
            reasons.setdefault(index, reason)
    if len(reasons) == len(lines):  # everything looks like noise: keep it all rather than lose it
        return []
    return [
        LeftOut(reasons[i], lines[i].text, "text", lines[i].start, lines[i].end)
        for i in sorted(reasons)
    ]


def fold(text: str) -> str:
    """Text for comparison: NFKC, case folded, plain apostrophes, single spaces."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return " ".join(plain.casefold().split())


def _repeated_title(lines: Sequence[Paragraph], article: Article, _: dict[str, list[str]]) -> Cuts:
    """Copies of the title; without a title, the first line if it is repeated above the body."""
    title = fold(article.title).rstrip(" .")
    for index, line in enumerate(lines[:12]):
        later = [other.folded for other in lines[index + 1 : 12]]
        is_copy = title and line.folded.rstrip(" .") == title
        if is_copy or (15 < len(line.text) <= 300 and line.folded in later):
            yield index, "repeated title"


def _teaser(lines: Sequence[Paragraph], _: Article, __: dict[str, list[str]]) -> Cuts:
    """A paragraph whose text is repeated in another one: the shorter, else the earlier, is cut."""
    searched = lines[:_MAX_SEARCHED]
    for index, line in enumerate(searched):
        core = line.folded[:-_TAIL] + _CUT_SHORT.sub("", line.folded[-_TAIL:])
        if len(core) < _MIN_REPEAT:
            continue
        marked = core != line.folded
        if any(core in other.folded for other in searched[index + 1 :]):
            yield index, "teaser that the text repeats"
        elif not marked and any(_inside(core, other.folded) for other in searched[:index]):
            yield index, "sentence of the text set again as a quote"


def _inside(core: str, other: str) -> bool:
    return len(core) < len(other) and core in other


def _share_count(lines: Sequence[Paragraph], _: Article, table: dict[str, list[str]]) -> Cuts:
    """A lone number, alone or with a word such as "shares". A lone year may head a chronicle."""
    counters = {fold(word) for word in table.get("counters", ())}
    for index, line in enumerate(lines):
        found = _COUNT.match(line.text)
        word = fold(found["word"]) if found else ""
        if found and (not word or word in counters) and not _YEAR.match(line.text):
            yield index, "share count"
        elif line.folded.rstrip(" :!.") in counters:
            yield index, "share button"


def _byline(lines: Sequence[Paragraph], _: Article, table: dict[str, list[str]]) -> Cuts:
    """ "ÉCRIT PAR" with the names around it; "By Jane Doe, ..." near either end."""
    markers = {fold(word) for word in table.get("byline_alone", ())}
    prefixes = tuple(fold(word) + " " for word in table.get("byline_before_name", ()))
    for index, line in enumerate(lines):
        if line.folded.rstrip(" :") in markers:
            yield index, "byline"
            around = (index - 1, index + 1) if index > 2 else (index + 1,)
            yield from ((i, "byline") for i in around if _is_name(lines, i))
        elif _at_ends(index, lines, 6) and line.folded.startswith(prefixes) and prefixes:
            rest = line.text.split()
            names = [word for word in rest[1:] if word[0].isupper()]
            if len(rest) <= 14 and len(names) >= 2 and not line.text.endswith((".", "!", "?", ":")):
                yield index, "byline"


def _is_name(lines: Sequence[Paragraph], index: int) -> bool:
    """One to five words, each with a capital, no full stop: a name standing alone."""
    if not 0 <= index < len(lines):
        return False
    parts = lines[index].text.split()
    capitals = sum(part[0].isupper() for part in parts)
    return 1 <= len(parts) <= 5 and capitals >= len(parts) - 1 and parts[-1][-1].isalnum()


def _biography(lines: Sequence[Paragraph], _: Article, table: dict[str, list[str]]) -> Cuts:
    """Who the author is: near the end, with emoji or with the words of a biography."""
    phrases = [fold(phrase) for phrase in table.get("biography", ())]
    for index, line in enumerate(lines):
        if not _at_end(index, lines, 6) or len(line.text) > _MAX_NOISE:
            continue
        emoji = sum(_is_emoji(c) for c in line.text) >= 2 or _is_emoji(line.text[0])
        if emoji or any(line.folded.startswith(p) or f", {p}" in line.folded for p in phrases):
            yield index, "author biography"


def _related(lines: Sequence[Paragraph], _: Article, table: dict[str, list[str]]) -> Cuts:
    """ "Read more: ..." lines; after a bare "Related articles", the short lines that follow too."""
    phrases = tuple(sorted(map(fold, table.get("related", ())), key=len, reverse=True))
    for index, line in enumerate(lines):
        opened = line.folded.lstrip(LINK_MARKS)
        if not phrases or len(line.text) > 300 or not opened.startswith(phrases):
            continue
        phrase = next(p for p in phrases if opened.startswith(p))
        rest = opened[len(phrase) :].strip()
        if not rest.strip(" :>»…."):
            yield index, "related links"
            yield from ((i, "related links") for i in _short_tail(lines, index + 1))
        elif rest[0] in ":>»|–-[(" and not _goes_on(line.text):
            yield index, "related links"


def _goes_on(text: str) -> bool:
    """Whether another sentence follows the first in a paragraph."""
    return re.search(r"[.!?]\s+[^\W\d_]", text) is not None


def _short_tail(lines: Sequence[Paragraph], begin: int) -> Iterator[int]:
    """Headings after a bare marker: lines that are short and end no sentence."""
    for index in range(begin, len(lines)):
        if len(lines[index].text) > 160 or lines[index].text.endswith((".", ":", ";", "»", "”")):
            return
        yield index


def _service(lines: Sequence[Paragraph], _: Article, table: dict[str, list[str]]) -> Cuts:
    """Cookie notices, newsletters, appeals to follow or subscribe."""
    phrases = [fold(phrase) for phrase in table.get("service", ())]
    for index, line in enumerate(lines):
        if len(line.text) <= 400 and _fills(line, phrases):
            yield index, "notice of the site"


def _fills(line: Paragraph, phrases: list[str]) -> bool:
    """Whether each sentence has one of the phrases, or the first has it and no other a report's
    length: "We use cookies. Read our policy."; a report beside it stays (asides.py).
    """
    sentences = [fold(part) for part in re.split(r"(?<=[.!?])\s+", line.text)]
    plain = [part for part in sentences if not any(phrase in part for phrase in phrases)]
    return len(plain) < len(sentences) and all(len(part) < _MIN_REPORT for part in plain)


def _credit(lines: Sequence[Paragraph], _: Article, table: dict[str, list[str]]) -> Cuts:
    """Photo credits: short lines that begin with the word for it or with ©."""
    phrases = tuple(fold(phrase) for phrase in table.get("credit", ()))
    for index, line in enumerate(lines):
        opened = line.folded.lstrip("([ ")
        if len(line.text) <= 160 and (opened.startswith("©") or _has_label(opened, phrases)):
            yield index, "photo credit"


def _has_label(folded: str, phrases: tuple[str, ...]) -> bool:
    """The line is "photo: ..." or "(crédit photo | ...)", with nothing after the bracket."""
    if re.search(r"[)\]]\s*[^\s()\[\].,]", folded):
        return False
    return any(
        folded.startswith(phrase) and re.match(r"\s?[:|/©–-]", folded[len(phrase) :])
        for phrase in phrases
    )


def _sign_off(lines: Sequence[Paragraph], _: Article, table: dict[str, list[str]]) -> Cuts:
    """The agency's name alone at the end, or who reported and edited."""
    agencies = {fold(name) for name in table.get("agencies", ())}
    begins = tuple(fold(phrase) for phrase in table.get("sign_off", ()))
    for index, line in enumerate(lines):
        bare = line.folded.strip(" ().,;/*-–")
        parts = [part.strip() for part in re.split(r"[/,&+]| - ", bare)]
        names_only = _at_end(index, lines, 3) and all(part in agencies for part in parts)
        opened = line.folded.lstrip("([* ") if len(line.text) <= _MAX_NOISE else ""
        if names_only or (_at_end(index, lines, 4) and begins and opened.startswith(begins)):
            yield index, "agency sign-off"


def _at_end(index: int, lines: Sequence[Paragraph], count: int) -> bool:
    return index > 0 and index >= len(lines) - count


def _at_ends(index: int, lines: Sequence[Paragraph], count: int) -> bool:
    return index < count or index >= len(lines) - count


def _is_emoji(character: str) -> bool:
    return character >= "\u2600" and unicodedata.category(character) == "So"


RULES: tuple[Rule, ...] = (
    _repeated_title,
    _teaser,
    _share_count,
    _byline,
    _biography,
    _related,
    _service,
    _credit,
    _sign_off,
)
