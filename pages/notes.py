"""What persons wrote: notes, tags, bookmarks, cases and saved views, and what was deleted."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from events.filters import Filters
from pages.notes_parts import bookmarks, case_list, deleted, note_list, tags
from pages.shell import frame, link, look, open_case, signing
from pages.shell.language import _, number
from pages.shell.store_access import reports

PAGE = "notes"


def draw(_filters: Filters) -> None:
    """One list at a time, each with its number."""
    told, known = reports().annotations(), open_case.known()
    kept = [*known.of("case"), *known.of("view")]
    words = {
        "notes": _("Notes ({n})").format(n=number(len(told.written()))),
        "tags": _("Tags ({n})").format(n=number(len(told.colours))),
        "bookmarks": _("Bookmarks ({n})").format(n=number(len(told.bookmarks))),
        "cases": _("Cases and views ({n})").format(n=number(len(kept))),
        "deleted": _("Deleted"),
    }
    lists: dict[str, Callable[[], None]] = {
        "notes": note_list.draw,
        "tags": tags.draw,
        "bookmarks": bookmarks.draw,
        "cases": case_list.draw,
        "deleted": deleted.draw,
    }
    chosen = link.view("desk", "notes")
    look.title(_("Notes, tags and cases"), _("Notes and tags are written beside an event."))
    st.session_state["desk_list"] = chosen
    st.segmented_control(
        _("List"),
        list(words),
        key="desk_list",
        format_func=lambda name: words[name],
        label_visibility="collapsed",
        required=True,
        on_change=lambda: link.set_view("desk", st.session_state["desk_list"]),
    )
    if kept or told.notes or told.colours or told.bookmarks or chosen == "cases":
        signing.ask(PAGE)  # there is something to sign
    lists[chosen]()


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw, filtered=False)
