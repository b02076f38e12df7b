"""Places in a sentence that are not where its event happened.

The location of a speaker ("according to the ministry in Berlin", "a spokesman in Potsdam said"),
an origin ("two climbers from Manchester"), a route ("le train Paris-Nantes").
"""

from __future__ import annotations

from collections.abc import Sequence

from events.model import PlaceMention
from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.find.places.gazetteer import by_id
from loaders.grammar.tokens import Word, Words

_REACH = 9  # words between "according to" and the place that it leads to
_NAMES = ("NOUN", "PROPN", "NUM", "ADJ")
_TOWN_KINDS = ("city", "site", "region", "area")


def is_aside(words: Words, place: PlaceMention, event_type: str, lexicon: Lexicon) -> bool:
    """Whether the place is the location of a speaker, an origin, or part of a route.

    event_type: the type of the event that might happen there.
    """
    covered = words.at(place.start, place.end)
    if not covered or place.place is None:
        return False
    first, last = covered[0].i, covered[-1].i
    return (
        _follows_according(words, first, lexicon)
        or _tells(words, last, lexicon)
        or (place.place.kind in _TOWN_KINDS and _is_origin(words, first, event_type, lexicon))
        or _is_route(words, place, lexicon)
    )


def _follows_according(words: Words, at: int, lexicon: Lexicon) -> bool:
    """ "selon le ministère à Berlin": a phrase of attribution before, no mark between."""
    near: list[str] = []
    for word in reversed(words.items[max(0, at - _REACH) : at]):
        if word.is_mark:
            break
        near.insert(0, word.low)
    text = " " + " ".join(near).replace("' ", "'").replace("’", "'") + " "
    phrases = lexicon.voice.get("according", ())
    return any(f" {phrase} ".replace("’", "'") in text for phrase in phrases)


def _tells(words: Words, at: int, lexicon: Lexicon) -> bool:
    """ "officials in Kabul said": the very next word is a verb of telling that closes a clause."""
    if at + 1 >= len(words.items) or not _is_telling(words.items[at + 1], lexicon):
        return False
    after = words.items[at + 2 : at + 3]
    return not after or after[0].is_mark or after[0].low in lexicon.word_groups.get("that", ())


def _is_telling(word: Word, lexicon: Lexicon) -> bool:
    verbal = word.pos in ("", "VERB", "AUX")
    return verbal and lexicon.says("claim", word.low, word.lemma)


def _is_origin(words: Words, at: int, event_type: str, lexicon: Lexicon) -> bool:
    """ "two climbers from Manchester": it hangs on persons or things, not on what happens."""
    # "de" says of what, too: only words that say nothing but from where
    origins = lexicon.word_groups.get("from", frozenset()) - lexicon.word_groups.get(
        "of", frozenset()
    )
    if at == 0 or words.items[at - 1].low not in origins:
        return False
    token = words.items[at - 1].token
    if token is None:
        return False
    # parsers hang "arrested a man from X" on the verb
    of_persons = EVENT_TYPES[event_type].against_persons
    if of_persons and at > 1 and words.items[at - 2].pos in _NAMES:
        return True
    head = token.head
    heads = words.of_token.get(head.i)
    low = words.items[heads].low if heads is not None else head.lower_
    return head.pos_ in _NAMES and low not in lexicon.nouns


def _is_route(words: Words, place: PlaceMention, lexicon: Lexicon) -> bool:
    """ "Paris-Nantes", "Shan-e-Mustafa", "Beirut-based": tied by a hyphen to another word, which
    is not that of "Rostov-sur-le-Don"."""
    sentence = words.sentence
    before = sentence.text[: place.start - sentence.start]
    after = sentence.text[place.end - sentence.start :]
    tied_on = len(after) > 1 and after[0] in "-–" and after[1].isalpha()
    near = lexicon.word_groups.get("place", frozenset()) | lexicon.word_groups.get(
        "target", frozenset()
    )
    tied_on = tied_on and after[1:].partition("-")[0] not in near
    tied_back = len(before) > 1 and before[-1] in "-–" and before[-2].isalpha()
    return tied_on or tied_back


def is_misread(
    words: Words, place: PlaceMention, places: Sequence[PlaceMention], lexicon: Lexicon
) -> bool:
    """Whether the words beside a town or region say that another place of that name is meant:
    "East Timor's Los Palos", "the Southern Highlands of New South Wales", "South East London"."""
    found = place.place
    if found is None or found.kind in ("country", "water") or not found.country:
        return False
    text, offset = words.sentence.text, words.sentence.start
    groups = lexicon.word_groups
    parts, of = groups.get("parts", frozenset()), groups.get("of_part", frozenset())
    wider_words = groups.get("of_wider", frozenset())
    possessive = groups.get("possessive", frozenset())
    if _is_half_a_name(text[: place.start - offset], lexicon):
        return True
    if place.text.lower() in groups.get("generic", ()):
        return True  # "the northern Gulf" is no province of that name
    for other in places:
        wider = other.place
        if other.part != place.part or wider is None:
            continue
        if not wider.country or wider.country == found.country:
            continue
        after = text[place.end - offset : other.start - offset] if other.start >= place.end else ""
        words_between = after.strip().lower().split()
        if after and words_between[-1:] and " ".join(words_between) in wider_words:
            return True
        if len(words_between) == 2 and words_between[0] in parts and words_between[1] in of:
            return True  # "the Kola district of Beirut"
        before = text[other.end - offset : place.start - offset] if other.end <= place.start else ""
        if before and before.replace("’", "'").strip().lower() in possessive:
            return True
    return False


SMALL = 25_000  # people of a town that needs its country named to be believed


def is_lonely(place: PlaceMention, countries: frozenset[str]) -> bool:
    """A small town in a country that nothing else in the article speaks of: as likely a namesake
    that the gazetteer knows better, or no place at all ("im Sommer", "from Jericho")."""
    found = place.place
    if found is None or found.kind != "city" or found.country in countries:
        return False
    entry = by_id(found.id)
    return entry is not None and entry.population < SMALL


def _is_half_a_name(before: str, lexicon: Lexicon) -> bool:
    """ "South East London": a point of the compass with a capital belongs to the name."""
    compass = lexicon.word_groups.get("compass", frozenset())
    word = before.rsplit(None, 1)[-1] if before.strip() else ""
    return word[:1].isupper() and word.lower() in compass and before.endswith(" ")
