"""Where the parties of a sentence stand by an act, read without a parse: evidence of who acts.

Who gives stands behind "from" where somebody receives; a place behind "in" may be where talks are
held, and no party to them; and some words answer another act. The words are the groups of
<lang>.events.toml. Where the order leaves it open, nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.acts.reader_input import PartyMention, ReaderInput
from loaders.text.words import word_group

_NO_GIVER = ("no_giver", "purpose", "where")  # groups: a "from" behind them is no giver's
GIVEN_WITHIN = 10  # words from a verb of receiving to "from"


def parties_here(given: ReaderInput, act: Sequence[int]) -> list[PartyMention]:
    """The parties named in the sentence of an act (the indices of its words), in order."""
    here = given.sentence_of[act[0]]
    return [p for p in given.parties if given.sentence_of[p.first] == here]


def is_where(given: ReaderInput, party: PartyMention) -> bool:
    """Whether a party is told as where something is: "in Geneva"."""
    listed = word_group(given.lang, "where")
    before = given.word(party.first - 1).lower() if party.first else ""
    return before in listed


def received(given: ReaderInput, act: Sequence[int]) -> int | None:
    """Index of the word of an act that tells that somebody receives, None where none does."""
    listed = word_group(given.lang, "receives")
    return next((i for i in act if given.word(i).lower() in listed), None)


@dataclass(frozen=True)
class Handed:
    """Codes of who gives what is received and who gets it, "" where not told; of those behind a
    word of purpose, who do not give, and of those behind the verb, who do not get."""

    by: str = ""
    to: str = ""
    gives_not: frozenset[str] = frozenset()
    gets_not: frozenset[str] = frozenset()


def handed(given: ReaderInput, verb: int, here: Sequence[PartyMention]) -> Handed:
    """Who hands over by a verb of receiving (index of its word); here: the parties of the
    sentence."""
    by, to = _giver(given, verb, here), _taker(given, verb, here)
    two = {by.code if by else "", to.code if to else ""}
    purpose = frozenset(p.code for p in _behind_purpose(given, verb, here)) - two
    behind = frozenset(p.code for p in here if to and p.first > verb) - two
    return Handed(by.code if by else "", to.code if to else "", purpose, purpose | behind)


def _giver(given: ReaderInput, verb: int, here: Sequence[PartyMention]) -> PartyMention | None:
    """Who stands behind the first "from" behind a verb of receiving, in its clause and before words
    of purpose, time or opposition ("to defend itself from Russia"). A "from" right behind the
    verb may be an article (« a reçu des blindés de la Roumanie »).
    """
    dated = {i for date in given.dates for i in range(date.first, date.last + 1)}
    for i in range(verb + 1, min(verb + 1 + GIVEN_WITHIN, len(given.words))):
        word = given.word(i).lower()
        if i in dated:
            continue
        if any(word in word_group(given.lang, name) for name in _NO_GIVER) or not word[0].isalnum():
            return None
        if word in word_group(given.lang, "giver"):
            found = next((p for p in here if _is_next(given, i, p)), None)
            if found is not None or i > verb + 1:
                return found
    return None


def _is_next(given: ReaderInput, word: int, party: PartyMention) -> bool:
    """Whether a party stands behind a word, with nothing but an article between, or is named with
    the thing of an event word around it (« recibió aviones de Israel »)."""
    if party.first < word < party.last:
        return _names_thing(given, party)
    articles = word_group(given.lang, "definite")
    between = [given.word(i).lower() for i in range(word + 1, party.first)]
    return word < party.first and len(between) < 2 and articles.issuperset(between)


def _names_thing(given: ReaderInput, party: PartyMention) -> bool:
    """Whether a party is named with a word of an event and "from" before it."""
    listed = word_group(given.lang, "giver")
    told = any(w.first <= party.first <= w.last for w in given.event_words)
    inner = range(party.first + 1, party.last)
    return told and any(given.word(i).lower() in listed for i in inner)


def _taker(given: ReaderInput, verb: int, here: Sequence[PartyMention]) -> PartyMention | None:
    """The last party before a verb of receiving, in its clause, that is not told as where; the one
    right behind the verb where the language has its subject there."""
    rest = [p for p in here if not _names_thing(given, p)]
    behind = next((p for p in rest if _is_next(given, verb, p)), None)
    if behind is not None and word_group(given.lang, "verb_first"):
        return behind
    before = [p for p in here if p.last < verb]
    last = max(before, key=lambda party: party.last, default=None)
    if last is None or is_where(given, last):
        return None
    clause = all(given.word(i)[0].isalnum() for i in range(last.last + 1, verb))
    return last if clause else None


def _behind_purpose(
    given: ReaderInput, verb: int, here: Sequence[PartyMention]
) -> list[PartyMention]:
    """The parties behind a verb's first word of purpose, which is none right before a party
    ("thanks to Poland")."""
    listed = word_group(given.lang, "purpose")
    behind = [p for p in here if p.first > verb]
    last = max((p.first for p in behind), default=verb)
    words = [i for i in range(verb + 1, last) if given.word(i).lower() in listed]
    words = [i for i in words if not any(_is_next(given, i, p) for p in behind)]
    return [p for p in behind if words and p.first > words[0]]


def retaliates(given: ReaderInput, act: Sequence[int]) -> bool:
    """Whether the words of an act, with the one behind them, tell that it answers another act."""
    listed = word_group(given.lang, "retaliates")
    told = [given.word(i).lower() for i in range(act[0], min(act[-1] + 2, len(given.words)))]
    return not listed.isdisjoint([*told[: len(act)], *map(" ".join, pairwise(told))])
