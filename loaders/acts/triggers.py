"""Trigger matching: which words of a sentence express an event, the longest trigger first."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.acts.lexicon import Lexicon, Phrase, Trigger
from loaders.grammar.inflection import noun_forms
from loaders.grammar.syntax import link
from loaders.grammar.tokens import Word, Words

WINDOW = 8  # words between the parts of a phrase ("~")
_FULL = frozenset({"PROPN", "VERB"})  # parts of speech not allowed inside a phrase
_STOPS = frozenset(";:")
_NOT_VERBS = frozenset({"NOUN", "PROPN", "NUM", "DET", "ADP", "PRON"})


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


def reread(match: Match, words: Words, lexicon: Lexicon) -> Match | None:
    """The match that needs no armed force: "landed in Havana" is a visit if no troops land."""
    others = [m for m in _matches_at(words, match.head, lexicon) if m.trigger.type]
    return next((m for m in others if "f" not in m.trigger.marks), None)


def _matches_at(words: Words, word: Word, lexicon: Lexicon) -> list[Match]:
    """The matches whose first word this is, in the order of the file."""
    if word.is_mark:
        return []
    rows: list[Trigger] = []
    nouns = lexicon.nouns.get(word.low, ()) or lexicon.nouns.get(word.lemma, ())
    verbs = lexicon.verbs.get(word.low, ())
    if not verbs and word.pos == "VERB":
        verbs = lexicon.verbs.get(word.lemma, ())
    if verbs and reads_as_verb(words, word, bool(nouns), lexicon):
        rows += verbs
    if nouns and not (rows and word.pos in ("VERB", "AUX")):
        rows += [row for row in nouns if not row.type or _reads_as_noun(word, row, lexicon)]
    rows += [row for row in nouns if not row.type and row not in rows]
    if lexicon.prefixes:
        rows += [row for start, row in lexicon.prefixes if word.low.startswith(start)]
    found = (_match(words, word, row, lexicon) for row in rows)
    return [match for match in found if match is not None]


def reads_as_verb(words: Words, word: Word, noun_too: bool, lexicon: Lexicon) -> bool:
    """Whether an ambiguous form is a verb here: by its tag, checked against the word before."""
    before = words[word.i - 1].low if word.i else ""
    groups = lexicon.word_groups
    after_article = before in groups.get("definite", ()) or before in groups.get("before_noun", ())
    if not word.pos:
        return not (noun_too and after_article)
    if word.pos in ("VERB", "AUX"):
        return word.token is None or not word.token.dep_.startswith("aux")
    if _between_names(words, word):
        return True
    if word.pos in _NOT_VERBS:
        return (
            not noun_too and not after_article and word.pos != "PROPN" and _is_verbal(word, lexicon)
        )
    return not noun_too


def _between_names(words: Words, word: Word) -> bool:
    """Whether a noun stands between two names and so is a verb: "Ankara menace Athènes"."""
    if not 0 < word.i < len(words) - 1 or word.pos != "NOUN":
        return False
    return words[word.i - 1].pos == "PROPN" and words[word.i + 1].pos == "PROPN"


def _is_verbal(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word has a verbal ending: then it is a participle mistagged as a noun."""
    return word.low.endswith(tuple(lexicon.word_groups.get("verbal_endings", ())))


def _reads_as_noun(word: Word, row: Trigger, lexicon: Lexicon) -> bool:
    """Whether a form is a noun trigger: no verb, and not the first part of a compound noun."""
    if word.token is not None and word.token.dep_ == "compound" and len(row.first) == 1:
        return False  # "war games", "peace talks" are games and talks
    return word.pos not in ("VERB", "AUX") or not lexicon.verbs.get(word.low)


def _match(words: Words, word: Word, trigger: Trigger, lexicon: Lexicon) -> Match | None:
    lang = lexicon.lang
    first = _phrase_from(words, word, trigger.first, lang)
    if first is None or (trigger.reflexive and not _is_reflexive(words, word, lexicon)):
        return None
    found = list(first)
    for segment in trigger.rest:
        more = _after(words, found, segment, lexicon) or _before(words, word, segment, lang)
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
        if hit is None or (hit.i > at and words[at].pos in _FULL):
            return None
        found.append(hit)
        at = hit.i + 1
    return found


def _same(word: Word, part: str, lang: str) -> bool:
    if part.endswith("*"):
        return word.low.startswith(part[:-1])
    return word.low == part or word.lemma == part or word.low in noun_forms(part, lang)


def _after(
    words: Words, found: list[Word], segment: tuple[Phrase, ...], lexicon: Lexicon
) -> list[Word] | None:
    """The words of one alternative of the segment, within the window after those found so far."""
    lang, by = lexicon.lang, lexicon.word_groups.get("passive", frozenset())
    at = max(word.i for word in found) + 1
    for word in words[at : at + 3 * WINDOW]:
        if word.i >= at + WINDOW and not _is_object_of(word, found[0]):
            continue
        if word.low in _STOPS or word.low in by:
            return None
        if word.i - at > 1 and _tells_an_act(words[word.i - 1], lexicon):
            return None  # "announced the withdrawal from the agreement" announces no agreement
        for phrase in segment:
            if _same(word, phrase[0], lang):
                hit = _phrase_from(words, word, phrase, lang)
                if hit is None or _in_compound(hit[-1]) or _of_another(words, at, hit[0], lexicon):
                    continue
                return hit
    return None


def _of_another(words: Words, at: int, hit: Word, lexicon: Lexicon) -> bool:
    """Whether it belongs to a definite noun before "of": "gave the name of the weapon"."""
    groups = lexicon.word_groups
    of = [w for w in words[max(at, hit.i - 2) : hit.i] if w.low in groups.get("of", ())]
    if not of or of[0].i < at + 2:
        return False
    noun, article = words[of[0].i - 1], words[of[0].i - 2]
    return noun.pos == "NOUN" and article.low in groups.get("the", ())


def _is_object_of(word: Word, verb: Word) -> bool:
    """Whether the parse makes a word the object of the verb: it may then be far from it."""
    if word.token is None or verb.token is None:
        return False
    return word.token.head == verb.token and word.token.dep_ in ("obj", "dobj")


def _tells_an_act(word: Word, lexicon: Lexicon) -> bool:
    rows = lexicon.nouns.get(word.low, ())
    return word.pos == "NOUN" and any(len(row.first) == 1 and not row.weak for row in rows)


def _in_compound(word: Word) -> bool:
    return word.token is not None and word.token.dep_ == "compound"


def _before(words: Words, verb: Word, segment: tuple[Phrase, ...], lang: str) -> list[Word] | None:
    """As `_after`, before the verb: the subject of a passive, or a noun with a relative clause."""
    if verb.token is None:
        return None
    for word in reversed(words[max(0, verb.i - 2 * WINDOW) : verb.i]):
        for phrase in segment:
            if _same(word, phrase[0], lang) and _is_object_before(word, verb):
                hit = _phrase_from(words, word, phrase, lang)
                if hit is not None:
                    return hit
    return None


def _is_object_before(noun: Word, verb: Word) -> bool:
    if noun.token is None or verb.token is None:
        return False
    passive = noun.token.head == verb.token and noun.token.dep_ in ("nsubj:pass", "nsubjpass")
    clause = link(verb.token).kind in ("relative", "participle")
    return passive or (clause and _lacks_object(verb) and _no_verb_between(noun, verb))


def _no_verb_between(noun: Word, verb: Word) -> bool:
    """Whether at most 12 tokens and no verb stand between the noun and the verb."""
    assert noun.token is not None
    assert verb.token is not None
    between = verb.token.doc[noun.token.i + 1 : verb.token.i]
    return len(between) <= 12 and not any(t.pos_ == "VERB" for t in between)


def _lacks_object(verb: Word) -> bool:
    assert verb.token is not None
    objects = (c for c in verb.token.children if c.dep_ in ("obj", "dobj"))
    return all(child.pos_ == "PRON" for child in objects)


def _is_reflexive(words: Words, verb: Word, lexicon: Lexicon) -> bool:
    pronouns = lexicon.word_groups.get("reflexive", ())
    return any(word.low in pronouns for word in words[max(0, verb.i - 4) : verb.i])
