"""Whether the words of an act say that it was still to come, or only might come."""

from __future__ import annotations

from events.model import Mention
from loaders.acts.lexicon import lexicon
from loaders.find.dates.grammar import grammar
from loaders.grammar.tokens import words_of
from loaders.text.document import Sentence

BEFORE = 3  # words before an act in which "should" is said of it; behind it, only the next one


def may_be_to_come(at: Sentence, act: Mention, lang: str) -> bool:
    """Whether a verb in the future runs into the act, or a modal stands beside it."""
    return _is_future(at, act, lang) or _is_hypothetical(at, act, lang)


def _is_future(at: Sentence, act: Mention, lang: str) -> bool:
    rules = grammar(lang)
    if rules is None:
        return False
    start = act.start - at.start
    cues = (cue for tense, cue in rules.tenses if tense == "future")
    found = (match for cue in cues for match in cue.finditer(at.text))
    return any(match.start() < start < match.end() for match in found)


def _is_hypothetical(at: Sentence, act: Mention, lang: str) -> bool:
    words = words_of(at, lang)
    before = [word for word in words if word.start < act.start][-BEFORE:]
    behind = [word for word in words if word.start >= act.end][:1]
    return any(lexicon(lang).says("hypothetical", word.low) for word in (*before, *behind))
