"""A person's edits of events: checked against the event as it stands, then appended.

Each takes why and who; `seen` is the newest edit of the event that the person had seen
(`newest_edit`): where somebody else wrote a newer one, EditedMeanwhile is raised and nothing is
stored. All raise EditRefused for a value that the event cannot have, and StoreError.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from events.corrections import FIELDS, NOT_AN_EVENT, EditRefused, check
from events.edited_events import ADDED, EVENT, AddedEvent, check_words
from events.query import Query
from events.store import Store


def correct(
    query: Query,
    event_id: int,
    values: Mapping[str, str],
    why: str,
    who: str,
    seen: int | None = None,
) -> None:
    """Say other values of some fields of an event; "" takes back what was said of a field."""
    row = query.event_or_rejected(event_id)
    if row.empty:
        raise EditRefused("event {event} is not in the store", event=event_id)
    told = row.iloc[0].to_dict()
    check({field: value for field, value in values.items() if field in FIELDS}, told)
    _store(query).append_edits(event_id, values, why, who, seen)


def reject(query: Query, event_id: int, why: str, who: str, seen: int | None = None) -> None:
    """Say that it is no event: it is listed as left out and in no count."""
    correct(query, event_id, {EVENT: NOT_AN_EVENT}, why, who, seen)


def add(query: Query, words: AddedEvent, values: Mapping[str, str], why: str, who: str) -> int:
    """Add an event that the reader missed; its id. The words must stand in the article, and no
    event may begin at the same word."""
    check_words(words, query.article(words.article_id))
    if len(query.event(words.id)):
        raise EditRefused("there is an event at these words already: correct that one")
    _store(query).append_edits(words.id, {ADDED: words.value(), **values}, why, who)
    return words.id


def take_back(query: Query, edit_id: int, why: str, who: str, seen: int | None = None) -> None:
    """Let what stood before an edit hold again: an earlier person's value, or what was read.

    What was saved with it, other fields of the event in one moment, is taken back with it.
    """
    history = query.history()
    told = history[history["edit_id"] == edit_id]
    if told.empty:
        raise EditRefused("there is no edit {edit}", edit=edit_id)
    edit = told.iloc[0]
    if not edit["standing"]:
        raise EditRefused("edit {edit} does not stand any more", edit=edit_id)
    mine = history[history["event_id"] == edit["event_id"]]
    saved = mine[saved_together(mine, edit) & mine["standing"]]
    values = {
        str(field): _value_before(mine, str(field), int(number))
        for field, number in zip(saved["field"], saved["edit_id"], strict=True)
    }
    _store(query).append_edits(int(edit["event_id"]), values, why, who, seen)


def saved_together(history: pd.DataFrame, edit: pd.Series) -> pd.Series:
    """Which edits (HISTORY_COLUMNS) were stored by one save with an edit, itself included."""
    saved: pd.Series = (
        (history["event_id"] == edit["event_id"])
        & (history["who"] == edit["who"])
        & (history["at"] == edit["at"])
    )
    return saved


def _value_before(history: pd.DataFrame, field: str, edit_id: int) -> str:
    """What was said of a field before an edit of it; "" nothing. `history`: newest first."""
    earlier = history[(history["field"] == field) & (history["edit_id"] < edit_id)]
    return str(earlier["value"].iloc[0]) if len(earlier) else ""


def newest_edit(query: Query, event_id: int) -> int:
    """The number of the newest edit of an event; 0 where there is none."""
    edits = query.edits()
    mine = edits.loc[edits["event_id"] == event_id, "edit_id"]
    return int(mine.max()) if len(mine) else 0


def _store(query: Query) -> Store:
    return Store(query.location)
