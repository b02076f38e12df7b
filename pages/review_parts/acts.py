"""What the browser tells of a review, read with care and stored: decisions, skips, undoing.

The browser sends all acts that the server has not confirmed, each with a number that counts up, so
that none is lost by a run that another one cuts short or by a server that was killed, and none is
stored twice. Of several acts on one event that come together the last one holds.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, get_args

import streamlit as st

from events.corrections import FIELDS
from events.reviews import Decision, TakenBack, Verdict, store_all
from events.settings import SettingsError
from events.store import StoreError
from pages.shared import decided
from pages.shell.language import error_words
from pages.shell.store_access import reports

MOST = 500  # acts in one message
_SESSION = "frise_review_session"
VERDICTS = get_args(Verdict)
UNREAD, AGAIN = "", "again"  # the lists: what nobody has read, what others have


@dataclass(frozen=True)
class Act:
    """`kind`: a verdict, "skip" or "undo" and "unskip", which take them back; `run` names the
    element in the browser, `number` counts its acts. second: it was done in the list of what others
    had decided. before: the verdicts of the same element on the event since `seen`."""

    run: str
    number: int
    kind: str
    event_id: int
    seen: int
    values: dict[str, str]
    second: bool = False
    before: tuple[Decision, ...] = ()


@dataclass
class Session:
    """name: by which the browser knows that its server is another one. handled: element -> number
    of its newest act that was dealt with. problems: what could not be stored, by event. mine:
    the events decided in this session."""

    name: str = field(default_factory=lambda: secrets.token_hex(8))
    handled: dict[str, int] = field(default_factory=dict)
    skipped: list[int] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)
    mine: set[int] = field(default_factory=set)


def session() -> Session:
    """What this session of the page knows."""
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = Session()
    found: Session = st.session_state[_SESSION]
    return found


def read(told: Any, who: str) -> Iterator[Act]:
    """The acts of a person in a message of the browser; what is no act is left out."""
    for row in told[:MOST] if isinstance(told, list) else ():
        try:
            before = tuple(_decision(_id(row["id"]), each) for each in row.get("before") or ())
            act = Act(
                str(row["run"])[:40], int(row["number"]), str(row["kind"]), _id(row["id"]),
                int(row["seen"]), _values(row.get("values") or {}), row.get("list") == AGAIN,
                before[:MOST],
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        if row.get("who") == who and act.kind in (*VERDICTS, "skip", "undo", "unskip"):
            yield act


def _decision(event_id: int, told: Any) -> Decision:
    if told["kind"] not in VERDICTS:
        raise ValueError(told)
    values = _values(told.get("values") or {})
    return Decision(event_id, told["kind"], values, second=told.get("list") == AGAIN)


def _id(text: Any) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", str(text)):
        raise ValueError(text)
    return int(text)


def _values(told: dict[Any, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in told.items() if name in FIELDS}


def take(told: Any, who: str) -> None:
    """Store the acts of a message that were not dealt with yet."""
    now = session()
    fresh = [act for act in read(told, who) if act.number > now.handled.get(act.run, 0)]
    now.problems = {} if fresh else now.problems
    acts = [act for act in fresh if act.kind not in ("skip", "unskip")]
    # what is right as told moves no story
    moving = {act.event_id for act in acts if act.kind != "accepted" and not act.second}
    try:
        with decided.following(sorted(moving)) if moving else nullcontext():
            _store(acts, who)
    except (StoreError, SettingsError) as error:
        now.problems |= {act.event_id: error_words(error) for act in acts}
    for act in fresh:
        if act.event_id in now.skipped:
            now.skipped.remove(act.event_id)
        if act.kind == "skip":
            now.skipped.append(act.event_id)
        now.handled[act.run] = max(act.number, now.handled.get(act.run, 0))


def _store(acts: Sequence[Act], who: str) -> None:
    """The last act on each event; what others changed meanwhile and the like is told."""
    now = session()
    last = {act.event_id: act for act in acts}
    refused = store_all(reports(), [_said(act) for act in last.values()], who) if last else {}
    now.problems |= {event: error_words(error) for event, error in refused.items()}
    for event in last.keys() - refused.keys():
        (now.mine.discard if last[event].kind == "undo" else now.mine.add)(event)


def _said(act: Act) -> Decision | TakenBack:
    if act.kind == "undo":
        return TakenBack(act.event_id, act.seen, act.before)
    verdict: Verdict = act.kind  # type: ignore[assignment]
    return Decision(act.event_id, verdict, act.values, act.seen, act.second, act.before)
