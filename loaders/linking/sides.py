"""The sides of an event: the parties that act and those acted upon."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.linking.parties import Party


@dataclass
class Sides:
    """Parties of an event. `how` tells which sides were given by the parse and which by order."""

    sources: list[Party] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)
    how: list[str] = field(default_factory=list)

    @property
    def source_codes(self) -> list[str]:
        return list(dict.fromkeys(party.code for party in self.sources))

    @property
    def target_codes(self) -> list[str]:
        return list(dict.fromkeys(party.code for party in self.targets))

    def put(self, side: str, party: Party) -> None:
        chosen = self.sources if side == "source" else self.targets
        if party not in self.sources and party not in self.targets:
            chosen.append(party)
