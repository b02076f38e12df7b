"""What persons say of events one after the other: right as told, corrected, or no event.

All of it are edits. `accepted` holds a number made of what the event said (`told`), so that an
event that a later reader tells differently is unread again. `second` is the verdict of a second
reader: it changes nothing, it is compared with that of the first (events.agreement).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from events.corrections import (
    FIELDS,
    NOT_AN_EVENT,
    EditRefused,
    Row,
    check,
    corrected,
    value_of,
)
from events.edited_events import ACCEPTED, ADDED, EVENT, SECOND, VERDICTS
from events.identity import stable_id
from events.query import Query
from events.records import records
from events.store import EditedMeanwhile, Store, StoreError

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
    reading, which changes nothing; `before`: what was said in the same place since `seen`, also
    what was taken back there."""

    event_id: int
    verdict: Verdict
    values: Mapping[str, str] = field(default_factory=dict)
    seen: int | None = None
    second: bool = False
    before: Sequence[Decision] = ()


def told(row: Row) -> str:
    """A number of what an event (EVENT_COLUMNS) says of type, status, parties, day and place."""
    return str(stable_id("told", *(value_of(name, row) for name in JUDGED)))


@dataclass(frozen=True)
class TakenBack:
    """What a person takes back: what these decisions about an event wrote since the edit `seen`."""

    event_id: int
    seen: int
    decisions: Sequence[Decision] = ()


def store_all(
    query: Query, told: Sequence[Decision | TakenBack], who: str
) -> dict[int, StoreError | ValueError]:
    """Store what a person says of different events, in one commit; event -> why not.

    A decision takes the place of those before it since `seen`; of what is taken back holds again
    what stood before it. Nothing is stored where that is the same already, so that it may be told
    twice. Refused is a value that the event cannot have (EditRefused), and what is told of an event
    that was changed after `seen` by anything else, the same person in another place included
    (EditedMeanwhile). Raises StoreError.
    """
    edits: list[_Edits] = []
    refused: dict[int, StoreError | ValueError] = {}
    for each in told:
        try:
            find = _decided if isinstance(each, Decision) else _taken_back
            edits.append(find(query, each, who))  # type: ignore[arg-type]
        except (StoreError, ValueError) as error:
            refused[each.event_id] = error
    try:
        _append(query, edits, who)
    except EditedMeanwhile as error:  # just now: one by one tells which
        if len(told) == 1:
            return {told[0].event_id: error}
        return {event: why for each in told for event, why in store_all(query, [each], who).items()}
    return refused


@dataclass(frozen=True)
class _Edits:
    """What is to be appended of an event: its newest edit that was seen, field -> value."""

    event_id: int
    seen: int | None
    values: Mapping[str, str]


def _append(query: Query, told: Sequence[_Edits], who: str) -> None:
    rows = [
        {"event_id": each.event_id, "field": name, "value": value, "why": "", "who": who}
        for each in told
        for name, value in each.values.items()
    ]
    if rows:
        seen = {each.event_id: each.seen for each in told if each.values}
        Store(query.location).append_all_edits(rows, seen)


def _decided(query: Query, decision: Decision, who: str) -> _Edits:
    event = decision.event_id
    row = _row(query, event)
    said = _said_since(query, event, who, decision.seen, (*decision.before, decision))
    values = edits_of(said.as_before(row), decision)
    if query.event(event).empty and not {EVENT, SECOND} & set(values):
        values = {EVENT: "", **values}  # it is one after all
    return _saying(event, values, said)


def _taken_back(query: Query, back: TakenBack, who: str) -> _Edits:
    said = _said_since(query, back.event_id, who, back.seen, back.decisions)
    return _saying(back.event_id, {}, said)


def _row(query: Query, event_id: int) -> Row:
    rows = query.event_or_rejected(event_id)
    if rows.empty:
        raise EditRefused("event {event} is not in the store", event=event_id)
    return {str(name): value for name, value in rows.iloc[0].items()}


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


@dataclass(frozen=True)
class _Said:
    """What one person said of an event after an edit: newest edit, field -> value now, value of
    edits before, value of the event before (of JUDGED)."""

    newest: int | None
    now: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    old: Mapping[str, str] = field(default_factory=dict)

    def as_before(self, row: Row) -> Row:
        """The event (EVENT_COLUMNS) as it was before."""
        return {**row, **corrected(row, self.old)} if self.old else row


def _said_since(
    query: Query, event_id: int, who: str, seen: int | None, decisions: Sequence[Decision]
) -> _Said:
    """What `who` said of the event after the edit `seen` by these decisions. Raises
    EditedMeanwhile where it was changed by anything else."""
    history = query.history()
    mine = history[history["event_id"] == event_id]
    newer = mine[mine["edit_id"] > seen] if seen is not None else mine[:0]
    if newer.empty:
        return _Said(seen)
    _nothing_in(newer[newer["who"] != who])
    said = _said(newer, mine[mine["edit_id"] <= (seen or 0)])
    written = set(_written(said.as_before(_row(query, event_id)), decisions))
    back = {(name, said.before.get(name, "")) for name, _ in written}
    told = pd.Series(zip(newer["field"], newer["value"], strict=True), index=newer.index)
    _nothing_in(newer[~told.isin(written | back)])
    return said


def _said(newer: pd.DataFrame, earlier: pd.DataFrame) -> _Said:
    """Of the edits of one event (history, newest first)."""
    now = dict(zip(newer["field"][::-1], newer["value"][::-1], strict=True))
    stood = earlier.drop_duplicates("field").set_index("field")["value"]
    old = dict(zip(newer["field"], newer["old"], strict=True))
    return _Said(
        int(newer["edit_id"].max()),
        now,
        {name: str(stood.get(name, "")) for name in now},
        {name: value for name, value in old.items() if name in JUDGED},
    )


def _written(row: Row, decisions: Sequence[Decision]) -> Iterator[tuple[str, str]]:
    """Field and value of the edits that decisions about an event made."""
    for decision in decisions:
        try:
            edits = edits_of(row, decision)
        except EditRefused:
            continue  # it was not stored
        yield from edits.items()
        if not {EVENT, SECOND} & set(edits):
            yield EVENT, ""  # of an event that was rejected


def _nothing_in(edits: pd.DataFrame) -> None:
    """Raises EditedMeanwhile where there is an edit (history of one event)."""
    if len(edits):
        raise EditedMeanwhile(
            "{who} changed this event meanwhile ({fields}): look at it, then save again",
            who=edits["who"].iloc[0] or "?",
            fields=", ".join(dict.fromkeys(edits["field"])),
        )


def _saying(event_id: int, values: Mapping[str, str], said: _Said) -> _Edits:
    """The edits that make the event say `values` in the place of what was said."""
    wanted = {**said.before, **values}
    fresh = {name: value for name, value in wanted.items() if said.now.get(name) != value}
    return _Edits(event_id, said.newest, fresh)


def decided(query: Query) -> pd.DataFrame:
    """The events that somebody decided about, newest first: `event_id`, `state` (accepted,
    corrected, rejected), `who` and `at` of the newest decision that says so."""
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
    now = {int(row["event_id"]): told(row) for row in records(rows)}
    says = edits["event_id"].map(now).astype("str")
    return accepting & (says != edits["value"])


def progress(states: pd.DataFrame, event_ids: Collection[int]) -> dict[str, int]:
    """State -> number of events, of the events named; `states` as `decided` gives them."""
    mine = states.loc[states["event_id"].isin(list(event_ids)), "state"].value_counts()
    counts = {name: int(mine.get(name, 0)) for name in VERDICTS}
    return {UNREAD: len(event_ids) - sum(counts.values()), **counts}


def read_by(states: pd.DataFrame, event_ids: Collection[int], who: str) -> int:
    """How many of the events named have their state from a person; `states` are those of `decided`:
    where several decisions stand, whoever made the one that ranks first, not who came last."""
    return int((states["who"].eq(who) & states["event_id"].isin(list(event_ids))).sum())
