"""The PLOVER ontology: event types, their modes and their properties, read from data.

Source: PLOVER codebook (Open Event Data Alliance); scores are the Goldstein-like weights used with
it. data/reference/event_types.toml is read once, at import: an invalid row stops the program with
an error that names the file, type and key and says what to write there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from events.checked_toml import TomlTable, read_toml
from events.event_type import EventType, Mode

EVENT_TYPES_FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "event_types.toml"
QUAD_COLOURS: dict[int, str] = {1: "#77AADD", 2: "#22559C", 3: "#EE8866", 4: "#B2182B"}
QUAD_NAMES: dict[int, str] = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
STATUSES: tuple[str, ...] = ("reported", "planned", "claimed", "denied")


@dataclass(frozen=True)
class Ontology:
    """The whole table."""

    event_types: dict[str, EventType]
    contexts: tuple[str, ...]


def read_ontology(path: Path = EVENT_TYPES_FILE) -> Ontology:
    """The ontology of a TOML file; the header of event_types.toml documents its keys.

    Raises ValueError, with file, type, key and remedy, for an invalid row.
    """
    rows = read_toml(path)
    head: dict[str, Any] = {key: rows.pop(key) for key in ("contexts",) if key in rows}
    top = TomlTable(f"{path}: the head", head)
    return Ontology(
        {code: _event_type(code, TomlTable.of(path, code, rows[code])) for code in rows},
        tuple(top.take("contexts", lambda v: isinstance(v, list), "a list of texts")),
    )


def _event_type(code: str, row: TomlTable) -> EventType:
    found = EventType(
        code=code,
        label=row.text("label"),
        quad=row.take("quad", lambda v: v in QUAD_NAMES, "1, 2, 3 or 4"),
        score=row.take("score", _is_score, "a number from -10.0 to 10.0"),
        cameo=row.take("cameo", _is_root, 'the CAMEO root in two digits, like "03"'),
        meaning=row.texts_by_language(),
        modes={name: _mode(name, mode) for name, mode in row.tables("modes").items()},
        **_properties(row),
    )
    row.close()
    return found


def _mode(name: str, row: TomlTable) -> Mode:
    found = Mode(code=name, meaning=row.texts_by_language())
    row.close()
    return found


def _properties(row: TomlTable) -> dict[str, Any]:
    """The boolean properties that a row lists."""
    known = [field.name for field in fields(EventType) if field.type == "bool"]
    return dict.fromkeys(row.choices("properties", known), True)


def _is_score(value: object) -> bool:
    return isinstance(value, float) and -10 <= value <= 10


def _is_root(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isdecimal()


_ONTOLOGY = read_ontology()
EVENT_TYPES: dict[str, EventType] = _ONTOLOGY.event_types
MODES: dict[str, tuple[str, ...]] = {
    code: tuple(known.modes) for code, known in EVENT_TYPES.items() if known.modes
}
CONTEXTS: tuple[str, ...] = _ONTOLOGY.contexts


def definition(code: str, lang: str = "en", mode: str = "") -> str:
    """What a type, or a mode of it, means, in "en" or "fr" (another language: English).

    Raises KeyError for a type or mode that the ontology does not have.
    """
    if code not in EVENT_TYPES:
        raise KeyError(f"no event type {code!r}; there are {', '.join(EVENT_TYPES)}")
    known: EventType | Mode = EVENT_TYPES[code]
    if mode:
        if mode not in MODES.get(code, ()):
            raise KeyError(f"{code} has no mode {mode!r}; it has {MODES.get(code, ())}")
        known = EVENT_TYPES[code].modes[mode]
    return known.meaning.get(lang) or known.meaning["en"]
