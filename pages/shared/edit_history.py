"""In the evidence panel: what persons decided of an event, with old and new, and its undoing.

One button takes back all that one save changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from events.corrections import FIELDS
from events.edited_events import ACCEPTED, ADDED, EVENT, SECOND
from events.editing import newest_edit, take_back
from events.records import records
from pages.shared import decided, edit_words, facts
from pages.shared.facts import Row
from pages.shell import escaping, look, person
from pages.shell.language import _, named
from pages.shell.store_access import query

MOST = 12
KEY = "U"  # takes the newest edit back


def draw(row: Row) -> None:
    """A line for each edit, newest first; a save of which any stands has a button to undo it."""
    edits = query().history()
    mine = edits["field"].isin([*FIELDS, EVENT, ADDED, ACCEPTED, SECOND])
    rows = records(edits[mine & (edits["event_id"] == int(row["event_id"]))].head(MOST))
    if not rows:
        return
    st.html(f'<p class="fr-head">{escaping.escaped(_("Decided by hand"))}</p>')
    key: str | None = KEY
    for _moment, saved in groupby(rows, lambda edit: (edit["at"], edit["who"])):
        edits_of_save = list(saved)
        for edit in edits_of_save:
            look.note(line(edit))
        standing = [edit for edit in edits_of_save if edit["standing"] and edit["value"]]
        if standing:
            _undo_button(standing, key)
            key = None


def _undo_button(standing: Sequence[Row], key: str | None) -> None:
    """The button of a save; `standing`: its edits that hold, newest first."""
    first = standing[0]
    st.button(
        _("Take this back") if len(standing) == 1 else _("Take these back"),
        key=f"edit_undo_{first['edit_id']}",
        shortcut=key,
        type="tertiary",
        on_click=_take_back,
        args=(int(first["event_id"]), int(first["edit_id"])),
    )


def line(edit: Row) -> str:
    """ "Type: Assault → Protest · Ana, 29 November 2026 …: the reason"."""
    who = str(edit["who"]) or _("nobody named")
    told = f"{edit_words.changed(edit)} · {who}, {facts.moment(edit['at'])}"
    return named(told, str(edit["why"])) if edit["why"] else told


def _take_back(event_id: int, edit_id: int) -> None:
    who, seen = person.name(), newest_edit(query(), event_id)
    decided.write(event_id, who, lambda q: take_back(q, edit_id, "", who, seen))
