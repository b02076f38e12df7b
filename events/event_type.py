"""What code may ask of an event type and of its modes.

Code never asks "is it this type?" but "is it symmetric?", "does it have content?". The answers are
rows of data/reference/event_types.toml (a true-or-false property is on where `properties` names
it), so that a new type needs no new code. Each property has the one meaning told beneath it.
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

    goes: bool = False
    """The doer goes to the other party: a place that is named is where he goes, or a party."""
    flight: bool = False
    """Whoever does it may flee: the place he flees to is not where it happened."""
    sent: bool = False
    """What is sent "to" a state, or "into" it, is then in that state."""
    from_afar: bool = False
    """Fired or flown: "fired at a state" lands in it, "shot down over a place" happens there."""
    done_by_place: bool = False
    """Where no doer is named, the state of the place does it (its police)."""
    of_names_doer: bool = False
    """Told by a noun, "of" names who does it ("the withdrawal of American soldiers")."""
    stops: bool = False
    """Stops what its object names, where that was going on ("broke off the talks in Geneva")."""
    sport: bool = False
    """Its words tell of sport too: a state that is its object ("beat England") tells no event."""
    state_force: bool = False
    """Done by a state to somebody it is `force_as`, and no army need be named ("Israel struck")."""

    army_as: str = ""
    """The type that it is when only an army does it ("Russian soldiers arrived in Kazakhstan")."""
    force_as: str = ""
    """The type that it is when armed forces or the police do it ("police stormed the hall")."""


NO_MODE = Mode()


@dataclass(frozen=True)
class EventType:
    """A PLOVER type with its place among the types and its properties."""

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

    # who stands on which side
    symmetric: bool = False
    """The parties do it together: which of them is source or target says nothing."""
    ties: bool = False
    """Of two parties: "with" inside its object names the other one ("broke ties with Qatar")."""
    crowd: bool = False
    """Done by people in number: a crowd in a place is enough for an event, and a party that is
    named alone, and is nobody that one protests at, does it."""
    place_is_target: bool = False
    """A place or a state "in" which it is done may be who it is done to."""
    done_to_place: bool = False
    """Where nobody is named that it is done to, it is done to the state of its place."""
    done_by_place: bool = False
    """Where no doer is named, those of the state of its place do it."""
    fought_with: bool = False
    """Told as undergone in a fight, "with" then names the doer ("killed in a fight with")."""

    # what is said
    speech: bool = False
    """Done by saying something: it needs a known speaker, and its content makes it an event."""
    has_content: bool = False
    """What is asked, promised, refused or threatened is its content and no event of its own; whom
    the content speaks of is its target where none is named."""
    claims_content: bool = False
    """Its content is an event too where it has a date of its own: a claim of the speaker."""
    object_is_content: bool = False
    """Its object is what is said, not whom it is said to ("threatened reprisals")."""
    refusal: bool = False
    """What is refused may have been to happen at the place that is named."""
    has_topic: bool = False
    """What it is about may stand behind it and lie elsewhere ("a march over the war in Gaza")."""

    # what is done, and where
    on_ground: bool = False
    """Done at a place, not said or decreed."""
    away: bool = False
    """Done where somebody else is: the place where the doer stands is not where it happens."""
    aimed: bool = False
    """Happens at the town that it is aimed at ("to", "on", "against")."""
    sent: bool = False
    """Begins elsewhere than it ends: who sends and where he is does not place it."""
    lands: bool = False
    """Hits the ground that it is aimed at: what lies in a state, what a town is named for."""
    leaves: bool = False
    """Happens in the place that is left ("withdrew from Kherson")."""
    takes: bool = False
    """Takes persons or things where they are ("abducted girls from a school in Chibok")."""
    meeting: bool = False
    """Parties meet or talk: a place that is named is where they do so, not a party."""
    harm: bool = False
    """Hurts, kills or destroys: its objects are victims and never an act told before, it is told
    again as the result of an attack, and in words of nature or sport it needs a doer."""
    against_persons: bool = False
    """Done to persons: "a man from Lyon" after it says where he is from, not where it happened."""
    against_envoys: bool = False
    """May be done to envoys: where they are posted is not where it happens."""
    decreed: bool = False
    """May be ordered by a state for itself ("declared martial law"), and then happens there."""

    # what it is when told otherwise
    announced_as: str = ""
    """The type of saying that one will do it ("said it will release prisoners" is AGREE)."""
    refused_as: str = ""
    """The type of saying that one will not do it ("will not negotiate" is REJECT)."""
    hostile_as: str = ""
    """The type that it is where its content is war, revenge or punishment ("vowed to avenge")."""
    crowd_as: str = ""
    """The type that it is when demonstrators do it ("protesters stormed the parliament")."""
    answers: tuple[str, ...] = ()
    """The types of an earlier act whose doer it may be directed at where it names nobody."""

    @property
    def verbal(self) -> bool:
        """Whether it is of the verbal quad classes."""
        return self.quad in (1, 3)

    @property
    def forceful(self) -> bool:
        """Whether it is material conflict."""
        return self.quad == 4

    @property
    def in_words(self) -> bool:
        """Whether words alone do it, and so it may be done anywhere: verbal, and no meeting."""
        return self.verbal and not self.meeting

    def mode(self, code: str) -> Mode:
        """The mode of that name; `NO_MODE` where the type has none of that name."""
        return self.modes.get(code, NO_MODE)
