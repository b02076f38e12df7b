"""What the browser tells of a review, read with care and stored: decisions, skips, undoing.

The browser sends all acts that the server has not confirmed, each with a number that counts up, so
that none is lost by a run that another one cuts short, and none is stored twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

import streamlit as st

from events.corrections import FIELDS
from events.reviews import Decision, Verdict, decide, undo
from events.settings import SettingsError
from events.store import StoreError
from pages.shared import decided
from pages.shell.language import error_words
from pages.shell.store_access import reports

MOST = 500  # acts in one message
_SESSION = "frise_review_session"
VERDICTS = get_args(Verdict)


@dataclass(frozen=True)
class Act:
    """`kind`: a verdict, "skip" or "undo"; `run` names the element in the browser, `number` counts
    its acts."""

    run: str
    number: int
    kind: str
    event_id: int
    seen: int
    values: dict[str, str]


@dataclass
class Session:
    """handled: element -> number of its newest act that was dealt with. problems: what could not
    be stored, by event. mine: decisions of this session."""

    handled: dict[str, int] = field(default_factory=dict)
    skipped: list[int] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)
    mine: int = 0


def session() -> Session:
    """What this session of the page knows."""
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = Session()
    found: Session = st.session_state[_SESSION]
    return found


def read(told: Any) -> Iterator[Act]:
    """The acts of a message of the browser; what is no act is left out."""
    for row in told[:MOST] if isinstance(told, list) else ():
        try:
            act = Act(
                str(row["run"])[:40], int(row["number"]), str(row["kind"]), _id(row["id"]),
                int(row["seen"]), _values(row.get("values") or {}),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        if act.kind in (*VERDICTS, "skip", "undo"):
            yield act


def _id(text: Any) -> int:
    if not re.fullmatch(r"[0-9]{1,19}", str(text)):
        raise ValueError(text)
    return int(text)


def _values(told: dict[Any, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in told.items() if name in FIELDS}


def take(told: Any, who: str, second: bool) -> None:
    """Store the acts of a message that were not dealt with yet."""
    now = session()
    fresh = [act for act in read(told) if act.number > now.handled.get(act.run, 0)]
    now.problems = {} if fresh else now.problems
    stored = [act for act in fresh if act.kind != "skip"]
    moving = [] if second else [act.event_id for act in stored if act.kind != "accepted"]
    try:
        if moving:  # what is right as told moves no story
            with decided.following(moving):
                _store(stored, who, second)
        else:
            _store(stored, who, second)
    except (StoreError, SettingsError) as error:
        now.problems |= {act.event_id: error_words(error) for act in stored}
    for act in fresh:
        if act.kind == "skip":
            now.skipped.append(act.event_id)
        elif act.event_id in now.skipped:
            now.skipped.remove(act.event_id)
        now.handled[act.run] = max(act.number, now.handled.get(act.run, 0))


def _store(acts: Sequence[Act], who: str, second: bool) -> None:
    now = session()
    for act in acts:
        try:
            _do(act, who, second)
            now.mine += -1 if act.kind == "undo" else 1
        except (StoreError, ValueError) as error:
            now.problems[act.event_id] = error_words(error)


def _do(act: Act, who: str, second: bool) -> None:
    if act.kind == "undo":
        if act.event_id not in session().skipped:
            undo(reports(), act.event_id, who)
        return
    verdict: Verdict = act.kind  # type: ignore[assignment]
    decide(reports(), Decision(act.event_id, verdict, act.values, act.seen, second), who)
