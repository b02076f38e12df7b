"""An explanation below an empty map."""

from __future__ import annotations

import pandas as pd

from charts.map.doubtful import is_doubtful, on_map
from events.filters import Filters
from pages.shell import link, look
from pages.shell.language import _, count
from pages.shell.store_access import query


def say(here: pd.DataFrame, filters: Filters) -> None:
    """Explain why no event of `here` (those in the view) is drawn; nothing if one is."""
    words = why(here, filters)
    if words:
        look.note(words)


def why(here: pd.DataFrame, filters: Filters) -> str:
    """Why none of the events is drawn, and where they are listed; "" if one is drawn."""
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
    if "events" in here:  # counts from the store contain neither
        account = query().account(filters)
        return account.doubtful, account.unlocated
    return int(is_doubtful(here).sum()), int(here["lat"].isna().sum())
