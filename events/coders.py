"""Who codes events: the tables that Frise knows, and what their terms say."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from events.checked_toml import TomlTable, read_toml

CODED_DIR = Path(__file__).resolve().parents[1] / "data" / "reference" / "coded"
READ, ANYBODY = "read", "any"  # values of the filter beside names of coders
PASSABLE = "passable"  # value of the filter that leaves out what may not be passed on
# why the filters hide an event
CODED_BY_OTHERS, KEPT_BACK = "coded by others", "its terms do not let it be passed on"
CODED = "coded/"  # how the reader of an article that is the row of a table begins


@dataclass(frozen=True)
class Coder:
    """One of them. `passed_on`: whether its terms let rows be passed on; `terms` by language."""

    name: str
    passed_on: bool = True
    terms: Mapping[str, str] | None = None

    def terms_in(self, lang: str) -> str:
        """Its terms in a language, else in English; "" where none are known."""
        told = self.terms or {}
        return told.get(lang) or told.get("en", "")


@functools.cache
def coders() -> dict[str, Coder]:
    """The coders of data/reference/coded/coders.toml, by name, in its order."""
    path = CODED_DIR / "coders.toml"
    return {name: _coder(name, TomlTable.of(path, name, r)) for name, r in read_toml(path).items()}


def coder(name: str) -> Coder:
    """A coder by name; one in no table has no known terms, and its rows may be passed on."""
    return coders().get(name) or Coder(name)


def kept_back() -> frozenset[str]:
    """The coders whose rows stay out of exports unless the user says that he may pass them on."""
    return frozenset(name for name, each in coders().items() if not each.passed_on)


def _coder(name: str, row: TomlTable) -> Coder:
    passed_on = row.take("passed_on", lambda v: isinstance(v, bool), "true or false")
    found = Coder(name, passed_on, row.table("terms").texts_by_language())
    row.close()
    return found
