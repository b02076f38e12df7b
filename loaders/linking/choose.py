"""The one place that weighs evidence, compares it with a number and picks among candidates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from loaders.linking.evidence import Candidate
from loaders.linking.weights import Question

ALTERNATIVES = 3
UNLIKELY = 0.1  # a part of a state that is hardly seen
FURTHER = 0.5  # how sure a second answer to one question must be
T = TypeVar("T")
TOLD_REASONS = 4  # of an answer: the evidence that counted most


@dataclass(frozen=True)
class Choice:
    """An answer with its certainty (0 to 1), where it stands in the text, the evidence that
    counted and the next likeliest answers. `value` is None where the answer is not sure enough."""

    value: Any
    certainty: float
    words: tuple[int, ...] = ()
    reasons: tuple[tuple[str, float], ...] = ()
    alternatives: tuple[tuple[Any, float], ...] = ()


def certainty_of(candidate: Candidate, question: Question) -> float:
    """How sure an answer is by its evidence alone."""
    told = candidate.evidence.items()
    total = question.base + sum(question.weights.get(name, 0.0) * value for name, value in told)
    return 1 / (1 + math.exp(-total))


def choose(candidates: Sequence[Candidate], question: Question) -> Choice:
    """The likeliest answer, blank (None) below the question's threshold."""
    ranked = _ranked(candidates, question)
    best, sure = ranked[0]
    return Choice(
        best.value if sure >= question.threshold else None,
        round(sure, 3),
        best.words,
        _reasons(best, question),
        tuple((c.value, round(p, 3)) for c, p in ranked[1 : ALTERNATIVES + 1]),
    )


def choose_all(
    candidates: Sequence[Candidate], question: Question, mutual: bool = False
) -> list[Choice]:
    """Every answer that is sure enough and likelier than nobody (""), the likeliest first.

    A second one must be surer than FURTHER, but not in a mutual act (talks, an agreement), which
    has several parties. Of a state and its parts ("SYR", "SYR:REB") only the likeliest is told.
    """
    ranked = _ranked(candidates, question)
    nobody = next((p for c, p in ranked if c.value == ""), 0.0)
    taken: dict[str, tuple[Candidate, float]] = {}
    for candidate, p in ranked:
        alone = mutual or not taken
        least = max(question.threshold if alone else FURTHER, nobody)
        if candidate.value != "" and p >= least:
            taken.setdefault(str(candidate.value).partition(":")[0], (candidate, p))
    rest = tuple((c.value, round(p, 3)) for c, p in ranked if (c, p) not in taken.values())
    return [
        Choice(c.value, round(p, 3), c.words, _reasons(c, question), rest[:ALTERNATIVES])
        for c, p in taken.values()
    ]


def on_one_side(
    sources: Sequence[Choice], targets: Sequence[Choice]
) -> tuple[list[Choice], list[Choice]]:
    """Both sides, without a party that the other side holds more surely: there it is the likeliest
    part of that state ("SYR:CVL"), or left out."""
    doers = {choice.value: choice.certainty for choice in sources}
    others = {choice.value: choice.certainty for choice in targets}
    kept = (
        [c if c.certainty >= others.get(c.value, 0.0) else _part_of(c) for c in sources],
        [c if c.certainty > doers.get(c.value, 0.0) else _part_of(c) for c in targets],
    )
    return [c for c in kept[0] if c is not None], [c for c in kept[1] if c is not None]


def _part_of(choice: Choice) -> Choice | None:
    """The same state's likeliest part, where one is among the next answers and not unlikely."""
    for value, certainty in choice.alternatives:
        if str(value).startswith(f"{choice.value}:") and certainty >= UNLIKELY:
            return replace(choice, value=value, certainty=certainty)
    return None


def is_sure(certainty: float, question: Question) -> bool:
    """Whether something holds by the question's threshold."""
    return certainty >= question.threshold


def surest(answers: Sequence[T], certainties: Sequence[float]) -> list[T]:
    """Answers, the surest first; equally sure ones keep their order."""
    order = sorted(range(len(answers)), key=lambda n: -certainties[n])
    return [answers[n] for n in order]


def _ranked(candidates: Sequence[Candidate], question: Question) -> list[tuple[Candidate, float]]:
    scored = [(candidate, certainty_of(candidate, question)) for candidate in candidates]
    return sorted(scored, key=lambda row: -row[1])


def _reasons(candidate: Candidate, question: Question) -> tuple[tuple[str, float], ...]:
    told = [
        (name, round(question.weights.get(name, 0.0) * value, 2))
        for name, value in candidate.evidence.items()
    ]
    counted = [(name, share) for name, share in told if share]
    return tuple(sorted(counted, key=lambda row: -abs(row[1]))[:TOLD_REASONS])
