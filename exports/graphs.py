"""GEXF and GraphML: actors as nodes, who acts on whom as directed edges, for network tools."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections import defaultdict
from typing import Any

import networkx as nx

from events import registry
from exports.cells import plain_rows, xml_text
from exports.receipt import receipt
from exports.selection import Selection

_GEXF = "http://www.gexf.net/1.2draft"


def to_gexf(selection: Selection) -> bytes:
    """The dyads as GEXF 1.2; the receipt is in the description of the file's meta block."""
    out = io.BytesIO()
    nx.write_gexf(dyad_graph(selection), out)
    ET.register_namespace("", _GEXF)
    root = ET.fromstring(out.getvalue())
    meta = root.find(f"{{{_GEXF}}}meta")
    if meta is not None:
        meta.set("lastmodifieddate", selection.made_at.date().isoformat())
        for child in list(meta):
            meta.remove(child)
        ET.SubElement(meta, f"{{{_GEXF}}}creator").text = "Frise"
        ET.SubElement(meta, f"{{{_GEXF}}}description").text = _receipt(selection)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def to_graphml(selection: Selection) -> bytes:
    """The dyads as GraphML; the receipt is an attribute of the graph."""
    out = io.BytesIO()
    nx.write_graphml(dyad_graph(selection), out)
    return out.getvalue()


def _receipt(selection: Selection) -> str:
    return xml_text("\n".join(receipt(selection).lines(selection.lang)))


def dyad_graph(selection: Selection) -> nx.DiGraph[str]:
    """Directed graph: node = actor code, edge = events from source to target.

    Edge attributes: events, mean score (-10 to 10), quad_1 to quad_4, event_ids. An event of two
    sources and one target counts on both edges. Graph attributes: the number of events without a
    dyad (`without_dyad`) and of all (`events`).
    """
    told: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    without = 0
    for row in plain_rows(selection.events):
        pairs = [(a, b) for a in row["sources"] for b in row["targets"] if a != b]
        without += not pairs
        for pair in pairs:
            told[pair].append(row)
    graph: nx.DiGraph[str] = nx.DiGraph(
        events=len(selection.events), without_dyad=without, receipt=_receipt(selection)
    )
    for code in sorted({code for pair in told for code in pair}):
        record = registry.actor(code)
        name = registry.name(code, selection.lang)
        graph.add_node(xml_text(code), label=xml_text(name), kind=record.kind)
    for (source, target), rows in sorted(told.items()):
        graph.add_edge(xml_text(source), xml_text(target), **_edge(rows))
    return graph


def _edge(rows: list[dict[str, Any]]) -> dict[str, Any]:
    quads = {f"quad_{q}": sum(row["quad"] == q for row in rows) for q in (1, 2, 3, 4)}
    return {
        "weight": len(rows),
        "events": len(rows),
        "score": sum(row["score"] for row in rows) / len(rows),
        **quads,
        "event_ids": " ".join(str(row["event_id"]) for row in rows),
    }
