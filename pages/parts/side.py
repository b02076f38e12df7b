"""The column beside a chart: evidence of the chosen event, else a list of events to choose from.

What was clicked may stand for several events (a place, a bar, a pair of actors): then the list
shows those, and each leads to its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from events.filters import Filters
from pages.parts import detail, evidence, listing, look
from pages.parts.data import query
from pages.parts.language import _, count
from pages.parts.plain import escaped

_PICKED = "frise_picked"
MOST_PICKED = 2000
MOST_ASKED = 50  # events asked for one by one when the page does not hold them


@dataclass(frozen=True)
class Picked:
    """Events behind one mark: what they are, on which page, and their ids in order."""

    title: str
    page: str
    ids: tuple[int, ...]


def say_newest(filters: Filters, table: pd.DataFrame, words: str = "") -> None:
    """Of a large store, say that what stands here holds its newest events only."""
    if detail.is_large(filters):
        told = words or _("The list holds the newest {events}; the chart counts all of them.")
        look.note(told.format(events=count("{n} event", "{n} events", len(table))))


def pick(title: str, page: str, ids: Sequence[int]) -> None:
    """Show the events behind a mark; a single one shows its evidence at once."""
    unique = tuple(dict.fromkeys(int(i) for i in ids))[:MOST_PICKED]
    st.session_state[_PICKED] = Picked(title, page, unique) if len(unique) > 1 else None
    evidence.choose(unique[0] if len(unique) == 1 else None)


def picked(page: str) -> Picked | None:
    """What was clicked on this page, if it still counts."""
    found: Picked | None = st.session_state.get(_PICKED)
    return found if found and found.page == page else None


def unpick() -> None:
    """Go back to the list of all events."""
    st.session_state[_PICKED] = None
    evidence.choose(None)


def draw(table: pd.DataFrame, page: str, title: str, height: int) -> None:
    """Evidence, or the events behind the mark that was clicked, or `table` under `title`."""
    row = evidence.chosen()
    behind = picked(page)
    if row is not None:
        if behind is not None and int(row["event_id"]) in behind.ids:
            back = count("{n} event", "{n} events", len(behind.ids))
            st.button(
                _("Back to {events}").format(events=back),
                key="side_back",
                type="tertiary",
                on_click=evidence.choose,
                args=(None,),
            )
        evidence.panel(row)
        return
    if behind is not None:
        _list_behind(table, behind, height)
        return
    st.html(f'<p class="fr-head">{escaped(title)}</p>')
    listing.headlines(table, page, height)


def _list_behind(table: pd.DataFrame, behind: Picked, height: int) -> None:
    wanted = rows_of(table, behind.ids)
    head, close = st.columns([10, 1.6], vertical_alignment="center")
    events = count("{n} event", "{n} events", len(behind.ids))
    head.html(f'<p class="fr-line">{escaped(behind.title)} · {escaped(events)}</p>')
    close.button("×", key="side_close", help=_("Close"), on_click=unpick)
    listing.headlines(wanted, f"{page_key(behind)}", height)


def rows_of(table: pd.DataFrame, ids: Sequence[int]) -> pd.DataFrame:
    """The events of the ids: from the table at hand, the first others from the store."""
    found = table[table["event_id"].isin(ids)]
    missing = [i for i in ids if i not in set(found["event_id"])][: max(0, MOST_ASKED - len(found))]
    asked = [query().event(i) for i in missing]
    return pd.concat([found, *asked], ignore_index=True) if asked else found


def page_key(behind: Picked) -> str:
    """A key for the widgets of the list."""
    return f"{behind.page}_behind"


def weightiest(table: pd.DataFrame) -> pd.DataFrame:
    """One report a story: most independent sources first, then the surest, then the newest."""
    outlets = table.groupby("story_id")["origin"].nunique().rename("outlets")
    ranked = table.join(outlets, on="story_id").sort_values(
        ["outlets", "confidence", "first", "event_id"],
        ascending=[False, False, False, True],
        na_position="last",
    )
    return ranked.drop_duplicates("story_id")
