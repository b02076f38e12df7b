"""In the evidence panel: how sure the reader is of each part of an event, and its other answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd
import streamlit as st

from events import wording
from events.certainty import word_of
from pages.shared import facts
from pages.shared.facts import Row
from pages.shell import names
from pages.shell.escaping import escaped
from pages.shell.language import _, current, label, listed, named
from pages.shell.store_access import query, records

LEAST = 0.01  # other answers less likely than this say nothing


def draw(row: Row) -> None:
    """A line for each part; nothing of an event that has no certainties."""
    if pd.isna(row["certainty_type"]):
        return
    cells = "".join(_line(*part) for part in _parts(row))
    head = escaped(_("How sure each part is"))
    st.html(f'<p class="fr-head">{head}</p><table class="fr-table">{cells}</table>')
    others = list(_others(row))
    if others:
        with st.expander(_("Other answers")):
            items = "".join(f"<li>{escaped(line)}</li>" for line in others)
            st.html(f'<ul class="fr-list">{items}</ul>')


def _headings() -> dict[str, str]:
    """Field -> its question."""
    return {
        "type": _("What"),
        "sources": _("Who"),
        "targets": _("To whom"),
        "date": _("When"),
        "place": _("Where"),
    }


def _parts(row: Row) -> Iterator[tuple[str, str, float]]:
    """(question, answer, how sure) of each part."""
    answers = {
        "type": label(str(row["type"])),
        "sources": facts.side(row, "sources"),
        "targets": facts.side(row, "targets"),
        "date": facts.when(row, short=True),
        "place": names.place_of(row),
    }
    for name, head in _headings().items():
        yield head, answers[name] or _("not told"), float(row[f"certainty_{name}"])


def _line(head: str, answer: str, certainty: float) -> str:
    words = {"sure": _("sure"), "likely": _("likely"), "doubtful": _("doubtful")}
    share = wording.format_share(certainty, current())
    return (
        f"<tr><td>{escaped(head)}</td><td>{escaped(answer)}</td>"
        f'<td class="fr-nowrap">{escaped(words[word_of(certainty)])} {escaped(share)}</td></tr>'
    )


def _others(row: Row) -> Iterator[str]:
    """Of each part the next likeliest answers: "What: Coerce 12 %; Threaten 3 %"."""
    table = query().alternatives(int(row["event_id"]))
    rows = records(table[table["certainty"] >= LEAST])
    for name, head in _headings().items():
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
