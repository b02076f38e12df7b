"""Demands without a verb of demanding: "Russia said that Sudan must return the helicopter"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.ontology import DEMAND
from loaders.acts.lexicon import Lexicon, Trigger
from loaders.acts.triggers import Match
from loaders.grammar.syntax import auxiliaries, children
from loaders.grammar.tokens import Words

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_demands(words: Words, lexicon: Lexicon, found: list[Match]) -> list[Match]:
    """The matches plus demands: a verb of saying whose content is that somebody else must act."""
    taken = {word.i for match in found for word in match.found}
    more = []
    for word in words:
        if word.token is None or word.i in taken or word.pos != "VERB":
            continue
        if lexicon.says("claim", word.low, word.lemma) and _demands(word.token, lexicon):
            trigger = Trigger(DEMAND, "", "verb", (word.low,), marks="b")
            more.append(Match(trigger, word, (word,)))
    return sorted([*found, *more], key=lambda match: match.head.i)


def _demands(verb: Token, lexicon: Lexicon) -> bool:
    for content in children(verb, "content"):
        lows = [content.lower_, content.lemma_, *(aux.lower_ for aux in auxiliaries(content))]
        if any(lexicon.says("must", low) for low in lows):
            return True
    return False
