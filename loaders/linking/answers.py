"""The answers to every question about one act, each chosen among its candidates."""

from __future__ import annotations

from dataclasses import dataclass

from events.ontology import EVENT_TYPES
from loaders.linking.choose import Choice, certainty_of, choose, choose_all, on_one_side
from loaders.linking.day_evidence import day_candidates
from loaders.linking.evidence import (
    Act,
    Candidate,
    place_candidates,
    status_candidates,
    type_candidates,
    weight_candidates,
)
from loaders.linking.party_evidence import party_candidates
from loaders.linking.weights import Question


@dataclass(frozen=True)
class Answers:
    """What is told of one act. sources, targets: empty where nobody is told or nobody is sure
    enough; nobody: how sure it is that each side names nobody."""

    act: Act
    type: Choice
    sources: list[Choice]
    targets: list[Choice]
    nobody: tuple[float, float]
    teller: list[Choice]
    day: Choice
    place: Choice
    status: Choice
    weight: Choice


def answer(act: Act, asked: dict[str, Question]) -> Answers:
    """All answers about an act."""
    sides = [party_candidates(act, side) for side in (0, 1, 2)]
    told = choose(type_candidates(act), asked["type"])
    known = EVENT_TYPES.get(told.value)
    mutual, internal = known is not None and known.symmetric, known is not None and known.internal
    sources, targets = on_one_side(
        choose_all(sides[0], asked["source"], mutual),
        choose_all(sides[1], asked["target"], mutual),
        internal,
    )
    return Answers(
        act,
        told,
        sources,
        targets,
        (_nobody(sides[0], asked["source"]), _nobody(sides[1], asked["target"])),
        choose_all(sides[2], asked["teller"]),
        choose(day_candidates(act), asked["day"]),
        choose(place_candidates(act), asked["place"]),
        choose(status_candidates(act), asked["status"]),
        choose(weight_candidates(act), asked["weight"]),
    )


def _nobody(candidates: list[Candidate], question: Question) -> float:
    """How sure it is that a side names nobody."""
    return next(certainty_of(c, question) for c in candidates if c.value == "")
