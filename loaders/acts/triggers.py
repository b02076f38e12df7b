"""Trigger matching: which words of a sentence express an event, the longest trigger first."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.acts.lexicon import Lexicon, Phrase, Trigger
from loaders.grammar.inflection import noun_forms
from loaders.grammar.tokens import Word, Words

WINDOW = 8  # words between the parts of a phrase ("~")
_STOPS = frozenset(";:")
_ENDS = _STOPS | {","}


@dataclass(frozen=True)
class Match:
    """A trigger with the words it matched. `head` is the verb or noun that roles attach to."""

    trigger: Trigger
    head: Word
    found: tuple[Word, ...]

    @property
    def start(self) -> int:
        return min(word.start for word in self.found)

    @property
    def end(self) -> int:
        return max(word.end for word in self.found)


def find_triggers(words: Words, lexicon: Lexicon) -> list[Match]:
    """All triggers of a sentence in reading order; each word belongs to one trigger only."""
    heads: set[int] = set()  # words of opening phrases
    others: set[int] = set()  # further words: two verbs may share an object
    kept: list[Match] = []
    candidates = [match for word in words for match in _matches_at(words, word, lexicon)]
    candidates.sort(key=lambda match: (-match.trigger.length, -len(match.found)))
    for match in candidates:
        opening = {word.i for word in match.found[: len(match.trigger.first)]}
        further = {word.i for word in match.found} - opening
        if not opening & (heads | others) and not further & heads:
            heads |= opening
            others |= further
            kept.append(match)
    told = [match for match in kept if match.trigger.type]
    return sorted(told, key=lambda match: match.head.i)


def _matches_at(words: Words, word: Word, lexicon: Lexicon) -> list[Match]:
    """The matches whose first word this is, in the order of the file."""
    if word.is_mark:
        return []
    rows: list[Trigger] = []
    nouns = lexicon.nouns.get(word.low, ())
    if reads_as_verb(words, word, bool(nouns), lexicon):
        rows += lexicon.verbs.get(word.low, ())
    rows += nouns
    if lexicon.prefixes:
        rows += [row for start, row in lexicon.prefixes if word.low.startswith(start)]
    found = (_match(words, word, row, lexicon) for row in rows)
    return [match for match in found if match is not None]


def reads_as_verb(words: Words, word: Word, noun_too: bool, lexicon: Lexicon) -> bool:
    """Whether a form may be a verb here: one that is a noun too is none behind an article."""
    before = words[word.i - 1].low if word.i else ""
    groups = lexicon.word_groups
    after_article = before in groups.get("definite", ()) or before in groups.get("before_noun", ())
    return not (noun_too and after_article)


def _match(words: Words, word: Word, trigger: Trigger, lexicon: Lexicon) -> Match | None:
    lang = lexicon.lang
    first = _phrase_from(words, word, trigger.first, lang)
    if first is None or (trigger.reflexive and not _is_reflexive(words, word, lexicon)):
        return None
    found = list(first)
    for segment in trigger.rest:
        more = (
            _after(words, found, segment, lexicon)
            or _closing(words, found, segment, lexicon)
            or _before(words, word, segment, lexicon)
        )
        if more is None:
            return None
        found += more
    return Match(trigger, word, tuple(found))


def _phrase_from(words: Words, word: Word, phrase: Phrase, lang: str) -> list[Word] | None:
    """The words of a phrase that starts at `word`; one other word may separate two of them."""
    found, at = [word], word.i + 1
    for part in phrase[1:]:
        choices = [w for w in words[at : at + 2] if not w.is_mark or w.low == part]
        hit = next((w for w in choices if _same(w, part, lang)), None)
        if hit is None:
            return None
        found.append(hit)
        at = hit.i + 1
    return found


def _same(word: Word, part: str, lang: str) -> bool:
    if part.endswith("*"):
        return word.low.startswith(part[:-1])
    return word.low == part or word.low in noun_forms(part, lang)


def _after(
    words: Words, found: list[Word], segment: tuple[Phrase, ...], lexicon: Lexicon
) -> list[Word] | None:
    """The words of one alternative of the segment, within the window after those found so far."""
    lang, by = lexicon.lang, lexicon.word_groups.get("passive", frozenset())
    at, particle = max(word.i for word in found) + 1, bool(_parts(segment, lexicon))
    for word in words[at : at + WINDOW]:
        if word.low in _STOPS or word.low in by:
            return None
        for phrase in segment:
            hit = _phrase_from(words, word, phrase, lang) if _same(word, phrase[0], lang) else None
            if hit is not None:
                return hit
        if particle and _ends_clause(words, word, lexicon):
            return None
    return None


def _closing(
    words: Words, found: list[Word], segment: tuple[Phrase, ...], lexicon: Lexicon
) -> list[Word] | None:
    """The part of a verb that closes its clause, however far it is: "griff Kiew ... an"."""
    wanted = _parts(segment, lexicon)
    for word in words[max(word.i for word in found) + 1 :] if wanted else ():
        if word.low in wanted and _is_last(words, word, lexicon):
            return [word]
        if word.low in _ENDS or _ends_clause(words, word, lexicon):
            return None
    return None


def _parts(segment: tuple[Phrase, ...], lexicon: Lexicon) -> frozenset[str]:
    """The parts of verbs that close their clause among the alternatives of a segment."""
    parts = lexicon.word_groups.get("separable", frozenset())
    return parts & {phrase[0] for phrase in segment if len(phrase) == 1}


def _ends_clause(words: Words, word: Word, lexicon: Lexicon) -> bool:
    """Whether a word closes the clause of its own verb ("zog Truppen zusammen und") or joins
    another verb ("und lehnte")."""
    if word.low in lexicon.word_groups.get("joins", ()):
        behind = words[word.i + 1 : word.i + 2]
        return any(_may_be_verb(each, lexicon) for each in behind)
    return word.low in lexicon.word_groups["separable"] and _is_last(words, word, lexicon)


def _is_last(words: Words, word: Word, lexicon: Lexicon) -> bool:
    """Whether behind a word stands a mark, "and" or nothing."""
    joins = lexicon.word_groups.get("joins", frozenset())
    return all(w.is_mark or w.low in joins for w in words[word.i + 1 : word.i + 2])


def _may_be_verb(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word written small is a form of the lexicon, or ends as the past does."""
    starts = tuple(start for start, _ in lexicon.prefixes)
    endings = tuple(lexicon.word_groups.get("past_endings", ()))
    known = word.low in lexicon.verbs or word.low.startswith(starts) or word.low.endswith(endings)
    return word.text[0].islower() and known


def _before(
    words: Words, verb: Word, segment: tuple[Phrase, ...], lexicon: Lexicon
) -> list[Word] | None:
    """As `_after`, before the verb of a relative clause: "the war that they started"."""
    pronouns, opened = lexicon.word_groups.get("relative", frozenset()), False
    for word in reversed(words[max(0, verb.i - WINDOW) : verb.i]):
        if word.low in _STOPS:
            return None
        for phrase in segment if opened else ():
            if _same(word, phrase[0], lexicon.lang):
                return _phrase_from(words, word, phrase, lexicon.lang)
        opened = opened or word.low in pronouns
    return None


def _is_reflexive(words: Words, verb: Word, lexicon: Lexicon) -> bool:
    pronouns = lexicon.word_groups.get("reflexive", ())
    return any(word.low in pronouns for word in words[max(0, verb.i - 4) : verb.i])
