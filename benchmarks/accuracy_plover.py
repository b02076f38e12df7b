"""Accuracy of events on PLOVER records: English sentences coded with type and actors.

The records (Open Event Data Alliance, CC BY-SA 4.0) are read from the gold folder; they are no
part of the project. First coded type = gold type over all sentences; source and target: any
overlap of country codes.
"""

from __future__ import annotations

import collections
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.gold_events import events_of
from benchmarks.gold_folder import ABSENT
from events import registry

# the records use an earlier edition of PLOVER; CONCEDE and RETREAT are folded, as by the anchors
EARLIER_TYPES = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "RETREAT": "CONCEDE",
}
ODD_CODES = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}  # as they stand in the records
ANCHORS = (
    "PETRARCH2 on all 322 records: type .342, source .523, target .493, both .436, both+type .268",
    "TF-IDF + logistic regression on all records: type .559",
    "RoBERTa-large NLI, actors given, 1,033 other sentences: type .835",
)
SHARES = ("coded", "type", "source", "target", "both", "both_and_type")


def lines(path: Path | None) -> list[str]:
    """The figures of a file of records, with the anchors below; one line if it is missing."""
    if path is None:
        return [f"PLOVER records: {ABSENT}"]
    found = scores(path)
    told = ", ".join(f"{name} {found.get(name, 0):.3f}" for name in SHARES)
    head = f"PLOVER records ({found['n']:.0f} sentences): {told}"
    return [head, *(f"  anchor: {anchor}" for anchor in ANCHORS)]


def scores(path: Path) -> dict[str, float]:
    """Shares over the records of a file (`SHARES`), and their number `n`.

    A side that is empty in the gold counts as found if none is predicted. An organisation is
    "IGO" or "NGO" in the records; ours are mapped to these by the registry.
    """
    records = json.loads(path.read_text(encoding="utf-8"))
    counts: collections.Counter[str] = collections.Counter()
    for record in records:
        counts.update(_record_hits(record))
    return {name: counts[name] / len(records) for name in sorted(counts)} | {"n": len(records)}


def _record_hits(record: dict[str, Any]) -> dict[str, int]:
    found = events_of(record["text"], "", "en", str(record.get("date", "")))
    first = found[0] if found else None
    wanted = _folded(record["event"].upper())
    sides = {"source": first.sources if first else (), "target": first.targets if first else ()}
    hits = {side: _side_hit(record.get(side), codes) for side, codes in sides.items()}
    type_hit = first is not None and _folded(first.type) == wanted
    both = hits["source"] and hits["target"]
    return {
        "coded": int(first is not None),
        "type": int(type_hit),
        "source": int(hits["source"]),
        "target": int(hits["target"]),
        "both": int(both),
        "both_and_type": int(both and type_hit),
    }


def _folded(code: str) -> str:
    return EARLIER_TYPES.get(code, code)


def _side_hit(gold: object, codes: Iterable[str]) -> bool:
    wanted = {_country(actor) for actor in _listed(gold)} - {""}
    got = {code for own in codes for code in _read_as(own)}
    return bool(wanted & got) if wanted else not got


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _country(actor: object) -> str:
    code = str(actor.get("code") or "") if isinstance(actor, dict) else str(actor)
    return ODD_CODES.get(code[:3].upper(), code[:3].upper())


def _read_as(code: str) -> set[str]:
    record, country = registry.actor(code), registry.country(code)
    general = {"IGO", "NGO"} if record.kind in ("organisation", "bloc") else set()
    return {code, country} - {""} | general
