"""Where in a sentence a place may be named: gazetteer matches ∪ model entities.

A span is longest match first, never strictly inside a person's or an organisation's name, and a
word that is also something else (Nice, Tours, Lens, May) needs a cue. Names with case endings are
found by taking the endings off (data: `endings` of the language's places table).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.find.places.gazetteer import CANONICAL, NATIVE, OWN, Entry, by_key
from loaders.find.places.spelling import key
from loaders.text.document import Sentence
from loaders.text.words import words

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*\.?|\d+|[^\w\s]")
_LETTERS = re.compile(r"[^\W\d_]")
PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
PERSON_LABELS = frozenset({"PER", "PERSON"})
OTHER_LABELS = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "MISC", "NORP"})
MAX_WORDS = 6
STRONG_POPULATION = 100_000  # known well enough to stand without a cue
WEAK_POPULATION = 3_000


@dataclass(frozen=True)
class Token:
    """A word or a sign of the sentence; offsets count in the sentence."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@dataclass(frozen=True)
class Span:
    """A possible place in a sentence: what the gazetteer has for it, what speaks for it.

    `label` is the model's label over the span ("" none); `located` says that a locative word
    stands directly before it.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    label: str
    located: bool


@functools.cache
def cues(lang: str) -> dict[str, Any]:
    """The places table of a language, with empty defaults where it has none."""
    return words(lang, "places")


@functools.cache
def cue_set(lang: str, name: str) -> frozenset[str]:
    """A word list of the places table, case folded."""
    return frozenset(word.casefold() for word in cues(lang).get(name, ()))


def tokens(text: str, lang: str) -> list[Token]:
    """Words and signs; an elided article ("l'", "d'") is a word of its own."""
    out: list[Token] = []
    elisions = cue_set(lang, "elisions")
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        word = found.group()
        head = re.match(r"([^\W\d_]+)[’'ʼ]", word)
        if head and head.group(1).casefold() in elisions:
            out.append(Token(start, start + head.end(), head.group()))
            start, word = start + head.end(), word[head.end() :]
        if word.endswith(".") and not _is_abbreviation(word):
            word, end = word[:-1], end - 1
        if word:
            out.append(Token(start, start + len(word), word))
    return out


def _is_abbreviation(word: str) -> bool:
    """A short capitalised word with its stop: "St.", "Mt.", "Ill."."""
    return len(word) <= 5 and word[0].isupper() and len(word) > 2 and word[:-1] in _POINTED


_POINTED = frozenset({"St", "Ste", "Mt", "Ft", "Pt"})


def find_spans(sentence: Sentence, lang: str) -> list[Span]:
    """All possible places of a sentence, in order, not overlapping."""
    row = tokens(sentence.text, lang)
    entities = _entities(sentence)
    shouted = _is_title_case(row)
    spans: list[Span] = []
    at = 0
    while at < len(row):
        span, width = _longest(sentence.text, row, at, lang, entities, shouted)
        if span is not None:
            spans.append(span)
        at += width
    return _with_unknown(spans, sentence, row, lang, entities)


def _longest(
    text: str, row: list[Token], at: int, lang: str, entities: list[Entity], shouted: bool
) -> tuple[Span | None, int]:
    """The longest acceptable name that begins at this token, and how many tokens to go on."""
    if not row[at].is_word:
        return None, 1
    for width in _widths(row, at, text, lang):
        start, end = row[at].start, row[at + width - 1].end
        entries = look_up(text[start:end], lang)
        if not entries:
            continue
        judge = Judge(text, row, at, width, lang, entities, shouted)
        if judge.accepts(entries):
            located = judge.located
            return Span(start, end, text[start:end], entries, judge.label, located), width
        if judge.is_other_name:
            return None, width
    return None, 1


def _widths(row: list[Token], at: int, text: str, lang: str) -> Iterator[int]:
    """Numbers of tokens a name that begins here may have, longest first."""
    first = row[at].text
    cased = first[0].isupper() or not _has_case(first)
    if not cased and key(first) not in _lower_heads():
        return
    connectors = cue_set(lang, "connectors")
    last = 0
    for width in range(1, MAX_WORDS + 1):
        if at + width > len(row):
            break
        token = row[at + width - 1]
        if width > 1 and not _joined(row[at + width - 2], token, text):
            break
        if not token.is_word:
            if token.text not in "-‐‑–":
                break
            continue
        if cased and width > 1 and not _may_continue(token, connectors, lang):
            break
        last = width
    for width in range(last, 0, -1):
        if row[at + width - 1].is_word:
            yield width


def _may_continue(token: Token, connectors: frozenset[str], lang: str) -> bool:
    bare = token.text.casefold().rstrip("’'ʼ")
    return (
        token.text[0].isupper()
        or bare in connectors
        or not _has_case(token.text)
        or key(token.text) in _lower_tails()
        or bool(cues(lang).get("endings"))
    )


def _has_case(word: str) -> bool:
    return word.lower() != word.upper()


def _joined(left: Token, right: Token, text: str) -> bool:
    between = text[left.end : right.start]
    return between in ("", " ", "\u00a0", "\u202f")


@functools.cache
def _lower_heads() -> frozenset[str]:
    """First words of own places that may stand without a capital (mer, golfe, strait)."""
    return frozenset(name.split()[0] for name in own_names() if " " in name)


@functools.cache
def _lower_tails() -> frozenset[str]:
    return frozenset(part for name in own_names() for part in name.split()[1:] if len(part) > 2)


@functools.cache
def own_names() -> frozenset[str]:
    """Keys of all own places with more than one word."""
    from events.geography import read_reference

    names = set()
    for row in read_reference("places.csv"):
        for lang in ("en", "fr", "de", "es", "uk", "ru"):
            names |= {key(text) for text in (row.get(lang) or "").split("|") if " " in text}
    return frozenset(names)


@functools.lru_cache(maxsize=50_000)
def look_up(name: str, lang: str) -> tuple[Entry, ...]:
    """Gazetteer entries of a name as written; without its case ending where that is needed.

    Names of one or two letters count only in capitals (US, UK, EU is no place).
    """
    text = key(name)
    if len(text) < 2 or (len(text) < 3 and not name.replace(".", "").isupper()):
        return ()
    found = _worthy(by_key(text), name)
    if not found:
        for stem in stems(text, lang):
            found = tuple(e for e in by_key(stem) if e.rank <= NATIVE)
            if found:
                break
    return found


def _worthy(entries: tuple[Entry, ...], name: str) -> tuple[Entry, ...]:
    if name[0].islower():
        return tuple(e for e in entries if e.rank == OWN)
    return tuple(e for e in entries if e.rank < 3 or e.population >= 15_000)


def stems(text: str, lang: str) -> Iterator[str]:
    """The look-up keys left when case endings of the language come off, likeliest first."""
    endings: list[list[str]] = cues(lang).get("endings", [])
    parts = text.split()
    if not endings or len(parts) > 3:
        return
    forms = [list(_word_stems(part, endings)) for part in parts]
    if len(parts) == 1:
        yield from forms[0]
        return
    for head in [parts[0], *forms[0]]:
        for tail in [parts[-1], *forms[-1]]:
            yield " ".join([head, *parts[1:-1], tail])


def _word_stems(word: str, endings: list[list[str]]) -> Iterator[str]:
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield word[: len(word) - len(ending)] + instead


@dataclass(frozen=True)
class Entity:
    """A named entity of the model; offsets count in the sentence."""

    start: int
    end: int
    label: str
    words: int


def _entities(sentence: Sentence) -> list[Entity]:
    if sentence.parse is None:
        return []
    return [
        Entity(ent.start_char, ent.end_char, ent.label_, sum(t.is_alpha for t in ent))
        for ent in sentence.parse.ents
    ]


def _is_title_case(row: list[Token]) -> bool:
    """Whether nearly every word is capitalised (an English headline, a line in capitals)."""
    long_words = [t for t in row if t.is_word and len(t.text) > 3]
    capitals = sum(t.text[0].isupper() for t in long_words)
    return len(long_words) >= 4 and capitals >= 0.7 * len(long_words)


class Judge:
    """Whether a stretch of tokens with gazetteer entries names a place here."""

    def __init__(
        self,
        text: str,
        row: list[Token],
        at: int,
        width: int,
        lang: str,
        entities: list[Entity],
        shouted: bool,
    ) -> None:
        self.row, self.at, self.width, self.lang, self.shouted = row, at, width, lang, shouted
        self.text = text
        self.start, self.end = row[at].start, row[at + width - 1].end
        self.name = text[self.start : self.end]
        self.over = [e for e in entities if e.start < self.end and e.end > self.start]
        self.label = next((e.label for e in self.over), "")
        self.modelled = bool(entities)
        self.before = _words_before(row, at)
        self.located = bool(self.before) and ends_with_cue(self.before, lang, "locative")

    @property
    def is_other_name(self) -> bool:
        """The whole stretch is somebody's or something's name; its parts are no places either."""
        return self.width > 1 and any(
            e.start <= self.start and e.end >= self.end and e.label in PERSON_LABELS
            for e in self.over
        )

    def accepts(self, entries: tuple[Entry, ...]) -> bool:
        if self.name.casefold() in cue_set(self.lang, "stop") and not self.name.isupper():
            return False
        if self._is_person() or self._is_organisation(entries) or self._is_named_after():
            return False
        best = max(e.population for e in entries)
        rank = min(e.rank for e in entries)
        if self.name.casefold() in cue_set(self.lang, "doubtful"):
            return self.located or self._is_qualified() or self._is_model_place()
        if rank == OWN:
            return True
        if self._is_model_place():
            return True
        known = best >= STRONG_POPULATION or any(e.capital for e in entries)
        if rank <= NATIVE and known and self.width == 1:
            return not self._first_word() or self.located or not self.modelled or best > 500_000
        if self.located or self._is_qualified():
            return rank <= NATIVE and best >= 500 and (self.width > 1 or len(self.name) > 3)
        return rank <= NATIVE and self.width > 1 and best >= WEAK_POPULATION

    def _is_model_place(self) -> bool:
        return any(e.label in PLACE_LABELS for e in self.over)

    def _first_word(self) -> bool:
        return all(not t.is_word for t in self.row[: self.at])

    def _is_person(self) -> bool:
        """Inside a person's name for the model, or after a title or before a further name."""
        strong = self._is_model_place()
        for e in self.over:
            if e.label in PERSON_LABELS and (e.words > self.width or not self._stands_alone()):
                return True
        if self.before and self.before[-1].rstrip(".").casefold() in cue_set(self.lang, "titles"):
            return not strong or self.before[-1][0].isupper()
        if self.modelled or self.shouted:
            return False
        return self._is_part_of_longer_name()

    def _stands_alone(self) -> bool:
        return not self._is_part_of_longer_name()

    def _is_part_of_longer_name(self) -> bool:
        """A capitalised neighbour, one blank away, makes the word part of a longer name."""
        after, before = self.at + self.width, self.at - 1
        for i, j in ((after - 1, after), (before, before + 1)):
            if i < 0 or j >= len(self.row):
                continue
            other = self.row[j if j == after else i]
            joined = _joined(self.row[i], self.row[j], self.text)
            first = i == before and all(not t.is_word for t in self.row[:i])
            if joined and other.is_word and other.text[0].isupper() and not first:
                return not by_key(key(other.text)) and len(other.text) > 1
        return False

    def _is_organisation(self, entries: tuple[Entry, ...]) -> bool:
        """Strictly inside the name of something else, as the model sees it."""
        own = min(e.rank for e in entries) == OWN
        for e in self.over:
            if e.label in OTHER_LABELS and e.words > self.width:
                return not (own and self.width > 1) and not (e.words > 6)
            if e.label == "NORP" and not own:
                return True
        return False

    def _is_named_after(self) -> bool:
        return bool(self.before) and ends_with_cue(self.before, self.lang, "named_after")

    def _is_qualified(self) -> bool:
        """Followed by ", Country" or "(Country)"."""
        at = self.at + self.width
        if at + 1 >= len(self.row) or self.row[at].text not in (",", "("):
            return False
        return any(e.rank == OWN for e in look_up(self.row[at + 1].text, self.lang))


def _words_before(row: list[Token], at: int) -> list[str]:
    """Up to five words directly before a token; a sign ends the run, an article is left out."""
    out: list[str] = []
    for token in reversed(row[max(0, at - 5) : at]):
        if not token.is_word and token.text not in '-«"“':
            break
        if token.is_word:
            out.append(token.text)
    return out[::-1]


_ARTICLES = frozenset("le la les l the der die das den dem el los las il".split())


def ends_with_cue(before: list[str], lang: str, name: str) -> bool:
    """Whether the words before end with one of the phrases of a list, articles left out."""
    bare = [word.casefold().rstrip("’'ʼ") for word in before]
    phrases = cue_set(lang, name)
    for skip in (0, 1):
        tail = bare[: len(bare) - skip] if skip else bare
        if skip and (not bare or bare[-1] not in _ARTICLES):
            break
        if any(" ".join(tail[-n:]) in phrases for n in (1, 2, 3) if len(tail) >= n):
            return True
    return False


def _with_unknown(
    spans: list[Span], sentence: Sentence, row: list[Token], lang: str, entities: list[Entity]
) -> list[Span]:
    """Add the model's places that no gazetteer knows, after a locative word: unresolved."""
    out = list(spans)
    starts = {token.start: i for i, token in enumerate(row)}
    for entity in entities:
        clash = any(s.start < entity.end and s.end > entity.start for s in spans)
        if clash or entity.label not in ("GPE", "LOC") or entity.start not in starts:
            continue
        text = sentence.text[entity.start : entity.end]
        located = ends_with_cue(_words_before(row, starts[entity.start]), lang, "locative")
        if located and _is_name(text, lang):
            out.append(Span(entity.start, entity.end, text, (), entity.label, located))
    return sorted(out, key=lambda span: span.start)


def _is_name(text: str, lang: str) -> bool:
    """Capitalised words only, none of them on the stop list."""
    parts = _LETTERS.search(text) and text.split()
    if not parts or text.casefold() in cue_set(lang, "stop"):
        return False
    return all(part[0].isupper() for part in parts) and CANONICAL == 1 and not text.isupper()
