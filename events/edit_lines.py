"""Edits as JSON Lines, to carry them to another store: written from one, applied to another.

A line is one edit that stands: event_id, field, value (text, or the list or record that it is),
old, why, who, at, and quote, so that a person can read it. Ids are the same in every store, so the
same articles take the same edits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from events.corrections import FIELDS, EditRefused, check
from events.edited_events import ADDED, added_event, check_words
from events.plain_text import as_json
from events.query import Query
from events.records import records
from events.store import EDITABLE, Store

Edit = dict[str, Any]


@dataclass
class Applied:
    """What was done with a file: edits stored, edits that stood already, and lines refused."""

    edits: list[Edit] = field(default_factory=list)
    known: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def events(self) -> set[int]:
        return {edit["event_id"] for edit in self.edits}


def lines(query: Query) -> Iterator[str]:
    """The edits that stand, oldest first, a line each."""
    history = query.history()
    for edit in records(history[history["standing"]].iloc[::-1]):
        row = query.event_or_rejected(edit["event_id"])
        told = {
            "event_id": edit["event_id"],
            "field": edit["field"],
            "old": _opened(edit["old"]),
            "value": _opened(edit["value"]),
            "why": edit["why"],
            "who": edit["who"],
            "at": edit["at"].isoformat(timespec="seconds"),
            "quote": str(row["quote"].iloc[0]) if len(row) else "",
        }
        yield as_json(told)


def read(query: Query, source: Iterable[str], who: str) -> Applied:
    """The edits of such lines that fit the events of a store, in order; `who` signs those that
    are not signed. Nothing is stored. A line that does not fit is a problem: line, what, why."""
    done = Applied()
    standing = query.edits()[lambda table: table["standing"]]
    known = {(e, f): v for e, f, v in standing[["event_id", "field", "value"]].to_numpy().tolist()}
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            edit = _edit(json.loads(line), who)
            _check(query, edit, done.edits)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            words = str(error) if isinstance(error, ValueError) else f"{error!r} is missing or odd"
            done.problems.append(f"line {number}: {words}")
            continue
        if known.get((edit["event_id"], edit["field"]), "") == edit["value"]:
            done.known += 1
        else:
            known[edit["event_id"], edit["field"]] = edit["value"]
            done.edits.append(edit)
    return done


def store(query: Query, done: Applied) -> None:
    """Store what `read` found right."""
    if done.edits:
        Store(query.location).append_all_edits(done.edits)


def _edit(row: Any, who: str) -> Edit:
    if not isinstance(row, dict):
        raise EditRefused("this is no edit: a record with event_id, field and value")
    signed = str(row.get("who") or who).strip()
    if not signed:
        raise EditRefused("the edit is signed by nobody: give its who, or --who NAME")
    value = row["value"]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return {
        "event_id": int(row["event_id"]),
        "field": str(row["field"]),
        "value": "" if value is None else text,
        "why": str(row.get("why") or ""),
        "who": signed,
    }


def _check(query: Query, edit: Edit, before: list[Edit]) -> None:
    """Raise ValueError unless the event is there, or is added before, and can have the value."""
    if edit["field"] not in EDITABLE:
        raise EditRefused("{field} is no field that can be edited", field=repr(edit["field"]))
    if edit["field"] == ADDED and edit["value"]:
        words = added_event(edit["value"])
        check_words(words, query.article(words.article_id))
        if words.id != edit["event_id"]:
            raise EditRefused("these words are those of event {event}", event=words.id)
        return
    row = query.event_or_rejected(edit["event_id"])
    mine = [e for e in before if e["event_id"] == edit["event_id"]]
    if row.empty and not any(e["field"] == ADDED for e in mine):
        raise EditRefused("event {event} is not in the store", event=edit["event_id"])
    if edit["field"] in FIELDS and len(row):
        values = {e["field"]: e["value"] for e in (*mine, edit) if e["field"] in FIELDS}
        check(values, row.iloc[0].to_dict())


def _opened(value: str) -> Any:
    """The list or record that a value is, else its text."""
    return json.loads(value) if value[:1] in ("[", "{") else value
