"""A draft of an event while an article is read: what merging and confidence still change."""

from __future__ import annotations

from dataclasses import dataclass, field

from events.model import DateSpan, LeftOut, Mention, PlaceMention, Status
from loaders.acts.attributes import Attribute
from loaders.text.document import Sentence


@dataclass
class EventDraft:
    """One telling of an event. `definite`: its noun points back ("the attack")."""

    type: str
    mode: str
    status: Status
    sentence: Sentence
    trigger: Mention
    sources: list[str]
    targets: list[str]
    actor_mentions: list[Mention]
    date: DateSpan | None
    dated: str
    place: PlaceMention | None
    teller: str | None
    contexts: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    weak: bool = False
    nominal: bool = False
    definite: bool = False
    parsed: bool = True
    by_order: bool = False
    main: bool = False
    unknown: bool = False  # a party that no table knows
    from_place: bool = False
    points_back: bool = False  # its object is "the attack", "it", or nothing
    both_sides: bool = False
    pair: tuple[str, ...] = ()  # the two states named last before, for "both countries"
    answers: bool = False  # a party was taken from the act before
    vetoes: int = 0
    echo: str = ""  # why it is no event alone; it may only repeat another
    also: list[Mention] = field(default_factory=list)
    confidence: float = 0.5
    reasons: list[str] = field(default_factory=list)

    @property
    def parties(self) -> set[str]:
        return {*self.sources, *self.targets}

    @property
    def quote(self) -> Mention:
        s = self.sentence
        return Mention(s.part, s.start, s.end, s.text)


@dataclass(frozen=True)
class Omitted:
    """A trigger that tells no event by the rules, and why."""

    type: str
    trigger: Mention
    reason: str
    sentence: Sentence

    @property
    def left_out(self) -> LeftOut:
        s = self.sentence
        return LeftOut(self.reason, s.text, s.part, s.start, s.end)
