"""Time of the last visit on this machine, for what is new since then on the overview."""

from __future__ import annotations

import datetime as dt
import json

import streamlit as st

from events.store import store_location

_STATE = "frise_last_visit"
SAME_VISIT = dt.timedelta(minutes=30)


def last_visit() -> dt.datetime | None:
    """Time of the previous visit, None at the first; constant during a visit."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = _turn(dt.datetime.now(dt.UTC))
    found: dt.datetime | None = st.session_state[_STATE]
    return found


def _turn(now: dt.datetime) -> dt.datetime | None:
    """Read the file and record this visit; pages opened within half an hour are one visit."""
    path = store_location() / "visits.json"
    try:
        before, latest = (_moment(text) for text in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        before, latest = None, None
    if latest is None or now - latest > SAME_VISIT:
        before = latest
    told = [moment.isoformat() if moment else "" for moment in (before, now)]
    try:
        path.write_text(json.dumps(told), encoding="utf-8")
    except OSError:
        return before
    return before


def _moment(text: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
