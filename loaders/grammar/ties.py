"""How a place is attached to an act: the path up the parse to the verb or noun of the clause.

The path goes through noun phrases only. The words passed on it are recorded, to distinguish "talks
in Geneva", "a depot near Karachev" and "migrants stranded in Hungary".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from events.model import PlaceMention
from loaders.grammar.attachment import NOMINAL, heads_of
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import VERBAL, Link, children, feature, link, objects, subjects
from loaders.grammar.tokens import Words
from loaders.text.words import word_group

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_CLIMB = 9
_BORROWED = ("infinitive", "adverbial")


@dataclass(frozen=True)
class Tie:
    """The attachment of a place. `kind`: how the outermost noun is attached ("oblique", "object",
    "noun" ...), with `preposition`. `inner`: prepositions on the path, innermost first. `borrowed`:
    it is attached to another verb of the same act ("forced it to land in Minsk"). Nouns on the
    path: `owners` above "of", `passed` above other prepositions, `possessed` after "'s",
    `modified` those that it only qualifies. `named`: the outermost noun is a name."""

    kind: str
    preposition: str
    inner: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    named: bool = False
    borrowed: bool = False
    possessed: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ways:
    """What the path may pass. `dates`: indices of date tokens, to which parsers often misattach
    words; `partitive`: words ("des") that open an object there; `at`: prepositions that keep the
    place of the act above ("killed in a raid in Kabul"); `light`: those it may be under."""

    dates: frozenset[int]
    partitive: frozenset[str]
    at: frozenset[str]
    light: frozenset[str]


def tie_of(clause: Clause, clauses: Sequence[Clause], token: Token, ways: Ways) -> Tie | None:
    """The tie of a place's token to the clause; None where it is attached elsewhere."""
    heads = set(heads_of(clause))
    others = _others(clause, clauses) - heads
    tie = _climb(token, heads, _marks(clause), others, ways)
    if tie is not None or clause.verb is None:
        return tie
    for verb in _same_act(clause.verb):
        if verb.i in others:
            continue
        tie = _climb(token, {verb.i}, _objects_of(verb), set(), ways)
        if tie is not None:
            return replace(tie, borrowed=True)
    return None


def _climb(
    token: Token, heads: set[int], marks: dict[int, str], others: set[int], ways: Ways
) -> Tie | None:
    """Go up through noun phrases to one of `heads` or `marks`; None at any other verb or act."""
    inner: list[str] = []
    owners: list[str] = []
    passed: list[str] = []
    nouns: dict[str, list[str]] = {"possessor": [], "modifier": []}
    node = token
    for _ in range(_MAX_CLIMB):
        if node.i in marks:
            return _tie(marks[node.i], "", node, inner, owners, passed, nouns)
        step = _past_dates(link(node), ways)
        if step.kind == "root" or step.head == node:
            return None
        if step.head.i in heads:
            return _tie(step.kind, step.preposition, node, inner, owners, passed, nouns)
        if step.head.pos_ in VERBAL or step.kind not in (*NOMINAL, "oblique", "object"):
            return None
        if step.kind in nouns:
            nouns[step.kind].append(step.head.lower_)
        if step.preposition and step.kind not in ("and", "possessor"):  # no "'s"
            inner.append(step.preposition)
            over = owners if step.preposition in ways.partitive else passed
            over.append(step.head.lower_)
        if step.head.i in others:
            if not _same_scene(step.head, heads, inner, ways):
                return None
            inner = [preposition for preposition in inner if preposition in ways.at][:1]
        node = step.head
    return None


def _tie(
    link_kind: str,
    preposition: str,
    node: Token,
    inner: Sequence[str],
    owners: Sequence[str],
    passed: Sequence[str],
    nouns: Mapping[str, Sequence[str]],
) -> Tie:
    return Tie(
        link_kind,
        preposition,
        tuple(inner),
        tuple(owners),
        tuple(passed),
        node.pos_ == "PROPN",
        possessed=tuple(nouns["possessor"]),
        modified=tuple(nouns["modifier"]),
    )


def _same_scene(noun: Token, heads: set[int], inner: Sequence[str], ways: Ways) -> bool:
    """Whether another act's noun above the place is itself the location of this act: "killed in a
    raid on a village near Jos"."""
    step = _past_dates(link(noun), ways)
    plain = all(preposition.split()[0] in ways.light for preposition in inner)
    return plain and step.head.i in heads and step.preposition.partition(" ")[0] in ways.at


def _past_dates(step: Link, ways: Ways) -> Link:
    """The link of the verb instead of a date's: "se réunissent mercredi à Bruxelles", "ont bombardé
    vendredi des sites"."""
    for _ in range(3):
        if step.head.i not in ways.dates:
            break
        above = link(step.head)
        if above.kind == "root" or above.head == step.head:
            break
        if step.preposition in ways.partitive:
            step = Link(above.head, "object", "")
        else:
            step = Link(above.head, "oblique" if step.preposition else above.kind, step.preposition)
    return step


def _marks(clause: Clause) -> dict[int, str]:
    """Token index -> "subject", "patient" or "object" of the clause's verb."""
    if clause.verb is None:
        return {}
    own, inherited = subjects(clause.verb)
    acting = "patient" if clause.passive else "subject"
    marks = {} if inherited else {token.i: acting for token in own if token != clause.noun}
    for token in objects(clause.verb):
        if token != clause.noun:
            marks.setdefault(token.i, "object")
    return marks


def _objects_of(verb: Token) -> dict[int, str]:
    return {token.i: "object" for token in children(verb, "object")}


def _others(clause: Clause, clauses: Sequence[Clause]) -> set[int]:
    """Verbs and nouns of the other acts of the sentence, whose dependents are theirs."""
    mine = {word.i for word in clause.match.found}
    rest = [c for c in clauses if c is not clause]
    return {
        word.token.i
        for c in rest
        for word in c.match.found[:1]
        if word.token is not None and word.i not in mine
    }


def _same_act(verb: Token) -> list[Token]:
    """Verbs of the same act: the infinitive below ("forced to land"), the main verb above a gerund
    of result ("tore through a bus, killing nine"), or above a temporal clause that opens with just
    "when"."""
    below = [child for child in children(verb, "infinitive") if child.pos_ in VERBAL]
    step = link(verb)
    if step.kind in _BORROWED and _is_gerund(verb) and step.head.pos_ in VERBAL:
        below.append(step.head)
    return below + [child for child in children(verb, "adverbial") if _tells_when(child)]


def _is_gerund(verb: Token) -> bool:
    present = "Part" in feature(verb, "VerbForm") and "Pres" in feature(verb, "Tense")
    return verb.tag_ == "VBG" or present


def _tells_when(verb: Token) -> bool:
    when = word_group(verb.lang_, "when")
    return any(child.lower_ in when for child in verb.children if child.i < verb.i)


def manner_of(tie: Tie, groups: Mapping[str, frozenset[str]]) -> str:
    """How a place is attached to its act: a key of `certainty.TIES`."""
    if tie.borrowed:
        return "borrowed"
    where = groups.get("place", frozenset()) | groups.get("during", frozenset())
    if tie.preposition.partition(" ")[0] in where - groups.get("from", frozenset()):
        return _by_way(tie) or "locative"
    if tie.inner or tie.passed:
        return _by_way(tie)
    if tie.kind in ("modifier", "possessor", "noun"):
        return "noun"
    return "aimed" if tie.preposition else "object"


def _by_way(tie: Tie) -> str:
    """The key for the number of nouns between the place and its act."""
    steps = len(tie.owners) + len(tie.passed)
    return "far" if steps > 1 else "climbed" if steps or tie.inner else ""


def token_of(words: Words, place: PlaceMention) -> Token | None:
    """The token of a place whose head is outside the place, or None."""
    covered = [w.token for w in words.at(place.start, place.end) if w.token is not None]
    numbers = {token.i for token in covered}
    outward = [t for t in covered if t.head.i not in numbers or t.head == t]
    return outward[0] if outward else None
