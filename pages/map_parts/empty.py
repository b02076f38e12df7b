"""Why the map is empty, in words, where nothing can be drawn: a bare ground would not tell."""

from __future__ import annotations

import pandas as pd

from charts.map.doubtful import is_doubtful, on_map
from events.filters import Filters
from pages.shell import link, look
from pages.shell.language import _, count
from pages.shell.store_access import query


def say(here: pd.DataFrame, filters: Filters) -> None:
    """Nothing where an event of `here` (what lies in the view) is drawn; else why none is."""
    words = why(here, filters)
    if words:
        look.note(words)


def why(here: pd.DataFrame, filters: Filters) -> str:
    """Why none of the events is drawn, and where they are listed; "" where one is."""
    if bool(on_map(here, bool(link.view("doubtful"))).any()):
        return ""
    doubtful, without = _counts(here, filters)
    told = [_("No event is drawn in this view.")]
    if doubtful:
        told.append(count(
            "The place of {n} event is doubtful: it is listed beneath the map, under “Events "
            "whose place is doubtful”.",
            "The places of {n} events are doubtful: they are listed beneath the map, under “Events "
            "whose place is doubtful”.",
            doubtful,
        ))  # fmt: skip
    if without:
        told.append(count(
            "{n} event has no place: it is listed under “Events without a place on the map”.",
            "{n} events have no place: they are listed under “Events without a place on the map”.",
            without,
        ))  # fmt: skip
    return " ".join(told)


def _counts(here: pd.DataFrame, filters: Filters) -> tuple[int, int]:
    """Events whose place is doubtful, and events without a place."""
    if "events" in here:  # the store's counts hold neither
        account = query().account(filters)
        return account.doubtful, account.unlocated
    return int(is_doubtful(here).sum()), int(here["lat"].isna().sum())
