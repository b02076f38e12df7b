"""What two persons read of the same events: how far they agree, and where they do not."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from events import wording
from events.agreement import Agreement, agreements, read_by_two
from events.records import records
from pages.shared import edit_words, facts, listing
from pages.shell import link, look
from pages.shell.language import _, count, current, named
from pages.shell.store_access import one, reports


def draw() -> None:
    """A line for each two readers, and the events on which they differ; nothing before anybody
    read what another had read."""
    pairs = read_by_two(reports())
    if pairs.empty:
        return
    look.head(_("Read by two"))
    for each in agreements(pairs):
        look.note(_line(each))
    differing = pairs[pairs["first_said"] != pairs["second_said"]]
    rows: dict[int, facts.Row] = {
        int(r["event_id"]): r for r in records(reports().events_with(_ids(differing)))
    }
    if len(differing):
        _table(differing, rows)


def _ids(pairs: pd.DataFrame) -> list[int]:
    return [int(event) for event in pairs["event_id"]]


def _line(told: Agreement) -> str:
    words = count("{n} event read by both", "{n} events read by both", told.both)
    same = count("{n} verdict the same", "{n} verdicts the same", told.same)
    share = (
        _("kappa not defined")
        if told.kappa is None
        else named("kappa", wording.format_number(told.kappa, current(), 2))
    )
    return named(" · ".join(told.readers), f"{words}, {same}, {share}")


def _table(pairs: pd.DataFrame, rows: Mapping[int, facts.Row]) -> None:
    """The events on which two differ; one that is chosen opens with its history and form."""
    names = edit_words.states()
    shown = pd.DataFrame(
        {
            _("Event"): [_headline(event, rows) for event in _ids(pairs)],
            _("First reader"): _said(pairs, "first", names),
            _("Second reader"): _said(pairs, "second", names),
        }
    )
    ids = _ids(pairs)
    look.note(_("Where they differ the first verdict stands; open one to settle it."))
    listing.select_rows(shown, "review_both", lambda i: link.set_view("event", ids[i]))


def _headline(event: int, rows: Mapping[int, facts.Row]) -> str:
    row = rows.get(event) or one(reports().event_or_rejected(event))
    return facts.headline(row) if row else str(event)


def _said(pairs: pd.DataFrame, side: str, names: dict[str, str]) -> list[str]:
    both = zip(pairs[side], pairs[f"{side}_said"], strict=True)
    return [named(str(who), names[said]) for who, said in both]
