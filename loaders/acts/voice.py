"""Evidence of the passive, read without a parse: who stands behind "by", who before such an act.

"Israel was attacked by Iran", « Le Hezbollah est accusé par la France », "Kiew wurde von Russland
angegriffen": the word groups `passive` ("by"), `passive_auxiliary` ("was")
and `passive_auxiliary_apart` ("wurde").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loaders.acts.reader_input import PartyMention, ReaderInput
from loaders.text.words import word_group

AGENT_WITHIN = 8  # words between the act and the doer behind it
BY_WITHIN = 4  # words between "by" and the doer
APART = "passive_auxiliary_apart"
AUXILIARY_WITHIN = 4  # words between "was" and the act, and between who stands before it and "was"


def is_agent(given: ReaderInput, act: Sequence[int], parties: Sequence[PartyMention]) -> bool:
    """Whether "by" ties one of the mentions to the act: "attacks carried out by Ukraine".

    act: indices of its words."""
    last = act[-1]
    behind = [p for p in parties if last < p.first <= last + AGENT_WITHIN]
    return any(_by_before(given, party, last + 1) for party in behind)


def passive_subject(given: ReaderInput, act: Sequence[int]) -> PartyMention | None:
    """The last party before the auxiliary of an act in the passive that names its doer."""
    near = _auxiliary(given, act, "passive_auxiliary", AUXILIARY_WITHIN)
    apart = _auxiliary(given, act, APART, AGENT_WITHIN)
    auxiliary = near if near is not None else apart
    if auxiliary is None or not any(_agents(given, act, auxiliary, apart is not None)):
        return None
    before = [p for p in given.parties if auxiliary - AUXILIARY_WITHIN <= p.last < auxiliary]
    here = [p for p in before if given.sentence_of[p.first] == given.sentence_of[act[0]]]
    return max(here, key=lambda party: party.last, default=None)


def _auxiliary(given: ReaderInput, act: Sequence[int], group: str, within: int) -> int | None:
    """The first of the words "has been", "wurde" that make the act one of the passive."""
    listed = word_group(given.lang, group)
    near = [
        i
        for i in range(max(0, act[0] - within), act[-1])
        if given.sentence_of[i] == given.sentence_of[act[0]] and given.word(i).lower() in listed
    ]
    return near[0] if near else None


def _agents(
    given: ReaderInput, act: Sequence[int], auxiliary: int, between: bool
) -> Iterator[PartyMention]:
    """The parties that "by" ties to an act with this auxiliary, behind it or, where the language
    has it so, `between` both."""
    for party in given.parties:
        behind = act[-1] < party.first <= act[-1] + AGENT_WITHIN
        within = between and auxiliary < party.first < act[0]
        if (behind or within) and _by_before(given, party, auxiliary + 1):
            yield party


def _by_before(given: ReaderInput, party: PartyMention, least: int) -> bool:
    """Whether "by" stands in the few words before a mention of the same sentence."""
    by = word_group(given.lang, "passive")
    words = range(max(least, party.first - BY_WITHIN), party.first)
    same = given.sentence_of[party.first] == given.sentence_of[least - 1]
    return same and any(given.word(i).lower() in by for i in words)
