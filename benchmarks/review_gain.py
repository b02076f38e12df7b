"""What a review is worth: ``python -m benchmarks.review_gain [--pieces N] [--sure any]``.

The samples and N pieces of training/gold that no reader was trained on are loaded as articles into
a store. A person who knows the annotation decides about events in the order of the queue: right as
told, corrected, or no event. Printed is how many of the events shown by default are right (type;
type, parties and day), before and after the decisions; then the weights are fitted again on the
decisions as `calibrate --with` does, and the same is told of each fifth of the articles by weights
fitted on the others. Runs in the environment of training; nothing but temporary files is written.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from benchmarks.accuracy_samples import samples
from events.corrections import EditRefused, check, date_value, parties_value
from events.disagreement import disputed
from events.filters import Filters
from events.gold_lines import gold_lines
from events.model import DateSpan
from events.query import Query
from events.records import records
from events.registry import known
from events.review_order import review_order
from events.reviews import Decision, edits_of
from events.store import Store
from loaders.grouping import group_stories
from loaders.linking.weights import Question, weights
from loaders.pipeline import extract
from loaders.tellings.told_acts import told_acts
from training.calibrate import Seen, all_right, told_gold
from training.corpus import Unit, own_units, part_of
from training.decisions import FOLDS, refit, seen_of
from training.gold_acts import GoldAct, day_right, gold_acts, parties_right
from training.labels import span_of
from training.prepare import article_of

Row = Mapping[Any, Any]
WHO = "the annotation"


@dataclass
class Right:
    """Events shown, those of the right type, and those right in type, parties and day."""

    shown: int = 0
    type: int = 0
    all: int = 0

    def add(self, type_right: bool, everything: bool) -> None:
        self.shown += 1
        self.type += type_right
        self.all += everything

    def __str__(self) -> str:
        parts = (f"{name} {n / max(1, self.shown):.3f}" for name, n in
                 (("type", self.type), ("all", self.all)))  # fmt: skip
        return f"{self.shown} shown, right: " + ", ".join(parts)


class Act(NamedTuple):
    """An act that is told: how sure its type is, whether that is right, and whether all is."""

    sure: float
    type: bool
    all: bool


@dataclass
class Judge:
    """The annotation of articles, by the id that the store gives them."""

    units: dict[int, Unit] = field(default_factory=dict)
    gold: dict[int, list[GoldAct]] = field(default_factory=dict)

    def find(self, row: Row) -> GoldAct | None:
        """The annotated act that an event tells: at its words, else of its type in its sentence."""
        acts = self.gold[int(row["article_id"])]
        words = [m[2:4] for m in json.loads(row["spans"] or "[]") if m[0] == "trigger"]
        start, end = words[0] if words else (row["start"], row["end"])
        here = [g for g in acts if _meets(g, row["part"], start, end)]
        near = [g for g in acts if _meets(g, row["part"], row["start"], row["end"])]
        fits = [g for g in (*here, *near) if row["type"] in g.types]
        return next(iter([*fits, *here]), None)

    def right(self, row: Row) -> tuple[bool, bool]:
        """Whether the type is right, and whether parties and day are, too."""
        gold = self.find(row)
        if gold is None or row["type"] not in gold.types:
            return False, False
        parties = parties_right(row["type"], row["sources"], row["targets"], gold)
        return True, parties and day_right(_span(row), gold.event.get("d"))

    def decide(self, row: Row) -> Decision:
        """What the person says of an event."""
        event, gold = int(row["event_id"]), self.find(row)
        if gold is None:
            return Decision(event, "rejected")
        if self.right(row)[1]:
            return Decision(event, "accepted")
        values = _values(gold, row)
        try:
            check(values, row)
        except EditRefused:  # a party that the annotation alone has a code for
            return Decision(event, "rejected")
        return Decision(event, "corrected", values)


def _meets(gold: GoldAct, part: str, start: int, end: int) -> bool:
    return any(p == part and a < end and b > start for p, a, b in gold.places)


def _span(row: Row) -> DateSpan | None:
    days = [None if pd.isna(row[name]) else row[name].date() for name in ("first", "last")]
    if days == [None, None]:
        return None
    return DateSpan("text", 0, 0, "", days[0], days[1], row["precision"], "explicit", "")


def _values(gold: GoldAct, row: Row) -> dict[str, str]:
    """The fields of the annotation that the event says otherwise."""
    event, values = gold.event, {}
    if row["type"] not in gold.types:
        values["type"] = gold.types[0]
    for side, key in (("sources", "s"), ("targets", "o")):
        codes = [code.split("|")[0] for code in event[key]]
        values[side] = parties_value(list(dict.fromkeys(c for c in codes if known(c))))
    values["date"] = date_value(*span_of(event["d"])) if event.get("d") else "none"
    return values


def load(units: Sequence[Unit], folder: Path) -> Judge:
    """A store of the articles, and their annotation."""
    judge, store = Judge(), Store(folder)
    for unit in units:
        extraction = extract(article_of(unit), dt.date.today())
        store.append([extraction])
        judge.units[extraction.article.id] = unit
        judge.gold[extraction.article.id] = gold_acts(unit)
    group_stories(store)
    return judge


def shown(query: Query, judge: Judge) -> Right:
    """How right the events of the default view are."""
    found = Right()
    for row in records(query.events(Filters())):
        found.add(*judge.right(row))
    return found


def review(query: Query, judge: Judge, most: int, filters: Filters) -> Counter[str]:
    """Decide about the first events of the queue of these filters; how many of each verdict."""
    table = query.events(filters)
    order = review_order(table, set(disputed(table)))["event_id"].head(most)
    said: Counter[str] = Counter()
    edits = []
    for row in records(query.events_with(order.tolist())):
        decision = judge.decide(row)
        said[decision.verdict] += 1
        told = {"event_id": decision.event_id, "why": "", "who": WHO}
        edits += [told | {"field": f, "value": v} for f, v in edits_of(row, decision).items()]
    Store(query.location).append_all_edits(edits)
    return said


def told_of(seen: Sequence[Seen], asked: dict[str, Question]) -> list[Act]:
    """The acts that weights tell of articles, however doubtful."""
    found = []
    for one in seen:
        gold = gold_acts(one.unit)
        for act in told_acts(one.given, one.reading, asked):
            fits = told_gold(act, gold)
            everything = any(all_right(act, g) for g in fits)
            found.append(Act(act.certainty["type"], bool(fits), everything))
    return found


def right(acts: Sequence[Act]) -> Right:
    """How right some acts are."""
    found = Right()
    for act in acts:
        found.add(act.type, act.all)
    return found


def pieces(most: int) -> Iterator[Unit]:
    """Pieces of training/gold that no reader was trained on."""
    held = (unit for unit in own_units() if part_of(unit) == "held" and unit["events"])
    for unit, _ in zip(held, range(most), strict=False):
        yield unit


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review_gain", description=__doc__)
    parser.add_argument("--pieces", type=int, default=40)
    parser.add_argument("--decisions", type=int, default=200)
    parser.add_argument("--sure", choices=("enough", "any"), default="enough", help="the queue")
    asked = parser.parse_args()
    units = [*samples(), *pieces(asked.pieces)]
    with tempfile.TemporaryDirectory() as folder:
        judge = load(units, Path(folder) / "store")
        query = Query(Path(folder) / "store")
        print(f"{len(units)} articles; before: {shown(query, judge)}")
        print(f"decisions: {dict(review(query, judge, asked.decisions, Filters(sure=asked.sure)))}")
        print(f"after: {shown(query, judge)}")
        decided = [json.loads(line) for line in gold_lines(query)]
    _calibrated(decided, judge)
    return 0


def _calibrated(decided: Sequence[Unit], judge: Judge) -> None:
    """The gain of the weights fitted again, and how right they are on articles not fitted on."""
    seen = seen_of(decided)
    whole = [replace(one, unit=judge.units[int(one.unit["id"])]) for one in seen]
    for gain in refit(seen, weights())[1]:
        print(f"  {gain}")
    least = weights()["told"].threshold
    before = [act for act in told_of(whole, weights()) if act.sure >= least]
    after: list[Act] = []
    for fold in range(FOLDS):
        asked, _ = refit([one for n, one in enumerate(seen) if n % FOLDS != fold], weights())
        after += told_of(whole[fold::FOLDS], asked)
    print(f"{len(seen)} articles by the weights that ship: {right(before)}")
    print(f"fitted again on others: {right([act for act in after if act.sure >= least])}")
    print(f"as many, the surest: {right(sorted(after, reverse=True)[: len(before)])}")


if __name__ == "__main__":
    sys.exit(main())
