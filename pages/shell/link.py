"""What is looked at, kept in one place and written into the link: filters and view.

The session holds the truth; `read_link` takes it from the address when the address was changed
from outside (opened, pasted, gone back to), `write_link` puts it there. A value of the address
that is not valid is dropped and said, and nothing else changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st

from events import wording
from events.filters import FilterProblem, Filters, Params
from pages.shell import language

_STATE = "frise_state"
CLEARED = "all"  # says in an address without filters that none is meant (pages.shell.history)
_ID = r"[0-9]{1,19}"
# what of the view stands in the link beside the filters: name -> pattern of a valid value
VIEW_PARAMS: dict[str, str] = {
    "hl": r"[a-z]{2,3}",
    "event": _ID,
    "article": _ID,
    "lanes": "actor|type|place|dyad|story",
    "view": r"all|[0-9]{4}-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "compare": r"[^\x00-\x1f]{1,200}",
    "chart": "network|matrix|flows",
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
    "drag": "1",
    "since": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "list": "undated|unplaced|doubtful|hidden|merged|text|files",
}


@dataclass
class State:
    """The state of one session."""

    filters: Filters = field(default_factory=Filters)
    view: dict[str, str] = field(default_factory=dict)
    problems: list[FilterProblem] = field(default_factory=list)
    written: Params | None = None
    checked: bool = True  # False until the store was asked for the names in a link (known.check)


def state() -> State:
    """The state of this session, made at first use."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = State()
    found: State = st.session_state[_STATE]
    return found


Shown = tuple[Filters, dict[str, str]]


def shown() -> Shown:
    """Filters and view as they are now; two that differ look different."""
    return state().filters, dict(state().view)


def filters() -> Filters:
    """The filters that hold on every page."""
    return state().filters


def set_filters(changed: Filters) -> None:
    """Take other filters; the view goes back to the days that they show."""
    if changed != state().filters:
        state().filters = changed
        state().view.pop("view", None)
        # a control that repeats what the link said leaves its problems in sight
        state().problems = []


def view(name: str, default: str = "") -> str:
    """One value of the view: the chosen lanes, the event asked for, ..."""
    return state().view.get(name, default)


def view_id(name: str) -> int | None:
    """One id of the view, None where there is none."""
    value = view(name)
    return int(value) if value else None


def set_view(name: str, value: str | int | None) -> None:
    """Set or, with None or "", forget one value of the view."""
    if value in (None, ""):
        state().view.pop(name, None)
    else:
        state().view[name] = str(value)


def read_view(params: Params) -> tuple[dict[str, str], list[FilterProblem]]:
    """The valid values of the view in a link, and what was dropped."""
    found, problems = {}, []
    for name, pattern in VIEW_PARAMS.items():
        for value in params.get(name, [])[-1:]:
            if re.fullmatch(pattern, value):
                found[name] = value
            elif value:
                problems.append(FilterProblem(name, value[:60], "not understood"))
    return found, problems


def read_link() -> None:
    """Take filters and view from the address when it is not the one written last."""
    params = {name: st.query_params.get_all(name) for name in st.query_params}
    now = state()
    # a change of page empties the address: the session goes on
    if params == now.written or not params:
        return
    params.pop(CLEARED, None)
    take(params)
    now.written = params
    language.choose(now.view.get("hl", ""))


def take(params: Params) -> None:
    """Filters and view of a link; what is not valid is dropped and said."""
    now = state()
    now.filters, problems = Filters.from_params(params)
    now.view, others = read_view(params)
    now.problems = problems + others
    now.checked = False


def link_params(**changes: str | int | None) -> Params:
    """Parameters of the present filters and view, with some values of the view changed."""
    now = state()
    view = {**now.view, "hl": language.current()}
    for name, value in changes.items():
        view[name] = "" if value is None else str(value)
    params = now.filters.to_params()
    params |= {name: [value] for name, value in view.items() if value}
    if wording.best_language(st.context.locale) == language.current():
        params.pop("hl", None)
    return params


def write_link() -> None:
    """Put filters and view into the address."""
    params = link_params()
    if params != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(params)
    state().written = params


def address(page: str, **changes: str | int | None) -> str:
    """A relative address of a page with the present filters and some values of the view."""
    return f"{page}?{urlencode(link_params(**changes), doseq=True)}"
