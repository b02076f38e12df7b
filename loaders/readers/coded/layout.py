"""The layout of an event table: which columns tell what, read from TOML.

Those that Frise knows stand in data/reference/coded/; a mapping of the user's is such a file.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from events.checked_toml import TomlTable, read_toml
from events.coders import CODED_DIR
from events.ontology import EVENT_TYPES, STATUSES

_PRECISIONS = ("day", "week", "month", "quarter", "year", "span")
_KINDS = ("city", "country", "region", "site", "water", "area")
SIDES = ("first", "second")


@dataclass(frozen=True)
class Kind:
    """What a type of the coder is in Frise: `type` "" for none. `directed`: the first party acts on
    the second; else both act. `label`: the coder's type in words where it is a figure."""

    type: str = ""
    mode: str = ""
    status: str = "reported"
    directed: bool = True
    label: str = ""


@dataclass(frozen=True)
class TypeColumns:
    """`columns` of the coder's type: the first that is filled tells it. `kinds` by its values ({}:
    the values are Frise's own); `prefixes`: a value without a row has that of its beginning
    (CAMEO). `told`: a column with the type in words. `quad`: quad class of a row without type, or
    the column that says it."""

    columns: tuple[str, ...] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    prefixes: bool = False
    mode: str = ""
    status: str = ""
    told: str = ""
    quad: int = 4
    quad_column: str = ""


@dataclass(frozen=True)
class DateColumns:
    """First and last day, and what the coder's values of precision mean."""

    first: str
    last: str = ""
    precision: str = ""
    precisions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlaceColumns:
    """`names`: columns from the finest to the widest, with the kind of place each names; columns of
    the country, `fips`: it is FIPS 10-4; degrees; and the kind of place that the coder's values of
    precision stand for."""

    names: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    country: tuple[str, ...] = ()
    fips: bool = False
    lat: str = ""
    lon: str = ""
    precision: str = ""
    precisions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PartyColumns:
    """A party: its side, its name or Frise's `code`, and what tells state, group and sector.
    `joined`: what stands between several of them in one cell."""

    side: str
    name: str = ""
    code: str = ""
    country: str = ""
    group: str = ""
    sector: tuple[str, ...] = ()
    joined: str = ""


@dataclass(frozen=True)
class Layout:
    """One table. `header`: its columns, where the file does not name them; `header_has`: columns by
    which it is known; `surplus`: names in the header that have no cells in some files."""

    coder: str
    id: tuple[str, ...]
    date: DateColumns
    type: TypeColumns
    place: PlaceColumns = PlaceColumns()
    parties: tuple[PartyColumns, ...] = ()
    header: tuple[str, ...] = ()
    header_has: frozenset[str] = frozenset()
    surplus: frozenset[str] = frozenset()
    title: tuple[str, ...] = ()
    quote: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    url: str = ""
    coder_column: str = ""
    lang: str = "en"
    deaths: Mapping[str, str] = field(default_factory=dict)

    @functools.cached_property
    def directed(self) -> bool:
        """Whether the first party acts on the second, whatever the type."""
        return all(kind.directed for kind in self.type.kinds.values())

    @functools.cached_property
    def columns(self) -> frozenset[str]:
        """Every column that it names without which it cannot be read."""
        return frozenset((*self.id, self.date.first, *self.type.columns))


def read_layout(path: Path) -> Layout:
    """The layout of a file. Raises ValueError with file, table, key and what to write."""
    top = TomlTable(str(path), read_toml(path))
    parties = top.take("parties", lambda v: isinstance(v, list), "tables [[parties]]", [])
    found = Layout(
        coder=top.text("coder"),
        id=_names(top, "id", required=True),
        date=_date(top.table("date")),
        type=_type(top.table("type"), path),
        place=_place(top.inner("place", _optional(top, "place"))),
        parties=tuple(_party(top.inner(f"parties {n}", p)) for n, p in enumerate(parties, 1)),
        header=_names(top, "header"),
        header_has=frozenset(_names(top, "header_has")),
        surplus=frozenset(_names(top, "surplus")),
        title=_names(top, "title"),
        quote=_names(top, "quote"),
        shown=_names(top, "shown"),
        url=_name(top, "url"),
        coder_column=_name(top, "coder_column"),
        lang=_name(top, "lang") or "en",
        deaths=_texts(top, "deaths", None),
    )
    top.close()
    return found


@functools.cache
def known_layout(name: str) -> Layout:
    """The layout of a table that Frise knows: "acled", "ucdp" ..."""
    return read_layout(CODED_DIR / f"{name}.toml")


def kinds_of(path: Path) -> dict[str, Kind]:
    """The correspondences of a CSV: type of the coder, in small letters -> what it is in Frise.

    Raises ValueError for a type, mode or status that Frise does not have.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return {row["source_type"].casefold(): _kind(row, path) for row in rows}


def _kind(row: Mapping[str, str], path: Path) -> Kind:
    found = Kind(
        row["type"], row["mode"], row["status"], row["direction"] == "1>2", row.get("label", "")
    )
    where = f"{path}: {row['source_type']}"
    if found.type and found.type not in EVENT_TYPES:
        raise ValueError(f"{where}: no type {found.type!r}; there are {', '.join(EVENT_TYPES)}")
    if found.mode and found.mode not in EVENT_TYPES[found.type].modes:
        raise ValueError(f"{where}: {found.type} has no mode {found.mode!r}")
    if found.status not in STATUSES:
        raise ValueError(f"{where}: no status {found.status!r}; there are {', '.join(STATUSES)}")
    return found


def _type(row: TomlTable, path: Path) -> TypeColumns:
    table = _name(row, "table")
    given = row.take("values", lambda v: isinstance(v, dict), "a table of types", {})
    kinds = kinds_of(path.parent / table) if table else {}
    kinds |= {name.casefold(): _given_kind(row, name, value) for name, value in given.items()}
    found = TypeColumns(
        columns=_names(row, "columns"),
        kinds=kinds,
        prefixes=row.take("prefixes", lambda v: isinstance(v, bool), "true or false", False),
        mode=_name(row, "mode"),
        status=_name(row, "status"),
        told=_name(row, "told"),
        quad=row.take("quad", lambda v: v in (1, 2, 3, 4), "1, 2, 3 or 4", 4),
        quad_column=_name(row, "quad_column"),
    )
    row.close()
    return found


def _given_kind(row: TomlTable, name: str, value: object) -> Kind:
    """A correspondence in the mapping itself: "ASSAULT" or "ASSAULT heavy-weapons"."""
    code, _, mode = str(value).partition(" ")
    cells = {"source_type": name, "type": code, "mode": mode, "status": "reported"}
    return _kind({**cells, "direction": "1>2"}, Path(row.where))


def _date(row: TomlTable) -> DateColumns:
    found = DateColumns(
        row.text("first"),
        _name(row, "last"),
        _name(row, "precision"),
        _texts(row, "precisions", _PRECISIONS),
    )
    row.close()
    return found


def _place(row: TomlTable) -> PlaceColumns:
    found = PlaceColumns(
        names=_texts(row, "names", _KINDS),
        id=_name(row, "id"),
        country=_names(row, "country"),
        fips=row.take("fips", lambda v: isinstance(v, bool), "true or false", False),
        lat=_name(row, "lat"),
        lon=_name(row, "lon"),
        precision=_name(row, "precision"),
        precisions=_texts(row, "precisions", _KINDS),
    )
    row.close()
    return found


def _party(row: TomlTable) -> PartyColumns:
    found = PartyColumns(
        side=row.choice("side", SIDES) or SIDES[0],
        name=_name(row, "name"),
        code=_name(row, "code"),
        country=_name(row, "country"),
        group=_name(row, "group"),
        sector=_names(row, "sector"),
        joined=_name(row, "joined"),
    )
    row.close()
    return found


def _optional(row: TomlTable, key: str) -> Any:
    return row.take(key, lambda v: isinstance(v, dict), "a table", {})


def _name(row: TomlTable, key: str) -> str:
    return str(row.take(key, lambda v: isinstance(v, str), "the name of a column", ""))


def _names(row: TomlTable, key: str, required: bool = False) -> tuple[str, ...]:
    wanted = "a list of columns"
    told = row.take(key, _are_texts, wanted, None if required else ())
    if required and not told:
        raise ValueError(f"{row.where}: {key} is empty; write {wanted}")
    return tuple(told)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _texts(row: TomlTable, key: str, known: tuple[str, ...] | None) -> dict[str, str]:
    told = _optional(row, key)
    for name, value in told.items():
        if not isinstance(value, str) or (known and value not in known):
            raise ValueError(f"{row.where}: {key}.{name} is {value!r}; write one of {known}")
    return dict(told)
