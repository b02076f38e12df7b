"""Look-ups in the gazetteer: by name, by id; names for readers; ISO codes of countries.

The file is opened read-only, once per thread, and results are cached: about 20 microseconds for a
new name, below one after that. A bit map of hashed names, read once, rejects most words that are
no name without a query. A missing file, or one of an older version, is built (about ten seconds).
"""

from __future__ import annotations

import functools
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

from events.geography import country_name, iso2, iso3
from events.model import Place
from loaders.find.places.entry import ALIAS, CANONICAL, NATIVE, OWN, GazetteerEntry
from loaders.find.places.gazetteer_schema import GAZETTEER, MAKE, hashed
from loaders.find.places.spelling import key

__all__ = [
    "ALIAS",
    "CANONICAL",
    "GAZETTEER",
    "NATIVE",
    "OWN",
    "GazetteerEntry",
    "by_id",
    "by_key",
    "by_name",
    "country_name",
    "iso2",
    "iso3",
]

SEAT = 5_000  # assumed population of a regional capital for which GeoNames has none
_COLUMNS = "p.id, p.name, p.country, p.lat, p.lon, p.kind, p.admin1, p.population, p.capital"
_local = threading.local()
_BUILDING = threading.Lock()


def _connection() -> sqlite3.Connection:
    connection: sqlite3.Connection | None = getattr(_local, "connection", None)
    if connection is None:
        _build_if_missing()
        uri = f"{GAZETTEER.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
        connection.execute("PRAGMA mmap_size = 67108864")
        _local.connection = connection
    return connection


def _build_if_missing() -> None:
    """Build the file where it is missing or outdated; a clear error where that fails."""
    with _BUILDING:
        if GAZETTEER.exists() and _make_of(GAZETTEER) == MAKE:
            return
        from loaders.find.places.gazetteer_build import build  # it loads all of GeoNames

        print("Building the gazetteer (once, about ten seconds) ...", file=sys.stderr)
        try:
            build(GAZETTEER)
        except (OSError, ImportError, sqlite3.Error) as error:
            raise RuntimeError(
                f"{GAZETTEER} is missing and could not be built ({error}); "
                "run `python -m loaders.find.places.gazetteer_build`"
            ) from error


def _make_of(file: Path) -> int:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def by_name(name: str) -> tuple[GazetteerEntry, ...]:
    """All places of that name or spelling, unordered; () where there is none."""
    return by_key(key(name))


def by_key(text: str) -> tuple[GazetteerEntry, ...]:
    """As `by_name`, for a look-up key (`spelling.key`)."""
    at = hashed(text)
    return _by_key(text) if _names()[at >> 3] >> (at & 7) & 1 else ()


@functools.cache
def _names() -> bytes:
    row = _connection().execute("SELECT value FROM meta WHERE key = 'names'").fetchone()
    return bytes(row[0])


@functools.lru_cache(maxsize=100_000)
def _by_key(text: str) -> tuple[GazetteerEntry, ...]:
    rows = _connection().execute(
        f"SELECT {_COLUMNS}, n.rank FROM name n JOIN place p ON p.n = n.place WHERE n.key = ?",
        (text,),
    )
    return tuple(_as_named(_entry(row), text) for row in rows)


def _as_named(entry: GazetteerEntry, text: str) -> GazetteerEntry:
    """The entry with its own name counted as such without its bracket: "Halle (Saale)"."""
    name, bracket, _ = entry.place.name.partition(" (")
    if bracket and entry.rank == ALIAS and key(name) == text:
        entry.rank = NATIVE
    return entry


@functools.lru_cache(maxsize=10_000)
def by_id(place_id: str) -> GazetteerEntry | None:
    """The place of that gazetteer id, or None."""
    row = (
        _connection()
        .execute(f"SELECT {_COLUMNS}, 0 FROM place p WHERE p.id = ?", (place_id,))
        .fetchone()
    )
    return _entry(row) if row else None


def _entry(row: tuple[str, str, str, float, float, str, str, int, int, int]) -> GazetteerEntry:
    place_id, name, country, lat, lon, place_kind, admin1, population, capital, rank = row
    place = Place(place_id, name, country, lat, lon, place_kind)  # type: ignore[arg-type]
    return GazetteerEntry(place, admin1, population or SEAT, bool(capital), rank)
