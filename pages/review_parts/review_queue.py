"""The queue in the browser: one element that holds the next events, and is told what it needs.

The element shows the next event by itself; the server stores what was decided after that, in a
run of this part of the page alone, and hands on more events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from events import claims, reviews
from events.edited_events import SECOND
from events.query import Query
from events.records import records
from events.reviews import decided, progress, read_by
from events.store import StoreError
from pages.review_parts import acts, items
from pages.review_parts.acts import AGAIN, UNREAD
from pages.review_parts.words import words
from pages.shell import link, look, person
from pages.shell.language import current, error_words
from pages.shell.store_access import one, reports

AHEAD = 20  # events that the browser holds
_ANSWERED = "frise_review_answered"
_KEY, _MADE, _OPENED = "frise_review", "frise_review_items", "frise_review_opened"
_HERE = Path(__file__).parent
_element = st.components.v2.component(
    "frise_review",
    html='<div class="fr-rv"></div>',
    css=(_HERE / "review_queue.css").read_text(encoding="utf-8"),
    js="\n".join(
        (_HERE / name).read_text(encoding="utf-8") for name in ("review_queue.js", "review_card.js")
    ),
    isolate_styles=False,  # the marks of the house's style sheet are used
)


@dataclass(frozen=True)
class Waiting:
    """The events of a list in the order of review: columns of review_order."""

    order: pd.DataFrame
    second: bool


def to_read(order: pd.DataFrame, second: bool, who: str) -> list[int]:
    """The events of the order that a person has still to read, those skipped last."""
    done = decided(reports())
    ids = [int(event) for event in order["event_id"]]
    if second:
        others = set(done.loc[done["who"] != who, "event_id"]) - _read_again(reports(), who)
        left = [event for event in ids if event in others]
    else:
        read = set(done["event_id"])
        left = [event for event in ids if event not in read]
    skipped = acts.session().skipped
    return [e for e in left if e not in skipped] + [e for e in skipped if e in set(left)]


def _read_again(query: Query, who: str) -> set[int]:
    edits = query.edits()
    mine = (edits["field"] == SECOND) & (edits["who"] == who) & edits["standing"]
    return set(edits.loc[mine, "event_id"])


@st.fragment
def draw(waiting: Waiting) -> None:
    """The element, with the next events that nobody else reads now."""
    if st.session_state.pop(_OPENED, False):
        st.rerun()  # the evidence stands outside of this part
    who = person.name()
    left = to_read(waiting.order, waiting.second, who)
    wanted = [event for event in left if event not in acts.session().problems]
    try:
        first = [*_kept(waiting.order, left), *_before_them(wanted, who)]
        mine = claims.claim(
            reports().location, who, [*first, *(e for e in wanted if e not in first)], AHEAD
        )
    except StoreError as error:
        look.problem(error_words(error))
        mine = wanted[:AHEAD]
    with st.container(key="frise_review_holder"):
        _element(
            key=_KEY,
            data=_data(waiting, mine, who),
            default={"told": None},
            on_told_change=lambda: _told(who),
            on_more_change=_more,
        )


def _kept(order: pd.DataFrame, left: list[int]) -> list[int]:
    """What comes first whoever decided about it: what could not be stored, as it stands now, and
    the event before this person that was changed in the evidence beneath."""
    now, opened = acts.session(), link.view("event")
    shown = {event for event, *_ in st.session_state.get(_MADE, {})} - now.mine - {*now.skipped}
    beneath = [event for event in shown if str(event) == opened and event not in left]
    ids = set(order["event_id"])
    return [event for event in dict.fromkeys((*now.problems, *beneath)) if event in ids]


def _before_them(wanted: list[int], who: str) -> list[int]:
    """The events that a person has before him already: what a load brings meanwhile comes after
    them, else another person would be handed what stands on his screen."""
    held, skipped = claims.held(reports().location), acts.session().skipped
    return [event for event in wanted if held.get(event) == who and event not in skipped]


def _told(who: str) -> None:
    acts.take(st.session_state[_KEY]["told"], who)
    st.session_state[_ANSWERED] = True


def _more() -> None:
    """Open the evidence of an event, with all its fields, in the place beneath."""
    told = str(st.session_state[_KEY]["more"] or "")
    if told.isdecimal():
        link.set_view("event", told[:19])
        st.session_state[_OPENED] = True


def _data(waiting: Waiting, mine: list[int], who: str) -> dict[str, Any]:
    """What the element is told."""
    now = acts.session()
    done = decided(reports())
    ids = waiting.order["event_id"].tolist()
    counts = progress(done, ids) | {"mine": read_by(done, ids, who)}
    if waiting.second:
        counts = {"unread": len(to_read(waiting.order, True, who))}
        counts["accepted"] = len(_read_again(reports(), who))
    others = claims.held(reports().location)
    return {
        "items": _items(waiting, mine),
        "session": now.name,
        "handled": dict(now.handled),
        "problems": {str(event): text for event, text in now.problems.items()},
        "progress": counts,
        "others": sorted({name for name in others.values() if name != who}),
        "who": who,
        # the element keeps it: an answer to an act does not send it again
        "known": None if st.session_state.pop(_ANSWERED, False) else items.known(),
        "words": words(waiting.second),
        "lang": current(),
        "list": AGAIN if waiting.second else UNREAD,
    }


def _items(waiting: Waiting, mine: list[int]) -> list[items.Item]:
    """The events as the element shows them; what was made before and stayed the same is kept."""
    rows = {int(row["event_id"]): row for row in records(reports().events_with(mine))}
    reasons = waiting.order.set_index("event_id")
    edits = reports().edits()
    newest = edits.groupby("event_id")["edit_id"].max()
    before: Mapping[tuple[Any, ...], items.Item] = st.session_state.get(_MADE, {})
    made = {}
    for event in mine:
        told = rows.get(event) or one(reports().event_or_rejected(event))
        if told is None:
            continue
        seen = int(newest.get(event, 0))
        key = (event, seen, reviews.told(told), current(), waiting.second)
        if key not in before:
            row = items.as_read(told, event) if waiting.second else told
            made[key] = items.item(row, reasons.loc[event].to_dict(), seen)
        else:
            made[key] = before[key]
    st.session_state[_MADE] = made
    return list(made.values())
