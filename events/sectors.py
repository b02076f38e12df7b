"""The sectors of a society: the second half of a code such as "SYR:REB" (rebels of Syria).

Read from data/reference/sectors.toml. The learned reader tells such codes; their names and the
state that they are a part of come from events.registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from events.checked_toml import TomlTable, read_toml

SECTORS_FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "sectors.toml"


@dataclass(frozen=True)
class Sector:
    """A part of a society. `names` and `definitions` by language (ISO 639-1); English is there.
    `agreement`: gender and number of the noun ("fs", "mp") where adjectives agree with it.
    `apart`: its deeds are not those of the state."""

    code: str
    names: Mapping[str, str]
    definitions: Mapping[str, str]
    agreement: Mapping[str, str]
    apart: bool = False


def read_sectors(path: Path = SECTORS_FILE) -> dict[str, Sector]:
    """The sectors of a TOML file by code. Raises ValueError for a row that does not fit."""
    return {
        code: _sector(code, TomlTable.of(path, code, row)) for code, row in read_toml(path).items()
    }


def _is_agreement(value: object) -> bool:
    return isinstance(value, dict) and set(value.values()) <= {"ms", "fs", "mp", "fp"}


def _sector(code: str, row: TomlTable) -> Sector:
    names, definitions = (row.table(key).texts_by_language() for key in ("name", "definition"))
    agreement = row.take(
        "agreement", _is_agreement, 'a table by language of "ms", "fs", "mp", "fp"', {}
    )
    apart = row.take("apart", lambda value: isinstance(value, bool), "true or false", False)
    found = Sector(code, names, definitions, agreement, apart)
    row.close()
    return found


SECTORS: dict[str, Sector] = read_sectors()
