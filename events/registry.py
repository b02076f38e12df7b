"""The registry of actors: names, kinds and parents of a code, and roll-up to a chosen level.

Codes: ISO 3166 alpha-3 for states (RUS), short stable codes for organisations (NATO, HEZ),
"<state>.GOV" for a government, "P:<name>" for an office holder as a person, "X:<name>" for an
actor that is in no table and is shown under its own name.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from events.languages import language_codes, languages
from events.model import ActorKind
from events.part_names import part_name
from events.reference import office_holders, organisations, state_aliases, states
from events.sectors import SECTORS, Sector

Level = Literal["person", "government", "state", "bloc"]
_LEVELS: tuple[str, ...] = get_args(Level)
UNKNOWN_STATE = "?"  # "?:UAF": armed men of no told state


@dataclass(frozen=True)
class ActorRecord:
    """One actor. `names` by ISO 639-1 language; `aliases` in any language.

    `parent` is the code that it acts for or belongs to ("" at the top). `country` is the state it
    is from or based in (ISO alpha-3 or ""): an armed group has a country but does not act for it.
    """

    code: str
    kind: ActorKind
    parent: str = ""
    names: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    country: str = ""


def actor(code: str) -> ActorRecord:
    """The record of a code. For a code in no table, a record with the name in the code."""
    found = _of_tables(code)
    if found is not None:
        return found
    shown = code[2:] if code.startswith(("X:", "P:")) else code
    party_kind: ActorKind = "person" if code.startswith("P:") else "group"
    return ActorRecord(code, party_kind, "", {"en": shown})


def known(code: str) -> bool:
    """Whether a code is of the tables, or one that carries the name of somebody in no table."""
    named = code.startswith(("X:", "P:")) and bool(code[2:].strip())
    return named or _of_tables(code) is not None


def _of_tables(code: str) -> ActorRecord | None:
    """The record of an actor of the tables, of a government or of a part of a state."""
    found = _table().get(code)
    if found is not None:
        return found
    if code.endswith(".GOV") and code[:-4] in _table():
        return _government(_table()[code[:-4]])
    state, _, sector = code.partition(":")
    if sector in SECTORS and (state == UNKNOWN_STATE or state in _table()):
        return _part(code, _table().get(state), SECTORS[sector])
    return None


def name(code: str, lang: str = "en") -> str:
    """The name of an actor in a language, else in English, else the name in its code."""
    names = actor(code).names
    return names.get(lang) or names.get("en") or next(iter(names.values()), code)


def country(code: str) -> str:
    """The ISO alpha-3 code of the state that an actor is, acts for or is from; "" for none."""
    record = actor(code)
    return record.country or (country(record.parent) if record.parent else "")


def roll_up(code: str, level: Level) -> str:
    """The code that stands for an actor at a level: person, government, state or bloc.

    An actor with no parent at that level is unchanged (Hezbollah at "state" is Hezbollah).
    Raises ValueError for another level.
    """
    if level not in _LEVELS:
        raise ValueError(f"level is {level!r}; use one of {', '.join(_LEVELS)}")
    best, want = code, _LEVELS.index(level)
    for step in _chain(code):
        if _rank(step) <= want:
            best = step
    return best


@functools.lru_cache(maxsize=256)
def reaching(values: tuple[str, ...], wanted: frozenset[str], level: Level) -> frozenset[str]:
    """The wanted codes and those of the values that roll up to one of them at the level."""
    if level == "person":
        return wanted
    return wanted | {code for code in values if roll_up(code, level) in wanted}


def search(text: str, lang: str = "en", limit: int = 20) -> list[ActorRecord]:
    """Actors whose code, name or alias matches, best first; accents and case do not count."""
    wanted = fold(text)
    if not wanted:
        return []
    scored = [
        (score, fold(name(code, lang)), code)
        for code, keys in _search_keys().items()
        if (score := _match(wanted, keys)) is not None
    ]
    return [actor(code) for _, _, code in sorted(scored)[:limit]]


def actors() -> tuple[ActorRecord, ...]:
    """Every actor of the tables, sorted by code."""
    return tuple(sorted(_table().values(), key=lambda record: record.code))


def fold(text: str) -> str:
    """Lower case without accents, apostrophes as spaces: for comparing names."""
    small = text.casefold()
    plain = small if small.isascii() else unicodedata.normalize("NFKD", small)
    return " ".join(plain.translate(_PLAIN).split())


class _Plain(dict[int, str | None]):
    """For `str.translate`: letters and figures stay, accents go, all else is a space."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kept = char if char.isalnum() else " "
        self[code] = None if unicodedata.combining(char) else kept
        return self[code]


_PLAIN = _Plain()


def _chain(code: str) -> Iterator[str]:
    """The code, then each parent up to the bloc; cycles in the data end the walk."""
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        yield code
        code = actor(code).parent


def _rank(code: str) -> int:
    """Index into the levels. An organisation of a state ranks as its government does."""
    record = actor(code)
    if record.kind == "person":
        return 0
    if record.kind == "state":
        return 2
    return 3 if record.kind == "bloc" else 1


def _match(wanted: str, keys: frozenset[str]) -> int | None:
    if wanted in keys:
        return 0
    if any(key.startswith(wanted) for key in keys):
        return 1
    return 2 if any(f" {wanted}" in key for key in keys) else None


@functools.cache
def _search_keys() -> dict[str, frozenset[str]]:
    return {
        code: frozenset(map(fold, (code, *record.names.values(), *record.aliases)))
        for code, record in _table().items()
    }


@functools.cache
def _table() -> dict[str, ActorRecord]:
    table = {record.code: record for record in _states()}
    table.update((code, _organisation(code, row)) for code, row in organisations().items())
    table.update((record.code, record) for record in _persons(table))
    return table


def _states() -> Iterator[ActorRecord]:
    aliases: dict[str, list[str]] = {}
    for row in state_aliases():
        aliases.setdefault(row.code, []).extend(row.texts)
    for state in states():
        code = state["code"]
        told = {lang: state.get(f"name_{lang}", "") for lang in language_codes()}
        names = {lang: text for lang, text in told.items() if text}
        yield ActorRecord(code, "state", state["bloc"], names, tuple(aliases.get(code, ())), code)


def _organisation(code: str, row: dict[str, Any]) -> ActorRecord:
    everywhere = row.get("any", [])
    names = {lang: row[lang][0] for lang in language_codes() if row.get(lang)}
    if everywhere:
        names.setdefault("en", everywhere[0])
    rest = [text for lang in language_codes() for text in row.get(lang, [])]
    aliases = tuple(dict.fromkeys([*everywhere, *rest, *row.get("bodies", [])]))
    parent, home = row.get("parent", ""), row.get("country", "")
    return ActorRecord(code, row["kind"], parent, names, aliases, home)


def _persons(table: dict[str, ActorRecord]) -> Iterator[ActorRecord]:
    """One record per person; its parent is the state or organisation of the latest term."""
    latest = {
        holder.person: holder for holder in sorted(office_holders(), key=lambda row: row.first)
    }
    for person, holder in latest.items():
        state = table.get(holder.code)
        is_state = state is not None and state.kind == "state"
        parent = f"{holder.code}.GOV" if is_state else holder.code
        home = holder.code if is_state else ""
        yield ActorRecord(f"P:{person}", "person", parent, {"en": person}, holder.aliases, home)


def _part(code: str, state: ActorRecord | None, sector: Sector) -> ActorRecord:
    """A part of a society: "SYR:REB" is "Syrian rebels", a part of Syria."""
    if state is None:
        return ActorRecord(code, "group", "", dict(sector.names))
    told = {lang: text for lang, text in state.names.items() if lang in sector.names}
    names = {lang: part_name(sector, state.code, text, lang) for lang, text in told.items()}
    return ActorRecord(code, "group", state.code, names, (), state.code)


def _government(state: ActorRecord) -> ActorRecord:
    names = {lang: languages()[lang].government.format(text) for lang, text in state.names.items()}
    return ActorRecord(f"{state.code}.GOV", "government", state.code, names, (), state.code)
