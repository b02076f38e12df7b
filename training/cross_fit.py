"""What the reader tells of news that neither its network nor its weights have seen.

The weights of every question are fitted on all units but those of one fold, and the acts of that
fold are told with them; in turn. From these come the figures of docs/reader.md: the scorer's at
each threshold, how right each certainty is, and what each piece of evidence gains.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from events.certainty import Measured
from loaders.linking.answers import Answers
from loaders.linking.choose import certainty_of
from loaders.linking.day_evidence import story_day
from loaders.linking.evidence import STORY, Candidate
from loaders.linking.weights import Question
from loaders.tellings.told_acts import ToldAct, told_acts
from training.calibrate import Row, Seen, all_right, fit, told_gold
from training.corpus import part_of
from training.fit import FIRST, THRESHOLDS, fit_all
from training.gold_acts import gold_acts

CUTS = (0.4, 0.45, 0.5, 0.55, 0.62, 0.65, 0.7)
LABELLED = 100  # fewer events of a language say too little of it
TINY = 1e-12  # least share: a loss stays finite
BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True)
class Told:
    """The acts told of a unit by weights that were fitted without it."""

    seen: Seen
    acts: list[ToldAct]


def cross_fitted(seen: Sequence[Seen]) -> list[Told]:
    """The acts of every unit, told with weights of the other folds; of a single fold, of the other
    three quarters of its units."""
    groups = _groups(seen)
    told: dict[str, Told] = {}
    for group in sorted(set(groups)):
        asked = fit_all([s for s, g in zip(seen, groups, strict=True) if g != group])
        for one, own in zip(seen, groups, strict=True):
            if own == group:
                told[one.unit["id"]] = Told(one, told_acts(one.given, one.reading, asked))
    return [told[one.unit["id"]] for one in seen]


def _groups(seen: Sequence[Seen]) -> list[str]:
    folds = [part_of(one.unit) for one in seen]
    return folds if len(set(folds)) > 1 else [str(n % 4) for n in range(len(seen))]


def measured(seen: Sequence[Seen]) -> Measured:
    """How often an event told by default has the right type, with weights of the other folds."""
    told = [
        (one.seen.unit["lang"], bool(told_gold(act, gold_acts(one.seen.unit))))
        for one in cross_fitted(seen)
        for act in one.acts
        if act.certainty["type"] >= THRESHOLDS["told"]
    ]
    share = round(sum(right for _, right in told) / len(told), 2)
    counts = Counter(lang for lang, _ in told)
    return Measured(len(told), share, tuple(sorted(x for x, n in counts.items() if n >= LABELLED)))


def score_table(told: Sequence[Told]) -> str:
    """The scorer's line for all units, at each threshold on type."""
    return "\n".join(f"from {cut}: {_scored(told, cut)}" for cut in CUTS)


def _scored(told: Sequence[Told], cut: float) -> str:
    with tempfile.TemporaryDirectory() as folder:
        ids, given = Path(folder) / "ids.txt", Path(folder) / "told.jsonl"
        ids.write_text("\n".join(one.seen.unit["id"] for one in told), encoding="utf-8")
        given.write_text("".join(_line(one, cut) for one in told), encoding="utf-8")
        scorer = Path(os.environ["FRISE_GOLD"]) / "real" / "score.py"
        asked = [sys.executable, str(scorer), "--ids", str(ids), "--given", str(given)]
        done = subprocess.run(asked, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-2]


def _line(one: Told, cut: float) -> str:
    acts = [_record(act) for act in one.acts if act.certainty["type"] >= cut]
    return json.dumps({"id": one.seen.unit["id"], "events": acts}, ensure_ascii=False) + "\n"


def _record(act: ToldAct) -> dict[str, Any]:
    """An act in the form of `extract`, as far as the scorer reads it."""
    day = story_day(act.best.act) if act.day.value == STORY else act.day.value
    first, last = (day.first or day.last, day.last or day.first) if day else (None, None)
    return {
        **_place(act.best),
        "type": act.best.type.value,
        "sources": [choice.value for choice in act.sources],
        "targets": [choice.value for choice in act.targets],
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
        "precision": day.precision if day else None,
        "confidence": act.confidence,
        "also": _also(act),
    }


def _also(act: ToldAct) -> list[dict[str, Any]]:
    places = [_place(telling) for telling in act.tellings]
    return [p for n, p in enumerate(places) if p not in places[:n] and p != places[0]]


def _place(telling: Answers) -> dict[str, Any]:
    part, start, end = telling.act.given.sentences[telling.act.sentence]
    return {"part": part, "start": start, "end": end, "quote": ""}


def reliability(told: Sequence[Told], cut: float) -> list[tuple[str, float, int, float, float]]:
    """(what is sure, lower bound, acts, mean certainty, share right) in tenths of certainty: of the
    type over all acts, and of everything over those told from `cut`."""
    pairs = list(_certainties(told, cut))
    rows = []
    for name in ("type", "all"):
        sure = np.array([(p, right) for kind, p, right in pairs if kind == name])
        for low, high in zip(BINS, BINS[1:], strict=False):
            inside = sure[(sure[:, 0] >= low) & (sure[:, 0] < high)]
            if len(inside):
                mean, right = inside.mean(0)
                rows.append((name, low, len(inside), float(mean), float(right)))
    return rows


def _certainties(told: Sequence[Told], cut: float) -> Iterator[tuple[str, float, bool]]:
    for one in told:
        gold = gold_acts(one.seen.unit)
        for act in one.acts:
            found = told_gold(act, gold)
            yield "type", act.certainty["type"], bool(found)
            if act.certainty["type"] >= cut:
                yield "all", act.confidence, any(all_right(act, g) for g in found)


def evidence_gain(seen: Sequence[Seen]) -> Iterator[tuple[str, str, float, float]]:
    """(question, evidence, gain, standard error): how much log-likelihood a unit loses, on units
    not fitted on, where the evidence is taken away. In hundredths of a nat; the standard error is
    over units."""
    groups = dict(zip((s.unit["id"] for s in seen), _groups(seen), strict=True))
    for question, rows_of in FIRST.items():
        rows = [row for one in seen for row in rows_of(one)]
        whole = _losses(rows, groups, "")
        for name in sorted({name for row in rows for name in row.evidence}):
            lost = _losses(rows, groups, name)
            gains = np.array([lost[unit] - whole[unit] for unit in whole])
            error = float(gains.std(ddof=1) / np.sqrt(len(gains)))
            yield question, name, 100 * float(gains.mean()), 100 * error


def _losses(rows: Sequence[Row], groups: dict[str, str], without: str) -> dict[str, float]:
    """The log-loss of each unit by weights of the other groups, without one evidence."""
    kept = [Row(_less(row.evidence, without), row.right, row.unit) for row in rows]
    lost: dict[str, float] = {}
    for group in sorted(set(groups.values())):
        base, weights = fit([row for row in kept if groups[row.unit] != group])
        for row in kept:
            if groups[row.unit] == group:
                loss = _loss(Question(base, 0.0, weights), row)
                lost[row.unit] = lost.get(row.unit, 0.0) + loss
    return lost


def _less(evidence: dict[str, float], without: str) -> dict[str, float]:
    return {name: value for name, value in evidence.items() if name != without}


def _loss(question: Question, row: Row) -> float:
    sure = certainty_of(Candidate(None, row.evidence), question)
    return -math.log(max(sure if row.right else 1 - sure, TINY))
