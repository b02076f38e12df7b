"""How sure it is that an event happened in the country of its place.

Two things go wrong: the name means another place, and the act is tied to the wrong place of the
sentence. The certainty of an event's place is that of its name times that of its tie. The weights
were set on events read by hand (benchmarks/certainty.py, docs/places.md).
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from events.geography import read_reference
from events.model import ActorMention, Article, Place, PlaceMention
from events.ontology import EVENT_TYPES
from events.registry import country
from loaders.find.places.gazetteer import by_id
from loaders.find.places.names import look_up
from loaders.find.places.publisher import publisher_countries
from loaders.find.places.words_near import cues
from loaders.text.document import PARTS

SMALL = 25_000  # inhabitants: below, a name is as often that of a person, a ship, a weapon
TOWN = 100_000
RIVAL = 3.0  # times as many people in another bearer of the name
DWARFED = 20.0  # times as many people: the much smaller namesake is ignored, wherever it lies
SHARE = 0.34  # of what the country most spoken of has, for a small town's country
SURE_ACTOR = 0.5  # confidence from which an actor speaks for its country
ALTERNATE = "alternate name"  # reasons that the resolver gives
QUALIFIED = "qualified beside the name"

# how a place is tied to its act -> the reason
TIES: dict[str, str] = {
    "locative": "a word of place ties it to the act",
    "climbed": "tied to the act by way of another noun",
    "far": "tied to the act by way of several nouns",
    "object": "the place itself is acted upon",
    "noun": "belongs to the noun of the act",
    "aimed": "the act is aimed at it",
    "opening": "opens the sentence",
    "beside": "stands beside the act",
    "borrowed": "tied to another verb of the same act",
    "struck": "a state that is fired at, invaded or sent troops",
    "ground": "what is hit lies in that state",
    "pointed": "a word of the clause points back to it",
    "spoken": "where the speaker was",
    "told": "where it was told",
    "home": "what a state orders at home",
}
STATE = "a state"
ONE_BEARER = "a place with one bearer"
RIVALS = "others bear the name"
COMMON_NOUN = "a small town, in a language that writes every noun with a capital"
SPOKEN_OF = "its country is spoken of"
HARDLY = "its country is hardly spoken of"
FAMOUS = "known everywhere"
FAMOUS_ABROAD = "known everywhere, in an article on other countries"
ALONE = "nothing speaks of another country"
UNSPOKEN = "nothing else speaks of its country"
SMALL_UNSPOKEN = "a small town of which nothing else speaks"
ELSEWHERE = "from another telling of the event"
SAID = "what is said may be about it"  # an act of words, and a state or a wide region
WORDS = "an act of words"
REFUSED = "what is refused may have been to happen there"
TOPIC = "what is spoken of may lie there, not the act"
BARE = "no word ties the name to the act"
LOOSE = "stands apart from the act"
QUALIFIES = "the name only qualifies a thing"
BARE_SMALL = "a small town without a word of place"
_HELD = ("locative", "opening", "beside")

# what each reason leaves of the certainty; other reasons leave it whole
WEIGHTS: dict[str, float] = {
    STATE: 0.98, ONE_BEARER: 0.96, QUALIFIED: 0.98, SPOKEN_OF: 0.97, FAMOUS: 0.96,
    FAMOUS_ABROAD: 0.9, ALONE: 0.9, HARDLY: 0.85, UNSPOKEN: 0.8, RIVALS: 0.8, COMMON_NOUN: 0.8,
    SMALL_UNSPOKEN: 0.6, ALTERNATE: 0.93,
    TIES["locative"]: 0.98, TIES["object"]: 0.96, TIES["opening"]: 0.96, TIES["climbed"]: 0.95,
    TIES["noun"]: 0.95, TIES["aimed"]: 0.93, TIES["beside"]: 0.93, TIES["borrowed"]: 0.85,
    TIES["far"]: 0.9, TIES["struck"]: 0.95, TIES["ground"]: 0.95, TIES["pointed"]: 0.93,
    TIES["home"]: 0.95, TIES["spoken"]: 0.95, TIES["told"]: 0.88,
    SAID: 0.88, WORDS: 0.93, TOPIC: 0.88, REFUSED: 0.88, BARE: 0.88, ELSEWHERE: 0.85, LOOSE: 0.85,
    QUALIFIES: 0.85, BARE_SMALL: 0.85,
}  # fmt: skip


def certainty_of(reasons: Iterable[str]) -> float:
    """How sure the place of an event is that has these reasons, 0 to 1."""
    share = 1.0
    for reason in reasons:
        share *= WEIGHTS.get(reason, 1.0)
    return round(share, 3)


@dataclass(frozen=True)
class Around:
    """What stands around the name of a place in its clause. followed: a noun right behind it, or
    "'s"; bare: no preposition before it; behind: a noun between the act and it; between: a
    verb between it and an act that follows; loose: another
    phrase between them, or no word of place before it; located: a word of place right before it;
    topical: the act is no visit but
    a word of meeting or speaking ("discuss")."""

    followed: bool = False
    bare: bool = False
    behind: bool = False
    between: bool = False
    loose: bool = False
    located: bool = False
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
    taken = {part: sorted((p.start, p.end) for p in named if p.part == part) for part in PARTS}
    for actor in actors:
        code = country(actor.code)
        before = bisect_left(taken[actor.part], (actor.end,))  # places do not overlap each other
        over = before > 0 and taken[actor.part][before - 1][1] > actor.start
        if code and actor.confidence >= SURE_ACTOR and not over:
            spoken.words[code].add(actor.text.casefold())
    for code in publisher_countries(article):
        spoken.words[code].add("(publisher)")
    return spoken


def of_name(mention: PlaceMention, spoken: Spoken) -> str:
    """The reason why a name means a place in that country, or may not: a key of WEIGHTS."""
    place = mention.place
    if place is None or place.kind == "country":
        return STATE
    if QUALIFIED in mention.reasons:
        return QUALIFIED
    if place.kind in ("water", "area", "site") or not place.country:
        return RIVALS if place.country and _has_rival(mention, place, SMALL, spoken) else ONE_BEARER
    return _of_town(mention, place, spoken)


def _of_town(mention: PlaceMention, place: Place, spoken: Spoken) -> str:
    entry = by_id(place.id)
    people = entry.population if entry is not None else 0
    others = spoken.speaks_of(place.country, mention.text)
    famous = place.id in _famous()
    if _has_rival(mention, place, people, spoken):
        return RIVALS
    if people < TOWN and place.kind == "city" and cues(spoken.lang).get("capital_nouns"):
        return COMMON_NOUN
    if others:
        enough = people >= TOWN or famous or others >= SHARE * spoken.most
        return SPOKEN_OF if enough else HARDLY
    if famous:
        elsewhere = spoken.most > 2 and not (entry is not None and entry.capital)
        return FAMOUS_ABROAD if elsewhere else FAMOUS
    if people >= TOWN:
        return UNSPOKEN if spoken.most > 1 else ALONE
    return SMALL_UNSPOKEN


def _has_rival(mention: PlaceMention, place: Place, people: int, spoken: Spoken) -> bool:
    """Whether a place of that name elsewhere is much larger, or lies where the article is."""
    own = spoken.speaks_of(place.country, mention.text)
    for entry in look_up(mention.text, spoken.lang):
        other = entry.place.country
        if other == place.country or not other:
            continue
        nearer = spoken.speaks_of(other, mention.text) > own
        if entry.population > (people / DWARFED if nearer else RIVAL * people):
            return True
    return False


@functools.cache
def _famous() -> frozenset[str]:
    """Ids of the cities that are known everywhere: those that have French names of their own."""
    rows = (*read_reference("place_names_fr.csv"), *read_reference("city_names.csv"))
    return frozenset(row["id"] for row in rows)


def weighed(
    mention: PlaceMention, how: str, event_type: str, spoken: Spoken, around: Around
) -> PlaceMention:
    """The place of an event with the certainty of name and tie, and the reasons of both.

    how: a key of TIES; event_type: type of the event.
    """
    told = (of_name(mention, spoken), TIES[how], *_against(mention, how, event_type, around))
    reasons = tuple(dict.fromkeys((*mention.reasons, *told)))
    return replace(mention, confidence=certainty_of(reasons), reasons=reasons)


def _against(mention: PlaceMention, how: str, event_type: str, around: Around) -> Iterable[str]:
    """What speaks against the tie."""
    place = mention.place
    if place is None:
        return
    wide = place.kind == "country" or not place.country
    known = EVENT_TYPES[event_type]
    said = known.in_words
    if said and place.kind not in ("city", "site"):
        yield SAID
    if known.refusal:
        yield REFUSED
    if said and how in ("beside", "far", "borrowed"):
        yield WORDS
    spoken_of = said or known.has_topic or (known.meeting and around.topical)
    if around.behind and (said or (wide and spoken_of)):
        yield TOPIC
    if how == "opening" and around.between:
        yield LOOSE
    if _qualifies(place, how, said, around):
        yield QUALIFIES
    if around.bare and how in ("aimed", "borrowed", "locative"):
        yield BARE
    if around.loose and how == "beside":
        yield LOOSE
    unheld = how not in _HELD and not around.located
    if unheld and place.kind == "city" and _people(place) < SMALL:
        yield BARE_SMALL


def _qualifies(place: Place, how: str, said: bool, around: Around) -> bool:
    """ "the Iran deal", "in Russia's airstrike": the name says of what kind a thing is."""
    point = place.kind in ("city", "site")
    if around.followed and said and how == "locative":
        return True
    return around.followed and (
        how == "beside" or (not point and how in ("object", "noun", "aimed"))
    )


def _people(place: Place) -> int:
    entry = by_id(place.id)
    return entry.population if entry is not None else 0


def from_elsewhere(mention: PlaceMention) -> PlaceMention:
    """The place that another telling of the event gives."""
    reasons = (*mention.reasons, ELSEWHERE)
    return replace(mention, confidence=certainty_of(reasons), reasons=reasons)
