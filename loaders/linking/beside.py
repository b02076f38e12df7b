"""Places without a usable link in the parse: linked by the words before and distance to the act."""

from __future__ import annotations

from collections.abc import Sequence

from events.model import PlaceMention
from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause, depth_of
from loaders.grammar.syntax import link
from loaders.grammar.tokens import Words

NOT_SPOTS = ("government", "actor", "dateline")  # sides of places that are nowhere
_REACH = 7  # words between an act and a place that the parse hangs on nothing
_OPENING = 5  # words at the head of a sentence within which "In Paris," places its main clause


def locative_words(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.word_groups.get("place", frozenset()) - lexicon.word_groups.get(
        "from", frozenset()
    )


def opens(clause: Clause, words: Words, place: PlaceMention, lexicon: Lexicon) -> bool:
    """ "À Tripoli, des heurts ont éclaté": a locative that opens the sentence."""
    covered = words.at(place.start, place.end)
    at = covered[0].i if covered else 0
    opening = clause.parsed and at < _OPENING and at < clause.match.head.i
    told = clause.token is not None and link(clause.token).kind == "content"
    opening = opening and (told or depth_of(clause) == 0)
    if not opening or any(word.pos in ("VERB", "AUX", "NOUN") for word in words[:at]):
        return False
    return preposition_of(words, place, lexicon) in lexicon.word_groups.get("place", ())


def stands_beside(
    clause: Clause, words: Words, place: PlaceMention, lexicon: Lexicon, event_type: str
) -> bool:
    """Whether a place without a usable link in the parse follows the act after a locative; without
    a parse any place near an act of force."""
    assert place.place is not None
    locative = preposition_of(words, place, lexicon) in lexicon.word_groups.get("place", ())
    if not clause.parsed:
        return locative or (place.place.kind != "country" and EVENT_TYPES[event_type].on_ground)
    covered = words.at(place.start, place.end)
    at, last = covered[0].i, max(word.i for word in clause.match.found)
    if not locative:
        return False
    between = words[last + 1 : at]
    broken = any(word.is_mark or word.pos in ("VERB", "AUX", "SCONJ", "CCONJ") for word in between)
    return last < at <= last + _REACH and not broken


def is_located(words: Words, place: PlaceMention, lexicon: Lexicon) -> bool:
    """ "a tribunal in The Hague": a town that a word of place leads to does not act itself."""
    found = place.place
    town = found is not None and found.kind in ("city", "site") and place.role not in NOT_SPOTS
    town = town and not _is_adjective(words, place)
    return town and preposition_of(words, place, lexicon) in locative_words(lexicon)


def _is_adjective(words: Words, place: PlaceMention) -> bool:
    """ "the Arab world" is not the town of that name."""
    return any(word.pos == "ADJ" for word in words.at(place.start, place.end))


def acts_at_home(words: Words, place: PlaceMention, lexicon: Lexicon, event_type: str) -> bool:
    """ "a court in Lyon convicted him": who acts does it there; who meets somebody may not."""
    return not EVENT_TYPES[event_type].away and is_located(words, place, lexicon)


def preposition_of(words: Words, place: PlaceMention, lexicon: Lexicon) -> str:
    """The preposition before a place, past articles, adjectives and "the city of"."""
    known = lexicon.word_groups.get("place", frozenset()) | lexicon.word_groups.get(
        "target", frozenset()
    )
    known |= lexicon.word_groups.get("from", frozenset()) - lexicon.word_groups.get(
        "of", frozenset()
    )
    covered = words.at(place.start, place.end)
    at = covered[0].i if covered else 0
    for word in reversed(words[max(0, at - 6) : at]):
        if word.low in known:
            return word.low
        if word.is_mark or word.pos in ("VERB", "AUX", "PROPN"):
            return ""
    return ""


def is_nearest(
    clause: Clause, clauses: Sequence[Clause], words: Words, place: PlaceMention
) -> bool:
    """Whether no other trigger stands nearer to the place."""
    covered = words.at(place.start, place.end)
    at = covered[0].i if covered else 0
    nearest = min(clauses, key=lambda c: abs(c.match.head.i - at))
    return nearest is clause
