"""The gazetteer file: its path, version and tables, and its bit map of hashed names."""

from __future__ import annotations

import zlib
from pathlib import Path

GAZETTEER = Path(__file__).resolve().parents[3] / "data" / "built" / "gazetteer.sqlite"
MAKE = 4  # version of the file: raised when its tables change
HASH_BITS = 24  # size of the bit map of names: 2 MB; 4 % of other words pass as well
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (n INTEGER PRIMARY KEY, id TEXT, name TEXT, country TEXT, admin1 TEXT,
                    lat REAL, lon REAL, kind TEXT, population INTEGER, capital INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
_MOST = (1 << HASH_BITS) - 1


def hashed(text: str) -> int:
    """The bit number of a look-up key in the bit map of names."""
    return zlib.crc32(text.encode()) & _MOST
