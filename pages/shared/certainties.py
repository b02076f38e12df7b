"""In the evidence panel: how sure the reader is of each part of an event, and its other answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd
import streamlit as st

from events import wording
from events.certainty import word_of
from events.certainty_words import questions, sure_words
from events.edited_events import ADDED
from events.records import records
from pages.shared import facts
from pages.shared.facts import Row
from pages.shell import names
from pages.shell.escaping import escaped
from pages.shell.language import _, current, label, listed, named
from pages.shell.store_access import query

LEAST = 0.01  # other answers less likely than this say nothing


def draw(row: Row) -> None:
    """A line for each part: the answer, and how sure it is or who corrected it; nothing of an
    event that another coder told."""
    by_hand = _by_hand(row)
    known = {name: row[f"certainty_{name}"] for name in questions(current())}
    if row["coder"]:  # whoever coded it gave no figures; the head of the panel names the coder
        return
    if not by_hand and all(pd.isna(sure) for sure in known.values()):
        head, told = _("How sure each part is"), _("Not measured: words alone told it.")
        st.html(f'<p class="fr-head">{escaped(head)}</p><p class="fr-small">{escaped(told)}</p>')
        return
    cells = "".join(
        _line(head, answer, _sure(name, known[name], by_hand)) for name, head, answer in _parts(row)
    )
    head = escaped(_("How sure each part is"))
    st.html(f'<p class="fr-head">{head}</p><table class="fr-table">{cells}</table>')


def other_answers(row: Row) -> list[str]:
    """The next likeliest answers, a line a part."""
    return list(_others(row))


def _by_hand(row: Row) -> dict[str, str]:
    """Field -> who corrected it, of what stands."""
    if not row["edited"]:
        return {}
    edits = query().edits()
    mine = edits[(edits["event_id"] == int(row["event_id"])) & edits["standing"]]
    found = {str(edit["field"]): str(edit["who"]) for edit in records(mine)}
    return {"type": found[ADDED], **found} if ADDED in found else found


def _sure(name: str, certainty: float, by_hand: Mapping[str, str]) -> str:
    if name in by_hand:
        return _("by {who}").format(who=by_hand[name] or _("nobody named"))
    if pd.isna(certainty):
        return ""
    share = wording.format_share(float(certainty), current())
    return f"{sure_words(current())[word_of(float(certainty))]} {share}"


def _parts(row: Row) -> Iterator[tuple[str, str, str]]:
    """(field, question, answer) of each part."""
    answers = {
        "type": label(str(row["type"])),
        "sources": facts.side(row, "sources"),
        "targets": facts.side(row, "targets"),
        "date": facts.when(row, short=True),
        "place": names.place_of(row),
    }
    for name, head in questions(current()).items():
        yield name, head, answers[name] or _("not told")


def _line(head: str, answer: str, sure: str) -> str:
    return (
        f"<tr><td>{escaped(head)}</td><td>{escaped(answer)}</td>"
        f'<td class="fr-nowrap">{escaped(sure)}</td></tr>'
    )


def _others(row: Row) -> Iterator[str]:
    """Of each part the next likeliest answers: "What: Coerce 12 %; Threaten 3 %"."""
    table = query().alternatives(int(row["event_id"]))
    rows = records(table[table["certainty"] >= LEAST])
    for name, head in questions(current()).items():
        told = [
            f"{_answer(name, str(r['value']))} "
            f"{wording.format_share(float(r['certainty']), current())}"
            for r in rows
            if r["field"] == name
        ]
        if told:
            yield named(head, listed(told))


def _answer(name: str, value: str) -> str:
    """An answer of a field in words."""
    if not value:
        return _("not told")
    if name in ("sources", "targets"):
        return names.actor(value)
    return _interval(value) if name == "date" and "/" in value else label(value)


def _interval(value: str) -> str:
    """The interval first/last of ISO days; an open side is empty."""
    first, last = (dt.date.fromisoformat(day) if day else None for day in value.split("/"))
    return wording.format_interval(first, last, "span", current(), short=True)
