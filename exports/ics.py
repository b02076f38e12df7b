"""ICS: dated events as all-day entries, for calendars. Undated ones are counted in the header."""

from __future__ import annotations

import datetime as dt
from typing import Any

from icalendar import Calendar, Event, vText

from events.headline import headline_of
from events.wording import label, named, translator
from exports.cells import plain_rows
from exports.receipt import receipt
from exports.selection import Selection

_STATUS = {"planned": "TENTATIVE", "reported": "CONFIRMED"}


def to_ics(selection: Selection) -> bytes:
    """One VEVENT per event with both ends known; its precision is in the description."""
    _ = translator(selection.lang)
    rows = [row for row in plain_rows(selection.events) if row["first"] and row["last"]]
    calendar = Calendar()
    calendar.add("prodid", "-//Frise//Event timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", vText(selection.title or "Frise"))
    without = len(selection.events) - len(rows)
    lines = receipt(selection).lines(selection.lang)
    lines.append(named(_("Without both days"), without, selection.lang))
    calendar.add("x-wr-caldesc", vText("\n".join(lines)))
    for row in rows:
        calendar.add_component(_entry(row, selection))
    return bytes(calendar.to_ical())


def _entry(row: dict[str, Any], selection: Selection) -> Event:
    lang = selection.lang
    entry = Event()
    entry.add("uid", f"{row['event_id']}@frise")
    entry.add("dtstamp", selection.made_at)
    entry.add("x-frise-story-id", str(row["story_id"]))
    entry.add("dtstart", dt.date.fromisoformat(row["first"]))
    # DTEND of an all-day entry is exclusive (RFC 5545, 3.6.1)
    if row["last"] < "9999-12-31":
        entry.add("dtend", dt.date.fromisoformat(row["last"]) + dt.timedelta(days=1))
    entry.add("summary", headline_of(row, lang))
    told = [row["quote"], f"{label(row['precision'], lang)} · {label(row['status'], lang)}"]
    entry.add("description", "\n".join([*told, row["title"], row["source"], row["url"]]).strip())
    if row["place_name"]:
        entry.add("location", row["place_name"])
    if row["lat"] is not None and row["lon"] is not None:
        entry.add("geo", (row["lat"], row["lon"]))
    if row["status"] in _STATUS:
        entry.add("status", _STATUS[row["status"]])
    return entry
