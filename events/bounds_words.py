"""What bounds an event without a date, in the reader's language.

The reasons are stored in English (loaders/bounds/); the patterns below match them for translation,
quoted words of the article stay as they are.
"""

from __future__ import annotations

import datetime as dt
import re

from events.wording import format_day, format_interval, translator

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
# pattern of the stored reason -> msgid with the same fields
SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), message)
    for pattern, message in (
        (r"not after publication, (?P<day>\S+)", "not after publication, {day}"),
        (
            r"not before publication, (?P<day>\S+): still to come then",
            "not before publication, {day}: still to come then",
        ),
        (
            r'answers "(?P<words>.+)": (?P<day>[^"]+)',
            "it answers an act ({day}): “{words}”",
        ),
        (r'"(?P<words>.+)": (?P<day>[^"]+)', "counted from an act ({day}): “{words}”"),
    )
)


def bounds_in_words(
    first: dt.date | None, last: dt.date | None, lang: str, short: bool = False
) -> str:
    """``not before 20 November 2024``, ``between 20 and ...``; "" where nothing bounds it."""
    _ = translator(lang)
    if first and first == last:
        return _("undated, can only be {day}").format(day=format_day(last, "day", lang, short))
    if first and last:
        days = format_interval(first, last, "span", lang, short)
        return _("undated, within {days}").format(days=days)
    if first:
        return _("undated, not before {day}").format(day=format_day(first, "day", lang, short))
    if last:
        return _("undated, not after {day}").format(day=format_day(last, "day", lang, short))
    return ""


def reason_in_words(reason: str, lang: str) -> str:
    """One stored reason as a reader of `lang` sees it."""
    _ = translator(lang)
    for shape, message in SHAPES:
        if found := shape.fullmatch(reason):
            fields = found.groupdict()
            return _(message).format(**{**fields, "day": _days(fields["day"], lang)})
    return reason


def _days(text: str, lang: str) -> str:
    """``2024-11-20 to 2024-11-21`` in words; "…" stands for an open side."""
    first, _to, last = text.partition(" to ")
    low, high = _day(first), _day(last or first)
    return format_interval(low, high, "span", lang, open_start=low is None, open_end=high is None)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if _ISO.fullmatch(text) else None
