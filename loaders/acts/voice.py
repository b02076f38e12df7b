"""Status of an act: reported, planned, claimed (by whom), denied - or no event at all.

Negated, hypothetical and requested acts are no events. Word tables take precedence over the
parse, so that a denial mistagged as an adverb still counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.acts.governors import under_governors
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.mood import HYPOTHETICAL, NEGATED, QUESTION, Voice, is_negation, own_mood
from loaders.grammar.syntax import auxiliaries, children
from loaders.grammar.tokens import Word, Words

if TYPE_CHECKING:
    from spacy.tokens import Token

_WINDOW = 5  # words before a trigger that decide its voice where there is no parse


def voice_of(clause: Clause, words: Words, lexicon: Lexicon, content_of: dict[int, str]) -> Voice:
    """Voice of a clause. `content_of`: tokens of other triggers whose content is no event."""
    if words.sentence.text.rstrip(" »”\"'").endswith("?"):
        return Voice(left_out=QUESTION)
    if clause.token is None:
        return _voice_by_words(clause, words, lexicon)
    return _voice_by_parse(clause, words, lexicon, content_of)


def _voice_by_words(clause: Clause, words: Words, lexicon: Lexicon) -> Voice:
    """The voice without a parse, from the words shortly before the trigger."""
    at = clause.match.head.i
    before = words[max(0, at - _WINDOW) : at]
    low = [word.low for word in before]
    if any(_negates(word, lexicon) for word in before[-4:]):
        return Voice(left_out=NEGATED)
    if any(lexicon.says("deny", word) for word in low):
        return Voice("denied", teller_kind="deny")
    if any(lexicon.says("hypothetical", word) or lexicon.says("unreal", word) for word in low):
        return Voice(left_out=HYPOTHETICAL)
    if any(lexicon.says("future", word) or lexicon.says("planned", word) for word in low):
        return Voice("planned", future=True)
    earlier = [word.low for word in words[max(0, at - 12) : at]]
    if any(lexicon.says("claim", word) for word in earlier):
        return Voice("claimed", teller_kind="claim")
    return Voice()


def _negates(word: Word, lexicon: Lexicon) -> bool:
    return lexicon.says("negation", word.low)


def _voice_by_parse(
    clause: Clause, words: Words, lexicon: Lexicon, content_of: dict[int, str]
) -> Voice:
    own = own_mood(clause, lexicon)
    if _is_negated(clause, words, lexicon):
        return Voice(left_out=NEGATED, future=own.future)
    if own.left_out:
        return own
    if _denied_by_words(clause, words, lexicon):
        return Voice("denied", teller_kind="deny")
    assert clause.token is not None
    return under_governors(clause.token, lexicon, content_of, own, clause.match.trigger.type)


def _denied_by_words(clause: Clause, words: Words, lexicon: Lexicon) -> bool:
    """Whether a denial mistagged as an adverb governs: "Moscou dément avoir bombardé"."""
    at = clause.match.head.i
    before = words[max(0, at - 3) : at]
    for word in before:
        between = words[word.i + 1 : at]
        if lexicon.says("deny", word.low) and word.pos not in ("VERB", "NOUN"):
            joined = lexicon.word_groups.get("denied_through", ())
            return all(w.pos == "AUX" or w.low in joined for w in between)
    return False


def _is_negated(clause: Clause, words: Words, lexicon: Lexicon) -> bool:
    for token in (clause.verb, clause.noun):
        if token is None:
            continue
        near = [*token.children, *(c for aux in auxiliaries(token) for c in aux.children)]
        if any(is_negation(child, lexicon) for child in near):
            return not _only(token, words, lexicon)
    first = clause.match.found[0]
    before = words[first.i - 1].low if first.i else ""
    if clause.noun is not None and before in lexicon.word_groups.get("without", ()):
        return True
    return _neither(clause, words, lexicon)


def _only(token: Token, words: Words, lexicon: Lexicon) -> bool:
    """Whether it is French "ne ... que" ("only"), which is no negation."""
    lows = [word.low for word in words]
    at = words.of_token.get(token.i, 0)
    only = lexicon.word_groups.get("only", frozenset())
    full = lexicon.word_groups.get("negation_halves", frozenset())
    restricted = any(low in only for low in lows[at + 1 : at + 4])
    return restricted and not any(low in full for low in lows[max(0, at - 4) : at + 4])


def _neither(clause: Clause, words: Words, lexicon: Lexicon) -> bool:
    """Whether the subject is negated: "Neither Syria nor Iraq attacked"."""
    if clause.verb is None:
        return False
    for subject in children(clause.verb, "subject", "patient"):
        for child in subject.children:
            low = child.lower_
            if child.dep_ in ("preconj", "det", "cc", "advmod") and lexicon.says("negation", low):
                return True
        if lexicon.says("negation", subject.lower_):
            return True
    return False


def teller_by_words(words: Words, clause: Clause, lexicon: Lexicon) -> Word | None:
    """ "according to Kyiv", "selon Moscou": the word that attributes the sentence, or None."""
    lows = [word.low for word in words]
    for phrase in lexicon.voice.get("according", ()):
        parts = phrase.split()
        for i in range(len(lows) - len(parts) + 1):
            if lows[i : i + len(parts)] == parts:
                return words.items[i + len(parts) - 1]
    return None
