"""Where the parties of a sentence stand by an act, read without a parse: evidence of who acts.

Behind a verb that no party precedes stands its subject where the language has it so ("Am Montag
beschoss Israel Gaza"); who gives stands behind "from" where somebody receives; a place behind "in"
may be where talks are held, and no party to them; and some words answer another act. The words are
the groups of <lang>.events.toml.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from loaders.acts.lexicon import lexicon
from loaders.acts.reader_input import PartyMention, ReaderInput
from loaders.acts.voice import is_passive

SUBJECT_WITHIN = 2  # words from a verb to the subject behind it
GIVEN_WITHIN = 3  # words between "from" and the giver


def parties_here(given: ReaderInput, act: Sequence[int]) -> list[PartyMention]:
    """The parties named in the sentence of an act (the indices of its words), in order."""
    here = given.sentence_of[act[0]]
    return [p for p in given.parties if given.sentence_of[p.first] == here]


def turned(given: ReaderInput, act: Sequence[int], here: Sequence[PartyMention]) -> list[str]:
    """The codes behind a verb before which stands when and where alone, its subject first; [] where
    there are no two.

    here: the parties of the sentence. Only in languages that have it so, and not in the passive.
    """
    if "verb_first" not in lexicon(given.lang).word_groups or not _is_verb(given, act):
        return []
    if is_passive(given, act) or not _opens(given, act[0]):
        return []
    behind = [p for p in here if p.first > act[0] and not is_where(given, p)]
    codes = list(dict.fromkeys(party.code for party in behind))
    near = bool(behind) and behind[0].first - act[0] <= SUBJECT_WITHIN
    return codes if near and len(codes) > 1 else []


def _opens(given: ReaderInput, verb: int) -> bool:
    """Whether before a verb stand dates and places of its sentence alone."""
    table = lexicon(given.lang).word_groups.get("where", frozenset())
    spans = [range(date.first, date.last + 1) for date in given.dates]
    spans += [range(place.first, place.last + 1) for place in given.places]
    first = verb
    while first and given.sentence_of[first - 1] == given.sentence_of[verb]:
        first -= 1
    return all(
        given.word(i).lower() in table
        or not given.word(i)[0].isalnum()
        or any(i in span for span in spans)
        for i in range(first, verb)
    )


def _is_verb(given: ReaderInput, act: Sequence[int]) -> bool:
    """Whether the event word that an act stands on is a verb."""
    return any(w.verb and w.first <= act[-1] and act[0] <= w.last for w in given.event_words)


def is_where(given: ReaderInput, party: PartyMention) -> bool:
    """Whether a party is told as where something is: "in Geneva"."""
    listed = lexicon(given.lang).word_groups.get("where", frozenset())
    before = given.word(party.first - 1).lower() if party.first else ""
    return before in listed


def received(given: ReaderInput, act: Sequence[int]) -> int | None:
    """Index of the word of an act that tells that somebody receives, None where none does."""
    listed = lexicon(given.lang).word_groups.get("receives", frozenset())
    return next((i for i in act if given.word(i).lower() in listed), None)


def is_giver(given: ReaderInput, verb: int, party: PartyMention) -> bool:
    """Whether a party stands behind "from", behind a verb of receiving."""
    listed = lexicon(given.lang).word_groups.get("giver", frozenset())
    near = range(max(verb + 1, party.first - GIVEN_WITHIN), party.first)
    return any(given.word(i).lower() in listed for i in near)


def retaliates(given: ReaderInput, act: Sequence[int]) -> bool:
    """Whether the words of an act, with the one behind them, tell that it answers another act."""
    listed = lexicon(given.lang).word_groups.get("retaliates", frozenset())
    told = [given.word(i).lower() for i in range(act[0], min(act[-1] + 2, len(given.words)))]
    return not listed.isdisjoint([*told[: len(act)], *map(" ".join, pairwise(told))])
