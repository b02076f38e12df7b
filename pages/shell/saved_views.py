"""Saved views: query parameters under a name, in a small file beside the store.

The parameters are validated like those of any link; a damaged file is renamed and reported.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from events.link_version import Params, upgraded
from events.regular_files import read_json
from events.store import StoreError, store_location
from events.store_errors import told_if_not_written, write_beside
from pages.shell import link
from pages.shell.escaping import plain, shortened
from pages.shell.language import _, error_words

MOST_VIEWS = 200
MOST_CHARACTERS = 60


def views_file() -> Path:
    """Path of the file: beside the tables of the store."""
    return store_location() / "views.json"


def load() -> dict[str, Params]:
    """Name -> parameters of every saved view, with the names of today (`events.link_version`).
    {} if there is none or the file is damaged."""
    return {name: upgraded(params, typed=False) for name, params in _stored().items()}


def _stored() -> dict[str, Params]:
    try:
        found = read_json(views_file())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): _checked(params) for name, params in found.items() if _is_params(params)}


def _is_params(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(v, list) for v in value.values())


def _checked(params: dict[str, list[object]]) -> Params:
    return {str(name): [str(v) for v in values] for name, values in params.items()}


def save(name: str, params: Params) -> None:
    """Save the parameters under the name, replacing a view of that name. Raises StoreError."""
    views = {**load(), " ".join(name.split())[:MOST_CHARACTERS]: params}
    _write(dict(list(views.items())[-MOST_VIEWS:]))


def forget(name: str) -> None:
    """Delete one saved view. Raises StoreError."""
    _write({other: params for other, params in load().items() if other != name})


def _write(views: dict[str, Params]) -> None:
    with told_if_not_written(views_file()):
        write_beside(views_file(), json.dumps(views, ensure_ascii=False, indent=1))


def draw() -> None:
    """Draw the saved views: open one, save the current one, delete one."""
    st.text_input(
        _("Save this view as"),
        key="view_name",
        placeholder=_("Name, then Enter"),
        max_chars=MOST_CHARACTERS,
        on_change=_save_present,
    )
    for name in load():
        opened, forgotten = st.columns([6, 1.3], vertical_alignment="center")
        words = plain(shortened(name, 28))
        opened.button(words, key=f"view_open_{name}", width="stretch", on_click=_open, args=(name,))
        forgotten.button(
            "×", key=f"view_drop_{name}", help=_("Forget this view"), on_click=_forget, args=(name,)
        )


def _save_present() -> None:
    name = str(st.session_state["view_name"] or "").strip()
    st.session_state["view_name"] = ""
    if name and _is_written(lambda: save(name, link.link_params())):
        st.toast(_("View saved."))


def _forget(name: str) -> None:
    _is_written(lambda: forget(name))


def _is_written(write: Callable[[], None]) -> bool:
    """Whether the views could be written; it is said why not, in a store that is read-only, say."""
    try:
        write()
    except StoreError as error:
        st.toast(error_words(error))
        return False
    return True


def _open(name: str) -> None:
    views = load()
    link.take(views.get(name, {}))
    if views != _stored():
        with contextlib.suppress(StoreError):  # a store that is read-only keeps the old names
            _write(views)
