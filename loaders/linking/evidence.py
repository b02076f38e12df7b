"""The candidates of each question about an act, with the evidence for each.

Evidence is a number a name: log-odds of the network, or 1 where something holds (an event word of
the lexicon, where a date stands). Nothing is compared or chosen here: loaders.linking.choose does,
with the weights of data/reference/weights.toml. The names are explained in docs/reader.md.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from events.ontology import EVENT_TYPES, STATUSES
from events.sectors import SECTORS
from loaders.acts.cues import CUES
from loaders.acts.network import ActReading
from loaders.acts.reader_input import EventWord, PartyMention, ReaderInput
from loaders.acts.standing import Handed, handed, parties_here, received, retaliates
from loaders.acts.voice import passive_subject

Evidence = dict[str, float]
TYPES = tuple(EVENT_TYPES)
SECTOR_CODES = ("", *SECTORS)
STORY = "story"
LOW = 0.02  # of a candidate's probability: below, it is not looked at


@dataclass(frozen=True)
class Candidate:
    """One answer to a question with its evidence. `words`: indices of the words it stands on."""

    value: Any
    evidence: Evidence
    words: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class Act:
    """One act of an article: number `n` of the network's reading."""

    given: ReaderInput
    reading: ActReading
    n: int

    @property
    def words(self) -> list[int]:
        return self.reading.acts[self.n]

    @property
    def sentence(self) -> int:
        """Index of the sentence that tells the act."""
        return self.given.sentence_of[self.words[0]]

    @property
    def in_title(self) -> bool:
        return self.given.words[self.words[0]][0] < self.given.shift

    @functools.cached_property
    def is_mutual(self) -> bool:
        """Whether the likeliest type is one of which all parties are doers: talks, an agreement."""
        shares = self.reading.types[self.words][:, 1:].sum(axis=0)
        return EVENT_TYPES[TYPES[int(shares.argmax())]].symmetric

    @functools.cached_property
    def sector_shares(self) -> tuple[dict[str, float], ...]:
        """Of the doer and of the one acted upon, the probability of each sector; a government is
        the state itself."""
        return tuple(map(_sector_shares, self.reading.sectors[self.n]))

    @functools.cached_property
    def passive_subject(self) -> PartyMention | None:
        """Who is acted upon where the act stands in the passive and names its doer."""
        return passive_subject(self.given, self.words)

    @functools.cached_property
    def parties_here(self) -> list[PartyMention]:
        """The parties named in the act's sentence."""
        return parties_here(self.given, self.words)

    @functools.cached_property
    def handed(self) -> Handed:
        """Who gives and who gets what the act says is received; of talks nobody does."""
        verb = received(self.given, self._told_by)
        if verb is None or self.is_mutual:
            return Handed()
        return handed(self.given, verb, self.parties_here)

    @property
    def _told_by(self) -> Sequence[int]:
        """The words of the event word that the act stands on, else its own."""
        word = self.event_word
        return range(word.first, word.last + 1) if word is not None else self.words

    @functools.cached_property
    def retaliates(self) -> bool:
        """Whether the act answers another one by its words."""
        return retaliates(self.given, self.words)

    @functools.cached_property
    def event_word(self) -> EventWord | None:
        """The event word of the lexicon that the act stands on."""
        first, last = self.words[0], self.words[-1]
        return next(
            (w for w in self.given.event_words if w.first <= last and first <= w.last), None
        )


def log_odds(p: float) -> float:
    """Log-odds of a probability, held within -7 and 7."""
    p = min(max(float(p), 0.001), 0.999)
    return math.log(p / (1 - p))


def _sector_shares(told: npt.NDArray[np.float32]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for name, share in zip(SECTOR_CODES, told, strict=True):
        own = "" if name == "GOV" else name
        shares[own] = shares.get(own, 0.0) + float(share)
    return shares


def type_candidates(act: Act) -> list[Candidate]:
    """The types that the network or the lexicon sees in an act."""
    types = act.reading.types
    shares = types[act.words]
    best = shares[shares[:, 0].argmin()]
    word = act.event_word
    cues = word.cues if word is not None else frozenset()
    first = int(best[1:].argmax())
    seen = [t for n, t in enumerate(TYPES) if n == first or best[n + 1] >= LOW]
    if word is not None and word.type not in seen:
        seen.append(word.type)
    return [
        Candidate(
            name,
            {
                "network": log_odds(best[TYPES.index(name) + 1]),
                "a word of this type": float(word is not None and word.type == name),
                "network: an act": log_odds(1 - best[0]),
                "network: acts in the article": math.log1p(float((1 - types[:, 0]).sum())),
                "network: planned": float(act.reading.statuses[act.n][1]),
                "doer known": log_odds(1 - float(act.reading.roles[act.n, 0, -2:].sum())),
                **{f"near: {cue}": float(cue in cues) for cue in CUES},
            },
            tuple(act.words),
        )
        for name in seen
    ]


def place_candidates(act: Act) -> list[Candidate]:
    """The places of the article, and not told."""
    shares, given = act.reading.places[act.n], act.given
    found = [_place(act, n, float(shares[n])) for n in range(len(given.places)) if shares[n] >= LOW]
    none = {"network": log_odds(shares[-1]), "not told": 1.0}
    return [*found, Candidate(None, none)]


def _place(act: Act, n: int, share: float) -> Candidate:
    named = act.given.places[n]
    return Candidate(
        named.mention,
        {
            "network": log_odds(share),
            "in the sentence": float(act.given.sentence_of[named.first] == act.sentence),
        },
        tuple(range(named.first, named.last + 1)),
    )


def status_candidates(act: Act) -> list[Candidate]:
    """Reported, planned, claimed, denied."""
    return [
        Candidate(
            name,
            {
                f"network: {name}": log_odds(act.reading.statuses[act.n][n]),
            },
        )
        for n, name in enumerate(STATUSES)
    ]


def weight_candidates(act: Act) -> list[Candidate]:
    """Background (0), worth a line (1), main (2)."""
    shares = act.reading.weights[act.n]
    return [Candidate(n, {f"network: {n}": log_odds(shares[n])}) for n in range(3)]


def acts_of(given: ReaderInput, reading: ActReading) -> Iterator[Act]:
    """The acts of an article in reading order."""
    return (Act(given, reading, n) for n in range(len(reading.acts)))
