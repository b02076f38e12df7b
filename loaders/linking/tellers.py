"""Attribution: the subject of the reporting verb above an act, or the name after "according to"."""

from __future__ import annotations

from loaders.acts.lexicon import Lexicon
from loaders.acts.voice import teller_by_words
from loaders.grammar.attachment import attach
from loaders.grammar.clauses import Clause
from loaders.grammar.mood import Voice
from loaders.grammar.syntax import subjects
from loaders.grammar.tokens import Words
from loaders.linking.parties import Party


def teller_of(
    words: Words, clause: Clause, voice: Voice, parties: list[Party], lexicon: Lexicon
) -> str | None:
    """Code of the actor that tells, claims or denies the act, or None."""
    actors = [party for party in parties if not party.is_place]
    if voice.teller is not None:
        marks = {token.i: "subject" for token in subjects(voice.teller)[0]}
        for party in actors:
            if party.token is not None and attach(party.token, {}, marks, lexicon) is not None:
                return party.code
        return _inverted(words, voice, actors)
    word = teller_by_words(words, clause, lexicon)
    if word is not None:
        after = [party for party in actors if 0 < party.first.i - word.i <= 4]
        return after[0].code if after else None
    return None


def _inverted(words: Words, voice: Voice, actors: list[Party]) -> str | None:
    """ "a déclaré Boris Pistorius": the parser makes the speaker an object."""
    assert voice.teller is not None
    at = words.of_token.get(voice.teller.i)
    if at is None:
        return None
    after = [party for party in actors if 0 < party.first.i - at <= 3]
    before = [party for party in actors if 0 < at - party.last.i <= 4]
    chosen = after or before[::-1]
    return chosen[0].code if chosen else None
