"""Co-mentions: actors named in one sentence, which does not tell who acts on whom."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

import pandas as pd

from charts.actors.network_layout import Network
from charts.sheet.theme import Theme
from events.wording import format_number, translator

MOST_LINKS = 60  # more dashed links than this are unreadable
_MOST_IN_SENTENCE = 8  # a sentence that lists more actors names no particular pair


def named_together(events: pd.DataFrame, mentions: pd.DataFrame) -> Counter[tuple[str, str]]:
    """Pair of actor codes, sorted -> number of events whose quote names both.

    `events` has EVENT_COLUMNS, `mentions` MENTION_COLUMNS (actors count).
    """
    found: Counter[tuple[str, str]] = Counter()
    for codes in _inside(events, mentions).groupby("event_id")["code"].unique():
        if len(codes) <= _MOST_IN_SENTENCE:
            found.update(itertools.combinations(sorted(codes), 2))
    return found


def quoted_in(events: pd.DataFrame, mentions: pd.DataFrame) -> list[int]:
    """Ids of the events whose quote contains one of the mentions."""
    return [int(i) for i in _inside(events, mentions)["event_id"].unique()]


def _inside(events: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """event_id and code: one row per mention of an actor inside the quote of an event."""
    actors = mentions[(mentions["kind"] == "actor") & (mentions["code"] != "")]
    actors = actors[["article_id", "part", "start", "end", "code"]]
    quotes = events[["event_id", "article_id", "part", "start", "end"]]
    both = quotes.merge(actors, on=["article_id", "part"], suffixes=("", "_actor"))
    within = (both["start_actor"] >= both["start"]) & (both["end_actor"] <= both["end"])
    return both.loc[within, ["event_id", "code"]]


def links(
    network: Network, together: Counter[tuple[str, str]], look: Theme, lang: str
) -> list[dict[str, Any]]:
    """Dashed links without arrows between actors in the picture that no other link connects."""
    return [_link(pair, together[pair], look, lang) for pair in pairs_drawn(network, together)]


def pairs_drawn(network: Network, together: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """The pairs that get a dashed link, those named together most often first."""
    present = {node.code for node in network.nodes}
    drawn = {frozenset((edge.source, edge.target)) for edge in network.edges}
    pairs = [
        (number, pair)
        for pair, number in together.items()
        if present.issuperset(pair) and frozenset(pair) not in drawn
    ]
    ranked = sorted(pairs, key=lambda row: (-row[0], row[1]))
    return [pair for _number, pair in ranked[:MOST_LINKS]]


def _link(pair: tuple[str, str], number: int, look: Theme, lang: str) -> dict[str, Any]:
    told = translator(lang)("Named in the same sentence: {n}; no act between them is told.")
    return {
        "source": pair[0],
        "target": pair[1],
        "together": number,
        "symbol": ["none", "none"],
        "lineStyle": {
            "type": "dashed",
            "width": 1,
            "color": look.muted,
            "opacity": 0.55,
            "curveness": 0.0,
        },
        "tooltip": {"formatter": told.format(n=format_number(number, lang))},
    }
