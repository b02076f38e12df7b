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

    goes: bool = False
    """The source travels to the other party: a place named is the destination, or a party."""
    flight: bool = False
    """The source may flee: the place fled to is not where the event happened."""
    sent: bool = False
    """Something is sent: "to" or "into" a state means that it is then in that state."""
    from_afar: bool = False
    """Fired or flown: "fired at a state" lands in it, "shot down over a place" happens there."""
    done_by_place: bool = False
    """Where no source is named, the state of the place is the source (its police)."""
    of_names_doer: bool = False
    """With a noun trigger, "of" names the source ("the withdrawal of American soldiers")."""
    stops: bool = False
    """Ends what its object names, at the place of that ("broke off the talks in Geneva")."""
    sport: bool = False
    """Its words are used in sport too: with a state as object ("beat England") it is no event."""
    state_force: bool = False
    """Read as `force_as` for a state with a target, without an army named ("Israel struck")."""

    army_as: str = ""
    """The type if all sources are armies ("Russian soldiers arrived in Kazakhstan")."""
    force_as: str = ""
    """The type if the source is an armed force or the police ("police stormed the hall")."""


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

    # who stands on which side
    symmetric: bool = False
    """The parties act jointly: which one is source and which target has no meaning."""
    ties: bool = False
    """About relations: "with" inside its object names the target ("broke ties with Qatar")."""
    crowd: bool = False
    """Done by a crowd: a crowd at a place is enough for an event, and a single party named is
    the source, unless it is one that people protest against (a government, an army)."""
    place_is_target: bool = False
    """A place or a state "in" which it is done may be its target."""
    done_to_place: bool = False
    """Where no target is named, the state of its place is the target."""
    done_by_place: bool = False
    """Where no source is named, the state of its place is the source."""
    fought_with: bool = False
    """In the passive, "with" after a fight names the source ("killed in a fight with")."""

    # what is said
    speech: bool = False
    """A speech act: it needs a known speaker, and its content makes it an event."""
    has_content: bool = False
    """What is asked, promised, refused or threatened is its content and no event of its own; the
    subject of the content is its target where none is named."""
    claims_content: bool = False
    """Its content is an event too, claimed by the speaker, where it has a date of its own."""
    object_is_content: bool = False
    """Its object is the content, not the addressee ("threatened reprisals")."""
    refusal: bool = False
    """It refuses something: the place named may be where the refused act was to happen."""
    has_topic: bool = False
    """Its topic may follow it and be elsewhere ("a march over the war in Gaza")."""

    # what is done, and where
    on_ground: bool = False
    """Done at a place, not said or decreed."""
    away: bool = False
    """Done where somebody else is: the location of the source is not where it happens."""
    aimed: bool = False
    """Happens at the town that it is aimed at ("to", "on", "against")."""
    sent: bool = False
    """Begins elsewhere than it ends: the sender's location is not where it happens."""
    lands: bool = False
    """Hits the ground it is aimed at: in the state, or the town, that the target is named after."""
    leaves: bool = False
    """Happens in the place that is left ("withdrew from Kherson")."""
    takes: bool = False
    """Takes persons or things where they are ("abducted girls from a school in Chibok")."""
    meeting: bool = False
    """Parties meet or talk: a place that is named is where they do so, not a party."""
    harm: bool = False
    """Hurts, kills or destroys: its objects are victims, never an earlier act; it may repeat an
    attack as its result; in a sentence about nature or sport it needs a named source."""
    against_persons: bool = False
    """Done to persons: "a man from Lyon" after it says where he is from, not where it happened."""
    against_envoys: bool = False
    """May be done to envoys: where they are posted is not where it happens."""
    decreed: bool = False
    """A state may order it at home ("declared martial law"); it then happens in that state."""

    # the type that it becomes in other wordings
    announced_as: str = ""
    """The type of an announcement of it ("said it will release prisoners" is AGREE)."""
    refused_as: str = ""
    """The type of an announcement not to do it ("will not negotiate" is REJECT)."""
    hostile_as: str = ""
    """The type if its content is war, revenge or punishment ("vowed to avenge")."""
    crowd_as: str = ""
    """The type if the source are demonstrators ("protesters stormed the parliament")."""
    answers: tuple[str, ...] = ()
    """Where it names no target, the source of an earlier act of these types may be the target."""

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
        """Whether words alone do it (verbal, and no meeting): it may then be done anywhere."""
        return self.verbal and not self.meeting

    def mode(self, code: str) -> Mode:
        """The mode of that name; `NO_MODE` where the type has none of that name."""
        return self.modes.get(code, NO_MODE)
