"""The file that an article came in: to be saved, with the page of a PDF where a quote stands."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

from events import audit_log
from events.originals import original, page_of
from events.store import store_location
from pages.shared.facts import Row
from pages.shell import person
from pages.shell.language import _
from pages.shell.store_access import one, query


def draw(article_id: int, start: int | None = None, part: str = "text") -> None:
    """A button that saves the file, where it is kept; `start`: where in the text a quote begins."""
    article = one(query().article(article_id))
    path = original(store_location(), str(article["sha256"])) if article is not None else None
    if article is None or path is None:
        return
    page = page_of(map(str, article["notes"]), start) if start is not None and part == "text" else 0
    words = _("The original file: see page {page}").format(page=page) if page else ""
    st.download_button(
        words or _("The original file"),
        partial(_read, path, _file_name(article, path), person.name()),
        file_name=_file_name(article, path),
        key=f"original_{article_id}_{start}",
        on_click="ignore",
        width="stretch",
    )


def _read(path: Path, name: str, who: str) -> bytes:
    audit_log.record_leaving(store_location(), who, name)
    return path.read_bytes()


def _file_name(article: Row, path: Path) -> str:
    """A name from the hash alone: a title may hold anything."""
    return f"frise-{str(article['sha256'])[:12]}{path.suffix}"
