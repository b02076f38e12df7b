"""The word groups that a language file may have, as listed in data/reference/word_groups.toml.

`check` raises an error for a group that is not listed, so that a misspelt one is not silently
ignored.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from events.ontology import CONTEXTS, EVENT_TYPES, MODES

WORD_GROUPS = Path(__file__).resolve().parents[2] / "data" / "reference" / "word_groups.toml"
ANY = "*"


@dataclass(frozen=True)
class WordGroup:
    """One documented group. `table` is where it stands, below the file: ("dates", "context")."""

    file: str
    table: tuple[str, ...]
    name: str
    means: str
    example: str
    read_by: str

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to it in a language's file."""
        return (*self.table, self.name)


@functools.cache
def word_groups() -> tuple[WordGroup, ...]:
    """Every documented group, in the order of the list."""
    with WORD_GROUPS.open("rb") as file:
        listed = tomllib.load(file)
    return tuple(g for kind, table in listed.items() for g in _groups(kind, (), table))


def _groups(kind: str, at: tuple[str, ...], table: Mapping[str, Any]) -> Iterator[WordGroup]:
    for name, row in table.items():
        if _is_group(row):
            yield WordGroup(kind, at, name, **row)
        else:
            yield from _groups(kind, (*at, name), row)


def _is_group(row: Mapping[str, Any]) -> bool:
    return isinstance(row.get("means"), str)


def check(file: str, kind: str, table: Mapping[str, Any]) -> None:
    """Check that a language's file has documented groups only.

    Raises ValueError with the file, the key and the nearest documented name.
    """
    _check(file, (), table, _allowed(kind))


def _check(
    file: str, at: tuple[str, ...], table: Mapping[str, Any], allowed: Mapping[str, Any]
) -> None:
    for name, value in table.items():
        known = allowed.get(name, allowed.get(ANY))
        if known is None:
            raise ValueError(_unknown(file, (*at, name), allowed))
        if known and isinstance(value, dict):
            _check(file, (*at, name), value, known)


def _unknown(file: str, path: tuple[str, ...], allowed: Mapping[str, Any]) -> str:
    near = get_close_matches(path[-1], allowed, n=1) or get_close_matches(
        path[-1].lower(), allowed, n=1
    )
    meant = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(allowed))}."
    return (
        f"data/languages/{file}: no word group {'.'.join(path)!r} is documented; {meant} "
        "A new group needs its line in data/reference/word_groups.toml."
    )


@functools.cache
def _allowed(kind: str) -> dict[str, Any]:
    """The documented names as nested tables; a group is an empty one, its rows are free."""
    tree: dict[str, Any] = {}
    for group in word_groups():
        if group.file == kind:
            at = tree
            for name in group.table:
                at = at.setdefault(name, {})
            at[group.name] = {}
    return _by_type(tree) if kind == "events" else tree


def _by_type(tree: dict[str, Any]) -> dict[str, Any]:
    """TYPE, MODE and the contexts written out with the names of the ontology."""
    lists = tree.pop("TYPE")
    mode = lists.pop("MODE")
    types = {code: lists | dict.fromkeys(MODES.get(code, ()), mode) for code in EVENT_TYPES}
    return tree | types | {"topics": {name: {} for name in CONTEXTS}}
