"""The candidates of each question about an act, with the evidence for each.

Evidence is a number a name: log-odds of the network, or 1 where something holds (what the rules
say, where a date stands). Nothing is compared or chosen here: loaders.linking.choose does, with
the weights of data/reference/weights.toml. The names are explained in docs/reader.md.
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

from events.model import DateSpan, PlaceMention
from events.ontology import EVENT_TYPES, STATUSES
from events.registry import actor
from events.sectors import SECTORS
from loaders.acts.act_features import rule_of
from loaders.acts.network import ActReading
from loaders.acts.reader_input import ReaderInput, RuleTelling
from loaders.linking.drafts import EventDraft

Evidence = dict[str, float]
TYPES = tuple(EVENT_TYPES)
SECTOR_CODES = ("", *SECTORS)
STORY = "story"
LOW = 0.02  # of a candidate's probability: below, it is not looked at
SEEN = 0.1  # of a sector's
REASONS = {  # why the rules tell no event -> the name of the evidence
    "negated": "rules: negated",
    "hypothetical": "rules: hypothetical",
    "question": "rules: hypothetical",
    "content of another act": "rules: content",
}


@dataclass(frozen=True)
class Candidate:
    """One answer to a question with its evidence. `words`: indices of the words it stands on."""

    value: Any
    evidence: Evidence
    words: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class Act:
    """One act of an article: number `n` of the network's reading, and what the rules say of it."""

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
    def rule(self) -> RuleTelling | None:
        return rule_of(self.given, self.words)

    @property
    def draft(self) -> EventDraft | None:
        return self.rule.draft if self.rule is not None else None


def log_odds(p: float) -> float:
    """Log-odds of a probability, held within -7 and 7."""
    p = min(max(float(p), 0.001), 0.999)
    return math.log(p / (1 - p))


def type_candidates(act: Act) -> list[Candidate]:
    """The types that the network or the rules see in an act."""
    shares = act.reading.types[act.words]
    best = shares[shares[:, 0].argmin()]
    rule, draft = act.rule, act.draft
    shared = _of_act(act)
    first = int(best[1:].argmax())
    seen = [t for n, t in enumerate(TYPES) if n == first or best[n + 1] >= LOW]
    if rule is not None and rule.type not in seen:
        seen.append(rule.type)
    return [
        Candidate(
            name,
            {
                "network": log_odds(best[TYPES.index(name) + 1]),
                "rules: this type": float(draft is not None and rule.type == name),  # type: ignore[union-attr]
                "rules: this word, no event": float(
                    rule is not None and draft is None and rule.type == name
                ),
                **shared,
            },
            tuple(act.words),
        )
        for name in seen
    ]


def _of_act(act: Act) -> Evidence:
    """Evidence that holds for an act whatever its type."""
    reading, rule, draft, n = act.reading, act.rule, act.draft, act.n
    reason = rule.reason if rule is not None else ""
    named = {name: float(REASONS.get(reason) == name) for name in dict.fromkeys(REASONS.values())}
    return {
        **named,
        "rules: weak word": float(draft is not None and draft.weak),
        "rules: words of sport or business": float(draft is not None and draft.vetoes > 0),
        "doer known": log_odds(1 - float(reading.roles[n, 0, -2:].sum())),
        "target known": log_odds(1 - float(reading.roles[n, 1, -2:].sum())),
    }


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
        if shares[rows].sum() >= LOW or code in _ruled(act, side)
        for sector in _sectors(act, side, code)
    ]
    return [*found, _nobody(act, side, shares)]


def _sectors(act: Act, side: int, code: str) -> list[str]:
    """The sectors that a code may have on a side: "" for the state itself or what is no state."""
    if side > 1 or actor(code).kind != "state":
        return [""]
    shares = _sector_shares(act, side)
    return [sector for sector, share in shares.items() if share >= SEEN or not sector]


def _sector_shares(act: Act, side: int) -> dict[str, float]:
    """The probability of each sector; a government is the state itself."""
    shares: dict[str, float] = {}
    for name, share in zip(SECTOR_CODES, act.reading.sectors[act.n, side], strict=True):
        own = "" if name == "GOV" else name
        shares[own] = shares.get(own, 0.0) + float(share)
    return shares


def _is_mutual(act: Act) -> bool:
    """Whether the rules tell an act of which all parties are doers: talks, an agreement."""
    return act.draft is not None and EVENT_TYPES[act.draft.type].symmetric


def _ruled(act: Act, side: int) -> list[str]:
    """The codes that the rules give on a side."""
    if act.draft is None:
        return []
    teller = [act.draft.teller] if act.draft.teller else []
    return [act.draft.sources, act.draft.targets, teller][side]


def _party(act: Act, side: int, code: str, rows: list[int], sector: str) -> Candidate:
    shares = act.reading.roles[act.n, side]
    parties = [act.given.parties[n] for n in rows]
    best = parties[int(shares[rows].argmax())]
    other = _ruled(act, 1 - side) if side < 2 else []
    share = float(shares[rows].sum())
    state = side < 2 and actor(code).kind == "state"
    known = _sector_shares(act, side)[sector] if state else 1.0
    both = [*_ruled(act, side), *other]
    return Candidate(
        f"{code}:{sector}" if sector else code,
        {
            "network": log_odds(share),
            "network, with the sector": log_odds(share * known),
            "rules: on this side": float(code in _ruled(act, side)),
            "rules: a party of a mutual act": float(_is_mutual(act) and code in both),
            "no table knows it": float(code.startswith("X:")),
        },
        tuple(range(best.first, best.last + 1)),
    )


def _nobody(act: Act, side: int, shares: npt.NDArray[np.float32]) -> Candidate:
    return Candidate(
        "",
        {
            "network": log_odds(shares[-2]),
            "nobody": 1.0,
            "network: somebody elsewhere": float(shares[-1]),
            "rules: nobody": float(act.draft is not None and not _ruled(act, side)),
        },
    )


def day_candidates(act: Act) -> list[Candidate]:
    """The dates of the article, the story's own day, and no day."""
    shares, given = act.reading.days[act.n], act.given
    chosen = act.draft.date if act.draft is not None else None
    found = [
        _day(act, n, float(shares[n]), chosen)
        for n in range(len(given.dates))
        if shares[n] >= LOW or _same_day(given.dates[n].date, chosen)
    ]
    if given.published is not None:
        found.append(Candidate(STORY, {"network": log_odds(shares[-1])}))
    none = {
        "network": log_odds(shares[-2]),
        "no day, and a date in the sentence": float(bool(_sentence_dates(act))),
    }
    return [*found, Candidate(None, none)]


def _day(act: Act, n: int, share: float, chosen: DateSpan | None) -> Candidate:
    mention = act.given.dates[n]
    return Candidate(
        mention.date,
        {
            "network": log_odds(share),
            "rules: this date": float(_same_day(mention.date, chosen)),
            "in the sentence": float(act.given.sentence_of[mention.first] == act.sentence),
            "a day": float(mention.date.precision == "day"),
        },
        tuple(range(mention.first, mention.last + 1)),
    )


def _sentence_dates(act: Act) -> list[int]:
    """The dates of the act's sentence that may date it."""
    return [
        n
        for n, mention in enumerate(act.given.dates)
        if act.given.sentence_of[mention.first] == act.sentence and not mention.date.not_event
    ]


def _same_day(one: DateSpan, other: DateSpan | None) -> bool:
    return other is not None and (one.first, one.last) == (other.first, other.last)


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
    chosen = act.draft.place if act.draft is not None else None
    found = [
        _place(act, n, float(shares[n]), chosen)
        for n in range(len(given.places))
        if shares[n] >= LOW or _same_words(given.places[n].mention, chosen)
    ]
    none = {"network": log_odds(shares[-1]), "not told": 1.0}
    return [*found, Candidate(None, none)]


def _place(act: Act, n: int, share: float, chosen: PlaceMention | None) -> Candidate:
    named = act.given.places[n]
    return Candidate(
        chosen if _same_words(named.mention, chosen) else named.mention,
        {
            "network": log_odds(share),
            "in the sentence": float(act.given.sentence_of[named.first] == act.sentence),
        },
        tuple(range(named.first, named.last + 1)),
    )


def _same_words(one: PlaceMention, other: PlaceMention | None) -> bool:
    return other is not None and (one.part, one.start) == (other.part, other.start)


def status_candidates(act: Act) -> list[Candidate]:
    """Reported, planned, claimed, denied."""
    told = act.draft.status if act.draft is not None else ""
    return [
        Candidate(
            name,
            {
                f"network: {name}": log_odds(act.reading.statuses[act.n][n]),
                f"rules: {name}": float(told == name),
                f"rules: not {name}": float(bool(told) and told != name),
                f"always: {name}": 1.0,
            },
        )
        for n, name in enumerate(STATUSES)
    ]


def weight_candidates(act: Act) -> list[Candidate]:
    """Background (0), worth a line (1), main (2)."""
    shares, title = act.reading.weights[act.n], float(act.in_title)
    return [
        Candidate(n, {f"network: {n}": log_odds(shares[n]), f"title: {n}": title}) for n in range(3)
    ]


def acts_of(given: ReaderInput, reading: ActReading) -> Iterator[Act]:
    """The acts of an article in reading order."""
    return (Act(given, reading, n) for n in range(len(reading.acts)))
