"""The annotated pieces of training/gold have the form that training/gold/README.md tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from events.ontology import EVENT_TYPES, STATUSES
from loaders.linking.evidence import SECTOR_CODES
from training.corpus import OWN, Unit, own_units, part_of
from training.gold_acts import place_of
from training.labels import span_of

REASONS = frozenset(
    [
        "sense",
        "hypothetical",
        "negated",
        "opinion",
        "state",
        "sport",
        "culture",
        "business",
        "law",
        "noise",
        "speech",
        "other",
    ]
)
BASES = frozenset(("clause", "near", "story", "none"))
LATE = re.compile(r"own-(en|fr|mx)-n-\d{3}")  # written after the reader was trained
CODE = re.compile(r"(\?|[A-Z][A-Z0-9]+)(:[A-Z]{3})?")


def faults(unit: Unit) -> Iterator[str]:
    """What is wrong with a piece, in words."""
    for number, event in enumerate(unit["events"]):
        if len(place_of(unit, event)) != 1:
            yield f"{event['a']!r} does not stand there"
        if not event["t"] or not set(event["t"]) <= set(EVENT_TYPES):
            yield f"{event['a']!r}: types {event['t']}"
        if "same" not in event:
            yield from _field_faults(unit, event)
        elif not 0 <= event["same"] < number:
            yield f"{event['a']!r} retells event {event['same']}"
    for none in unit["not"]:
        if none["why"] not in REASONS or none["a"] not in f"{unit['title']}\n{unit['text']}":
            yield f"no act: {none}"


def _field_faults(unit: Unit, event: Unit) -> Iterator[str]:
    for codes, spans in ((event["s"], event["st"]), (event["o"], event["ot"])):
        known = [reading for code in codes for reading in code.split("|")]
        bad = [code for code in known if not _is_code(code)]
        missing = [span for span in spans if span and not _stands(unit, span)]
        if bad or missing or len(codes) != len(spans):
            yield f"{event['a']!r}: parties {codes} {spans}"
    if event["x"] not in STATUSES or event["w"] not in (0, 1, 2) or event["db"] not in BASES:
        yield f"{event['a']!r}: {event['x']}, {event['w']}, {event['db']}"
    if (event["d"] is None) != (event["db"] == "none"):
        yield f"{event['a']!r}: day {event['d']} told by {event['db']}"
    if event["d"]:
        first, last = span_of(event["d"])
        if first > last:
            yield f"{event['a']!r}: {event['d']}"


def _is_code(code: str) -> bool:
    sector = code.partition(":")[2]
    return CODE.fullmatch(code) is not None and (not sector or sector in SECTOR_CODES)


def _stands(unit: Unit, span: str) -> bool:
    return span in unit["text"] or span in (unit["title"] or "")


UNITS = list(own_units())
SOME = next(unit for unit in UNITS if unit["id"] == "own-en-n-001")


def test_pieces_have_the_form() -> None:
    assert {unit["id"]: found for unit in UNITS if (found := list(faults(unit)))} == {}


@pytest.mark.parametrize(
    "change",
    [
        {"a": "words that stand nowhere"},
        {"n": 9},
        {"t": ["WAR"]},
        {"s": ["NGA:ARMY"]},
        {"s": ["Nigeria"]},
        {"s": [], "st": ["Gunmen"]},
        {"ot": ["the town of Nowhere"]},
        {"d": None},
        {"d": "2025-06-14/2025-06-13"},
        {"x": "rumoured"},
        {"w": 3},
        {"same": 0},
    ],
    ids=str,
)
def test_a_fault_is_noticed(change: Unit) -> None:
    first = {**SOME["events"][0], **change}
    assert list(faults({**SOME, "events": [first, *SOME["events"][1:]]}))


def test_ids_are_given_once() -> None:
    assert [name for name, times in Counter(u["id"] for u in UNITS).items() if times > 1] == []


def test_the_table_of_the_corpus_counts_its_pieces() -> None:
    table = (OWN / "README.md").read_text(encoding="utf-8")
    told: dict[str, int] = {}
    for names, numbers in re.findall(r"^\| (\w[\w, ]*) \| (\d[\d, ]*) \|", table, re.MULTILINE):
        told |= zip(names.split(", "), map(int, numbers.split(", ")), strict=True)
    lines = {path.stem: len(path.read_text("utf-8").splitlines()) for path in OWN.glob("*.jsonl")}
    assert told == lines
    assert f"{sum(lines.values())} pieces" in table


def test_no_late_piece_is_held_back() -> None:
    """The reader that ships read none of them, so all may serve to fit what follows it."""
    late = [unit for unit in UNITS if LATE.fullmatch(unit["id"])]
    assert {part_of(unit) for unit in late} == {"own"}
    assert {unit["lang"] for unit in late} >= {"fr", "en"}
