"""The flow chart laid out: sources left, targets right, ribbons by quad class between them."""

from __future__ import annotations

from dataclasses import dataclass, field

from charts.actors.dyads import Edge

PAD, THICKNESS = 13.0, 10.0
# beyond this number, ribbons thinner than THIN pixels cannot be told apart or clicked
MOST_RIBBONS, THIN = 120, 2.0


@dataclass(frozen=True)
class FlowNode:
    """An actor on one side; `top` and `bottom` in pixels of the body."""

    code: str
    events: int
    top: float
    bottom: float


@dataclass(frozen=True)
class Ribbon:
    """Events of one class from a source to a target; its upper edge at both ends, its height."""

    edge: Edge
    quad: int
    events: int
    left: float
    right: float
    height: float


@dataclass(frozen=True)
class Flow:
    """The nodes of both sides and the ribbons between them, `height` pixels high. `thin`: ribbons
    too thin to be drawn; they still count in the height of the nodes.
    """

    sources: list[FlowNode]
    targets: list[FlowNode]
    ribbons: list[Ribbon]
    height: float
    thin: list[Ribbon] = field(default_factory=list)


def lay_out(edges: list[Edge], order: list[str], height: float) -> Flow:
    """Nodes in the given order of codes, height by number of events; ribbons in the same order."""
    links = [(edge, quad, n) for edge in edges for quad, n in sorted(edge.counts.items()) if n]
    total = sum(n for _, _, n in links)
    rank = {code: number for number, code in enumerate(order)}
    sources = _side([edge.source for edge, _, _ in links], [n for *_, n in links], rank)
    targets = _side([edge.target for edge, _, _ in links], [n for *_, n in links], rank)
    gaps = max(len(sources), len(targets), 1) - 1
    unit = max(0.0, height - PAD * gaps) / max(1, total)
    left, right = _nodes(sources, unit, height), _nodes(targets, unit, height)
    ribbons = _ribbons(links, left, right, rank, unit)
    thin = _thin(ribbons)
    hidden = {id(ribbon) for ribbon in thin}
    drawn = [ribbon for ribbon in ribbons if id(ribbon) not in hidden]
    return Flow(list(left.values()), list(right.values()), drawn, height, thin)


def _thin(ribbons: list[Ribbon]) -> list[Ribbon]:
    """Ribbons thinner than THIN pixels that are not among the MOST_RIBBONS largest."""
    ranked = sorted(ribbons, key=lambda r: (-r.events, r.edge.source, r.edge.target, r.quad))
    return [ribbon for ribbon in ranked[MOST_RIBBONS:] if ribbon.height < THIN]


def _side(codes: list[str], numbers: list[int], rank: dict[str, int]) -> list[tuple[str, int]]:
    sums: dict[str, int] = {}
    for code, number in zip(codes, numbers, strict=True):
        sums[code] = sums.get(code, 0) + number
    return sorted(sums.items(), key=lambda item: rank[item[0]])


def _nodes(side: list[tuple[str, int]], unit: float, height: float) -> dict[str, FlowNode]:
    """The nodes of one side from top to bottom, centred vertically."""
    used = sum(number for _, number in side) * unit + PAD * (len(side) - 1)
    top = max(0.0, (height - used) / 2)
    found = {}
    for code, number in side:
        found[code] = FlowNode(code, number, top, top + number * unit)
        top += number * unit + PAD
    return found


def _ribbons(
    links: list[tuple[Edge, int, int]],
    left: dict[str, FlowNode],
    right: dict[str, FlowNode],
    rank: dict[str, int],
    unit: float,
) -> list[Ribbon]:
    at_left = {code: node.top for code, node in left.items()}
    at_right = {code: node.top for code, node in right.items()}
    starts: dict[tuple[str, str, int], float] = {}
    for edge, quad, number in sorted(links, key=lambda k: (rank[k[0].target], k[1])):
        starts[edge.source, edge.target, quad] = at_left[edge.source]
        at_left[edge.source] += number * unit
    ribbons = []
    for edge, quad, number in sorted(links, key=lambda k: (rank[k[0].source], k[1])):
        start = starts[edge.source, edge.target, quad]
        ribbons.append(Ribbon(edge, quad, number, start, at_right[edge.target], number * unit))
        at_right[edge.target] += number * unit
    return ribbons
