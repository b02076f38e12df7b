"""What persons say of events one after the other: right as told, corrected, or no event.

All of it are edits. `accepted` holds a number made of what the event said (`told`), so that an
event that a later reader tells differently is unread again. `second` is the verdict of a second
reader: it changes nothing, it is compared with that of the first (events.agreement).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from events.corrections import FIELDS, NOT_AN_EVENT, EditRefused, Row, check, value_of
from events.edited_events import ACCEPTED, ADDED, EVENT, SECOND, VERDICTS
from events.editing import newest_edit
from events.identity import stable_id
from events.query import Query
from events.store import EditedMeanwhile, Store

Verdict = Literal["accepted", "corrected", "rejected"]
UNREAD = "unread"
STATES = (UNREAD, *VERDICTS)
# what a reader of an event answers for
JUDGED = ("type", "status", "sources", "targets", "date", "place")
_STATE_OF = {EVENT: "rejected", ACCEPTED: "accepted"}  # all other fields: corrected
_DECIDING = (*FIELDS, EVENT, ADDED, ACCEPTED)


@dataclass(frozen=True)
class Decision:
    """What a person says of one event. `values`: of a correction, field -> value as edits write
    it; `seen`: the newest edit of the event that the person had seen; `second`: it is a second
    reading, which changes nothing."""

    event_id: int
    verdict: Verdict
    values: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None
    second: bool = False


def told(row: Row) -> str:
    """A number of what an event (EVENT_COLUMNS) says of type, status, parties, day and place."""
    return str(stable_id("told", *(value_of(name, row) for name in JUDGED)))


def decide(query: Query, decision: Decision, who: str) -> None:
    """Store a decision. Raises EditRefused for a value that the event cannot have, EditedMeanwhile
    where somebody wrote a newer edit than `seen`, StoreError."""
    rows = query.event_or_rejected(decision.event_id)
    if rows.empty:
        raise EditRefused("event {event} is not in the store", event=decision.event_id)
    values = edits_of(rows.iloc[0].to_dict(), decision)
    if query.event(decision.event_id).empty and not {EVENT, SECOND} & set(values):
        values = {EVENT: "", **values}  # it is one after all
    Store(query.location).append_edits(decision.event_id, values, "", who, decision.seen)


def edits_of(row: Row, decision: Decision) -> dict[str, str]:
    """The edits that say it of an event (EVENT_COLUMNS). Raises EditRefused."""
    if decision.verdict == "corrected":
        if not decision.values or not set(decision.values) <= set(FIELDS):
            raise EditRefused("a correction names fields of an event and their values")
        check(decision.values, row)
    if decision.second:
        return {SECOND: decision.verdict}
    if decision.verdict == "corrected":
        return dict(decision.values)
    return {EVENT: NOT_AN_EVENT} if decision.verdict == "rejected" else {ACCEPTED: told(row)}


def undo(query: Query, event_id: int, who: str) -> None:
    """Take a person's newest decision about an event back: what stood before it holds again.

    Raises EditedMeanwhile where somebody else changed the event after it, EditRefused where there
    is none."""
    history = query.history()
    mine = history[history["event_id"] == event_id]
    if mine.empty or not mine["value"].iloc[0]:
        raise EditRefused("there is no decision about event {event}", event=event_id)
    if mine["who"].iloc[0] != who:
        raise EditedMeanwhile(
            "{who} changed this event meanwhile ({fields}): look at it, then save again",
            who=mine["who"].iloc[0] or "?",
            fields=mine["field"].iloc[0],
        )
    newest = mine[mine["at"] == mine["at"].iloc[0]]
    before = mine[mine["at"] < mine["at"].iloc[0]]
    earlier = before.drop_duplicates("field").set_index("field")["value"]
    values = {name: str(earlier.get(name, "")) for name in newest["field"]}
    Store(query.location).append_edits(event_id, values, "", who, newest_edit(query, event_id))


def decided(query: Query) -> pd.DataFrame:
    """The events that somebody decided about, newest first: `event_id`, `state` (accepted,
    corrected, rejected), `who` and `at` of the decision."""
    edits = query.edits()
    edits = edits[edits["standing"] & edits["field"].isin(_DECIDING)]
    edits = edits[~_outdated(query, edits)]
    state = edits["field"].map(_STATE_OF).fillna("corrected")
    order = state.map({name: n for n, name in enumerate(VERDICTS)})
    ranked = edits.assign(state=state, order=order)
    # rejected before corrected before accepted, whatever came last
    best = ranked.sort_values(["order", "edit_id"], ascending=False).drop_duplicates("event_id")
    found = best.sort_values("edit_id", ascending=False)
    return found[["event_id", "state", "who", "at"]].reset_index(drop=True)


def _outdated(query: Query, edits: pd.DataFrame) -> pd.Series[bool]:
    """Which edits accept what the event does not say any more."""
    accepting = edits["field"] == ACCEPTED
    rows = query.events_with(edits.loc[accepting, "event_id"].tolist())
    now = {int(row["event_id"]): told(row) for row in rows.to_dict("records")}
    says = edits["event_id"].map(now).astype("str")
    return accepting & (says != edits["value"])


def progress(states: pd.DataFrame, event_ids: Collection[int]) -> dict[str, int]:
    """State -> number of events, of the events named; `states` as `decided` gives them."""
    mine = states.loc[states["event_id"].isin(list(event_ids)), "state"].value_counts()
    counts = {name: int(mine.get(name, 0)) for name in VERDICTS}
    return {UNREAD: len(event_ids) - sum(counts.values()), **counts}
