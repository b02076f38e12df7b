"""A date as the head of an article writes it: "jeudi 21 novembre 2024", "November 21, 2024".

The names of months are those of data/languages; digits are read where their order is plain
(2024-11-21, 21.11.2024, 2024 年 11 月 21 日). The first date of a line counts.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import replace

from events.model import Published
from loaders.readers.fields import published_field
from loaders.readers.source_file import UnreadableError
from loaders.text.words import languages, words

_NUMBER = "number of the document"
_DAYS_APART = 3  # a number has the day of delivery; evening papers bear the next day's date
MAX_LINE = 500  # characters of a line that are searched
_DAY = r"(?P<day>\d{1,2})(?:[^\W\d_]{1,2})?[.ºª]?"  # 21, 1er, 21st, 1º
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_OF = r"(?:[^\W\d_]{2}\s+)?"  # "21 de noviembre de 2024"
_FIGURES = (
    r"(?<!\d)(?P<year>[12]\d{3})-(?P<number>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
    r"(?<!\d)(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>[12]\d{3})(?!\d)",
    r"(?<!\d)(?P<year>[12]\d{3})\s?[年년]\s?(?P<number>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})",
)


def written_date(line: str, evidence: str) -> Published | None:
    """The first date of a line, to the day or to the month; None where the line has none.

    evidence: what the line is, such as "head of the document"; the words of the date follow it.
    """
    for shape in _shapes():
        for found in shape.finditer(line[:MAX_LINE]):
            told = f'{evidence}: "{found.group().strip()}"'
            try:
                return published_field(_iso(found), told)
            except UnreadableError:
                continue  # 31 February is none; another date may follow
    return None


def given_date(value: object, evidence: str) -> Published:
    """The date of a field: as figures (`published_field`), else as words. Raises UnreadableError
    for one that is neither."""
    try:
        return published_field(value, evidence)
    except UnreadableError:
        told = written_date(str(value), evidence)
        if told is None:
            raise
        return told


def before_date(line: str) -> str:
    """What stands before the first date of a line; "" where there is no date."""
    found = (shape.search(line[:MAX_LINE]) for shape in _shapes())
    return next((line[: each.start()] for each in found if each), "")


def stamped_date(digits: str, evidence: str) -> Published | None:
    """The date of eight digits in the number of a document (20241121), None for another number."""
    try:
        date = dt.datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return None
    return published_field(date.isoformat(), f'{evidence}: "{digits}"')


def checked_date(line: str, digits: str) -> tuple[Published | None, list[str]]:
    """(the date in the head of a document, checked by the eight digits in its number; notes).

    Without a date in the head that of the number counts; a note says where they are far apart.
    """
    told, stamped = written_date(line, "head of the document"), stamped_date(digits, _NUMBER)
    if told is None or stamped is None:
        return told or stamped, []
    both = replace(told, evidence=(*told.evidence, *stamped.evidence))
    apart = abs((told.date - stamped.date).days) if told.date and stamped.date else 0
    if told.precision != "day" or apart <= _DAYS_APART:
        return both, []
    return both, [f"the days of the head and of the document's number are {apart} days apart"]


def _iso(found: re.Match[str]) -> str:
    told = found.groupdict()
    number = told.get("number") or _months()[told["name"].casefold().rstrip(".")]
    day = f"-{int(told['day']):02}" if told.get("day") else ""
    return f"{told['year']}-{int(number):02}{day}"


@functools.cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    """The forms of a date, whole dates before those of a month."""
    names = "|".join(re.escape(name) for name in sorted(_months(), key=len, reverse=True))
    name = rf"(?<![^\W\d_])(?P<name>{names})\.?(?![^\W\d_])"
    worded = (
        rf"(?<!\d){_DAY}\s+{_OF}{name},?\s+{_OF}{_YEAR}",
        rf"{name}\s+{_DAY}\s*,?\s+{_YEAR}",
        rf"(?<!\d){_YEAR}\s+{name}\s+{_DAY}(?!\d)",
    )
    forms = (*worded, *_FIGURES, rf"{name},?\s+{_OF}{_YEAR}")
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


@functools.cache
def _months() -> dict[str, str]:
    """Name of a month in any language -> its number; names are in lower case, without a point."""
    return {
        name.casefold().rstrip("."): number
        for lang in languages()
        for number, line in words(lang).get("dates", {}).get("words", {}).get("month", {}).items()
        for name in line.split("|")
    }
