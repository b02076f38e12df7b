"""A table of events that Frise does not know: its columns guessed, what they would give, and the
mapping to be mended and kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from events.aside_words import aside_line
from events.model import Extraction
from events.registry import name
from pages.articles_parts.upload_names import plain_name
from pages.shell import escaping, look
from pages.shell.language import _, current, label

FILE, TEXT = "mapping_file", "mapping_text"
_GUESSED = "mapping_guessed"
SHOWN = 5  # rows of the preview


def draw(ask: Callable[[], None], busy: bool) -> None:
    """The table, its mapping, its first rows as they would be read, the button that reads it."""
    st.caption(_("Tables of ACLED, UCDP, GDELT and others are known: give them under Files."))
    file = st.file_uploader(_("A table of events (CSV, XLSX)"), key=FILE)
    if file is None:
        return
    with given(file) as path:
        problem = _guess(file, path)
        text = st.text_area(_("Its mapping (TOML)"), key=TEXT, height=260)
        problem = problem or _preview(path, text)
    if problem:
        look.problem(problem)
    left, right = st.columns(2)
    words = _("Read this table")
    left.button(
        words, key="mapping_read", type="primary", disabled=busy or bool(problem), on_click=ask
    )
    right.download_button(
        _("Save the mapping"), text, file_name="mapping.toml", key="mapping_save", on_click="ignore"
    )


def rows(file: Any, text: str) -> Iterator[tuple[str, Any]]:
    """(name of the file, row) of the table by its mapping. Raises ValueError for a wrong one."""
    from loaders.readers import read_path

    with given(file) as path:
        for item in read_path(path, _layout(path, text)):
            yield file.name, item


@contextmanager
def given(file: Any) -> Iterator[Path]:
    """The uploaded file as a file of that name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / plain_name(str(file.name))
        path.write_bytes(file.getvalue())
        yield path


def _guess(file: Any, path: Path) -> str:
    """Put a first mapping of a new file into the text; what is wrong with it, "" if nothing."""
    from loaders.readers import UnreadableError
    from loaders.readers.coded.guess import mapping_of

    if st.session_state.get(_GUESSED) == file.file_id:
        return ""
    try:
        st.session_state[TEXT] = mapping_of(path)
    except UnreadableError as error:
        return f"{_(error.problem)}. {_(error.remedy)}"
    st.session_state[_GUESSED] = file.file_id
    return ""


def _layout(path: Path, text: str) -> Any:
    from loaders.readers.coded.layout import read_layout

    mapping = path.with_name("mapping.toml")
    mapping.write_text(text, "utf-8")
    try:
        return read_layout(mapping)
    except ValueError as error:  # its path is none that the reader knows
        raise ValueError(str(error).replace(str(mapping), "mapping.toml")) from error


def _preview(path: Path, text: str) -> str:
    """Show the first rows as they would be read; what is wrong, "" if nothing."""
    from loaders.readers import SetAside, read_path

    try:
        found = list(islice(read_path(path, _layout(path, text)), SHOWN))
    except ValueError as error:
        return str(error)
    aside = [item for item in found if isinstance(item, SetAside)]
    events = [item.events[0] for item in found if isinstance(item, Extraction)]
    if events:
        st.dataframe(pd.DataFrame(map(_readable, events)), hide_index=True)
    return "; ".join(escaping.plain(aside_line(astuple(a), current())) for a in aside)


def _readable(event: Any) -> dict[str, str]:
    place = event.place.place.name if event.place and event.place.place else ""
    days = [str(day) for day in (event.date.first, event.date.last)] if event.date else []
    return {
        _("Type"): label(event.type) if event.type else f"? ({event.source_type})",
        _("Days"): " – ".join(dict.fromkeys(days)),
        _("Who"): ", ".join(_names(event.sources)),
        _("To whom"): ", ".join(_names(event.targets)),
        _("Place"): place,
        _("Quote"): event.quote[:120],
    }


def _names(codes: tuple[str, ...]) -> Iterator[str]:
    return (name(code, current()) for code in codes)
