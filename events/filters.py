"""The one set of filters: what a page, a chart, an export or a link asks for.

`to_params` and `from_params` carry it through a link. Values from a link are checked, never
evaluated; what is not valid is dropped and said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, get_args

from events.ontology import EVENT_TYPES, STATUSES
from events.registry import Level

LEVELS: tuple[str, ...] = get_args(Level)
MAX_VALUES = 200  # values of one filter that a link may carry
MAX_LENGTH = 200  # characters of one value
Params = dict[str, list[str]]


@dataclass(frozen=True)
class FilterProblem:
    """A value of a link that was dropped: parameter, value (shortened) and the reason.

    `reason` is one of: not a day, not a number from 0 to 1, not a level, not an event type,
    not a status, not a language code, not a name, too many values, ends before it begins; from
    the pages: not understood, no such actor, no such place.
    """

    param: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"{self.param}={self.value!r} was dropped: {self.reason}"


@dataclass(frozen=True)
class Filters:
    """What to show. Values of one field are alternatives; fields narrow each other.

    date_from, date_to: days, inclusive; an event is in when its interval touches them.
    actors: codes, as source or target, at the roll-up `level` ("person": as told). types: PLOVER
    types.
    places: gazetteer ids, canonical names or ISO alpha-3 countries. statuses: event statuses.
    langs: languages of articles. text: words searched in quotes, titles, places and outlets.
    as_of: articles published or loaded after this day do not count. min_confidence: 0 to 1.
    Tuples are kept sorted and free of repeats, so that equal filters are equal values.
    """

    date_from: dt.date | None = None
    date_to: dt.date | None = None
    actors: tuple[str, ...] = ()
    level: Level = "person"
    types: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    text: str = ""
    as_of: dt.date | None = None
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        for name in _TUPLES:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        object.__setattr__(self, "text", " ".join(self.text.split()))

    def to_params(self) -> Params:
        """The link's parameters, each a list of strings; fields at rest are not in it."""
        return {
            param: _written(getattr(self, name))
            for param, (name, _) in _PARAMS.items()
            if getattr(self, name) != getattr(_NONE, name)
        }

    @classmethod
    def from_params(
        cls, params: Mapping[str, str | Sequence[str]]
    ) -> tuple[Filters, list[FilterProblem]]:
        """Filters of a link, and what was dropped. Parameters that are not ours are ignored."""
        problems: list[FilterProblem] = []
        values: dict[str, Any] = {}
        for param, (name, read) in _PARAMS.items():
            found = _read_all(param, params.get(param, ()), read, problems)
            if found:
                values[name] = tuple(found) if name in _TUPLES else found[-1]
        filters = cls(**values)
        if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
            span = f"{filters.date_from}..{filters.date_to}"
            problems.append(FilterProblem("from", span, "ends before it begins"))
            filters = replace(filters, date_from=None, date_to=None)
        return filters, problems

    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """(field, values) of each filter that is on, in a fixed order, for saying it in words."""
        return [
            (field.name, tuple(_written(getattr(self, field.name))))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        ]

    def without(self, name: str, value: str | None = None) -> Filters:
        """The same filters with one field, or one value of it, taken away."""
        kept: Any = getattr(_NONE, name)
        if value is not None and name in _TUPLES:
            kept = tuple(v for v in getattr(self, name) if v != value)
        changed: dict[str, Any] = {name: kept}
        return replace(self, **changed)


_TUPLES = ("actors", "types", "places", "statuses", "langs")
_NONE = Filters()


def _written(value: object) -> list[str]:
    if isinstance(value, tuple):
        return [str(v) for v in value]
    return [value.isoformat() if isinstance(value, dt.date) else str(value)]


def _read_all(
    param: str,
    given: str | Sequence[str],
    read: Callable[[str], Any],
    problems: list[FilterProblem],
) -> list[Any]:
    """Every valid value of one parameter; the others are told."""
    values: Iterable[Any] = [given] if isinstance(given, str) else list(given)
    texts = [str(v) for v in values]
    if len(texts) > MAX_VALUES:
        problems.append(FilterProblem(param, f"{len(texts)} values", "too many values"))
    found = []
    for text in texts[:MAX_VALUES]:
        if not text.strip():
            continue
        try:
            found.append(read(text.strip()))
        except ValueError as error:
            problems.append(FilterProblem(param, text[:60], str(error)))
    return found


def _day(text: str) -> dt.date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("not a day")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("not a day") from None


def _share(text: str) -> float:
    # digits only: float() would also take "nan", "1_0" and digits of other scripts
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]{1,20})?(e-[0-9]{1,3})?", text):
        raise ValueError("not a number from 0 to 1")
    if not 0 <= float(text) <= 1:
        raise ValueError("not a number from 0 to 1")
    return float(text)


def _name(text: str) -> str:
    if len(text) > MAX_LENGTH or not text.isprintable():
        raise ValueError("not a name")
    return text


def _lang(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", text):
        raise ValueError("not a language code")
    return text


def _one_of(allowed: Iterable[str], reason: str) -> Callable[[str], str]:
    known = frozenset(allowed)

    def read(text: str) -> str:
        if text not in known:
            raise ValueError(reason)
        return text

    return read


# link parameter -> (field, reader of one value); the names in links never change
_PARAMS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "from": ("date_from", _day),
    "to": ("date_to", _day),
    "actor": ("actors", _name),
    "level": ("level", _one_of(LEVELS, "not a level")),
    "type": ("types", _one_of(EVENT_TYPES, "not an event type")),
    "place": ("places", _name),
    "status": ("statuses", _one_of(STATUSES, "not a status")),
    "lang": ("langs", _lang),
    "q": ("text", _name),
    "asof": ("as_of", _day),
    "conf": ("min_confidence", _share),
}
