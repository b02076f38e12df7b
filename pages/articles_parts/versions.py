"""Versions of an article: the same address with another text, and what changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

import streamlit as st

from events.records import records
from pages.shared import facts
from pages.shared.facts import Row
from pages.shell import link, look
from pages.shell.escaping import escaped, plain, shortened
from pages.shell.language import _, count
from pages.shell.store_access import one, query

MOST_SHOWN = 40  # sentences that changed
MOST_COMPARED = 5_000  # sentences of a version
_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def draw(row: Row) -> None:
    """The other versions with links, and what this one changed; nothing where it is alone."""
    found = records(query().versions(int(row["article_id"])))
    if len(found) < 2:
        return
    words = count("{n} version of this address", "{n} versions of this address", len(found))
    st.html(f'<p class="fr-head">{escaped(words)}</p>')
    place = [each["article_id"] for each in found].index(row["article_id"])
    for number, each in enumerate(found):
        if number != place:
            _other(each)
    if place:
        _changes(row, found[place - 1])
    else:
        look.note(_("This is the first version."))


def _other(version: Row) -> None:
    when = facts.moment(version["retrieved"])
    st.button(
        plain(f"{when} · {shortened(str(version['title']) or _('untitled'), 60)}"),
        key=f"version_{version['article_id']}",
        type="tertiary",
        on_click=_open,
        args=(int(version["article_id"]),),
    )


def _open(article: int) -> None:
    link.set_view("article", article)
    link.set_view("event", None)


def _changes(row: Row, before: Row) -> None:
    earlier = one(query().article(int(before["article_id"])))
    if earlier is None:
        return
    found = changes(*(_sentences(each) for each in (earlier, row)))
    words = _("Changed since the version of {when}").format(when=facts.moment(before["retrieved"]))
    st.html(f'<p class="fr-small">{escaped(words)}</p>')
    marks = {"-": ("del", "−"), "+": ("ins", "+")}
    lines = "".join(
        f"<li><{marks[sign][0]}>{marks[sign][1]} {escaped(text)}</{marks[sign][0]}></li>"
        for sign, text in found[:MOST_SHOWN]
    )
    more = len(found) - MOST_SHOWN
    rest = count("{n} more change", "{n} more changes", more) if more > 0 else ""
    st.html(f'<ul class="fr-list fr-changes">{lines}</ul>' + (f"<p>{rest}</p>" if rest else ""))


def _sentences(row: Row) -> list[str]:
    told = [str(row["title"]), *_END.split(str(row["text"]))]
    return [sentence.strip() for sentence in told if sentence.strip()][:MOST_COMPARED]


def changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """("-", sentence that went) and ("+", sentence that came), in reading order."""
    found: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            found += [("-", each) for each in before[first:last]]
            found += [("+", each) for each in after[start:end]]
    return found
