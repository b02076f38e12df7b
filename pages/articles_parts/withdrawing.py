"""Take the article that is read out of every page, count and export; erase its words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from events.records import records
from events.settings import SettingsError
from events.store import Store, StoreError
from events.withdrawal import erase, withdraw
from pages.shared import decision, facts
from pages.shared.facts import Row
from pages.shell import link, look, popovers
from pages.shell.language import _, error_words, named, quoted
from pages.shell.store_access import query

_KEY = "withdraw"
_DONE = "frise_withdrawn"  # (title, whether it was erased) of the last one, until it was said


def button(row: Row) -> None:
    """The button that opens the form."""
    popovers.popover(_("Withdraw"), _KEY, partial(_form, row))


def say_done() -> None:
    """After one was taken out, once: which, and where it is to be found."""
    done = st.session_state.pop(_DONE, None)
    if done is None:
        return
    title, erased = done
    told = (
        _("Erased: {title}. Backups made before still hold its words: delete them.")
        if erased
        else _("Withdrawn: {title}. The page “Left out” lists it; there it can be put back.")
    )
    look.note(told.format(title=quoted(title or _("untitled"))))


def say_where(article_id: int) -> bool:
    """Say of an article that a link names that it was withdrawn; False where it was not."""
    table = query().withdrawals()
    found = records(table[table["article_id"] == article_id])
    for row in found:
        who, when = str(row["who"]) or _("nobody named"), facts.moment(row["at"])
        told = (
            _("The article of this link was erased by {who} on {when}")
            if row["action"] == "erased"
            else _("The article of this link was withdrawn by {who} on {when}")
        )
        look.problem(named(told.format(who=who, when=when), str(row["why"])))
    return bool(found)


def _form(row: Row) -> None:
    erased = st.toggle(_("Also erase its words, for good"), key=f"{_KEY}_erase")
    if erased:
        look.problem(
            _(
                "This cannot be undone: text, quotes, mentions and corrections are deleted from "
                "the store, and the article cannot be loaded again. Backups keep their copy."
            )
        )
    else:
        look.note(_("A withdrawn article is in no page, count or export. It can be put back."))
    with st.form(f"{_KEY}_form", border=False):
        decision.fields(_KEY)
        words = _("Erase this article for good") if erased else _("Withdraw this article")
        if st.form_submit_button(words, key=f"{_KEY}_now"):
            _take_out(row, erase if erased else withdraw, *decision.given(_KEY))


def _take_out(row: Row, how: Callable[..., None], why: str, who: str) -> None:
    if not why:
        look.problem(_("Give a reason: others will read it."))
        return
    try:
        with st.spinner(_("Working …")):
            how(Store(), {int(row["article_id"]): str(row["sha256"])}, why, who)
    except (StoreError, SettingsError) as error:
        look.problem(error_words(error))
        return
    st.session_state[_DONE] = (str(row["title"]), how is erase)
    link.set_view("article", None)
    link.set_view("event", None)
