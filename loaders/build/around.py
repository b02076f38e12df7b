"""What stands around the name of a place in its clause: what makes its tie to the act less sure."""

from __future__ import annotations

from collections.abc import Sequence

from events.model import Mention, PlaceMention
from loaders.build.certainty import Around
from loaders.build.clauses import Clause
from loaders.build.lexicon import Lexicon
from loaders.build.placing import is_topical
from loaders.build.tokens import Word, Words

_NOUNS = ("NOUN", "PROPN")
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
        followed=any(
            word.pos in _NOUNS or word.pos == "ADJ" for word in words[last + 1 : last + 2]
        ),
        bare=not _has_preposition(words, first, dated),
        behind=any(word.pos in _NOUNS for word in between),
        topical=is_topical(clause, lexicon),
    )


def _has_preposition(words: Words, first: int, dated: set[int]) -> bool:
    """Whether a preposition opens the phrase that the name stands in."""
    for word in reversed(words[:first]):
        if word.pos == "ADP" or not word.pos:
            return True
        if word.i in dated or not _continues(word):
            return False
    return False


def _continues(word: Word) -> bool:
    return word.pos in _IN_PHRASE or word.low in ("'s", "’s")
