"""The sectors of a society: the second half of a code such as "SYR:REB" (rebels of Syria).

Read from data/reference/sectors.toml. No loader produces such codes yet and no page shows them:
this is the list of codes prepared for that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from events.checked_toml import TomlTable, read_toml

SECTORS_FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "sectors.toml"


@dataclass(frozen=True)
class Sector:
    """A part of a society. `names` and `definitions` by language (ISO 639-1); English is there."""

    code: str
    names: Mapping[str, str]
    definitions: Mapping[str, str]


def read_sectors(path: Path = SECTORS_FILE) -> dict[str, Sector]:
    """The sectors of a TOML file by code. Raises ValueError for a row that does not fit."""
    return {
        code: _sector(code, TomlTable.of(path, code, row)) for code, row in read_toml(path).items()
    }


def _sector(code: str, row: TomlTable) -> Sector:
    found = Sector(code, *(row.table(key).texts_by_language() for key in ("name", "definition")))
    row.close()
    return found


SECTORS: dict[str, Sector] = read_sectors()


def sector_name(code: str, lang: str = "en") -> str:
    """The noun for a sector, in English where the language has none ("rebels", "rebelles").

    Raises KeyError for a code that is no sector.
    """
    if code not in SECTORS:
        raise KeyError(f"no sector {code!r}; there are {', '.join(SECTORS)}")
    names = SECTORS[code].names
    return names.get(lang) or names["en"]
