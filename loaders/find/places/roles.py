"""In which role a place is named: dateline, government, actor, or just mentioned.

A capital or a palace that speaks, acts or is a recipient is a government ("Moscou a averti", "aide
à Kyiv"); such a country is an actor; a location stays "mentioned" (it becomes "event" if an event
happens there). parties.py decides whether a place acts.
"""

from __future__ import annotations

import functools

from events.geography import read_reference
from events.model import PlaceRole
from loaders.find.places.candidates import PlaceSpan
from loaders.find.places.datelines import is_dateline
from loaders.find.places.entry import GazetteerEntry
from loaders.find.places.parties import acts
from loaders.text.document import Document


def role_of(document: Document, span: PlaceSpan, entry: GazetteerEntry | None) -> PlaceRole:
    """The role of a mention; "mentioned" where nothing says otherwise."""
    if is_dateline(document, span):
        return "dateline"
    acting = _acting_role(entry) if entry is not None else None
    if acting is None:
        return "mentioned"
    return acting if acts(span) else "mentioned"


def _acting_role(entry: GazetteerEntry) -> PlaceRole | None:
    """The role this place has when it acts, None where it cannot stand for a state."""
    if entry.place.kind == "country":
        return "actor"
    if entry.capital or entry.place.id in palaces() or entry.place.id in seats():
        return "government"
    return None


@functools.cache
def palaces() -> frozenset[str]:
    """Ids of own places that stand for a government or a command (Kremlin, Pentagon ...)."""
    rows = read_reference("places.csv")
    return frozenset(row["id"] for row in rows if row.get("role") == "government")


@functools.cache
def seats() -> frozenset[str]:
    """Ids of cities that stand for a government without being the listed capital (Tel Aviv)."""
    rows = read_reference("city_names.csv")
    return frozenset(row["id"] for row in rows if row.get("role") == "government")
