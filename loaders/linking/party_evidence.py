"""The parties that may act, be acted upon or tell, with the evidence for each.

As in loaders.linking.evidence, nothing is compared or chosen here.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from events.registry import actor
from loaders.acts.standing import is_where
from loaders.acts.voice import is_agent
from loaders.linking.evidence import LOW, Act, Candidate, Evidence, log_odds

SEEN = 0.1  # of a sector's probability


def party_candidates(act: Act, side: int) -> list[Candidate]:
    """The codes that may be the doer (0), the one acted upon (1) or the teller (2), and nobody.

    A state stands for itself and for each of its parts that the network sees ("SYR:REB"); nobody
    is "".
    """
    shares = act.reading.roles[act.n, side]
    told = (act.handed.by, act.handed.to) if side < 2 else ()
    by: dict[str, list[int]] = {}
    for number, party in enumerate(act.given.parties):
        by.setdefault(party.code, []).append(number)
    found = [
        _party(act, side, code, rows, sector)
        for code, rows in by.items()
        if shares[rows].sum() >= LOW or code in told
        for sector in _sectors(act, side, code)
    ]
    return [*found, _nobody(act, side, shares)]


def _sectors(act: Act, side: int, code: str) -> list[str]:
    """The sectors that a code may have on a side: "" for the state itself or what is no state."""
    if side > 1 or actor(code).kind != "state":
        return [""]
    shares = act.sector_shares[side]
    return [sector for sector, share in shares.items() if share >= SEEN or not sector]


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
            **(_standing(act, code, side) if side < 2 else {}),
        },
        tuple(range(best.first, best.last + 1)),
    )


def _standing(act: Act, code: str, side: int) -> Evidence:
    """Where a party stands in the sentence of an act."""
    aside = act.handed.gets_not if side else act.handed.gives_not
    return {
        "gives what is received": float(code == act.handed.by),
        "gets what is given": float(code == act.handed.to),
        "behind what is received": float(code in aside),
        "mutual act: where it is held": float(act.is_mutual and _is_host(act, code, side)),
    }


def _is_host(act: Act, code: str, side: int) -> bool:
    """Whether a state is told by the place of the act alone, and nobody else is named, or two
    others are, who then meet each other."""
    here = [p for p in act.parties_here if p.code == code]
    others = len({p.code for p in act.parties_here} - {code})
    alone = {p.code for p in act.given.parties} == {code}
    where = bool(here) and all(is_where(act.given, party) for party in here)
    return where and (alone or (others > 1 and side == 1))


def _nobody(act: Act, side: int, shares: npt.NDArray[np.float32]) -> Candidate:
    return Candidate(
        "",
        {
            "network": log_odds(shares[-2]),
            "nobody": 1.0,
        },
    )
