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
    counted and the next likeliest answers. `value` is None where the answer is not sure enough.
    `parts`: of a state, its parts ("SYR:REB"), the likeliest first."""

    value: Any
    certainty: float
    words: tuple[int, ...] = ()
    reasons: tuple[tuple[str, float], ...] = ()
    alternatives: tuple[tuple[Any, float], ...] = ()
    parts: tuple[tuple[str, float], ...] = ()


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
        Choice(
            c.value,
            round(p, 3),
            c.words,
            _reasons(c, question),
            rest[:ALTERNATIVES],
            tuple(row for row in rest if str(row[0]).startswith(f"{c.value}:")),
        )
        for c, p in taken.values()
    ]


def on_one_side(
    sources: Sequence[Choice], targets: Sequence[Choice], internal: bool
) -> tuple[list[Choice], list[Choice]]:
    """Both sides; of a state that stands on both, the likelier of its part against itself
    ("SYR:REB" on "SYR") and itself on its part. Without a part it is the doer, and of
    an act that may be `internal` it stands on both where both are surer than FURTHER."""
    doers, others = list(sources), list(targets)
    for choice in sources:
        for other in [o for o in targets if o.value == choice.value]:
            part, other_part = _part_of(choice), _part_of(other)
            as_doer = part.certainty * other.certainty if part else 0.0
            as_target = choice.certainty * other_part.certainty if other_part else 0.0
            if part is not None and as_doer > as_target:
                doers[doers.index(choice)] = part
            elif other_part is not None:
                others[others.index(other)] = other_part
            elif not internal or min(choice.certainty, other.certainty) < FURTHER:
                others.remove(other)
    return doers, others


def _part_of(choice: Choice) -> Choice | None:
    """The same state's likeliest part, where one is not unlikely."""
    for value, certainty in choice.parts:
        if certainty >= UNLIKELY:
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
