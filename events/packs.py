"""When a briefing of some filters was last made: a small file beside the tables of the store."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from urllib.parse import urlencode

from events.filters import Filters

_KEPT = 20  # packs of the same filters that are remembered


def last_pack(location: Path, filters: Filters, version: str) -> dt.datetime | None:
    """The moment of the last pack of the filters that was made of another version of the store
    (`Query.version`); None where there was none."""
    told = _read(location).get(_key(filters), [])
    moments = [moment for moment, of_version in told if of_version != version]
    return dt.datetime.fromisoformat(moments[-1]) if moments else None


def note_pack(location: Path, filters: Filters, version: str, moment: dt.datetime) -> None:
    """Remember that a pack was made, once for a version of the store. A store that cannot be
    written to remembers nothing."""
    packs = _read(location)
    told = packs.setdefault(_key(filters), [])
    if any(of_version == version for _, of_version in told):
        return
    told.append((moment.isoformat(), version))
    packs[_key(filters)] = told[-_KEPT:]
    path = _path(location)
    beside = path.with_suffix(".new")
    try:
        beside.write_text(json.dumps(packs, indent=1), encoding="utf-8")
        beside.replace(path)
    except OSError:
        return


def _path(location: Path) -> Path:
    return location / "packs.json"


def _key(filters: Filters) -> str:
    return urlencode(sorted(filters.to_params().items()), doseq=True)


def _read(location: Path) -> dict[str, list[tuple[str, str]]]:
    """Filters -> (moment, version of the store) of their packs, oldest first. A damaged file is
    no memory at all."""
    try:
        found = json.loads(_path(location).read_text(encoding="utf-8"))
        return {
            str(key): [(dt.datetime.fromisoformat(at).isoformat(), str(of)) for at, of in told]
            for key, told in found.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
