"""Which acts of an article are one act told again: title and lead, verb and noun."""

from __future__ import annotations

from collections.abc import Sequence

from events.model import DateSpan
from loaders.acts.network import ActReading
from loaders.linking.answers import Answers
from loaders.linking.choose import certainty_of, is_sure
from loaders.linking.evidence import Candidate, Evidence, log_odds
from loaders.linking.weights import Question


def pair_evidence(one: Answers, other: Answers, reading: ActReading) -> Evidence:
    """Evidence that two acts are one."""
    a, b = one.act, other.act
    sources = _codes(one, 0), _codes(other, 0)
    targets = _codes(one, 1), _codes(other, 1)
    same_word = a.given.word(a.words[0]).lower() == b.given.word(b.words[0]).lower()
    return {
        "network": log_odds(float(reading.pairs[a.n, b.n])),
        "same type": float(one.type.value == other.type.value),
        "same doer": float(bool(sources[0] & sources[1])),
        "other doer": float(bool(sources[0] and sources[1] and not sources[0] & sources[1])),
        "same target": float(bool(targets[0] & targets[1])),
        "other target": float(bool(targets[0] and targets[1] and not targets[0] & targets[1])),
        "same word": float(same_word),
        "same sentence": float(a.sentence == b.sentence),
        "one in the title": float(a.in_title != b.in_title),
        "other day": float(_apart(one.day.value, other.day.value)),
        "same place": float(_same_place(one, other)),
        "other status": float(one.status.value != other.status.value),
    }


def groups(answers: Sequence[Answers], reading: ActReading, asked: Question) -> list[list[int]]:
    """Indices of the answers that tell one act, in order of first mention.

    An act joins the surest earlier group in which it meets every telling's type and no day or
    place told contradicts.
    """
    found: list[list[int]] = []
    for n in range(len(answers)):
        scored = [(_fit(answers, reading, asked, group, n), group) for group in found]
        best = max(scored, key=lambda row: row[0], default=(0.0, []))
        if is_sure(best[0], asked):
            best[1].append(n)
        else:
            found.append([n])
    return found


def _fit(
    answers: Sequence[Answers], reading: ActReading, asked: Question, group: list[int], n: int
) -> float:
    """How sure an act is one with a group: with its surest member, if it fits them all."""
    if any(_odds(answers[m], answers[n]) for m in group):
        return 0.0
    told = (pair_evidence(answers[m], answers[n], reading) for m in group)
    return max(certainty_of(Candidate(None, evidence), asked) for evidence in told)


def _odds(one: Answers, other: Answers) -> bool:
    """Whether two tellings cannot be one event: another type, days that exclude each other,
    places in two states, or each one's doer is the other's target."""
    if one.type.value != other.type.value:
        return True
    apart = _apart(one.day.value, other.day.value) or _abroad(one, other)
    return apart or _swapped(one, other)


def _swapped(one: Answers, other: Answers) -> bool:
    """Whether each one's doer is the other's target, and nobody keeps his side."""
    (doers, targets), (theirs, acted_upon) = ((_codes(a, 0), _codes(a, 1)) for a in (one, other))
    kept = doers & theirs or targets & acted_upon
    return bool(doers & acted_upon and targets & theirs and not kept)


def _codes(answers: Answers, side: int) -> set[str]:
    return {choice.value for choice in (answers.sources, answers.targets)[side]}


def _apart(one: object, other: object) -> bool:
    """Whether two written dates exclude each other."""
    if not isinstance(one, DateSpan) or not isinstance(other, DateSpan):
        return False
    bounds = (one.first, one.last, other.first, other.last)
    if None in bounds:
        return False
    return bool(one.last < other.first or other.last < one.first)  # type: ignore[operator]


def _same_place(one: Answers, other: Answers) -> bool:
    a, b = one.place.value, other.place.value
    return a is not None and b is not None and a.place == b.place


def _abroad(one: Answers, other: Answers) -> bool:
    """Whether the places of two acts lie in two states, each told in its own sentence."""
    a, b = one.place.value, other.place.value
    apart = a is not None and b is not None and a.place.country != b.place.country
    return bool(apart and _told_there(one) and _told_there(other))


def _told_there(answers: Answers) -> bool:
    """Whether the sentence of an act names its place."""
    act, words = answers.act, answers.place.words
    return bool(words) and act.given.sentence_of[words[0]] == act.sentence
