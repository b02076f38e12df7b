"""The reference tables of actors: states, aliases, demonyms, organisations, office holders.

They are files in data/reference/, each read once. `|` separates the entries of one cell. Names of
states come from CLDR; everything else is the project's own.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REFERENCE_DIR = Path(__file__).resolve().parents[1] / "data" / "reference"


@dataclass(frozen=True)
class StateAlias:
    """Other names of a state, or of a body that speaks for it. `lang` "*": in every language.

    `form`: name, capital, palace, government, ministry, parliament, military, agency.
    """

    code: str
    lang: str
    form: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Demonym:
    """Adjective and noun forms of a state in one language (stems where the language inflects)."""

    code: str
    lang: str
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]


@dataclass(frozen=True)
class OfficeHolder:
    """One term of office of one person. `last` is None for the current term."""

    person: str
    aliases: tuple[str, ...]
    office: str
    code: str
    first: dt.date
    last: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Whether `day` is within the term, first and last day included."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Outlet:
    """A news outlet. `country` is that of its seat, whatever its name says (Iran International)."""

    name: str
    aliases: tuple[str, ...]
    country: str


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE_DIR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


@functools.cache
def states() -> tuple[dict[str, str], ...]:
    """Rows of states.csv: code, iso2, kind, bloc, name_en ... name_it."""
    return tuple(_rows("states.csv"))


@functools.cache
def state_aliases() -> tuple[StateAlias, ...]:
    """Rows of state_aliases.csv."""
    return tuple(
        StateAlias(row["code"], row["lang"], row["form"], _cell(row["texts"]))
        for row in _rows("state_aliases.csv")
    )


@functools.cache
def demonyms(lang: str) -> tuple[Demonym, ...]:
    """Rows of demonyms.csv in one language."""
    return tuple(
        Demonym(row["code"], lang, _cell(row["adjective"]), _cell(row["noun"]))
        for row in _rows("demonyms.csv")
        if row["lang"] == lang
    )


@functools.cache
def organisations() -> dict[str, dict[str, Any]]:
    """Tables of organisations.toml by code."""
    with (REFERENCE_DIR / "organisations.toml").open("rb") as file:
        return tomllib.load(file)


@functools.cache
def outlets() -> tuple[Outlet, ...]:
    """Rows of outlets.csv: news outlets that are in no table of organisations.toml."""
    return tuple(
        Outlet(row["name"], _cell(row["aliases"]), row["country"]) for row in _rows("outlets.csv")
    )


@functools.cache
def office_holders() -> tuple[OfficeHolder, ...]:
    """Rows of office_holders.csv."""
    return tuple(
        OfficeHolder(
            row["person"],
            _cell(row["aliases"]),
            row["office"],
            row["code"],
            dt.date.fromisoformat(row["from"]),
            dt.date.fromisoformat(row["to"]) if row["to"] else None,
        )
        for row in _rows("office_holders.csv")
    )


@functools.cache
def female_names() -> frozenset[str]:
    """Given names of women as written in given_names.toml."""
    with (REFERENCE_DIR / "given_names.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["female"])
