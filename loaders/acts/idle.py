"""Sentences with event words but no event: sports scores, the far past, and subjects that are no
political actors (a storm, a novel, a price, a bank, a couple on holiday)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from events.model import DateSpan
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import children, link, subjects
from loaders.grammar.tokens import Words
from loaders.linking.parties import Party

MODERN = 1900  # what is dated before this year is history, not news
NO_ACTOR = "a subject that is no actor"
HISTORY = "a sentence about the far past"
SCORE = "a sentence about sport"
_SCORE = re.compile(r"(?<![\w:/.,–-])\d{1,3}\s?[-–]\s?\d{1,3}(?![\w:/–-]|[.,]\d|\s?[%°])")
_BEFORE_NOUN = ("ADJ", "PROPN", "NUM", "DET")


def idle_reason(
    clause: Clause,
    words: Words,
    dates: Sequence[DateSpan],
    parties: Sequence[Party],
    lexicon: Lexicon,
) -> str:
    """The reason why a trigger is no political event, or ""."""
    if is_far_past(words, dates, lexicon):
        return HISTORY
    if is_score(words, dates, lexicon):
        return SCORE
    names = _tokens_of_names(words, parties)
    return NO_ACTOR if _idle_subject(clause, lexicon, names) else ""


def is_old(date: DateSpan) -> bool:
    """Whether a date lies before MODERN."""
    return date.last is not None and date.last.year < MODERN


def _tokens_of_names(words: Words, parties: Sequence[Party]) -> set[int]:
    """Tokens of known names, to be ignored: "les Gardiens de la révolution" guard no goal."""
    known = [p for p in parties if p.form == "name" and not p.code.startswith("X:")]
    covered = [w for p in known for w in words[p.first.i : p.last.i + 1]]
    return {word.token.i for word in covered if word.token is not None}


def is_score(words: Words, dates: Sequence[DateSpan], lexicon: Lexicon) -> bool:
    """Whether there is a sports score ("beat Sweden 30-21") and no word about votes.

    Two joined figures of a date ("20-21 November") or before what they count ("2-3 drones") are
    no score.
    """
    if any(word.low in lexicon.word_groups.get("votes", frozenset()) for word in words):
        return False
    begin = words.sentence.start
    pairs = [(begin + m.start(), begin + m.end()) for m in _SCORE.finditer(words.sentence.text)]
    return any(
        not any(date.start < end and start < date.end for date in dates)
        and not _counts_something(words, end, lexicon)
        for start, end in pairs
    )


def _counts_something(words: Words, end: int, lexicon: Lexicon) -> bool:
    """Whether figures that end there stand before what they count: a plural, adjectives between;
    without a parse any word but one that links.
    """
    after = [word for word in words if word.start >= end]
    if not after or after[0].is_mark or not after[0].text[0].isalpha():
        return False
    if after[0].token is None:
        return not _links(after[0].low, lexicon)
    noun = next((word for word in after[:4] if word.pos not in _BEFORE_NOUN), after[0])
    plain = noun.token is not None and "Sing" not in noun.token.morph.get("Number", [])
    return plain and noun.pos == "NOUN"


def _links(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a preposition or an article."""
    groups, none = lexicon.word_groups, frozenset[str]()
    before = groups.get("place", none) | groups.get("target", none) | groups.get("with", none)
    before |= groups.get("of", none) | groups.get("from", none) | groups.get("during", none)
    return word in before | groups.get("topic", none) | groups.get("definite", none)


def is_far_past(words: Words, dates: Sequence[DateSpan], lexicon: Lexicon) -> bool:
    """Whether every date of the sentence is old, or it names an era or a people of antiquity."""
    years = [date.last.year for date in dates if date.last is not None]
    if years and max(years) < MODERN:
        return True
    old = lexicon.word_groups.get("antiquity", frozenset())
    return not years and any(word.low in old for word in words)


def _idle_subject(clause: Clause, lexicon: Lexicon, names: set[int]) -> bool:
    """Whether the head noun of the subject is in the list of nouns that are no political actors."""
    idle = lexicon.word_groups.get("idle", frozenset())
    if clause.verb is None or not idle:
        return False
    if clause.passive:
        return any(
            child.lower_ in idle or child.lemma_.lower() in idle
            for child in clause.verb.subtree
            if link(child).kind == "agent" and link(child).head == clause.verb
        )
    own = children(clause.verb, "subject") or subjects(clause.verb)[0]
    return any(
        token.i not in names and (token.lower_ in idle or token.lemma_.lower() in idle)
        for token in own
    )
