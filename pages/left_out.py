"""What is not on the charts, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from events.answers import Account
from events.aside_words import place_words, reason_words, value_words
from events.certainty import ANY, NOT_SURE
from events.filters import Filters
from events.records import records
from pages.left_out_parts import lost_edits, withdrawn
from pages.shared import detail, evidence, listing, side_panel
from pages.shell import certainty, counting, escaping, frame, link, look
from pages.shell.language import _, count, current, listed, named, number
from pages.shell.store_access import query

PAGE = "left_out"
MOST_ROWS = 500


def draw(filters: Filters) -> None:
    """Draw one list at a time, chosen by reason; each reason with its number."""
    account = query().account(filters)
    text = sum(n for _reason, n in account.left_out)
    words = {
        "unsure": certainty.list_name(account),
        "hidden": _("Hidden by filters ({n})").format(n=number(account.hidden_otherwise)),
        "undated": _("Undated ({n})").format(n=number(account.undated)),
        "unplaced": _("Without a place ({n})").format(n=number(account.unlocated)),
        "doubtful": _("Place doubtful ({n})").format(n=number(account.doubtful)),
        "merged": _("Told more than once"),
        "text": _("Left out of articles ({n})").format(n=number(text)),
        "files": _("Files set aside ({n})").format(n=number(account.rejected)),
        "withdrawn": _("Withdrawn ({n})").format(n=number(len(query().withdrawals()))),
        "rejected": _("No event, by hand ({n})").format(n=number(len(query().rejected_events()))),
        "lost": _("Edits without an event ({n})").format(n=number(len(query().lost_edits()))),
    }
    chosen = link.view("list", "undated")
    rare = {"withdrawn": len(query().withdrawals()), "lost": len(query().lost_edits())}
    rare["rejected"] = len(query().rejected_events())
    rare["unsure"] = account.less_sure
    for name, rows in rare.items():
        if not rows and chosen != name:  # nothing that most stores have
            del words[name]
    look.title(_("What is left out, and why"), _balance(account))
    st.session_state["left_out_list"] = chosen
    st.segmented_control(
        _("List"),
        list(words),
        key="left_out_list",
        format_func=lambda name: words[name],
        label_visibility="collapsed",
        required=True,
        on_change=lambda: link.set_view("list", st.session_state["left_out_list"]),
    )
    others: dict[str, Callable[[], None]] = {
        "text": partial(_pieces, filters),
        "files": _files,
        "withdrawn": withdrawn.draw,
        "lost": lost_edits.draw,
    }
    if chosen in others:
        others[chosen]()
    else:
        _events(filters, chosen)


def _balance(account: Account) -> str:
    hidden = number(account.hidden_otherwise)
    shown, loaded = number(account.shown), number(account.loaded)
    if not account.hides_less_sure:
        words = _("{shown} shown + {hidden} hidden by filters = {loaded} loaded reports")
        return words.format(shown=shown, hidden=hidden, loaded=loaded)
    words = _("{shown} shown + {less_sure} + {hidden} hidden by filters = {loaded} loaded reports")
    less_sure = certainty.less_sure(account)
    return words.format(shown=shown, less_sure=less_sure, hidden=hidden, loaded=loaded)


def _events(filters: Filters, chosen: str) -> None:
    table = events_of(filters, chosen)
    left, panel = look.split(2.1)
    with left:
        if chosen == "hidden":
            _reasons(filters)
        elif chosen == "unsure":
            look.note(certainty.meaning(query().account(filters)))
        elif chosen == "undated":
            look.note(_("These events are on no time axis; they count on the map and for actors."))
        elif chosen == "unplaced":
            look.note(_("These events are not on the map; they are on the timeline."))
        elif chosen == "rejected":
            look.note(
                _(
                    "Persons said that these are no events: they are in no count. Open one to take "
                    "that back."
                )
            )
        elif chosen == "doubtful":
            look.note(_("Not drawn: the name may mean another place, or it happened elsewhere."))
        else:
            look.note(_("Reports of events that another report tells as well: one story each."))
        if table.empty:
            look.note(_("There is none."))
        else:
            _cut(filters, chosen, len(table))
            listing.table_twin(table, f"left_{chosen}", height=430, most=MOST_ROWS)
    with panel:
        row = evidence.chosen()
        if row is not None:
            evidence.panel(row)
        elif len(table):
            side_panel.draw(table, PAGE, _("In this list"), 460)


def _cut(filters: Filters, chosen: str, listed: int) -> None:
    """Say how many there are if not all are listed."""
    account = query().account(filters)
    whole = {
        "unsure": account.less_sure,
        "hidden": account.hidden_otherwise,
        "undated": account.undated,
        "unplaced": account.unlocated,
        "doubtful": account.doubtful,
    }.get(chosen, listed)
    if whole > listed:
        told = _("{n} of {all} are listed: narrow the filters, or take the file.")
        look.note(told.format(n=number(listed), all=number(whole)))
    elif chosen == "merged" and detail.is_large(filters):
        told = _("Looked for among the newest events only: narrow the filters.")
        look.note(told)


def events_of(filters: Filters, chosen: str) -> pd.DataFrame:
    """The events of one list: less sure, hidden, undated, unplaced, doubtful, merged, rejected."""
    if chosen == "rejected":
        return query().rejected_events().head(MOST_ROWS)
    if chosen == "unsure":
        return query().less_sure(filters, MOST_ROWS)
    if chosen == "hidden":
        # all others are listed under "unsure"
        return query().hidden(replace(filters, sure=ANY), MOST_ROWS)
    if chosen == "undated":  # they come last in the order of the store
        start = query().count(filters) - query().account(filters).undated
        return query().events(filters, limit=MOST_ROWS, offset=start)
    if chosen == "doubtful":
        return query().doubtful(filters, MOST_ROWS)
    if chosen == "unplaced":
        table = detail.recent(filters)
        return table[table["place_id"] == ""]
    with counting.fixed(counting.REPORTS):  # which reports are one event
        table = detail.recent(filters)
    return table[table["story_id"].duplicated(keep=False)].sort_values(["story_id", "published"])


def _reasons(filters: Filters) -> None:
    hidden = query().account(filters).hidden
    parts = [named(_(reason), number(n)) for reason, n in hidden if reason != NOT_SURE]
    if parts:
        look.note(_("First reason that hides them: {reasons}.").format(reasons=listed(parts)))


def _pieces(filters: Filters) -> None:
    """Passages of articles that gave no event: noise, dates without an event, hypotheses."""
    found = query().left_out(filters)
    table = found.head(MOST_ROWS)
    if table.empty:
        look.note(_("There is none."))
        return
    if len(found) > len(table):
        told = _("{n} of {all} are listed: narrow the filters, or take the file.")
        look.note(told.format(n=number(len(table)), all=number(len(found))))
    shown = pd.DataFrame(
        {
            _("Reason"): [_(str(reason)) for reason in table["reason"]],
            _("Words"): [escaping.shortened(str(text), 240) for text in table["text"]],
            _("Article"): table["title"].astype("str").tolist(),
            _("Outlet"): table["source"].astype("str").tolist(),
        }
    )
    ids = table["article_id"].tolist()
    listing.select_rows(shown, "left_pieces", lambda i: link.set_view("article", ids[i]), 430)
    if link.view_id("article") and st.button(_("Open this article"), key="left_open"):
        st.switch_page("pages/articles.py")


def _files() -> None:
    table = query().rejected()
    if table.empty:
        look.note(_("Every file that was given could be read."))
        return
    st.html(
        f'<p class="fr-small">{escaping.escaped(count("{n} file", "{n} files", len(table)))}</p>'
    )
    if len(table) > MOST_ROWS:
        told = _("The newest {n} are listed.")
        look.note(told.format(n=number(MOST_ROWS)))
    rows, lang = records(table.head(MOST_ROWS)), current()
    st.dataframe(
        pd.DataFrame(
            {
                _("File"): [row["file"] for row in rows],
                _("What is wrong"): [reason_words(str(row["what"]), lang) for row in rows],
                _("At"): [place_words(str(row["where"]), lang) for row in rows],
                _("Value"): [value_words(str(row["value"]), lang) for row in rows],
                _("What to do"): [reason_words(str(row["advice"]), lang) for row in rows],
            }
        ),
        hide_index=True,
    )


if __name__ == "__main__":  # Streamlit runs the file of a page
    frame.show(draw, filtered=False)
