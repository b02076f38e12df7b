"""The events behind a mark of the actors page: a link, cell, ribbon, bar or actor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence, Set
from dataclasses import replace

import pandas as pd
import streamlit as st

from charts.actors.dyads import Pair
from charts.actors.together import quoted_in
from charts.timeline import key_events
from charts.timeline.tempo_counts import in_bar
from events import registry
from events.filters import Filters
from pages.shared import detail, side_panel
from pages.shell import link, names
from pages.shell.language import _, label
from pages.shell.store_access import query

PAGE = "actors"


def rolled_up(table: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """The events with their actors rolled up to the level of the filters."""
    if filters.level == "person":
        return table
    changed = table.copy(deep=False)
    for side_name in ("sources", "targets"):
        changed[side_name] = [
            list(dict.fromkeys(registry.roll_up(code, filters.level) for code in codes))
            for codes in table[side_name]
        ]
    return changed


def counted(filters: Filters, dyads: pd.DataFrame) -> pd.DataFrame:
    """The table that links are counted from: events, or pair counts of a large store."""
    if detail.is_large(filters):
        return dyads
    columns = ("event_id", "sources", "targets", "quad", "score")
    return rolled_up(query().events(filters, columns=columns), filters)


def on_links(filters: Filters, links: Set[Pair], ego: str) -> pd.DataFrame:
    """The events on the links of a picture around one actor, the story of most weight first.

    For a large store only the newest on the links of that actor itself.
    """
    if detail.is_large(filters):
        links = {pair for pair in links if ego in pair}
        filters = filters if filters.actors else replace(filters, actors=(ego,))
    table = rolled_up(detail.recent(filters), filters)
    return _by_weight(table[_on(table, links)])


def _by_weight(table: pd.DataFrame) -> pd.DataFrame:
    """All events, those of the story of most weight first."""
    place = {story: n for n, story in enumerate(key_events.ranked(table)["story_id"])}
    return table.iloc[table["story_id"].map(place).argsort(kind="stable")]


def sides(table: pd.DataFrame) -> list[tuple[Sequence[str], Sequence[str]]]:
    """Sources and targets of each event."""
    return list(zip(table["sources"], table["targets"], strict=True))


def pair(source: str, target: str, filters: Filters) -> None:
    """Show the events of one actor on another, and the pair over time."""
    table = rolled_up(detail.of_actor(filters, source or target), filters)
    chosen = [
        (source in s if source else not len(s)) and (target in t if target else not len(t))
        for s, t in sides(table)
    ]
    link.set_view("dyad", f"{source}|{target}" if source and target else None)
    named = [names.actor(code) for code in (source, target) if code]
    ids = _by_weight(table[chosen])["event_id"].tolist()
    side_panel.pick(" → ".join(named), PAGE, ids, _all_of(source, target, filters, table))


def _all_of(source: str, target: str, filters: Filters, table: pd.DataFrame) -> int:
    """Number of events of a pair if the events of its actor were cut; 0 if all are there."""
    if len(table) < detail.LARGE:
        return 0
    dyads = query().dyads(filters)
    mine = (dyads["source"] == source) & (dyads["target"] == target)
    return int(dyads.loc[mine, "events"].sum())


def _all_in_flow(source: str, target: str, quad: int, filters: Filters, table: pd.DataFrame) -> int:
    """The same for a ribbon, or for a node, whose other side is any actor.

    As on the chart, an event on two actors counts for each of them.
    """
    if len(table) < detail.LARGE:
        return 0
    dyads = query().dyads(filters)
    mine = pd.Series(True, index=dyads.index)
    for name, code in (("source", source), ("target", target)):
        mine &= dyads[name] == code if code else dyads[name] != ""
    return int(dyads.loc[mine, f"quad_{quad}" if quad else "events"].sum())


def between(a: str, b: str, filters: Filters) -> tuple[pd.DataFrame, int]:
    """Shown events that include those of a pair, and how many of the pair are missing.

    For a large store the events of the actor with fewer events, the earliest LARGE of them.
    """
    dyads = query().dyads(filters)
    sides_of = {c: (dyads["source"] == c) | (dyads["target"] == c) for c in (a, b)}
    rarer = min((a, b), key=lambda code: int(dyads.loc[sides_of[code], "events"].sum()))
    table = detail.of_actor(filters, rarer)
    table_is_cut = len(table) >= detail.LARGE
    table = rolled_up(table, filters)
    if not table_is_cut:
        return table, 0
    whole = dyads.loc[dyads["source"].isin((a, b)) & dyads["target"].isin((a, b)), "events"].sum()
    taken = sum((a in s and b in t) or (b in s and a in t) for s, t in sides(table))
    return table, max(0, int(whole) - taken)


def flow(source: str, target: str, quad: int, filters: Filters) -> None:
    """Show the events of a ribbon, or of a node: all with this source or this target."""
    table = rolled_up(detail.of_actor(filters, source or target), filters)
    whole = _all_in_flow(source, target, quad, filters, table)
    table = table[(table["quad"] == quad) | (quad == 0)]
    chosen = [
        (source in s if source else bool(len(s))) and (target in t if target else bool(len(t)))
        for s, t in sides(table)
    ]
    title = f"{names.actor(source) if source else ''} → {names.actor(target) if target else ''}"
    told = [title.strip(), *([label(f"quad {quad}")] if quad else [])]
    side_panel.pick(" · ".join(told), PAGE, table.loc[chosen, "event_id"].tolist(), whole)


def together(first: str, second: str, filters: Filters) -> None:
    """Show the events in whose sentence both actors are named."""
    events = query().events(filters)
    mentions = query().mentions(filters)
    codes = mentions["code"].map(lambda code: registry.roll_up(code, filters.level))
    told = [set(quoted_in(events, mentions[codes == code])) for code in (first, second)]
    title = _("{a} and {b} named together").format(a=names.actor(first), b=names.actor(second))
    side_panel.pick(title, PAGE, sorted(told[0] & told[1]))


def actor(code: str, links: Set[Pair], filters: Filters) -> None:
    """Show the events of one actor on the links of a picture, acting or acted upon."""
    table = rolled_up(detail.of_actor(filters, code), filters)
    mine = {pair for pair in links if code in pair}
    whole = _all_on(mine, filters) if len(table) >= detail.LARGE else 0
    title = _("{actor}, on the links drawn").format(actor=names.actor(code))
    side_panel.pick(title, PAGE, table.loc[_on(table, mine), "event_id"].tolist(), whole)


def _on(table: pd.DataFrame, links: Set[Pair]) -> list[bool]:
    """Which events of the table are on one of the links."""
    return [any((a, b) in links for a in s for b in t) for s, t in sides(table)]


def _all_on(links: Set[Pair], filters: Filters) -> int:
    """Number of events on links; one on two links counts twice, as on the chart."""
    dyads = query().dyads(filters)
    pairs = zip(dyads["source"], dyads["target"], strict=True)
    return int(dyads.loc[[pair in links for pair in pairs], "events"].sum())


def bar(table: pd.DataFrame, ends: tuple[str, str], days: tuple[str, str], quad: int) -> None:
    """Show the events of a bar of a pair over time; `days`: first and last day (ISO)."""
    first, last = (dt.date.fromisoformat(day[:10]) for day in days)
    chosen = in_bar(table, *ends, first, last, quad)
    title = _("{a} and {b}").format(a=names.actor(ends[0]), b=names.actor(ends[1]))
    side_panel.pick(
        f"{title} · {label(f'quad {quad}')}", PAGE, table.loc[chosen, "event_id"].tolist()
    )


def outside(table: pd.DataFrame, ends: Pair) -> None:
    """Show the events of a pair that are in no bar."""
    title = _("{a} and {b}, in no bar").format(a=names.actor(ends[0]), b=names.actor(ends[1]))
    side_panel.pick(title, PAGE, table["event_id"].tolist())


def nonce() -> int:
    """A counter in the widget keys of the charts."""
    return int(st.session_state.get("actors_nonce", 0))


def again() -> None:
    """Give the chart a new key, so that the same mark can be clicked again."""
    st.session_state["actors_nonce"] = nonce() + 1
