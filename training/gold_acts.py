"""The annotated events of a unit, and whether what is told of one is right.

The rules of the scorer that measures from outside: a sector counts as one side of power against the
other (a state's own organs; or rebels, people, gangs ...), a side is right where more of it is
right than wrong, a day where it meets the annotated interval and is hardly wider.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.model import DateSpan, Part
from training.corpus import Unit
from training.labels import day_fits, nth

GOVERNING = frozenset(("", "GOV", "MIL", "POL", "JUD", "LEG", "ELI", "PTY"))
SYMMETRIC = ("AGREE", "CONSULT")  # types of which all parties may stand on either side


@dataclass
class GoldAct:
    """One annotated event. places: (part, first, last offset) of the words of each telling."""

    event: Unit
    types: list[str]
    places: list[tuple[Part, int, int]]


def gold_acts(unit: Unit) -> list[GoldAct]:
    """The annotated events of a unit, each once, in order of first mention."""
    found: dict[int, GoldAct] = {}
    bases: list[int] = []
    for number, event in enumerate(unit["events"]):
        again = event.get("same")
        base = bases[again] if again is not None and again < len(bases) else number
        bases.append(base)
        gold = found.setdefault(base, GoldAct(event, [], []))
        gold.types += [t for t in event["t"] if t not in gold.types]
        gold.places += place_of(unit, event)
    return list(found.values())


def place_of(unit: Unit, event: Unit) -> list[tuple[Part, int, int]]:
    """(part, first, last offset) of the words that an annotation names; [] where they are not."""
    part: Part = "title" if event.get("in") == "title" else "text"
    at = nth(unit[part] or "", event["a"], event.get("n") or 1)
    return [(part, at, at + len(event["a"]))] if at >= 0 else []


def party_fits(told: str, annotated: str) -> bool:
    """Whether a code told is the annotated one, its sector at least of the same side of power."""
    for reading in annotated.split("|"):
        state, _, sector = reading.partition(":")
        if told.replace(":", "") == reading.replace(":", ""):
            return True
        if state != "?" and len(state) == 3 and told[:3] == state and told[1:2] != ":":
            own = told[3:].strip(":")
            if (sector in GOVERNING) == (own in GOVERNING):
                return True
    return False


def day_right(told: DateSpan | None, annotated: str | None) -> bool:
    """Whether a day told is the annotated one, or none where none is told."""
    if told is None or annotated is None:
        return told is None and annotated is None
    first, last = told.first or told.last, told.last or told.first
    return first is not None and last is not None and day_fits(first, last, annotated)


def parties_right(
    event_type: str, sources: Sequence[str], targets: Sequence[str], gold: GoldAct
) -> bool:
    """Whether both sides, with their sectors, are those of the annotation."""
    doers, others = gold.event["s"], gold.event["o"]
    if side_right(sources, doers) and side_right(targets, others):
        return True
    if event_type not in SYMMETRIC:
        return False
    told, known = {*sources, *targets}, [*doers, *others]
    return side_right(list(told), known) and len(told) >= min(2, len(known))


def side_right(told: Sequence[str], annotated: Sequence[str]) -> bool:
    """Whether a side names who is annotated, and more right than wrong."""
    if not annotated or not told:
        return not told and all(code.startswith("?") for code in annotated)
    hits = sum(any(party_fits(code, wanted) for wanted in annotated) for code in told)
    return hits > 0 and len(told) - hits < max(1, hits)
