"""The parties of an event as a headline names them: as a kicker, as the subject of a verb; which
mentions tell by themselves who it is."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from events import registry
from events.geography import place_name
from events.headline import capitalised
from events.model import ActorMention, Event, Mention
from events.reference import REFERENCE_DIR
from events.sentence_names import has_sentences, named
from loaders.headlines.parse_tree import lemma, with_auxiliaries
from loaders.headlines.word_lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

STEM = 4  # letters in which a state and its adjective agree


def names_itself(actor: ActorMention) -> bool:
    """Whether a mention tells by itself who it is: "Syrian troops", not "the police"."""
    if actor.form in ("name", "adjective"):
        return True
    told = actor.text.split()
    if any(word[0].isupper() for word in told[1:]):
        return True
    return bool(_stems(told) & _stems_of_state(registry.country(actor.code)))


def _stems(words: Iterable[str]) -> set[str]:
    """Beginnings of the longer words, without case and accents: "syri" of "syriennes"; not of those
    that many names of states have ("republic")."""
    folded = {part for word in words for part in registry.fold(word).split()}
    return {word[:STEM] for word in folded - _state_words() if len(word) >= STEM}


@functools.cache
def _state_words() -> frozenset[str]:
    """The common words of names of states, folded: data/reference/state_words.toml."""
    told = tomllib.loads((REFERENCE_DIR / "state_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for text in told.values() for word in registry.fold(text).split())


@functools.cache
def _stems_of_state(code: str) -> set[str]:
    state = registry.actor(code)
    return _stems(word for name in (*state.names.values(), *state.aliases) for word in name.split())


def names_its_doer(title: Mention, event: Event, actors: Iterable[ActorMention]) -> bool:
    """Whether a title names who acts, or where nobody is known to, who is acted upon: else it may
    tell another act."""
    here = [a for a in actors if a.part == title.part and title.start <= a.start < title.end]
    named = {code for a in here for code in (a.code, whole(a.code))}
    return bool(named & {*(event.sources or event.targets)})


def is_of(code: str, party: str) -> bool:
    """Whether an actor is the party, or both are of one state: not Lebanon for the Hezbollah."""
    return code == party or whole(code) == whole(party)


def whole(code: str) -> str:
    """The state of its government, persons and parts, else the code itself: "?:UAF", "HEZ"."""
    return (registry.country(code) if ":" in code else "") or registry.roll_up(code, "state")


def kicker_of(event: Event, lang: str) -> str:
    """The organisation or the state of the first party, else the place; "" where none is told."""
    code = next(iter((*event.sources, *event.targets)), "")
    state = registry.country(code) if ":" in code else ""
    return registry.name(state or code, lang) if code else place_of(event, lang)


def place_of(event: Event, lang: str) -> str:
    """The name of the event's place, "" where none is told."""
    place = event.place.place if event.place is not None else None
    return place_name(place.id, place.name, place.country, lang) if place is not None else ""


def as_subject(code: str, verb: Token, lang: str) -> str:
    """The name of a party with its article, as the subject of a verb; "" where it does not agree
    with it, or may not: "est arrivée"."""
    words = with_auxiliaries(verb)
    if not has_sentences(lang) or any(lemma(word) in listed(lang, "agreeing") for word in words):
        return ""
    finite = [word for word in words if "Fin" in word.morph.get("VerbForm", [])]
    numbers = {number for word in finite for number in word.morph.get("Number", [])}
    name = named(code, lang)
    agrees = not numbers or name.plural == ("Plur" in numbers)
    return capitalised(name.text) if agrees else ""
