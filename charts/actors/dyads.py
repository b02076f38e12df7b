"""Who acts on whom: edges counted from events, or read from the store's counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from events.wording import translator

MOST_EDGES = 140  # a network with more links than this is unreadable
# reasons of `Chart.left_out`: why an event is on none of the links drawn
THRESHOLD = "below the threshold"
ELSEWHERE = "away from the actor in the middle"
WEAKEST = "beyond the strongest links"
# and why it is on no link at all
NOBODY, ONE_SIDE, ITSELF = "no actor", "one side only", "an actor on itself"


@dataclass
class Edge:
    """Events from one source to one target; `score` is their mean, -10 (conflict) to 10."""

    source: str
    target: str
    events: int = 0
    total: float = 0.0
    counts: dict[int, int] = field(default_factory=dict)

    @property
    def score(self) -> float:
        return self.total / self.events if self.events else 0.0

    def add(self, quad: int, score: float) -> None:
        self.events += 1
        self.total += score if score == score else 0.0
        self.counts[quad] = self.counts.get(quad, 0) + 1


Pair = tuple[str, str]


@dataclass(frozen=True)
class Cut:
    """One step of removing edges: the reason, and the edges that remain."""

    reason: str
    edges: list[Edge]


@dataclass(frozen=True)
class Dyads:
    """Edges, largest first. `rows`: number of events; `pairs`: the actor pairs of each event;
    `unpaired`: events without a pair of actors, by reason.

    An event with two sources is on two edges but counts as one event. In counts from the store
    `pairs` is None, and an event counts once on each of its edges.
    """

    edges: list[Edge]
    rows: int
    unpaired: dict[str, int]
    pairs: list[frozenset[Pair]] | None = None

    def drawn(self, shown: list[Edge]) -> int:
        """Number of distinct events on the edges shown."""
        if self.pairs is None:
            return sum(edge.events for edge in shown)
        kept = {(edge.source, edge.target) for edge in shown}
        return sum(1 for pairs in self.pairs if not kept.isdisjoint(pairs))

    def of_actors(self, shown: list[Edge]) -> Counter[str]:
        """Number of distinct events of each actor on the edges shown."""
        if self.pairs is None:
            return sizes(shown)
        kept = {(edge.source, edge.target) for edge in shown}
        return Counter(
            code
            for pairs in self.pairs
            for code in {code for pair in pairs & kept for code in pair}
        )

    def left_out(self, shown: list[Edge], reason: str) -> dict[str, int]:
        """Number of events on none of the edges shown, by reason."""
        return self.left_out_by([Cut(reason, shown)])

    def left_out_by(self, cuts: Sequence[Cut]) -> dict[str, int]:
        """The same where edges were removed in several steps, each with its own reason."""
        counts, before = dict(self.unpaired), self.rows - sum(self.unpaired.values())
        for cut in cuts:
            now = self.drawn(cut.edges)
            counts[cut.reason], before = before - now, now
        return {name: number for name, number in counts.items() if number}


def count_edges(table: pd.DataFrame) -> Dyads:
    """The edges of `table`: EVENT_COLUMNS, or DYAD_COLUMNS (counted by the store)."""
    if "quad_1" in table:
        return _read(table)
    edges: dict[Pair, Edge] = {}
    found: list[frozenset[Pair]] = []
    alone: Counter[str] = Counter()
    columns = [table[c].tolist() for c in ("sources", "targets", "quad", "score")]
    for sources, targets, quad, score in zip(*columns, strict=True):
        pairs = frozenset((str(s), str(t)) for s in sources for t in targets if s != t)
        found.append(pairs)
        if not pairs:
            alone[_why(bool(len(sources)), bool(len(targets)))] += 1
        for pair in pairs:
            edges.setdefault(pair, Edge(*pair)).add(int(quad), float(score))
    return Dyads(_ordered(list(edges.values())), len(table), _told(alone), found)


def _why(acts: bool, is_acted_upon: bool) -> str:
    """Why an event has no pair of actors."""
    if acts and is_acted_upon:
        return ITSELF
    return ONE_SIDE if acts or is_acted_upon else NOBODY


def _told(alone: Counter[str]) -> dict[str, int]:
    return {reason: alone[reason] for reason in (NOBODY, ONE_SIDE, ITSELF) if alone[reason]}


def _read(table: pd.DataFrame) -> Dyads:
    edges: list[Edge] = []
    alone: Counter[str] = Counter()
    columns = ("source", "target", "events", "score", "quad_1", "quad_2", "quad_3", "quad_4")
    rows = zip(*(table[name].tolist() for name in columns), strict=True)
    for source, target, number, score, *quads in rows:  # tens of thousands of a large store
        if not source or not target or source == target:
            alone[_why(bool(source), bool(target))] += number
            continue
        counts = {quad: n for quad, n in enumerate(quads, 1) if n}
        total = score * number if score == score else 0.0
        edges.append(Edge(source, target, number, total, counts))
    whole = sum(edge.events for edge in edges) + alone.total()
    return Dyads(_ordered(edges), whole, _told(alone))


def _ordered(edges: list[Edge]) -> list[Edge]:
    return sorted(edges, key=lambda e: (-e.events, e.source, e.target))


def counted_note(dyads: Dyads, lang: str) -> str:
    """A note on the counts: how often events of several actors count."""
    _ = translator(lang)
    told = _("An event of several actors counts once for each pair.")
    return told if dyads.pairs is not None else f"{told} {_('Events not drawn likewise.')}"


def sizes(edges: list[Edge]) -> Counter[str]:
    """Events of each actor, as source or target."""
    found: Counter[str] = Counter()
    for edge in edges:
        found[edge.source] += edge.events
        found[edge.target] += edge.events
    return found


def largest(edges: list[Edge], most: int) -> list[str]:
    """The `most` actors with most events, ties by code."""
    found = sizes(edges)
    return sorted(found, key=lambda code: (-found[code], code))[:most]


@dataclass(frozen=True)
class EdgeSelection:
    """The edges shown, and how many edges and actors are not shown, and why."""

    edges: list[Edge]
    hidden_edges: int
    hidden_actors: int
    cuts: tuple[Cut, ...] = ()


def select(
    edges: list[Edge],
    min_events: int,
    ego: str | None,
    most_actors: int,
    most_edges: int = MOST_EDGES,
) -> EdgeSelection:
    """Edges with at least `min_events`, among the largest actors, or around one (`ego`).

    The ego view keeps the ego, its neighbours and all edges between them. Above `most_edges`,
    edges are kept in this order: those of the ego, the largest of each actor, the largest left.
    """
    strong = [edge for edge in edges if edge.events >= max(1, min_events)]
    around = strong if ego is None else _around(strong, ego)
    kept = set(largest(around, most_actors)) | ({ego} if ego else set())
    shown = [edge for edge in around if edge.source in kept and edge.target in kept]
    shown = _strongest(shown, ego, most_edges)
    everyone, present = set(sizes(edges)), set(sizes(shown))
    cuts = (Cut(THRESHOLD, strong), Cut(ELSEWHERE, around), Cut(WEAKEST, shown))
    return EdgeSelection(shown, len(edges) - len(shown), len(everyone - present), cuts)


def _around(edges: list[Edge], ego: str) -> list[Edge]:
    """The edges of one actor, and the edges between its neighbours."""
    near = {ego} | {e.source for e in edges if e.target == ego}
    near |= {e.target for e in edges if e.source == ego}
    return [edge for edge in edges if edge.source in near and edge.target in near]


def _strongest(edges: list[Edge], ego: str | None, most: int) -> list[Edge]:
    """At most `most` of the edges (largest first), in the same order."""
    seen: set[str] = set()
    first: set[int] = set()
    for number, edge in enumerate(edges):
        ends = {edge.source, edge.target}
        if ego in ends or not ends <= seen:
            first.add(number)
        seen |= ends
    rest = (number for number in range(len(edges)) if number not in first)
    kept = sorted([*sorted(first), *rest][:most])
    return [edges[number] for number in kept]
