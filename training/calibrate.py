"""Fits the weights of every question on news that the network has not seen.

For each fold a network is trained on the others; what it says of the fold's units is kept with the
units (training.predict). Here the candidates of each question become rows of evidence, marked right
or wrong by the annotation, and a logistic regression gives the weights.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from events.model import Part
from loaders.acts.network import ActReading
from loaders.acts.reader_input import ReaderInput
from loaders.linking.answers import answer
from loaders.linking.day_evidence import day_candidates, story_day
from loaders.linking.evidence import (
    STORY,
    Act,
    Evidence,
    acts_of,
    place_candidates,
    status_candidates,
    type_candidates,
    weight_candidates,
)
from loaders.linking.party_evidence import party_candidates
from loaders.linking.weights import Question
from loaders.tellings.same_act import pair_evidence
from loaders.tellings.told_acts import ToldAct, all_evidence, told_acts, told_evidence
from training.corpus import Unit
from training.gold_acts import (
    SYMMETRIC,
    GoldAct,
    day_right,
    gold_acts,
    parties_right,
    party_fits,
    place_of,
)

STRENGTH = 0.3  # of the regression: 1 / the penalty on the weights


@dataclass(frozen=True)
class Seen:
    """A unit with what a network that was not trained on it says."""

    unit: Unit
    given: ReaderInput
    reading: ActReading


@dataclass(frozen=True)
class Row:
    """The evidence of one candidate, whether it is right, and its unit."""

    evidence: Evidence
    right: bool
    unit: str


def read_seen(paths: Iterable[Path]) -> Iterator[Seen]:
    """The kept predictions."""
    for path in paths:
        for unit, given, reading in pickle.loads(path.read_bytes()):
            yield Seen(unit, given, reading)


def matching(act: Act, gold: Iterable[GoldAct]) -> list[GoldAct]:
    """The annotated events of which a telling shares a word with an act."""
    return [g for g in gold if _shares_a_word(act, g.places)]


def _shares_a_word(act: Act, places: Iterable[tuple[Part, int, int]]) -> bool:
    words = set(act.words)
    return any(words & set(act.given.words_at(*at)) for at in places)


def judged(acts: Iterable[Act], unit: Unit) -> list[Act]:
    """The acts that the annotation speaks of: all, of a text that was not wholly annotated (its
    `partial`) those that share a word with an event or with what is none."""
    if not unit.get("partial"):
        return list(acts)
    places = [at for told in (*unit["events"], *unit["not"]) for at in place_of(unit, told)]
    return [act for act in acts if _shares_a_word(act, places)]


def sentences_of(gold: GoldAct, given: ReaderInput) -> set[int]:
    """The sentences in which an annotated event is told."""
    words = (given.words_at(*at) for at in gold.places)
    return {given.sentence_of[at[0]] for at in words if at}


def type_rows(seen: Seen) -> Iterator[Row]:
    """One row for each type of each act: right where the annotation has that type there, or in
    its sentence for an act that no other candidate stands on."""
    gold = gold_acts(seen.unit)
    acts = judged(acts_of(seen.given, seen.reading), seen.unit)
    taken = {id(g) for act in acts for g in matching(act, gold)}
    for act in acts:
        here = matching(act, gold)
        sentence = act.sentence
        near = [g for g in gold if id(g) not in taken and sentence in sentences_of(g, seen.given)]
        for candidate in type_candidates(act):
            right = any(candidate.value in g.types for g in here or near)
            yield Row(candidate.evidence, right, seen.unit["id"])


def party_rows(seen: Seen, side: int) -> Iterator[Row]:
    """One row for each party of each annotated act that the network sees."""
    for act, gold in _known(seen):
        codes = gold.event["s"] if side == 0 else gold.event["o"]
        if side == 2:
            codes = [gold.event["by"]] if gold.event.get("by") else []
        known = [code for code in codes if not code.startswith("?")]
        if side < 2 and set(gold.types) & set(SYMMETRIC):
            codes = [*gold.event["s"], *gold.event["o"]]
        for candidate in party_candidates(act, side):
            right = any(party_fits(candidate.value, code) for code in codes)
            if candidate.value == "":
                right = not known
            yield Row(candidate.evidence, right, seen.unit["id"])


def day_rows(seen: Seen) -> Iterator[Row]:
    for act, gold in _known(seen):
        day = gold.event.get("d")
        for candidate in day_candidates(act):
            span = story_day(act) if candidate.value == STORY else candidate.value
            yield Row(candidate.evidence, day_right(span, day), seen.unit["id"])


def place_rows(seen: Seen) -> Iterator[Row]:
    for act, gold in _known(seen):
        name = (gold.event.get("p") or "").casefold()
        for candidate in place_candidates(act):
            named = candidate.value
            told = () if named is None else (named.place.name.casefold(), named.text.casefold())
            right = not name if named is None else name in told
            yield Row(candidate.evidence, right, seen.unit["id"])


def status_rows(seen: Seen) -> Iterator[Row]:
    for act, gold in _known(seen):
        for candidate in status_candidates(act):
            right = candidate.value == gold.event.get("x")
            yield Row(candidate.evidence, right, seen.unit["id"])


def weight_rows(seen: Seen) -> Iterator[Row]:
    for act, gold in _known(seen):
        for candidate in weight_candidates(act):
            right = candidate.value == gold.event.get("w")
            yield Row(candidate.evidence, right, seen.unit["id"])


def _known(seen: Seen) -> Iterator[tuple[Act, GoldAct]]:
    """Acts with the annotated event that they tell."""
    gold = gold_acts(seen.unit)
    for act in acts_of(seen.given, seen.reading):
        found = matching(act, gold)
        if found:
            yield act, found[0]


def fit(rows: list[Row]) -> tuple[float, dict[str, float]]:
    """(base, weight of each evidence) of the likeliest logistic regression."""
    names = sorted({name for row in rows for name in row.evidence})
    table = np.array([[row.evidence.get(name, 0.0) for name in names] for row in rows])
    right = np.array([row.right for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(table, right)
    found = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True)}
    return round(float(model.intercept_[0]), 3), found


def same_rows(seen: Seen, asked: dict[str, Question]) -> Iterator[Row]:
    """One row for each two acts of a unit that are annotated and of which the types are right."""
    gold = gold_acts(seen.unit)
    found = [(answer(a, asked), matching(a, gold)) for a in acts_of(seen.given, seen.reading)]
    known = [(a, g[0]) for a, g in found if g and a.type.value in g[0].types]
    for n, (one, first) in enumerate(known):
        for other, second in known[:n]:
            evidence = pair_evidence(other, one, seen.reading)
            yield Row(evidence, first is second, seen.unit["id"])


def all_rows(seen: Seen, asked: dict[str, Question]) -> Iterator[Row]:
    """One row for each act told: whether type, parties with sectors and day are right."""
    gold = gold_acts(seen.unit)
    for told in _judged_acts(seen, asked):
        evidence = all_evidence(
            told.certainty, len(told.tellings), bool(told.sources), bool(told.targets)
        )
        yield Row(evidence, any(all_right(told, g) for g in told_gold(told, gold)), seen.unit["id"])


def told_rows(seen: Seen, asked: dict[str, Question]) -> Iterator[Row]:
    """One row for each act told: whether an act of its type is annotated in its sentences."""
    gold = gold_acts(seen.unit)
    for told in _judged_acts(seen, asked):
        evidence = told_evidence(told.surest_type, len(told.tellings))
        yield Row(evidence, bool(told_gold(told, gold)), seen.unit["id"])


def _judged_acts(seen: Seen, asked: dict[str, Question]) -> list[ToldAct]:
    """The acts told of which the annotation speaks in a telling."""
    told = told_acts(seen.given, seen.reading, asked)
    return [t for t in told if judged([each.act for each in t.tellings], seen.unit)]


def told_gold(told: ToldAct, gold: Iterable[GoldAct]) -> list[GoldAct]:
    """The annotated events of the told type that stand in a sentence of the tellings."""
    given = told.best.act.given
    sentences = {t.act.sentence for t in told.tellings}
    return [
        g for g in gold if told.best.type.value in g.types and sentences & sentences_of(g, given)
    ]


def all_right(told: ToldAct, gold: GoldAct) -> bool:
    """Whether parties, with their sectors, and day are those of the annotation."""
    sources, targets = ([c.value for c in side] for side in (told.sources, told.targets))
    span = story_day(told.best.act) if told.day.value == STORY else told.day.value
    parties = parties_right(told.best.type.value, sources, targets, gold)
    return parties and day_right(span, gold.event.get("d"))
