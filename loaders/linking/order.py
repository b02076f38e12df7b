"""Roles by word order and prepositions: the path without a parse, and the repair of a bad one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import children, objects
from loaders.grammar.tokens import Word, Words
from loaders.linking.parties import Party

if TYPE_CHECKING:
    from loaders.linking.roles import Roles

REACH = 14  # words between a party and the trigger
OTHER = "?"  # a preposition that gives no role ("despite")
_BREAKS = frozenset({";", ":", "(", ")", "—", "–"})


def roles_by_order(
    clause: Clause, words: Words, parties: list[Party], lexicon: Lexicon, roles: Roles
) -> Roles:
    """Fill the empty sides: the nearest party before acts, the nearest after is acted upon."""
    first = clause.match.found[0]
    head = min(first.i, clause.match.head.i)
    before = [p for p in parties if p.last.i < head and _near(words, p.last.i, head)]
    after = [p for p in parties if p.first.i > clause.match.head.i]
    after = [p for p in after if _near(words, clause.match.head.i, p.first.i)]
    if clause.match.trigger.kind == "noun" and not clause.parsed:
        return _around_noun(words, before, after, lexicon, roles)
    passive = clause.passive if clause.parsed else _looks_passive(words, clause, lexicon)
    swap = passive or clause.inverse
    source_pool, target_pool = (after, before[::-1]) if swap else (before[::-1], after)
    if not _taken(clause, swap, "source"):
        _fill(words, roles, "source", source_pool, lexicon, by_agent=swap, head=head)
    if not _taken(clause, swap, "target"):
        _fill(words, roles, "target", target_pool, lexicon, by_agent=False)
    if not clause.parsed and not swap and not after and not roles.targets:
        _verb_last(words, roles, before, lexicon)
    return roles


def _verb_last(words: Words, roles: Roles, before: list[Party], lexicon: Lexicon) -> None:
    """ "hat Raketen auf Ziele in der Region Brjansk abgefeuert": who stands under a preposition
    before a verb at the end is acted upon."""
    group = lexicon.roles.get("target", frozenset()) | lexicon.roles.get("place", frozenset())
    for party in before[::-1]:
        if party not in roles.sources and preposition_before(words, party, lexicon) in group:
            roles.put("target", party)
            roles.how.append("target by order")
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
    roles: Roles,
    side: str,
    pool: list[Party],
    lexicon: Lexicon,
    by_agent: bool,
    head: int = -2,
) -> None:
    if roles.sources if side == "source" else roles.targets:
        return
    for party in pool:
        # read without tags, a name right before its verb is its subject: "У четвер Росія вдарила"
        beside = head == party.last.i + 1 and not party.is_place
        bare = side == "source" and beside and not words[head].pos
        preposition = preposition_before(words, party, lexicon, 1 if bare else 3)
        if not _fits(preposition, side, party, lexicon, by_agent):
            continue
        if party in roles.sources or party in roles.targets:
            continue
        roles.put(side, party)
        roles.how.append(f"{side} by order")
        return


def _fits(preposition: str, side: str, party: Party, lexicon: Lexicon, by_agent: bool) -> bool:
    roles = lexicon.roles
    if side == "source":
        if party.is_place and (preposition or by_agent):
            return False
        if by_agent:
            return preposition in roles.get("passive", ())
        return not preposition or preposition in roles.get("of", ())
    if party.is_place:
        return preposition not in roles.get("place", ()) or not preposition
    if preposition == OTHER:
        return False
    return preposition not in roles.get("passive", ()) and preposition not in lexicon.voice.get(
        "according", ()
    )


def preposition_before(words: Words, party: Party, lexicon: Lexicon, reach: int = 3) -> str:
    """The role word right before a party, past articles and adjectives; "" for none."""
    roles = lexicon.roles
    known = roles.get("source", frozenset()) | roles.get("target", frozenset())
    known |= roles.get("with", frozenset()) | roles.get("place", frozenset())
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
    be = lexicon.roles.get("be", frozenset())
    by = lexicon.roles.get("passive", frozenset())
    return any(_is(word, be) for word in words[max(0, at - 4) : at]) and any(
        _is(word, by) for word in words[at + 1 : at + 7]
    )


def _is(word: Word, group: frozenset[str]) -> bool:
    return word.low in group


def _around_noun(
    words: Words, before: list[Party], after: list[Party], lexicon: Lexicon, roles: Roles
) -> Roles:
    """ "frappe russe sur Kharkiv": the preposition of each party tells its side."""
    group = lexicon.roles
    for party in [*before[::-1], *after]:
        preposition = preposition_before(words, party, lexicon)
        if preposition in group.get("passive", ()) or preposition in group.get("of", ()):
            side = "source"
        elif preposition in group.get("target", ()) or preposition in group.get("with", ()):
            side = "target"
        else:
            side = "source" if not party.is_place else "target"
        if not (party.is_place and side == "source"):
            _fill(words, roles, side, [party], lexicon, by_agent=False)
    return roles
