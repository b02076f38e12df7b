"""How sure it is that an event happened in the country of its place.

Two things go wrong: the name means another place, and the act is tied to the wrong place of the
sentence. The certainty of an event's place is that of its name times that of its tie. The weights
were set on events read by hand (docs/places.md).
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from events.geography import read_reference
from events.model import PLACE_SURE, ActorMention, Article, Place, PlaceMention
from events.ontology import EVENT_TYPES
from events.registry import country
from loaders.find.places.entry import Entry
from loaders.find.places.gazetteer import by_id
from loaders.find.places.names import look_up
from loaders.find.places.publisher import publisher_countries
from loaders.find.places.words_near import cues

__all__ = ["PLACE_SURE", "TIES", "Spoken", "from_elsewhere", "of_name", "spoken_of", "weighed"]

SMALL = 25_000  # inhabitants: below, a name is as often that of a person, a ship, a weapon
TOWN = 100_000
RIVAL = 3.0  # times as many people in another bearer of the name
SHARE = 0.34  # of what the country most spoken of has, for a small town's country
ALTERNATE = "alternate name"
QUALIFIED = "qualified beside the name"
SURE_ACTOR = 0.5  # confidence from which an actor speaks for its country

# how a place is tied to its act -> (reason, certainty)
TIES: dict[str, tuple[str, float]] = {
    "locative": ("a word of place ties it to the act", 0.98),
    "climbed": ("tied to the act by way of another noun", 0.95),
    "far": ("tied to the act by way of several nouns", 0.90),
    "object": ("the place itself is acted upon", 0.96),
    "noun": ("belongs to the noun of the act", 0.95),
    "aimed": ("the act is aimed at it", 0.93),
    "opening": ("opens the sentence", 0.96),
    "beside": ("stands beside the act", 0.93),
    "borrowed": ("tied to another verb of the same act", 0.93),
}
TOLD_ELSEWHERE = ("from another telling of the event", 0.85)
SAID = ("what is said may be about it", 0.95)  # an act of words, and a state or a wide region
TOPIC = ("what is spoken of may lie there, not the act", 0.88)
BARE = ("no word ties the name to the act", 0.88)
LOOSE = ("stands apart from the act", 0.85)
QUALIFIES = ("the name only qualifies a thing", 0.85)
BARE_SMALL = ("a small town without a word of place", 0.85)
_HELD = ("locative", "opening", "beside")


@dataclass(frozen=True)
class Around:
    """What stands around the name of a place in its clause. followed: a noun right behind it, or
    "'s"; bare: no preposition before it; behind: a noun between the act and it; loose: another
    phrase between them, or no word of place before it; topical: the act is a word of speaking
    about ("discuss")."""

    followed: bool = False
    bare: bool = False
    behind: bool = False
    loose: bool = False
    topical: bool = False


@dataclass
class Spoken:
    """What an article says of countries: for each, the words that name it or something in it."""

    lang: str = ""
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def speaks_of(self, code: str, without: str) -> int:
        """How many other words than these name the country or something in it."""
        return len(self.words.get(code, set()) - {without.casefold()})

    @property
    def most(self) -> int:
        """How many words name the country most spoken of."""
        return max((len(words) for words in self.words.values()), default=0)


def spoken_of(
    article: Article, places: Iterable[PlaceMention], actors: Iterable[ActorMention]
) -> Spoken:
    """The countries of an article's places, actors and publisher."""
    spoken, named = Spoken(article.lang), list(places)
    for mention in named:
        if mention.place is not None and mention.place.country:
            spoken.words[mention.place.country].add(mention.text.casefold())
    for actor in actors:
        code = country(actor.code)
        over = any(
            p.part == actor.part and p.start < actor.end and actor.start < p.end for p in named
        )
        if code and actor.confidence >= SURE_ACTOR and not over:
            spoken.words[code].add(actor.text.casefold())
    for code in publisher_countries(article):
        spoken.words[code].add("(publisher)")
    return spoken


def of_name(mention: PlaceMention, spoken: Spoken) -> tuple[str, float]:
    """Why and how surely a name means a place in that country."""
    place = mention.place
    if place is None:
        return "unresolved", 0.0
    if place.kind == "country":
        return "a state", 0.98
    if QUALIFIED in mention.reasons:
        return QUALIFIED, 0.98
    if place.kind in ("water", "area", "site") or not place.country:
        return "a place with one bearer", 0.96
    why, share = _of_town(mention, place, spoken)
    if ALTERNATE in mention.reasons:
        return why, share * 0.93
    return why, share


def _of_town(mention: PlaceMention, place: Place, spoken: Spoken) -> tuple[str, float]:
    entry = by_id(place.id)
    people = entry.population if entry is not None else 0
    others = spoken.speaks_of(place.country, mention.text)
    famous = place.id in _famous()
    if _has_rival(mention, place, people, spoken):
        return "others bear the name", 0.8
    if people < TOWN and place.kind == "city" and cues(spoken.lang).get("capital_nouns"):
        return "a small town, in a language that writes every noun with a capital", 0.8
    if others and (people >= TOWN or famous or others >= SHARE * spoken.most):
        return "its country is spoken of", 0.97
    if others:
        return "its country is hardly spoken of", 0.85
    if famous:
        elsewhere = spoken.most > 2 and not (entry is not None and entry.capital)
        return "known everywhere", 0.9 if elsewhere else 0.96
    if people >= TOWN and spoken.most < 2:
        return "nothing speaks of another country", 0.9
    return "nothing else speaks of its country", 0.8 if people >= TOWN else 0.6


def _has_rival(mention: PlaceMention, place: Place, people: int, spoken: Spoken) -> bool:
    """Whether a place of that name elsewhere is much larger, or lies where the article is."""
    own = spoken.speaks_of(place.country, mention.text)
    for entry in look_up(mention.text, spoken.lang):
        other = entry.place.country
        if other == place.country or not other:
            continue
        if entry.population > RIVAL * people or _is_nearer(entry, spoken, mention.text, own):
            return True
    return False


def _is_nearer(entry: Entry, spoken: Spoken, name: str, own: int) -> bool:
    there = spoken.speaks_of(entry.place.country, name)
    return there > own and entry.population >= SMALL


@functools.cache
def _famous() -> frozenset[str]:
    """Ids of the cities that are known everywhere: those that have French names of their own."""
    rows = (*read_reference("place_names_fr.csv"), *read_reference("city_names.csv"))
    return frozenset(row["id"] for row in rows)


def weighed(
    mention: PlaceMention, how: str, kind: str, spoken: Spoken, around: Around
) -> PlaceMention:
    """The place of an event with the certainty of name and tie, and the reasons of both.

    how: a key of TIES; kind: type of the event.
    """
    why, share = of_name(mention, spoken)
    rows = [TIES[how], *_against(mention, how, kind, around)]
    for _, part in rows:
        share *= part
    reasons = (*mention.reasons, why, *(reason for reason, _ in rows))
    return replace(mention, confidence=round(share, 3), reasons=tuple(dict.fromkeys(reasons)))


def _against(
    mention: PlaceMention, how: str, kind: str, around: Around
) -> Iterable[tuple[str, float]]:
    """What speaks against the tie."""
    place = mention.place
    if place is None:
        return
    wide = place.kind == "country" or not place.country
    said = EVENT_TYPES[kind].quad in (1, 3) and kind != "CONSULT"
    if said and wide:
        yield SAID
    if said and how in ("beside", "far", "borrowed"):
        yield "an act of words", 0.93
    if wide and around.behind and (said or around.topical):
        yield TOPIC
    if _qualifies(place, how, around):
        yield QUALIFIES
    if around.bare and how in ("aimed", "borrowed", "locative"):
        yield BARE
    if around.loose and how == "beside":
        yield LOOSE
    if how not in _HELD and place.kind == "city" and _people(place) < SMALL:
        yield BARE_SMALL


def _qualifies(place: Place, how: str, around: Around) -> bool:
    """ "the Iran deal", "in Russia's airstrike": the name says of what kind a thing is."""
    point = place.kind in ("city", "site")
    return around.followed and (
        how == "beside" or (not point and how in ("object", "noun", "aimed"))
    )


def _people(place: Place) -> int:
    entry = by_id(place.id)
    return entry.population if entry is not None else 0


def from_elsewhere(mention: PlaceMention) -> PlaceMention:
    """The place that another telling of the event gives."""
    told, share = TOLD_ELSEWHERE
    return replace(
        mention, confidence=round(mention.confidence * share, 3), reasons=(*mention.reasons, told)
    )
