"""The time axis: days to pixels, ticks in the reader's language without overlap."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from babel.dates import format_date

from charts.sheet.measure import text_width
from charts.sheet.theme import LABEL_SIZE
from charts.timeline.spans import Unit, start_of, starts, to_date, unit_for
from events.wording import format_day, locale_of

# unit of the small ticks -> unit of the labels in the row below
_CONTEXT: dict[Unit, Unit | None] = {
    "day": "month",
    "week": "month",
    "month": "year",
    "quarter": "year",
    "year": None,
    "decade": None,
}
_WIDEST = {"day": "30", "week": "30", "month": "mmmm.", "quarter": "Q4", "year": "2024"}


@dataclass(frozen=True)
class Scale:
    """Days first..last (inclusive, numbers since 1970) over pixels left..right."""

    first: int
    last: int
    left: float
    right: float

    @property
    def day_width(self) -> float:
        return (self.right - self.left) / (self.last - self.first + 1)

    def x(self, day: float) -> float:
        """Pixel of the start of a day; `day + 0.5` is its noon."""
        return self.left + (day - self.first) * self.day_width

    def day(self, x: float) -> float:
        """The day at a pixel, with its fraction, rounded to ten seconds."""
        return round(self.first + (x - self.left) / self.day_width, 4)


@dataclass(frozen=True)
class Tick:
    """A tick at `x` with its label at `text_x`. Row 0: small ticks (label centred); row 1: the
    months or years below (label to the right).
    """

    x: float
    text_x: float
    text: str
    row: int


def ticks(scale: Scale, lang: str) -> list[Tick]:
    """Ticks of both rows, from left to right; no two labels of a row overlap."""
    unit = _unit(scale)
    small = _row(scale, unit, 0, lang)
    context = _CONTEXT[unit]
    if context is None:
        return small
    words = _row(scale, context, 1, lang)
    begin = start_of(to_date(scale.first), context)
    opening = Tick(scale.left, scale.left, _text(begin, context, 1, lang), 1)
    width = text_width(opening.text, LABEL_SIZE, 600) + 10
    if not words or words[0].x - opening.x > width:
        words = [opening, *words]
    return small + words


def _unit(scale: Scale) -> Unit:
    """The smallest unit whose labels have room."""
    for unit, text in _WIDEST.items():
        room = text_width(text, LABEL_SIZE) + 12
        pieces = max(1, int((scale.right - scale.left) / room))
        if unit_for(scale.first, scale.last, pieces, unit) == unit:  # type: ignore[arg-type]
            return unit
    return "decade"


def _row(scale: Scale, unit: Unit, row: int, lang: str) -> list[Tick]:
    found: list[Tick] = []
    free = scale.left - 1
    weight = 600 if row else 400
    for number in starts(scale.first, scale.last, unit)[:-1]:
        x = scale.x(int(number))
        text = _text(to_date(int(number)), unit, row, lang)
        text_x = x + scale.day_width / 2 if unit == "day" else x
        half = 0.0 if row else text_width(text, LABEL_SIZE) / 2
        end = text_x + (text_width(text, LABEL_SIZE, weight) if row else half)
        if x < scale.left - 0.01 or text_x - half < free or end > scale.right + (8 if row else 20):
            continue
        found.append(Tick(x, text_x, text, row))
        free = end + 6
    return found


def _text(day: dt.date, unit: Unit, row: int, lang: str) -> str:
    locale = locale_of(lang)
    if unit in ("day", "week"):
        return str(day.day)
    if unit == "month":
        return format_day(day, "month", lang) if row else str(format_date(day, "LLL", locale))
    if unit == "quarter":
        return str(format_date(day, "QQQ", locale=locale))
    return f"{day.year}"
