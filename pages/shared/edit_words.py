"""A person's edit in words: the field, and the value before and after."""

from __future__ import annotations

import json

from events import registry
from events.corrections import FIELDS, NONE, Columns, EditRefused, columns
from events.grading import CREDIBILITY
from events.grading_words import credibility_words
from pages.shared import facts
from pages.shared.facts import Row
from pages.shell import names
from pages.shell.language import _, current, label, named


def field_names() -> dict[str, str]:
    """Field of an event -> its name."""
    return {
        "type": _("Type"),
        "mode": _("Mode"),
        "status": _("Status"),
        "sources": _("Who acts"),
        "targets": _("Who is acted upon"),
        "date": _("Date"),
        "place": _("Place"),
        "attributed_to": _("Told by"),
        "headline": _("Headline"),
        "weight": _("Importance"),
        CREDIBILITY: _("Credibility of the story"),
    }


def weights() -> dict[str, str]:
    """Weight of an event, as edits write it, -> its name."""
    return {"2": _("main event"), "1": _("worth a line"), "0": _("background")}


def states() -> dict[str, str]:
    """State of an event in a review -> its name."""
    return {
        "unread": _("Unread"),
        "accepted": _("Accepted"),
        "corrected": _("Corrected"),
        "rejected": _("Rejected"),
    }


def decided(edit: Row) -> str:
    """What an edit says, without what stood before."""
    others = {
        "joined": _("story joined with another"),
        "story_id": _("taken out of its story"),
        "event": _("no event"),
        "added": _("added by hand"),
        "accepted": _("right as told"),
    }
    field, value = str(edit["field"]), str(edit["value"])
    if field == "second":
        return named(_("Second reading"), states()[value].lower())
    return others.get(field) or named(field_names()[field], value_in_words(field, value))


def changed(edit: Row) -> str:
    """An edit of HISTORY_COLUMNS as a difference: "Type: Assault → Protest"."""
    field = str(edit["field"])
    if field not in FIELDS:
        return decided(edit) if edit["value"] else _("taken back")
    old, new = (value_in_words(field, str(edit[side])) for side in ("old", "new"))
    return named(field_names()[field], f"{old} → {new}")


def value_in_words(field: str, value: str) -> str:
    """A value of a field, as edits write it; "" and none are "not told"."""
    if value in ("", NONE, "[]"):
        return _("not told")
    if field in ("sources", "targets"):
        return ", ".join(names.actor(code) for code in json.loads(value))
    if field == "attributed_to":
        return names.actor(value)
    if field == "headline":
        return str(json.loads(value)["text"])
    if field == "place":
        told = json.loads(value)
        return names.place(told["id"], told["name"], told["country"])
    if field == CREDIBILITY:
        return credibility_words(value, current())
    if field == "date":
        return facts.when({**_days(value), "time": "", "zone": ""}, short=True)
    return weights()[value] if field == "weight" else label(value)


def _days(value: str) -> Columns:
    """The columns of a date; of one that was read and is no whole week, say, as a span."""
    try:
        return columns("date", value, {})
    except EditRefused:
        return columns("date", f"{value.rpartition('/')[0]}/span", {})


def actor_choice(code: str) -> str:
    """An actor among others: its name and, unless that says it, its code."""
    shown = registry.name(code, current())
    return shown if code.startswith(("X:", "P:")) or shown == code else f"{shown} ({code})"
