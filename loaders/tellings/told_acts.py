"""Acts as told: all tellings of one act together, with one answer a field."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from events.ontology import EVENT_TYPES
from loaders.acts.network import ActReading
from loaders.acts.reader_input import ReaderInput
from loaders.linking.answers import Answers, answer
from loaders.linking.choose import Choice, certainty_of, on_one_side, surest
from loaders.linking.evidence import Candidate, Evidence, acts_of, log_odds
from loaders.linking.weights import Question
from loaders.tellings.same_act import groups


@dataclass(frozen=True)
class ToldAct:
    """One act of an article. tellings: the fullest first, which is the one to quote. sources,
    targets, day: each of the telling that is surest of it; place: of the telling surest of the
    type that gives any. confidence: how sure it is that all of it is right."""

    tellings: tuple[Answers, ...]
    sources: list[Choice]
    targets: list[Choice]
    day: Choice
    place: Choice
    certainty: dict[str, float]
    confidence: float

    @property
    def best(self) -> Answers:
        return self.tellings[0]

    @property
    def surest_type(self) -> float:
        """How sure the telling is that is surest of the type."""
        return max(telling.type.certainty for telling in self.tellings)


def told_acts(given: ReaderInput, reading: ActReading, asked: dict[str, Question]) -> list[ToldAct]:
    """The acts of an article in order of first mention, however doubtful."""
    answers = [answer(act, asked) for act in acts_of(given, reading)]
    told = [a for a in answers if a.type.value is not None]
    found = groups(told, reading, asked["same"])
    return [_joined([told[n] for n in group], asked) for group in found]


def _joined(tellings: Sequence[Answers], asked: dict[str, Question]) -> ToldAct:
    """One act from its tellings."""
    order = surest(tellings, [telling.type.certainty for telling in tellings])
    best = order[0]
    fullest = surest(tellings, [_fields_told(telling) for telling in tellings])
    sources, targets = on_one_side(
        _surest_side([telling.sources for telling in order]),
        _surest_side([telling.targets for telling in order]),
        EVENT_TYPES[best.type.value].internal,
    )
    day = surest([t.day for t in order], [t.day.certainty for t in order])[0]
    place = next((t.place for t in order if t.place.value is not None), best.place)
    told = told_evidence(best.type.certainty, len(order))
    typed = certainty_of(Candidate(None, told), asked["told"])
    certainty = {
        "event": typed,
        "type": typed,
        "sources": sources[0].certainty if sources else best.nobody[0],
        "targets": targets[0].certainty if targets else best.nobody[1],
        "date": day.certainty,
        "place": place.certainty,
    }
    evidence = all_evidence(certainty, len(order), bool(sources), bool(targets))
    sure = certainty_of(Candidate(None, evidence), asked["all"])
    rounded = {name: round(value, 3) for name, value in certainty.items()}
    return ToldAct(tuple(fullest), sources, targets, day, place, rounded, round(sure, 3))


def _fields_told(telling: Answers) -> float:
    """How many of its fields a telling rightly tells, as far as it is sure of them."""
    told = [telling.type, telling.day, telling.place, *telling.sources[:1], *telling.targets[:1]]
    return sum(choice.certainty for choice in told if choice.value is not None)


def _surest_side(sides: Sequence[list[Choice]]) -> list[Choice]:
    """The side of the telling that is surest of a party; empty where none tells any."""
    told = [side for side in sides if side]
    return next(iter(surest(told, [side[0].certainty for side in told])), [])


def told_evidence(certainty: float, tellings: int) -> Evidence:
    """Evidence that an act of this type is told there, from its surest telling."""
    return {"sure: type": log_odds(certainty), "told again": float(tellings > 1)}


def all_evidence(
    certainty: dict[str, float], tellings: int, source: bool, target: bool
) -> Evidence:
    """Evidence that type, parties and day are all right."""
    sure = {name: certainty[name] for name in ("type", "sources", "targets", "date")}
    return {
        **{f"sure: {name}": log_odds(value) for name, value in sure.items()},
        "sure: together": log_odds(math.prod(sure.values())),
        "told again": float(tellings > 1),
        "no doer": float(not source),
        "no target": float(not target),
    }
