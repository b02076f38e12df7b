"""Unknown actors and places in a link: dropped with a message, like other invalid values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from events import geography, registry
from events.certainty import ANY
from events.filters import FilterProblem, Filters
from pages.shell import link
from pages.shell.store_access import query


def check() -> None:
    """Check the link just read; the store is queried only if the link has actors or places.

    Raises StoreMissing or StoreDamaged.
    """
    now = link.state()
    if now.checked:
        return
    now.checked = True
    actors, no_actors = _parted(now.filters.actors, _is_actor)
    places, no_places = _parted(now.filters.places, _is_place)
    now.filters = replace(now.filters, actors=actors, places=places)
    now.problems += [FilterProblem("actor", value[:60], "no such actor") for value in no_actors]
    now.problems += [FilterProblem("place", value[:60], "no such place") for value in no_places]


Values = tuple[str, ...]


def _parted(values: Values, known: Callable[[str], bool]) -> tuple[Values, Values]:
    """(known values, unknown values)."""
    found = tuple(value for value in values if known(value))
    return found, tuple(value for value in values if value not in found)


def _is_actor(code: str) -> bool:
    """Whether the code is in the registry, or in the store at the current level."""
    if any(record.code == code for record in registry.actors()):
        return True
    level = link.filters().level
    return code in set(query().options(Filters(level=level)).actors["value"])


def _is_place(value: str) -> bool:
    """Whether the value is a country or a place in the store."""
    if value in geography.country_codes():
        return True
    places = query().options(Filters(sure=ANY)).places
    return value in set(places["value"]) | set(places["country"])
