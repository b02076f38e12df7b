"""The PLOVER ontology: event types with quad class, score and CAMEO root.

Source: PLOVER codebook (Open Event Data Alliance); scores are the Goldstein-like weights used
with it. Quad classes: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict,
4 material conflict. Definitions for readers stand in data/reference/event_types.toml.
"""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEFINITIONS = Path(__file__).resolve().parents[1] / "data" / "reference" / "event_types.toml"


@dataclass(frozen=True)
class EventType:
    """A PLOVER type. `score` runs from -10 (conflict) to 10; `cameo` is the two-digit root."""

    code: str
    quad: int
    score: float
    cameo: str


EVENT_TYPES: dict[str, EventType] = {
    row[0]: EventType(*row)
    for row in (
        ("AGREE", 1, 2.5, "03"),
        ("CONSULT", 1, 2.5, "04"),
        ("SUPPORT", 1, 5.0, "05"),
        ("CONCEDE", 1, 4.5, "08"),
        ("COOPERATE", 2, 9.5, "06"),
        ("AID", 2, 10.0, "07"),
        ("RETREAT", 2, 6.5, "08"),
        ("REQUEST", 3, 0.0, "02"),
        ("ACCUSE", 3, -3.0, "11"),
        ("REJECT", 3, -2.0, "12"),
        ("THREATEN", 3, -3.5, "13"),
        ("PROTEST", 4, -5.0, "14"),
        ("SANCTION", 4, -6.0, "16"),
        ("MOBILIZE", 4, -5.5, "15"),
        ("COERCE", 4, -7.0, "17"),
        ("ASSAULT", 4, -9.0, "19"),
    )
}

QUAD_COLOURS: dict[int, str] = {1: "#77AADD", 2: "#22559C", 3: "#EE8866", 4: "#B2182B"}
QUAD_NAMES: dict[int, str] = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
STATUSES: tuple[str, ...] = ("reported", "planned", "claimed", "denied")

MODES: dict[str, tuple[str, ...]] = {
    "CONSULT": ("visit", "host", "phone", "third-party"),
    "AID": ("economic", "military", "humanitarian", "asylum"),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    "ACCUSE": ("investigate",),
    "PROTEST": ("demo", "riot", "strike", "hunger", "obstruct", "boycott"),
    "SANCTION": ("expel", "discontinue", "convict", "withdraw"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "arrest",
        "seize",
        "detain",
        "deport",
        "ban",
        "restrict",
        "censor",
        "curfew",
        "martial-law",
        "withhold",
        "misinformation",
        "cyber",
    ),
    "ASSAULT": (
        "heavy-weapons",
        "firearms",
        "explosives",
        "suicide-attack",
        "beat",
        "torture",
        "execute",
        "assassinate",
        "sexual",
        "primitive",
        "cleansing",
        "unconventional",
    ),
}
CONTEXTS: tuple[str, ...] = (
    "coup",
    "cyber",
    "diplomatic",
    "drugs",
    "economic",
    "election",
    "energy",
    "environment",
    "health",
    "hostage",
    "human_rights",
    "intelligence",
    "legal",
    "media",
    "migration",
    "military",
    "nuclear",
    "peacekeeping",
    "piracy",
    "refugees",
    "religion",
    "territory",
    "terrorism",
)


@functools.cache
def _definitions() -> dict[str, Any]:
    with DEFINITIONS.open("rb") as file:
        return tomllib.load(file)


def definition(code: str, lang: str = "en", mode: str = "") -> str:
    """What a type, or a mode of it, means, in "en" or "fr" (another language: English).

    Raises KeyError for a type or mode that the ontology does not have.
    """
    if code not in EVENT_TYPES:
        raise KeyError(f"no event type {code!r}; there are {', '.join(EVENT_TYPES)}")
    row = _definitions()[code]
    if mode:
        if mode not in MODES.get(code, ()):
            raise KeyError(f"{code} has no mode {mode!r}; it has {MODES.get(code, ())}")
        row = row["modes"][mode]
    return str(row.get(lang) or row["en"])
