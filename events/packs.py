"""When a briefing of some filters was last made: a small file beside the tables of the store."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from events.bucket.working_copy import written
from events.filters import Filters
from events.link_version import VERSION, Params, upgraded
from events.regular_files import read_json
from events.store_errors import StoreError, write_beside

_WAIT = 2.0  # seconds for others who write
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
    with suppress(StoreError, OSError), written(location, _WAIT):
        packs = _read(location)
        told = packs.setdefault(_key(filters), [])
        if any(of_version == version for _, of_version in told):
            return
        told.append((moment.isoformat(), version))
        packs[_key(filters)] = told[-_KEPT:]
        write_beside(_path(location), json.dumps(packs, indent=1))


def _path(location: Path) -> Path:
    return location / "packs.json"


def _key(filters: Filters) -> str:
    return _written(filters.to_params())


def _key_today(key: str) -> str:
    """A key with the names that links have today; the language of articles was `lang` before."""
    told = upgraded(parse_qs(key), typed=False)
    return _written({name: values for name, values in told.items() if name != VERSION})


def _written(params: Params) -> str:
    return urlencode(sorted(params.items()), doseq=True)


def _read(location: Path) -> dict[str, list[tuple[str, str]]]:
    """Filters -> (moment, version of the store) of their packs, oldest first. A damaged file is
    no memory at all."""
    try:
        found = read_json(_path(location))
        return {_key_today(key): [_pack(*pack) for pack in packs] for key, packs in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _pack(moment: str, version: str) -> tuple[str, str]:
    return dt.datetime.fromisoformat(moment).isoformat(), str(version)
