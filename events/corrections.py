"""What a person may correct of an event: the fields, how their values are written, what is refused.

A value is text, as the table `edits` keeps it: a code or words as they are ("ASSAULT", "planned"),
lists and records as JSON (see `FIELDS`). What is checked here is what extraction's own values
promise: known types, modes, statuses and codes, intervals that fit their precision, places on the
globe. `columns` gives the columns of an event that a value sets, `value_of` what an event says now.
"""

from __future__ import annotations

import calendar
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import pandas as pd

from events import registry
from events.error_words import WordedError
from events.geography import iso2
from events.headline import MOST
from events.languages import language_codes
from events.model import PlaceKind, Precision
from events.ontology import EVENT_TYPES, MODES, STATUSES

NONE = "none"  # nobody, no day, no place, no mode: "" takes an edit back
NOT_AN_EVENT = "no"  # the value of field `event`
BY_HAND = "corrected"  # date_basis of a day that a person gave
Columns = dict[str, Any]
Row = Mapping[Any, Any]


class EditRefused(WordedError, ValueError):
    """A value that an event cannot have: which field, which value, what to write."""


@dataclass(frozen=True)
class Field:
    """`columns`: what a value sets, given the event row; raises EditRefused. `value`: what a row
    says now, as such a text. `form`: how a value is written, for messages and docs."""

    form: str
    columns: Callable[[str, Row], Columns]
    value: Callable[[Row], str]


def columns(field: str, value: str, row: Row) -> Columns:
    """The columns of an event row that the value sets. Raises EditRefused."""
    try:
        return FIELDS[field].columns(value, row)
    except (ValueError, TypeError, KeyError) as error:
        if isinstance(error, EditRefused):
            raise
        raise _refused(field, value) from error


def value_of(field: str, row: Row) -> str:
    """What an event row says of a field, as an edit would write it."""
    return FIELDS[field].value(row)


def check(values: Mapping[str, str], row: Row) -> None:
    """Raise EditRefused unless the values fit the event row and each other; "" is always right."""
    corrected(row, {field: value for field, value in values.items() if value})


def check_alone(field: str, value: str) -> None:
    """Raise EditRefused for a value that no event can have, whatever else is told of it."""
    if field != "mode":
        columns(field, value, {"mode": ""})
    elif value != NONE and not any(value in modes for modes in MODES.values()):
        raise _refused(field, value)


def corrected(row: Row, values: Mapping[str, str]) -> Columns:
    """The event row with all the values, in the order of FIELDS. Raises EditRefused."""
    found = dict(row)
    for field in FIELDS:
        if field in values:
            found |= columns(field, values[field], found)
    return found


def _refused(field: str, value: str) -> EditRefused:
    return EditRefused(
        "{value} is no {field} of an event: write {form}",
        value=repr(value),
        field=field,
        form=FIELDS[field].form,
    )


def _type(value: str, row: Row) -> Columns:
    known = EVENT_TYPES[value]
    told = {"type": value, "quad": known.quad, "score": known.score, "cameo": known.cameo}
    mode = row["mode"] if row["mode"] in MODES.get(value, ()) else ""
    return {**told, "mode": mode, "certainty_type": None}


def _mode(value: str, row: Row) -> Columns:
    if value != NONE and value not in MODES.get(row["type"], ()):
        raise EditRefused(
            "{type} has no mode {value}; it has {known}",
            type=row["type"],
            value=repr(value),
            known=", ".join((*MODES.get(row["type"], ()), NONE)),
        )
    return {"mode": "" if value == NONE else value}


def _one_of(column: str, known: tuple[str, ...]) -> Callable[[str, Row], Columns]:
    def told(value: str, _row: Row) -> Columns:
        return {column: known[known.index(value)]}

    return told


def _parties(column: str) -> Callable[[str, Row], Columns]:
    def told(value: str, _row: Row) -> Columns:
        codes = json.loads(value)
        texts = isinstance(codes, list) and all(isinstance(code, str) for code in codes)
        if not texts or len(set(codes)) != len(codes):
            raise ValueError(value)
        unknown = [code for code in codes if not registry.known(code)]
        if unknown:
            raise EditRefused(
                "{code} is no code of an actor: use one of the registry, or X:name",
                code=repr(unknown[0]),
            )
        return {column: codes, f"certainty_{column}": None}

    return told


def _teller(value: str, _row: Row) -> Columns:
    if value != NONE and not registry.known(value):
        raise ValueError(value)
    return {"attributed_to": "" if value == NONE else value}


def _date(value: str, _row: Row) -> Columns:
    first, last, precision = _interval(value)
    dated = first is not None or last is not None
    return {
        "first": first,
        "last": last,
        "precision": precision,
        "open_start": dated and first is None,
        "open_end": dated and last is None,
        "date_basis": BY_HAND if dated else "",
        "date_value": _timex(first, last, precision),
        **dict.fromkeys(("date_text", "time", "zone", "bounds_text"), ""),
        **dict.fromkeys(("bounds_from", "bounds_to", "certainty_date"), None),
        "bounds_reasons": [],
    }


def _interval(value: str) -> tuple[dt.date | None, dt.date | None, str]:
    if value == NONE:
        return None, None, ""
    start, end, precision = value.split("/")
    first, last = (dt.date.fromisoformat(day) if day else None for day in (start, end))
    if precision not in get_args(Precision) or (first is None and last is None):
        raise ValueError(value)
    if first and last and (first > last or not _fits(first, last, precision)):
        raise EditRefused(
            "{first} to {last} is no {precision}: give its first and last day",
            first=start,
            last=end,
            precision=precision,
        )
    return first, last, precision


def _fits(first: dt.date, last: dt.date, precision: str) -> bool:
    return precision == "span" or unit_of(first, precision) == (first, last)


def unit_of(day: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    """First and last day of the day, week, month, quarter or year in which a day lies."""
    if precision == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}.get(precision)
    if months is None:
        return day, day
    begin = (day.month - 1) // months * months + 1
    end = begin + months - 1
    return day.replace(month=begin, day=1), day.replace(
        month=end, day=calendar.monthrange(day.year, end)[1]
    )


def date_value(first: dt.date | None, last: dt.date | None) -> str:
    """An interval as an edit writes it, with the precision that it fits; an open side is None."""
    units = ("day", "month", "quarter", "year", "week")
    fit = (unit for unit in units if first and unit_of(first, unit) == (first, last))
    sides = [day.isoformat() if day else "" for day in (first, last)]
    return "/".join((*sides, next(fit, "span"))) if first or last else NONE


def _timex(first: dt.date | None, last: dt.date | None, precision: str) -> str:
    """The TIMEX3 value: "2024-11-21", "2024-W47", "2024-11", "2024-Q4", "2024", "first/last"."""
    if first is None or last is None or precision == "span":
        told = [day.isoformat() if day else "" for day in (first, last)]
        return "/".join(told) if any(told) else ""
    year, week, _ = first.isocalendar()
    quarter = f"{first.year}-Q{(first.month + 2) // 3}"
    named = {"week": f"{year}-W{week:02}", "quarter": quarter}
    lengths = {"day": 10, "month": 7, "year": 4}
    return named.get(precision) or first.isoformat()[: lengths[precision]]


def _date_of(row: Row) -> str:
    first, last = (_iso(row[name]) for name in ("first", "last"))
    return f"{first}/{last}/{row['precision']}" if first or last else NONE


def _iso(day: Any) -> str:
    return "" if pd.isna(day) else day.isoformat()[:10]


PLACE_KEYS = ("id", "name", "country", "kind", "lat", "lon")


def _place(value: str, _row: Row) -> Columns:
    if value == NONE:
        nowhere: Columns = dict.fromkeys(("lat", "lon", "place_confidence"), None)
        nowhere |= dict.fromkeys(("place_id", "place_name", "place_country", "place_kind"), "")
        return nowhere | {"place_reasons": [], "certainty_place": None}
    told = json.loads(value)
    lat, lon, name = float(told["lat"]), float(told["lon"]), str(told["name"]).strip()
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and name):
        raise ValueError(value)
    country = told["country"]
    if told["kind"] not in get_args(PlaceKind) or not (country == "" or iso2(country)):
        raise ValueError(value)
    return {
        "place_id": str(told["id"]) or f"X:{name}",
        "place_name": name,
        "place_country": country,
        "place_kind": told["kind"],
        "lat": lat,
        "lon": lon,
        "place_confidence": 1.0,  # that it is not doubtful: a person named it
        "place_reasons": [],
        "certainty_place": None,
    }


def _place_of(row: Row) -> str:
    if not row["place_id"]:
        return NONE
    named = (row["place_id"], row["place_name"], row["place_country"], row["place_kind"])
    return place_value(*named, row["lat"], row["lon"])


def place_value(*told: Any) -> str:
    """A place as an edit writes it: its id, name, country, kind, lat and lon."""
    return _json(dict(zip(PLACE_KEYS, told, strict=True)))


def _headline(value: str, _row: Row) -> Columns:
    told = json.loads(value)
    text = str(told["text"])
    if not text.strip() or len(text) > MOST or "\n" in text or text != text.strip():
        raise ValueError(value)
    if told["lang"] not in language_codes():
        raise ValueError(value)
    return {"headline": text, "headline_lang": told["lang"]}


def _headline_of(row: Row) -> str:
    if not row["headline"]:
        return NONE
    return headline_value(str(row["headline"]), str(row["headline_lang"]))


def headline_value(text: str, lang: str) -> str:
    """A headline as an edit writes it."""
    return _json({"text": text, "lang": lang})


def parties_value(codes: list[str]) -> str:
    """Codes of actors as an edit writes them."""
    return _json(codes)


def _weight(value: str, _row: Row) -> Columns:
    return {"weight": ("0", "1", "2").index(value)}


def _weight_of(row: Row) -> str:
    return NONE if pd.isna(row["weight"]) else str(int(row["weight"]))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text(column: str) -> Callable[[Row], str]:
    return lambda row: str(row[column] or NONE)


def _codes(column: str) -> Callable[[Row], str]:
    return lambda row: _json([str(code) for code in row[column]])


# in the order in which they are applied: a mode is one of the type
FIELDS: dict[str, Field] = {
    "type": Field("a type of PLOVER, like ASSAULT", _type, _text("type")),
    "mode": Field("a mode of its type, or none", _mode, _text("mode")),
    "status": Field(", ".join(STATUSES), _one_of("status", STATUSES), _text("status")),
    "sources": Field(
        'a list of codes, like ["RUS"], or []', _parties("sources"), _codes("sources")
    ),
    "targets": Field(
        'a list of codes, like ["UKR"], or []', _parties("targets"), _codes("targets")
    ),
    "date": Field("2024-11-21/2024-11-21/day, or none", _date, _date_of),
    "place": Field(
        'none, or {"id", "name", "country", "kind", "lat", "lon"} of a place', _place, _place_of
    ),
    "attributed_to": Field("a code, or none", _teller, _text("attributed_to")),
    "headline": Field(
        '{"text", "lang"}, the text one line of at most 90 characters', _headline, _headline_of
    ),
    "weight": Field("0, 1 or 2", _weight, _weight_of),
}
