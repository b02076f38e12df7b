"""Tables below the map: what it shows, and what it cannot show."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts.map.arcs import between, build_arcs
from charts.map.deck import unplaced
from charts.registry import CHARTS
from events.filters import Filters
from events.geography import country_name
from pages.map_parts.places import unresolved
from pages.shared import detail, listing, side_panel
from pages.shell import counting, link, look, names
from pages.shell.language import _, current, number
from pages.shell.store_access import query

PAGE = "map"
MOST_ROWS = 2000
EVERY_ARC = 100_000


def draw(filters: Filters, roles: tuple[str, ...], arcs: bool) -> None:
    """One expander each: events without a place, unresolved names, the content of the map.

    The events are queried only when an expander is opened.
    """
    _without(filters)
    _doubtful(filters)
    open_names = unresolved(filters)
    with st.expander(_("Place names that stayed unresolved ({n})").format(n=len(open_names))):
        if open_names.empty:
            look.note(_("There is none."))
        else:
            st.dataframe(open_names, hide_index=True)
    with listing.unfolded(_(CHARTS["map"].twin), PAGE) as is_open:
        if is_open:
            table = _newest(filters)
            listing.table_twin(table[table["place_id"] != ""], PAGE)
    if arcs:
        with listing.unfolded(_("The same arcs as a table"), "map_arcs") as is_open:
            if is_open:
                _arcs(_newest(filters))
    if roles:
        with listing.unfolded(_("The faint places as a table"), "map_faint") as is_open:
            if is_open:
                _faint(filters, roles)


def _newest(filters: Filters) -> pd.DataFrame:
    """The events shown; for a large store the newest, with a note."""
    table = detail.recent(filters)
    if detail.is_large(filters):
        told = counting.counted(len(table))
        look.note(_("These tables hold the newest {events}.").format(events=told))
    return table


def _without(filters: Filters) -> None:
    number_of = query().account(filters).unlocated
    words = _("Events without a place on the map ({n})").format(n=number(number_of))
    with listing.unfolded(words, "map_without") as is_open:
        if is_open and not number_of:
            look.note(_("There is none."))
        elif is_open:
            listing.table_twin(unplaced(_newest(filters)), "map_without")


def _doubtful(filters: Filters) -> None:
    """Events left off the map because their place is not sure, with the candidate and why."""
    whole = query().account(filters).doubtful
    words = _("Events whose place is doubtful ({n})").format(n=number(whole))
    with listing.unfolded(words, "map_doubtful") as is_open:
        if is_open and not whole:
            look.note(_("There is none."))
        elif is_open:
            listing.doubtful_table(query().doubtful(filters, MOST_ROWS), "map_doubtful")


def _arcs(table: pd.DataFrame) -> None:
    """Every pair of states with its number of events; selecting a row shows the events."""
    found, _unplaced = build_arcs(table, 3.0, EVERY_ARC)
    pairs = [(arc.source, arc.target) for arc in found]
    rows = pd.DataFrame(
        {
            _("Who"): [country_name(source, current()) for source, _target in pairs],
            _("To whom"): [country_name(target, current()) for _source, target in pairs],
            _("Events"): [arc.events for arc in found],
            _("Mean score"): [round(arc.score, 1) for arc in found],
        }
    )

    def chosen(position: int) -> None:
        source, target = pairs[position]
        title = f"{country_name(source, current())} → {country_name(target, current())}"
        side_panel.pick(title, PAGE, between(table, source, target))

    listing.select_rows(rows, "map_arcs_twin", chosen, 320)


def _faint(filters: Filters, roles: tuple[str, ...]) -> None:
    """One row per place and article; selecting a row opens the article that names it."""
    counted = named_places(filters, roles)
    if len(counted) > MOST_ROWS:
        told = _("{n} of {all} are listed: narrow the filters, or take the file.")
        look.note(told.format(n=number(MOST_ROWS), all=number(len(counted))))
        counted = counted.head(MOST_ROWS)
    words = {"mentioned": _("only mentioned"), "dateline": _("filed from")}
    keys = zip(counted["code"], counted["name"], counted["country"], strict=True)
    rows = pd.DataFrame(
        {
            _("Place"): [names.place(*(str(part) for part in key)) for key in keys],
            _("Role"): [words.get(str(role), str(role)) for role in counted["role"]],
            _("Mentions"): counted["n"].tolist(),
            _("Article"): counted["title"].astype(str).tolist(),
        }
    )
    ids = counted["article_id"].tolist()
    listing.select_rows(
        rows, "map_faint_twin", lambda i: link.set_view("article", int(ids[i])), 320
    )
    if link.view_id("article") and st.button(_("Open this article"), key="map_open"):
        st.switch_page("pages/articles.py")


def named_places(filters: Filters, roles: tuple[str, ...]) -> pd.DataFrame:
    """role, code, name, country, article_id, title, n of the faint marks, most mentions first."""
    mentions = query().mentions(filters)
    known = mentions[(mentions["kind"] == "place") & mentions["role"].isin(roles)]
    known = known[known["lat"].notna() & known["lon"].notna()]
    keys = ["role", "code", "name", "country", "article_id"]
    counted = known.groupby(keys, as_index=False).size().rename(columns={"size": "n"})
    titles = query().articles(filters).set_index("article_id")["title"]
    counted["title"] = counted["article_id"].map(titles).fillna("")
    return counted.sort_values(["n", "name"], ascending=[False, True], ignore_index=True)
