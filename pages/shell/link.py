"""Filters and view: kept in the session state, written into the link as query parameters.

The session state is authoritative; `read_link` loads it from the address if that was changed from
outside (opened, pasted, Back button), `write_link` writes it there. An invalid value of the
address is dropped with a message, and nothing else changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st

from charts.registry import of_page
from events import wording
from events.filters import FilterProblem, Filters
from events.link_version import (
    INTERFACE,
    INTERFACE_BEFORE,
    TODAY,
    VERSION,
    Params,
    upgraded,
    versioned,
)
from pages.shell import language

_STATE = "frise_state"
CLEARED = "all"  # marks an address without filters as intended (pages.shell.history)
_ID = r"[0-9]{1,19}"
# query parameters of the view, beside the filters: name -> pattern of a valid value
VIEW_PARAMS: dict[str, str] = {
    VERSION: TODAY,
    INTERFACE: r"[a-z]{2,3}",
    "rows": "reports",
    "event": _ID,
    "article": _ID,
    "lanes": "actor|type|place|dyad|subject|story",
    "key": "0|10|30|100",
    "view": r"all|[0-9]{4}-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "compare": r"[^\x00-\x1f]{1,200}",
    "chart": "|".join(chart.name for chart in of_page("actors")),
    "measure": "events|score",
    "least": r"[0-9]{1,5}",
    "actorview": r"[^\x00-\x1f]{1,120}",
    "dyad": r"[^\x00-\x1f]{1,120}\|[^\x00-\x1f]{1,120}",
    "mentions": "1",
    "doubtful": "1",
    "together": "1",
    "arcs": "1",
    "datelines": "1",
    "colour": "type",
    "pov": "recognised|held",
    "country": r"[A-Z]{3}",
    "step": "day|week|month",
    "at": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "sum": "1",
    "drag": "1",  # of older links: dragging needs no switch any more
    "since": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "case": "[0-9a-f]{16}",
    "desk": "notes|tags|bookmarks|cases|deleted",
    "read": "again",
    "list": "undated|unplaced|doubtful|unsure|hidden|merged|text|files|withdrawn|rejected|lost",
}


@dataclass
class State:
    """The state of one session."""

    filters: Filters = field(default_factory=Filters)
    view: dict[str, str] = field(default_factory=dict)
    problems: list[FilterProblem] = field(default_factory=list)
    written: Params | None = None
    checked: bool = True  # False until unknown_names.check has checked it


def state() -> State:
    """The state of this session, created on first use."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = State()
    found: State = st.session_state[_STATE]
    return found


Shown = tuple[Filters, dict[str, str]]


def shown() -> Shown:
    """The current filters and view, to be compared with other ones."""
    return state().filters, dict(state().view)


def filters() -> Filters:
    """The current filters, shared by all pages."""
    return state().filters


def set_filters(changed: Filters) -> None:
    """Set other filters and reset the days of the view."""
    if changed != state().filters:
        state().filters = changed
        state().view.pop("view", None)
        # a control that repeats the value of the link does not clear its problems
        state().problems = []


def view(name: str, default: str = "") -> str:
    """One value of the view, e.g. the chosen lanes or event."""
    return state().view.get(name, default)


def view_id(name: str) -> int | None:
    """An id of the view, None if it is not set."""
    value = view(name)
    return int(value) if value else None


def set_view(name: str, value: str | int | None) -> None:
    """Set one value of the view; None or "" removes it."""
    if value in (None, ""):
        state().view.pop(name, None)
    else:
        state().view[name] = str(value)


def read_view(params: Params) -> tuple[dict[str, str], list[FilterProblem]]:
    """The valid values of the view in a link, and the problems of those dropped."""
    found, problems = {}, []
    for name, pattern in VIEW_PARAMS.items():
        for value in params.get(name, [])[-1:]:
            if re.fullmatch(pattern, value):
                found[name] = value
            elif value:
                problems.append(FilterProblem(name, value[:60], "not understood"))
    return found, problems


def read_link() -> None:
    """Load filters and view from the address unless it is the one written last."""
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    now = state()
    # a change of page clears the address: keep the session state
    if params == now.written or not params:
        return
    params.pop(CLEARED, None)
    take(params)
    now.written = params
    language.choose(now.view.get(INTERFACE, ""))


def take(params: Params) -> None:
    """Set filters and view from a link of any version; invalid values are dropped and reported."""
    now = state()
    told = upgraded({name: values for name, values in params.items() if name in _names()})
    now.filters, problems = Filters.from_params(told)
    now.view, others = read_view(told)
    now.view.pop(VERSION, None)
    now.problems = problems + others
    now.checked = False


def _names() -> set[str]:
    """The parameters that a link of any version may have, without those of others (a mailer's)."""
    filters_of = {kind.param for kind in Filters.kinds().values()}
    return filters_of | VIEW_PARAMS.keys() | {INTERFACE_BEFORE}


def link_params(**changes: str | int | None) -> Params:
    """Query parameters of the current filters and view, with some view values changed; with the
    version of links, unless there are none."""
    now = state()
    view = {**now.view, INTERFACE: language.current()}
    for name, value in changes.items():
        view[name] = "" if value is None else str(value)
    params = now.filters.to_params()
    params |= {name: [value] for name, value in view.items() if value}
    if wording.best_language(st.context.locale) == language.current():
        params.pop(INTERFACE, None)
    return versioned(params)


def write_link() -> None:
    """Put filters and view into the address."""
    params = link_params()
    if params != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(params)
    state().written = params


def address(page: str, **changes: str | int | None) -> str:
    """Relative address of a page with the current filters and some view values changed."""
    return f"{page}?{urlencode(link_params(**changes), doseq=True)}"
