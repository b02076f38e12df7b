"""Sides by word order and prepositions: the path without a parse, and the repair of a bad one."""

from __future__ import annotations

from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import children, objects
from loaders.grammar.tokens import Word, Words
from loaders.linking.parties import Party
from loaders.linking.sides import Sides

REACH = 14  # words between a party and the trigger
OTHER = "?"  # a preposition that gives no role ("despite")
_BREAKS = frozenset({";", ":", "(", ")", "—", "–"})


def sides_by_order(
    clause: Clause, words: Words, parties: list[Party], lexicon: Lexicon, sides: Sides
) -> Sides:
    """Fill the empty sides: the nearest party before acts, the nearest after is acted upon."""
    first = clause.match.found[0]
    head = min(first.i, clause.match.head.i)
    before = [p for p in parties if p.last.i < head and _near(words, p.last.i, head)]
    after = [p for p in parties if p.first.i > clause.match.head.i]
    after = [p for p in after if _near(words, clause.match.head.i, p.first.i)]
    if clause.match.trigger.kind == "noun" and not clause.parsed:
        return _around_noun(words, before, after, lexicon, sides)
    passive = clause.passive if clause.parsed else _looks_passive(words, clause, lexicon)
    swap = passive or clause.inverse
    source_pool, target_pool = (after, before[::-1]) if swap else (before[::-1], after)
    if not _taken(clause, swap, "source"):
        _fill(words, sides, "source", source_pool, lexicon, by_agent=swap, head=head)
    if not _taken(clause, swap, "target"):
        _fill(words, sides, "target", target_pool, lexicon, by_agent=False)
    if not clause.parsed and not swap and not after and not sides.targets:
        _verb_last(words, sides, before, lexicon)
    return sides


def _verb_last(words: Words, sides: Sides, before: list[Party], lexicon: Lexicon) -> None:
    """ "hat Raketen auf Ziele in der Region Brjansk abgefeuert": who stands under a preposition
    before a verb at the end is acted upon."""
    group = lexicon.word_groups.get("target", frozenset()) | lexicon.word_groups.get(
        "place", frozenset()
    )
    for party in before[::-1]:
        if party not in sides.sources and preposition_before(words, party, lexicon) in group:
            sides.put("target", party)
            sides.how.append("target by order")
            return


def _taken(clause: Clause, swap: bool, side: str) -> bool:
    """Whether the parse gives that side to a noun that is no party: then nobody else has it."""
    if clause.verb is None or clause.light:
        return False
    before = (side == "source") != swap
    own = children(clause.verb, "subject", "patient") if before else objects(clause.verb)
    words = {w.token.i for w in clause.match.found if w.token is not None}
    return any(t.pos_ == "NOUN" and t.i not in words for t in own)


def _near(words: Words, left: int, right: int) -> bool:
    between = words[left + 1 : right]
    return len(between) <= REACH and not any(word.low in _BREAKS for word in between)


def _fill(
    words: Words,
    sides: Sides,
    side: str,
    pool: list[Party],
    lexicon: Lexicon,
    by_agent: bool,
    head: int = -2,
) -> None:
    if sides.sources if side == "source" else sides.targets:
        return
    for party in pool:
        # read without tags, a name right before its verb is its subject: "У четвер Росія вдарила"
        beside = head == party.last.i + 1 and not party.is_place
        bare = side == "source" and beside and not words[head].pos
        preposition = preposition_before(words, party, lexicon, 1 if bare else 3)
        if not _fits(preposition, side, party, lexicon, by_agent):
            continue
        if party in sides.sources or party in sides.targets:
            continue
        sides.put(side, party)
        sides.how.append(f"{side} by order")
        return


def _fits(preposition: str, side: str, party: Party, lexicon: Lexicon, by_agent: bool) -> bool:
    groups = lexicon.word_groups
    if side == "source":
        if party.is_place and (preposition or by_agent):
            return False
        if by_agent:
            return preposition in groups.get("passive", ())
        return not preposition or preposition in groups.get("of", ())
    if party.is_place:
        return preposition not in groups.get("place", ()) or not preposition
    if preposition == OTHER:
        return False
    return preposition not in groups.get("passive", ()) and preposition not in lexicon.voice.get(
        "according", ()
    )


def preposition_before(words: Words, party: Party, lexicon: Lexicon, reach: int = 3) -> str:
    """The role word right before a party, past articles and adjectives; "" for none."""
    groups = lexicon.word_groups
    known = groups.get("source", frozenset()) | groups.get("target", frozenset())
    known |= groups.get("with", frozenset()) | groups.get("place", frozenset())
    for word in reversed(words[max(0, party.first.i - reach) : party.first.i]):
        if word.low in known:
            return word.low
        if word.pos in ("ADP", "SCONJ"):
            return OTHER
        if word.pos == "PROPN" and word.i < party.first.i - 1:
            return ""
        if word.is_mark or word.pos in ("VERB", "AUX"):
            return ""
    return ""


def _looks_passive(words: Words, clause: Clause, lexicon: Lexicon) -> bool:
    at = clause.match.head.i
    be = lexicon.word_groups.get("be", frozenset())
    by = lexicon.word_groups.get("passive", frozenset())
    return any(_is(word, be) for word in words[max(0, at - 4) : at]) and any(
        _is(word, by) for word in words[at + 1 : at + 7]
    )


def _is(word: Word, group: frozenset[str]) -> bool:
    return word.low in group


def _around_noun(
    words: Words, before: list[Party], after: list[Party], lexicon: Lexicon, sides: Sides
) -> Sides:
    """ "frappe russe sur Kharkiv": the preposition of each party tells its side."""
    group = lexicon.word_groups
    for party in [*before[::-1], *after]:
        preposition = preposition_before(words, party, lexicon)
        if preposition in group.get("passive", ()) or preposition in group.get("of", ()):
            side = "source"
        elif preposition in group.get("target", ()) or preposition in group.get("with", ()):
            side = "target"
        else:
            side = "source" if not party.is_place else "target"
        if not (party.is_place and side == "source"):
            _fill(words, sides, side, [party], lexicon, by_agent=False)
    return sides
