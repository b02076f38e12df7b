"""Articles that persons took out: which, by whom, when and why; a form puts one back."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from events.records import records
from events.settings import SettingsError
from events.store import Store, StoreError
from events.withdrawal import restore_articles
from pages.shared import decision, facts
from pages.shared.facts import Row
from pages.shell import look
from pages.shell.language import _, error_words, number
from pages.shell.store_access import query

_KEY = "put_back"
_ARTICLE = f"{_KEY}_article"
_BACK = "frise_put_back"  # title of the article that was put back, until it was said
MOST_ROWS = 500


def draw() -> None:
    """The list, newest first, and the form for those whose words are still there."""
    if title := st.session_state.pop(_BACK, ""):
        look.note(_("Put back: {title}. It counts on every page again.").format(title=title))
    rows = records(query().withdrawals())
    if not rows:
        look.note(_("No article was withdrawn."))
        return
    look.note(_("These articles are in no page, count or export; a later load refuses them."))
    if len(rows) > MOST_ROWS:
        look.note(_("The newest {n} are listed.").format(n=number(MOST_ROWS)))
    st.dataframe(_readable(rows[:MOST_ROWS]), hide_index=True)
    back = [row for row in rows if row["action"] == "withdrawn"]
    if back:
        _form({int(row["article_id"]): _title(row) for row in back})


def _title(row: Row) -> str:
    """Of an erased article nothing but its id is left."""
    return str(row["title"]) or str(row["article_id"])


def _readable(rows: Sequence[Row]) -> pd.DataFrame:
    done = {"withdrawn": _("withdrawn"), "erased": _("erased")}
    return pd.DataFrame(
        {
            _("Article"): [_title(row) for row in rows],
            _("Outlet"): [str(row["source"]) for row in rows],
            _("Action"): [done[str(row["action"])] for row in rows],
            _("When"): [facts.moment(row["at"]) for row in rows],
            _("By"): [str(row["who"]) for row in rows],
            _("Reason"): [str(row["why"]) for row in rows],
        }
    )


def _form(titles: dict[int, str]) -> None:
    with st.container(width=480), st.form(_KEY, border=False):
        st.selectbox(
            _("Put an article back"),
            list(titles),
            index=0 if len(titles) == 1 else None,
            key=_ARTICLE,
            format_func=lambda article: titles.get(article, ""),
            placeholder=_("Article"),
        )
        decision.fields(_KEY)
        if st.form_submit_button(_("Put it back"), key=f"{_KEY}_now"):
            _put_back(titles)


def _put_back(titles: dict[int, str]) -> None:
    article = st.session_state[_ARTICLE]
    why, who = decision.given(_KEY)
    if article is None:
        look.problem(_("Choose the article first."))
    elif not why:
        look.problem(_("Give a reason: others will read it."))
    else:
        try:
            restore_articles(Store(), [article], why, who)
        except (StoreError, SettingsError, ValueError) as error:
            look.problem(error_words(error))
            return
        st.session_state[_BACK] = titles[article]
        st.rerun()
