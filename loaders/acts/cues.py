"""Words before an event word that speak against an act: a negation, a condition, sport or culture.

Read without a parse, from the word groups of the language; evidence beside the network's.
"""

from __future__ import annotations

from loaders.acts.lexicon import Lexicon
from loaders.acts.topics import VETO_AT, vetoes_of
from loaders.acts.triggers import Match
from loaders.grammar.tokens import Words

NEAR = 5  # words before the event word
GROUPS = {
    "negation": "negated",
    "hypothetical": "hypothetical",
    "if": "hypothetical",
    "conditional": "hypothetical",
    "unreal": "unreal",
}
SPORT = "sport"  # or culture, business, nature: a field in which the words of conflict mean less
CUES = (*dict.fromkeys(GROUPS.values()), SPORT)


def cues_before(words: Words, match: Match, lexicon: Lexicon) -> frozenset[str]:
    """The names of the cues for an event word: of GROUPS, and "sport" for a sentence with words of
    sport, culture, business or nature."""
    first = match.found[0].i
    found = set()
    for word in words[max(0, first - NEAR) : first]:
        found |= {name for group, name in GROUPS.items() if lexicon.says(group, word.low)}
    fields = vetoes_of(words, lexicon)
    if sum(fields.values()) >= VETO_AT:
        found.add(SPORT)
    return frozenset(found)
