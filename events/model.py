"""The model: articles, dates, places, actors and events as frozen values.

The loaders build these and `events.store` writes them; `events.query` and all that reads from it
use DataFrames only. Offsets are Unicode code points into the title or the text *as stored*, end
exclusive: ``article.text[m.start:m.end] == m.text``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Part = Literal["title", "text"]
Precision = Literal["day", "week", "month", "quarter", "year", "span"]
DateBasis = Literal["explicit", "relative", "anaphoric", "inferred", "story"]
PublishedBasis = Literal["given", "inferred", "unknown"]
PlaceRole = Literal["event", "dateline", "mentioned", "government", "actor"]
PlaceKind = Literal["city", "country", "region", "site", "water", "area"]
ActorKind = Literal[
    "state",
    "government",
    "military",
    "party",
    "organisation",
    "armed_group",
    "company",
    "media",
    "bloc",
    "person",
    "group",
]
ActorForm = Literal["name", "agent", "adjective", "office", "pronoun"]
Status = Literal["reported", "planned", "claimed", "denied"]


# an event whose place has a certainty below this is shown as doubtful
PLACE_SURE = 0.6


@dataclass(frozen=True)
class Candidate:
    """One possible day of publication with its probability (0 to 1)."""

    date: dt.date
    confidence: float


@dataclass(frozen=True)
class Published:
    """When an article was published. `date` is the first day of the interval of `precision`."""

    date: dt.date | None
    basis: PublishedBasis
    precision: Precision | None = None
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()
    alternatives: tuple[Candidate, ...] = ()

    @classmethod
    def given(cls, date: dt.date, evidence: str = "given") -> Published:
        return cls(date, "given", "day", 1.0, (evidence,))

    @classmethod
    def unknown(cls, *evidence: str) -> Published:
        return cls(None, "unknown", evidence=evidence)


@dataclass(frozen=True)
class Article:
    """One article as read. `id` is stable: a hash of the normalised text and the source.

    notes: what its file said and could not be kept as it was; they are told with what is read.
    original: path of the file as it lies while it is read; "" where it came otherwise. Not stored.
    """

    id: int
    title: str
    text: str
    lang: str
    source: str = ""
    url: str = ""
    published: Published = field(default_factory=Published.unknown)
    retrieved: dt.datetime | None = None
    sha256: str = ""
    reader: str = ""
    notes: tuple[str, ...] = ()
    original: str = ""


@dataclass(frozen=True)
class Mention:
    """Words in an article: `part` says whether the offsets count in the title or in the text."""

    part: Part
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class DateSpan(Mention):
    """A date told in the text: an interval of days, inclusive, with precision and derivation.

    `first` or `last` is None on the open side. `value` is the TIMEX3 value. `known` and `implied`
    name the calendar parts that the words gave and that the resolver added ("year", "month",
    "day", "weekday", "week", ...). `not_event` is the reason why this date dates no event (named
    year, age, anniversary, recurring, duration ...), "" when it may.
    """

    first: dt.date | None
    last: dt.date | None
    precision: Precision
    basis: DateBasis
    value: str
    open_start: bool = False
    open_end: bool = False
    time: str = ""
    zone: str = ""
    known: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    not_event: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class Place:
    """A place of the gazetteer. `id` is the gazetteer's; `country` ISO 3166 alpha-3 or ""."""

    id: str
    name: str
    country: str
    lat: float | None
    lon: float | None
    kind: PlaceKind


@dataclass(frozen=True)
class PlaceMention(Mention):
    """A place named in the text; `place` is None where it stays unresolved."""

    place: Place | None
    role: PlaceRole = "mentioned"
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActorMention(Mention):
    """An actor named in the text, under the code it acts for (RUS, NATO, ...).

    `person` and `office` are filled where an office holder is named or meant. An actor that no
    table knows keeps its own name, with a code made from it ("X:" + name).

    `form` tells how it was said: "name" (la Russie, NATO, the Kremlin, Putin), "agent" (Russian
    forces, l'armée de la Russie), "office" (le président russe, with or without the holder's
    name), "pronoun" (he, the alliance), "adjective": a demonym of a thing (a Russian missile, la
    ville ukrainienne). An adjective becomes an event's party only where the clause supports it.
    """

    code: str
    name: str
    kind: ActorKind
    person: str = ""
    office: str = ""
    confidence: float = 1.0
    form: ActorForm = "name"


@dataclass(frozen=True)
class Bounds:
    """Between which days an event without a date must lie, by what the text says. Not a date.

    `first`, `last`: inclusive, None on the side that nothing bounds. `text`: the words that bound
    it, "" where the day of publication alone does. `reasons`: why, in the shapes that
    `events.bounds_words` puts into the reader's language.
    """

    first: dt.date | None
    last: dt.date | None
    text: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A stretch of an article that is not on the timeline, and the reason why. `confidence`: of an
    event that was not sure enough."""

    reason: str
    text: str
    part: Part = "text"
    start: int = -1
    end: int = -1
    confidence: float | None = None


@dataclass(frozen=True)
class Event:
    """One event as one article tells it: who did what to whom, where, when, told by whom.

    `id` is stable over reloads: a hash of the article's id, the type and the offsets. `sources`
    act, `targets` are acted upon. `quote` is the sentence or clause, verbatim, at `start`:`end`.
    `place.confidence` says how sure it is that it happened in that country: doubtful below
    PLACE_SURE. `trigger` gives the words of the act. `also` holds other tellings in the same
    article. `attributes` are (name, value, words) told in the clause: casualties, weapons, amounts.
    `weight` is 2 for a main event of the article, 1 for one worth a line, 0 for background.
    `certainty` is how sure each field is (event, type, sources, targets, date, place), `confidence`
    how sure it is that type, parties and day are all right; () where words alone were read.
    `alternatives` are (field, other answer, certainty). `headline` is the event in one line that
    says nothing that the article does not, in the language `headline_lang`; "" where none was made.
    `bounds`: between which days it lies, of an event without a date.
    Where another coded it, `coder` is who, `source_type` the coder's own type of it, and `quad` the
    quad class of an event whose `type` is "" (of no other).
    """

    id: int
    article_id: int
    type: str
    mode: str
    status: Status
    date: DateSpan | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    place: PlaceMention | None
    attributed_to: str | None
    quote: str
    part: Part
    start: int
    end: int
    trigger: Mention | None = None
    actor_mentions: tuple[Mention, ...] = ()
    contexts: tuple[str, ...] = ()
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()
    also: tuple[Mention, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()
    weight: int = 1
    certainty: tuple[tuple[str, float], ...] = ()
    alternatives: tuple[tuple[str, str, float], ...] = ()
    headline: str = ""
    headline_lang: str = ""
    bounds: Bounds | None = None
    coder: str = ""
    source_type: str = ""
    quad: int = 0


@dataclass(frozen=True)
class Extraction:
    """All that one article yields. `notes` say how it was read (model missing, cut short ...);
    `reader_version` which version of the program's reading it was (loaders.reader_version).
    """

    article: Article
    dates: tuple[DateSpan, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    events: tuple[Event, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    reader_version: str = ""
