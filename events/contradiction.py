"""Whether two reports of one act contradict each other on a point, or one only says more.

A report that does not say contradicts nobody; a wider interval, place or party holds a narrower
one.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from events.ontology import EVENT_TYPES

Row = Mapping[Any, Any]  # EVENT_COLUMNS
# kinds of places that may hold another place of their country: nothing here tells which do
_WIDE = ("country", "region", "area", "water")


def contradict(subject: str, one: Row, other: Row) -> bool:
    """Whether two reports (EVENT_COLUMNS) cannot both be right on a subject of `events.story`:
    date, precision, place, sources, targets, type, status or "attribute:" + name of a figure."""
    if subject.startswith("attribute:"):
        name = subject.removeprefix("attribute:")
        return not set(figures(one, name)) & set(figures(other, name))
    return _RULES[subject](one, other)


def denies(row: Row) -> bool:
    """Whether the report denies: by its status, or because its type is a refusal."""
    known = EVENT_TYPES.get(str(row["type"]))
    return row["status"] == "denied" or (known is not None and known.refusal)


def figures(row: Row, name: str) -> list[str]:
    """What a report tells of a figure such as "killed", sorted; weapons are no figures."""
    return sorted({value for told, value in all_figures(row) if told == name})


def all_figures(row: Row) -> list[tuple[str, str]]:
    """(name, value) of the figures that a report tells, in its order."""
    return list(_figures_in(str(row["attributes"] or "[]")))


@functools.lru_cache(maxsize=4096)  # each pair of reports asks again
def _figures_in(attributes: str) -> tuple[tuple[str, str], ...]:
    try:
        told = [(str(name), str(value)) for name, value, _words in json.loads(attributes)]
    except (ValueError, TypeError):
        return ()
    return tuple(each for each in told if each[1][:1].isdigit())


def _dates(one: Row, other: Row) -> bool:
    """Whether both give a whole interval and these share no day."""
    days = [row[name] for row in (one, other) for name in ("first", "last")]
    if any(pd.isna(day) for day in days):
        return False
    return bool(days[1] < days[2] or days[3] < days[0])


def _places(one: Row, other: Row) -> bool:
    if not one["place_name"] or not other["place_name"]:
        return False
    if one["place_name"] == other["place_name"]:
        return False
    wide = one["place_kind"] in _WIDE or other["place_kind"] in _WIDE
    return not (wide and one["place_country"] == other["place_country"])


def _parties(side: str) -> Callable[[Row, Row], bool]:
    def differ(one: Row, other: Row) -> bool:
        a, b = ({*row[side], *(_other_side(row, side))} for row in (one, other))
        return bool(a and b) and not (_within(a, b) or _within(b, a))

    return differ


def _other_side(row: Row, side: str) -> list[str]:
    """The parties of the other side, where the act has no direction."""
    known = EVENT_TYPES.get(str(row["type"]))
    mutual = known is not None and known.symmetric
    return list(row["targets" if side == "sources" else "sources"]) if mutual else []


def _within(few: set[str], many: set[str]) -> bool:
    """Whether each is among the others, as itself, as a part of one or as the state of one."""
    return all(
        code in many
        or any(code.split(":")[0] == each or each.split(":")[0] == code for each in many)
        for code in few
    )


_RULES: dict[str, Callable[[Row, Row], bool]] = {
    "date": _dates,
    "precision": lambda _one, _other: False,
    "place": _places,
    "sources": _parties("sources"),
    "targets": _parties("targets"),
    "type": lambda one, other: bool(one["type"] != other["type"]),
    # planned and then reported, claimed and then reported: no contradiction
    "status": lambda one, other: denies(one) != denies(other),
}
