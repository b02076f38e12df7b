"""Properties of PLOVER event types and their modes.

Code never tests for a type by name but for a property ("is it symmetric?", "has it content?").
Properties are data in data/reference/event_types.toml (a boolean one is true where `properties`
lists it), so that a new type needs no new code. Each is documented beneath its field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mode:
    """A mode of a type, as PLOVER has them: how the act is done ("firearms" of ASSAULT)."""

    code: str = ""
    """The name of the mode; "" where an act has none."""
    meaning: Mapping[str, str] = field(default_factory=dict)
    """What it means, by language (ISO 639-1)."""


NO_MODE = Mode()


@dataclass(frozen=True)
class EventType:
    """A PLOVER event type: its names, quad class, score and properties."""

    code: str
    """The name of the type, in capitals."""
    label: str
    """The type as English readers see it; other languages translate it in their catalogue."""
    quad: int
    """Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict."""
    score: float
    """From -10 (conflict) to 10 (cooperation), after Goldstein (1992)."""
    cameo: str
    """The root of CAMEO that the type comes from, two digits."""
    meaning: Mapping[str, str]
    """What it means, by language (ISO 639-1)."""
    modes: Mapping[str, Mode] = field(default_factory=dict)
    """Its modes by their names, in the order of the table."""

    symmetric: bool = False
    """The parties act jointly: which one is source and which target has no meaning."""

    internal: bool = False
    """Often done within a state: the state may stand on both sides, where no part of it is told."""

    refusal: bool = False
    """It refuses something: told of an act that others report, it is a denial of it."""

    def mode(self, code: str) -> Mode:
        """The mode of that name; `NO_MODE` where the type has none of that name."""
        return self.modes.get(code, NO_MODE)
