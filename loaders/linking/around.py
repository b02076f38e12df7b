"""Words around a place name in its clause that make its link to the act less certain."""

from __future__ import annotations

from collections.abc import Sequence

from events.model import Mention, PlaceMention
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.tokens import Word, Words
from loaders.linking.beside import locative_words
from loaders.linking.certainty import Around
from loaders.linking.placing import is_topical

_NOUNS = ("NOUN", "PROPN")
_REACH = 9  # words between an act and a place that stands beside it
_IN_PHRASE = (*_NOUNS, "ADJ", "DET", "NUM")  # what may stand between a preposition and a name


def around_of(
    clause: Clause, words: Words, place: PlaceMention, dates: Sequence[Mention], lexicon: Lexicon
) -> Around:
    """See `Around`. dates: those of the sentence, whose nouns do not count."""
    covered = words.at(place.start, place.end)
    if not covered:
        return Around()
    first, last = covered[0].i, covered[-1].i
    dated = {word.i for date in dates for word in words.at(date.start, date.end)}
    act = max(word.i for word in clause.match.found)
    between = [word for word in words[act + 1 : first] if word.i not in dated]
    return Around(
        followed=any(_goes_on(w, lexicon) for w in words[last + 1 : last + 2] if w.i not in dated),
        bare=_joins_a_name(words, first, lexicon)
        or not _has_preposition(words, first, dated, lexicon),
        behind=any(word.pos in _NOUNS for word in between),
        between=any(word.pos in ("VERB", "AUX") for word in words[last + 1 : _head(clause)]),
        loose=_is_loose(words, act, first, lexicon),
        located=_is_located(words, first, lexicon),
        topical=is_topical(clause, lexicon) or not clause.match.trigger.known_mode.goes,
    )


def _head(clause: Clause) -> int:
    """The first word of the act."""
    return min(word.i for word in clause.match.found)


def _goes_on(word: Word, lexicon: Lexicon) -> bool:
    """A noun or an adjective behind a name, or "'s"."""
    return word.pos in (*_NOUNS, "ADJ") or word.low in lexicon.word_groups.get("possessive", ())


def _is_loose(words: Words, act: int, first: int, lexicon: Lexicon) -> bool:
    """Whether a sign or many words stand between the act and a name, or no word of place before
    the name."""
    low, high = sorted((act, first))
    between = words[low + 1 : high]
    apart = len(between) > _REACH or any(word.is_mark for word in between)
    return apart or not _is_located(words, first, lexicon)


def _is_located(words: Words, first: int, lexicon: Lexicon) -> bool:
    """A word of place before a name, or the noun of a part of it: "den Süden von Beirut"."""
    before = [word.low for word in words[max(0, first - 3) : first]]
    where = locative_words(lexicon)
    of = lexicon.word_groups.get("of", frozenset())
    parts = lexicon.word_groups.get("parts", frozenset())
    part = any(a in parts and b in of for a, b in zip(before, before[1:], strict=False))
    return part or any(word in where for word in before)


def _joins_a_name(words: Words, first: int, lexicon: Lexicon) -> bool:
    """ "In mid-January Russia and Turkey ...": another name or a number right before it."""
    before = words[first - 1] if first else None
    if before is None or before.low in lexicon.word_groups.get("parts", frozenset()):
        return False
    return before.pos in ("PROPN", "NUM")


def _has_preposition(words: Words, first: int, dated: set[int], lexicon: Lexicon) -> bool:
    """Whether a preposition opens the phrase that the name stands in."""
    for word in reversed(words[:first]):
        if word.pos == "ADP" or not word.pos:
            # a capital in mid-sentence opens a sentence of its own, that of a headline
            opens = all(other.is_mark for other in words[: word.i])
            return opens or not word.text[0].isupper()
        if word.i in dated or not _continues(word, lexicon):
            return False
    return False


def _continues(word: Word, lexicon: Lexicon) -> bool:
    return word.pos in _IN_PHRASE or word.low in lexicon.word_groups.get("possessive", ())
