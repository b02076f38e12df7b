"""Other names of what a reader searches for: "Kiev" finds Kyiv, "OTAN" finds NATO.

Names come from data/reference: cities, own places and regions in several languages, states, their
capitals, organisations and persons, and words that stand for one another (search_equivalents.toml).
All are folded (`registry.fold`) before they are compared.
"""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events.geography import read_reference
from events.languages import language_codes
from events.reference import REFERENCE_DIR, organisations, state_aliases
from events.registry import actors, fold

SHORTEST = 3  # letters: "un", "us" and "eu" are words of their own in English and French


@dataclass(frozen=True)
class Wanted:
    """Words that must all occur, or one of `others` as whole words instead. All folded."""

    words: tuple[str, ...]
    others: tuple[str, ...] = ()


def wanted(text: str) -> list[Wanted]:
    """A search text split into known names (longest match first) and single words."""
    words, found, begin = fold(text).split(), [], 0
    while begin < len(words):
        end = next(
            (e for e in range(len(words), begin, -1) if " ".join(words[begin:e]) in known_names()),
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
    known = known_names().get(name, ())
    return tuple(o for o in known if not set(o.split()) <= typed and name not in o)


@functools.cache
def known_names() -> dict[str, tuple[str, ...]]:
    """Folded name -> every name of what it stands for, in the order of the tables."""
    found: dict[str, dict[str, None]] = {}
    for group in _all_groups():
        names = [n for n in dict.fromkeys(map(fold, group)) if len(n) >= SHORTEST]
        for name in names:
            found.setdefault(name, {}).update(dict.fromkeys(names))
    return {name: tuple(names) for name, names in found.items()}


@functools.cache
def known_pairs() -> frozenset[str]:
    """Every two words that follow one another in a known name."""
    split = (name.split() for name in known_names())
    return frozenset(f"{a} {b}" for words in split for a, b in itertools.pairwise(words))


def _all_groups() -> Iterator[list[str]]:
    equivalents = REFERENCE_DIR / "search_equivalents.toml"
    yield from tomllib.loads(equivalents.read_text(encoding="utf-8"))["same"]
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
