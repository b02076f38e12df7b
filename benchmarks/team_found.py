"""What became of what the people of benchmarks.team decided: store, log, check, what changed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.team_browser import Reviewer
from events import audit_log
from events.filters import Filters
from events.integrity import check
from events.query import Query
from events.records import records
from events.reviews import JUDGED, decided
from events.store import Store

ALL = Filters(sure="any")


@dataclass
class Found:
    """Counts of a run, and its faults in words: the run is sound without any."""

    told: int = 0
    stored: int = 0
    edits: int = 0
    kills: int = 0
    without_act: int = 0
    articles: int = 0
    in_changes: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    def rows(self) -> list[tuple[str, str]]:
        """(what, figure) lines of the table."""
        return [
            ("events that two persons decided about, as told to their browsers", f"{self.told}"),
            ("of these in the store, as told, in the right name", f"{self.stored}"),
            ("edits in the store, each with its line in the log", f"{self.edits}"),
            ("lines of the log without their act (a kill between the two)", f"{self.without_act}"),
            ("kills of the server", f"{self.kills}"),
            ("articles that a load brought meanwhile", f"{self.articles}"),
            ("corrected events that “what changed” of the briefing tells", f"{self.in_changes}"),
            ("faults: lost, double, claimed by both, not seen, damage", f"{len(self.faults)}"),
            ("duration", f"{self.seconds:.0f} s"),
        ]


def compare(store: Path, who: Sequence[Reviewer], changes: Mapping[str, Any], found: Found) -> None:
    """Lay what the reviewers told beside the store; `changes`: the file of the last briefing."""
    history = Query(store).history()
    found.told = sum(len(each.told) for each in who)
    found.edits = len(history)
    found.stored = found.told
    for fault in (*told_otherwise(store, who), *_double(history, who)):
        found.faults.append(fault)
        found.stored -= 1
    found.faults += [f"both decided about {e}" for e in who[0].told.keys() & who[1].told.keys()]
    found.faults += _unlogged(store, history, found)
    found.faults += _unchanged(store, history, changes, found)
    found.faults += [str(damage) for damage in check(store)]


def told_otherwise(store: Path, who: Sequence[Reviewer]) -> Iterator[str]:
    """Decisions that the store has not, has otherwise, or has of nobody."""
    states = {int(row["event_id"]): row for row in records(decided(Query(store)))}
    for each in who:
        for event, verdict in each.told.items():
            row = states.pop(event, {"state": "nothing", "who": "nobody"})
            if (row["state"], row["who"]) != (verdict, each.name):
                told = f"{each.name} told {event} {verdict}"
                yield f"{told}, the store has {row['state']} by {row['who']}"
    for event, row in states.items():
        yield f"{event} is {row['state']} by {row['who']}, and nobody told it"


def _double(history: pd.DataFrame, who: Sequence[Reviewer]) -> Iterator[str]:
    """Decisions that are stored more often than they were told."""
    given = history[history["value"] != ""].drop_duplicates(["event_id", "who", "at"])
    stored = Counter(zip(given["event_id"], given["who"], strict=True))
    for each in who:
        for event, times in each.tellings.items():
            if stored[(event, each.name)] > times:
                yield f"{event} is stored {stored[(event, each.name)]} times, told {times} times"


def _unlogged(store: Path, history: pd.DataFrame, found: Found) -> Iterator[str]:
    """Acts in the store that the log has not; lines without their act are counted."""
    logged = Counter(
        (entry.who, entry.of.partition(":")[0])
        for entry in audit_log.entries(store)
        if entry.kind in ("review", "edit")
    )
    acts = history.drop_duplicates(["event_id", "who", "at"])
    stored = Counter((w, f"event {e}") for e, w in zip(acts["event_id"], acts["who"], strict=True))
    found.without_act = sum((logged - stored).values())
    for (name, event), missing in (stored - logged).items():
        yield f"{missing} acts of {name} on {event} are not in the log"
    if found.without_act > found.kills:
        yield f"{found.without_act} lines of the log have no act, after {found.kills} kills"


def _unchanged(
    store: Path, history: pd.DataFrame, changes: Mapping[str, Any], found: Found
) -> Iterator[str]:
    """Corrections since the first briefing that the last one does not tell."""
    if changes["since"] is None:
        yield "the last briefing knows no earlier one"
        return
    moment = dt.datetime.fromisoformat(changes["since"])
    before = set(Query(store, known_at=moment).events(ALL)["event_id"])
    standing = history[history["standing"] & history["field"].isin(list(JUDGED))]
    rejected = set(Query(store).rejected_events()["event_id"])
    wanted = set(standing["event_id"]) & before - rejected
    told = {c["report"]["event_id"] for c in changes["changes"] if c["kind"] == "changed"}
    found.in_changes = len({int(e) for e in wanted} & {int(e) for e in told})
    for event in {int(e) for e in wanted} - {int(e) for e in told}:
        yield f"{event} was corrected, and “what changed” does not tell it"


def loaded_once(store: Path, before: int, wanted: int) -> list[str]:
    """Faults of the load that went on: articles that are missing or double."""
    ids = Store(store).column("articles", "article_id")
    faults = [f"{len(ids) - len(set(ids))} articles are double"] if len(set(ids)) < len(ids) else []
    if len(set(ids)) != before + wanted:
        faults.append(f"{len(set(ids)) - before} of {wanted} articles of the load are there")
    return faults
