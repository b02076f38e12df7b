"""Other names of what a reader searches for: "Kiev" finds Kyiv, "OTAN" finds NATO.

Names come from data/reference: cities, own places and regions in several languages, states, their
capitals, organisations and persons. All are folded (`registry.fold`) before they are compared.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events.geography import read_reference
from events.languages import language_codes
from events.reference import organisations, state_aliases
from events.registry import actors, fold

SHORTEST = 3  # letters: "un", "us" and "eu" are words of their own in English and French
_MOST = 24  # other names that are searched for


@dataclass(frozen=True)
class Wanted:
    """Words that must all occur, or one of `others` as whole words instead. All folded."""

    words: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """A regular expression for folded text in which one of `others` stands."""
        return f"(^| )({'|'.join(map(re.escape, self.others))})( |$)"


def wanted(text: str) -> list[Wanted]:
    """A search text split into known names (longest match first) and single words."""
    words, found, begin = fold(text).split(), [], 0
    while begin < len(words):
        end = next(
            (e for e in range(len(words), begin, -1) if " ".join(words[begin:e]) in _groups()),
            begin + 1,
        )
        found.append(Wanted(tuple(words[begin:end]), others(" ".join(words[begin:end]))))
        begin = end
    return found


def others(name: str) -> tuple[str, ...]:
    """Other names of what a folded name stands for, without shorter forms of the name itself.

    A search for "Hillary Clinton" must not find every Clinton.
    """
    typed = set(name.split())
    known = _groups().get(name, ())
    return tuple(o for o in known if not set(o.split()) <= typed and name not in o)[:_MOST]


@functools.cache
def _groups() -> dict[str, tuple[str, ...]]:
    """Folded name -> every name of what it stands for, in the order of the tables."""
    found: dict[str, dict[str, None]] = {}
    for group in _all_groups():
        names = [n for n in dict.fromkeys(map(fold, group)) if len(n) >= SHORTEST]
        for name in names:
            found.setdefault(name, {}).update(dict.fromkeys(names))
    return {name: tuple(names) for name, names in found.items()}


def _all_groups() -> Iterator[list[str]]:
    yield from _cities().values()
    for table in ("places.csv", "regions.csv"):
        for row in read_reference(table):
            yield _split(row.get(lang) for lang in language_codes())
    for row in organisations().values():
        yield [*row.get("any", ()), *(n for lang in language_codes() for n in row.get(lang, ()))]
    names: dict[str, list[str]] = {}
    for alias in state_aliases():
        if alias.form == "capital":
            yield list(alias.texts)
        elif alias.form == "name":
            names.setdefault(alias.code, []).extend(alias.texts)
    for record in actors():
        if record.kind == "state":
            yield [*record.names.values(), *names.get(record.code, ())]
        elif record.kind == "person":
            yield [*record.names.values(), *record.aliases]


def _cities() -> dict[str, list[str]]:
    """GeoNames id -> names of the city in all tables of cities."""
    found: dict[str, list[str]] = {}
    for table in ("place_names_fr.csv", "place_names_de_es.csv", "city_names.csv"):
        for row in read_reference(table):
            names = _split(row.get(column) for column in ("name", *language_codes(), "names"))
            found.setdefault(row["id"], []).extend(names)
    return found


def _split(cells: Iterable[str | None]) -> list[str]:
    return [name for cell in cells for name in (cell or "").split("|") if name.strip()]
