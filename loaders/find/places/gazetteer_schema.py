"""The file of the gazetteer: where it lies, its make, its tables, and its map of hashed names."""

from __future__ import annotations

import zlib
from pathlib import Path

GAZETTEER = Path(__file__).resolve().parents[3] / "data" / "built" / "gazetteer.sqlite"
MAKE = 4  # of the file: raised when its tables change
HASH_BITS = 24  # of the map of names: one bit each, 2 MB, 4 % of other words pass
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (n INTEGER PRIMARY KEY, id TEXT, name TEXT, country TEXT, admin1 TEXT,
                    lat REAL, lon REAL, kind TEXT, population INTEGER, capital INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
_MOST = (1 << HASH_BITS) - 1


def hashed(text: str) -> int:
    """The bit of the map of names that stands for a look-up key."""
    return zlib.crc32(text.encode()) & _MOST
