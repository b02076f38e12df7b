"""The candidates of each question about an act, with the evidence for each.

Evidence is a number a name: log-odds of the network, or 1 where something holds (an event word of
the lexicon, where a date stands). Nothing is compared or chosen here: loaders.linking.choose does,
with the weights of data/reference/weights.toml. The names are explained in docs/reader.md.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from events.model import DateSpan
from events.ontology import EVENT_TYPES, STATUSES
from events.registry import actor
from events.sectors import SECTORS
from loaders.acts.cues import CUES
from loaders.acts.network import ActReading
from loaders.acts.reader_input import EventWord, PartyMention, ReaderInput
from loaders.acts.voice import is_agent, passive_subject

Evidence = dict[str, float]
TYPES = tuple(EVENT_TYPES)
SECTOR_CODES = ("", *SECTORS)
STORY = "story"
LOW = 0.02  # of a candidate's probability: below, it is not looked at
SEEN = 0.1  # of a sector's


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


def party_candidates(act: Act, side: int) -> list[Candidate]:
    """The codes that may be the doer (0), the one acted upon (1) or the teller (2), and nobody.

    A state stands for itself and for each of its parts that the network sees ("SYR:REB"); nobody
    is "".
    """
    shares = act.reading.roles[act.n, side]
    by: dict[str, list[int]] = {}
    for number, party in enumerate(act.given.parties):
        by.setdefault(party.code, []).append(number)
    found = [
        _party(act, side, code, rows, sector)
        for code, rows in by.items()
        if shares[rows].sum() >= LOW
        for sector in _sectors(act, side, code)
    ]
    return [*found, _nobody(act, side, shares)]


def _sectors(act: Act, side: int, code: str) -> list[str]:
    """The sectors that a code may have on a side: "" for the state itself or what is no state."""
    if side > 1 or actor(code).kind != "state":
        return [""]
    shares = act.sector_shares[side]
    return [sector for sector, share in shares.items() if share >= SEEN or not sector]


def _sector_shares(told: npt.NDArray[np.float32]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for name, share in zip(SECTOR_CODES, told, strict=True):
        own = "" if name == "GOV" else name
        shares[own] = shares.get(own, 0.0) + float(share)
    return shares


def _party(act: Act, side: int, code: str, rows: list[int], sector: str) -> Candidate:
    shares = act.reading.roles[act.n, side]
    parties = [act.given.parties[n] for n in rows]
    best = parties[int(shares[rows].argmax())]
    share = float(shares[rows].sum())
    other = float(act.reading.roles[act.n, 1 - side][rows].sum()) if side < 2 else 0.0
    mutual = side < 2 and act.is_mutual
    state = side < 2 and actor(code).kind == "state"
    known = act.sector_shares[side][sector] if state else 1.0
    agent = side < 2 and is_agent(act.given, act.words, parties)
    return Candidate(
        f"{code}:{sector}" if sector else code,
        {
            "network": log_odds(share),
            "network, with the sector": log_odds(share * known),
            "behind a word of the passive": float(agent),
            "subject of the passive": float(side < 2 and act.passive_subject in parties),
            "mutual act": float(mutual),
            "mutual act: on the other side": log_odds(other) * mutual,
        },
        tuple(range(best.first, best.last + 1)),
    )


def _nobody(act: Act, side: int, shares: npt.NDArray[np.float32]) -> Candidate:
    return Candidate(
        "",
        {
            "network": log_odds(shares[-2]),
            "nobody": 1.0,
        },
    )


def day_candidates(act: Act) -> list[Candidate]:
    """The dates of the article, the story's own day, and no day."""
    shares, given = act.reading.days[act.n], act.given
    found = [_day(act, n, float(shares[n])) for n in range(len(given.dates)) if shares[n] >= LOW]
    if given.published is not None:
        found.append(Candidate(STORY, {"network": log_odds(shares[-1])}))
    none = {
        "network": log_odds(shares[-2]),
        "no day, and a date in the sentence": float(bool(_sentence_dates(act))),
    }
    return [*found, Candidate(None, none)]


def _day(act: Act, n: int, share: float) -> Candidate:
    mention = act.given.dates[n]
    words = tuple(range(mention.first, mention.last + 1))
    return Candidate(mention.date, {"network": log_odds(share)}, words)


def _sentence_dates(act: Act) -> list[int]:
    """The dates of the act's sentence that may date it."""
    return [
        n
        for n, mention in enumerate(act.given.dates)
        if act.given.sentence_of[mention.first] == act.sentence and not mention.date.not_event
    ]


def story_day(act: Act) -> DateSpan | None:
    """The story's own day: that of publication or the day before, told by no word."""
    published = act.given.published
    if published is None:
        return None
    at = act.given.mention(act.words[0], act.words[0])
    return DateSpan(
        at.part,
        at.start,
        at.start,
        "",
        first=published - dt.timedelta(days=1),
        last=published,
        precision="span",
        basis="story",
        value=f"{published - dt.timedelta(days=1)}/{published}",
        implied=("year", "month", "day"),
        confidence=0.5,
    )


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
