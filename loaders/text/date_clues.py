"""Clues to the publication day from the dates in an article.

Each clue uses unresolved date expressions: calendar parts as written, independent of a publication
date. The shares used here (how often a bare weekday means the same day, how old a date written
without a year is) follow counts on French and English news; see docs/accuracy.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from loaders.find.dates import DateExpression
from loaders.find.dates.days import month_days
from loaders.find.dates.slugs import SLUG, dates_text
from loaders.text.document import Document
from loaders.text.scoring import NEVER, YEAR, Clue, DayRange, Scores, fading
from loaders.text.words import words

_SAME_DAY = 0.25  # share of bare weekdays that mean the publication day; for uncounted languages
_STEPS = (0.42, 0.22, 0.12, 0.09, 0.08, 0.07)  # shares for one to six days away, nearest first
_PAST_SHARE = {"past": 0.95, "future": 0.06, "": 0.5}  # of dates without a year, by tense
_AHEAD = {"past": 0.01, "": 0.1, "future": 0.1}  # share of dates that are in the future, by tense
_WEEK_REACH = 2  # sentences between "last week" and the date it means
_BACKGROUND = 0.2  # weight of other dates without a year, relative to the nearest one
_NAMED_DAYS = {(9, 11), (10, 7)}  # days used as the name of an event (September 11)
_NAMES_APART = 0.002


def _publication(lang: str) -> dict[str, Any]:
    table: dict[str, Any] = words(lang).get("publication", {})
    return table


def date_clues(
    document: Document, found: Sequence[DateExpression], days: DayRange
) -> Iterator[Clue]:
    """Clues from the dates in the article, the strongest kinds first."""
    usable = [e for e in found if e.kind != "set_aside" and _tells_publication(e)]
    stamped, told = _stamps(document, usable)
    yield from (_stamp(e, days) for e in stamped)
    yield from _years(told, days)
    yield from _days_of_months(told, days)
    yield from _months(told, days)
    today = _today_is(document, told, days)
    yield from [today] if today else _weekdays(told, document.lang, days)
    yield from _last_week(document, told, days)
    yield from _last_year(told, days)


def _tells_publication(e: DateExpression) -> bool:
    return not e.not_event or e.stamp or e.not_event == SLUG


# ---------------------------------------------------------------- dates with a year


def _stamps(
    document: Document, found: Sequence[DateExpression]
) -> tuple[list[DateExpression], list[DateExpression]]:
    """(full dates after "published", in a dateline or alone on their line; all other dates)."""
    marks = tuple(_publication(document.lang).get("stamped", ()))
    past = [_first(e) for e in found if e.year and e.tense == "past"]
    newest = max(past, default=dt.date.min)  # "Kabul, 15 August 2021." may open a look back
    stamped: list[DateExpression] = []
    told: list[DateExpression] = []
    for e in found:
        opens = dates_text(e, document) and _first(e) >= newest
        (stamped if opens or _is_stamp(document, e, marks) else told).append(e)
    return stamped, told


def _is_stamp(document: Document, e: DateExpression, marks: tuple[str, ...]) -> bool:
    if e.year is None or e.month is None or e.day is None:
        return False
    sentence = document.sentences[e.sentence]
    before = sentence.text[: e.start - sentence.start].casefold().rstrip(" :,–—-")
    after = sentence.text[e.end - sentence.start :].strip(" .,:–—-|0123456789hH")
    return before.endswith(marks) if marks and before else not before and not after


def _stamp(e: DateExpression, days: DayRange) -> Clue:
    """The clue of a date that the page gives as its own publication date."""
    day = _first(e)
    scores = np.where(days.ordinals == day.toordinal(), 0.0, 3 * NEVER)
    return Clue(f'the text is dated "{e.text}"', scores, "stamp")


def _first(e: DateExpression) -> dt.date:
    """First day of an expression with a year; 1 January of its year for an impossible date."""
    try:
        return dt.date(e.year or 1, e.month or 1, e.day or 1)
    except ValueError:
        return dt.date(e.year or 1, 1, 1)


def _years(found: Sequence[DateExpression], days: DayRange) -> Iterator[Clue]:
    """Dates with a year: the article is later than past ones and earlier than future ones."""
    dated = [e for e in found if e.kind == "calendar" and e.year and 1000 <= e.year <= 2200]
    past = [e for e in dated if e.tense != "future" and _first(e) <= days.last]
    if past:
        newest = max(past, key=lambda e: (e.year or 0, e.month or 0, e.day or 0))
        sure = [e for e in past if e.tense == "past"]
        yield from [_not_before(sure, days)] if sure else []
        yield Clue(f'the newest date told is "{newest.text}"', _news(newest, past, days), "newest")
    for e in (e for e in dated if e.tense == "future"):
        age, late = days.age(_last(e)), -2.5 if e.day else -4.0
        scores = np.where(age > 0, late + fading(age, 200.0), fading(-age, 700.0))
        yield Clue(f'"{e.text}" is told as future', scores, "year")


def _last(e: DateExpression) -> dt.date:
    if e.day is not None:
        return _first(e)
    return month_days(e.year or 1, e.month or 12)[1]


def _not_before(past: Sequence[DateExpression], days: DayRange) -> Clue:
    """The article is later than all its dates in past tense."""
    last = max(map(_first, past))
    scores = np.where(days.age(last) < 0, NEVER, 0.0)
    told = ", ".join(dict.fromkeys(f'"{e.text}"' for e in sorted(past, key=_first)[-3:]))
    return Clue(f"told as past: {told}", scores, "year")


def _news(newest: DateExpression, past: Sequence[DateExpression], days: DayRange) -> Scores:
    """Dates are written with a year if old, or in captions and datelines of the day itself."""
    age = days.age(_first(newest))
    scale, fresh, old = 30.0, 0.0, 500.0
    if newest.month:
        old = 350.0
        scale, fresh = (4.0, _caption_share(newest, past)) if newest.day else (45.0, 0.15)
    density = fresh * np.exp(-np.maximum(age, 0.0) / scale) / scale * YEAR
    density = density + (1 - fresh) * np.exp(fading(age, old))
    ahead = _AHEAD[newest.tense] * np.exp(fading(-age, 60.0))
    scores: Scores = np.log(np.where(age < 0, ahead, density))
    return scores


def _caption_share(newest: DateExpression, past: Sequence[DateExpression]) -> float:
    """Probability that a full date is the publication day: has it a time, or others beside it?"""
    near = [e for e in past if e.day and abs((_first(newest) - _first(e)).days) <= 7]
    return 0.85 if newest.time else 0.7 if len(near) >= 3 else 0.45 if len(near) == 2 else 0.35


# ---------------------------------------------------------------- days and months without a year


def _days_of_months(found: Sequence[DateExpression], days: DayRange) -> Iterator[Clue]:
    """ "Le 21 novembre": the newest is near publication; "Tuesday, Nov. 8": a year that fits."""
    told: dict[tuple[int, int, int | None], DateExpression] = {}
    for e in found:
        named = (e.month, e.day) in _NAMED_DAYS and not e.weekday
        if e.month and e.day and not e.year and e.anchor != "running" and not named:
            told.setdefault((e.month, e.day, e.weekday), e)
    near = {e: _near(_named_days(*key, days), e, days) for key, e in told.items()}
    yield from (
        Clue(f'"{e.text}": a day close by, in a year when the weekday fits', scores, "day")
        for e, scores in near.items()
        if e.weekday
    )
    plain = {e: scores for e, scores in near.items() if not e.weekday}
    if plain:
        stack = np.array(list(plain.values()))
        best = stack.max(axis=0)
        scores = best + _BACKGROUND * (stack.sum(axis=0) - best)
        names = ", ".join(f'"{e.text}"{_stated(e)}' for e in list(plain)[:4])
        yield Clue(f"told without a year, so close by: {names}", scores, "day")


def _stated(e: DateExpression) -> str:
    return f" ({e.tense})" if e.tense else ""


def _named_days(month: int, day: int, weekday: int | None, days: DayRange) -> list[int]:
    """Ordinals of that day and month in all years, with a margin of a year on both sides."""
    found = []
    for year in range(int(days.years[0]) - 1, int(days.years[-1]) + 2):
        try:
            named = dt.date(year, month, day)
        except ValueError:
            continue
        if weekday is None or named.isoweekday() == weekday:
            found.append(named.toordinal())
    return found


def _near(named: list[int], e: DateExpression, days: DayRange) -> Scores:
    """Log-density over the days: the last one of that name before, the next one after."""
    if not named:
        return days.flat()
    ordered = np.array(named)
    at = np.searchsorted(ordered, days.ordinals, side="right")
    back = days.ordinals - ordered[np.maximum(at - 1, 0)]
    ahead = ordered[np.minimum(at, len(ordered) - 1)] - days.ordinals
    past = {-1: 0.98, 1: 0.02}.get(e.direction or 0, _PAST_SHARE[e.tense])
    scale = 150.0 if e.direction else 25.0  # "le 6 mai dernier" is not of this month
    before = np.where((at > 0) & (back < 400), np.exp(fading(back.astype(float), scale)), 0.0)
    after = np.where((ahead >= 0) & (ahead < 400), np.exp(fading(ahead.astype(float), 30.0)), 0.0)
    scores: Scores = np.log(past * before + (1 - past) * after + 0.002)
    return scores


def _months(found: Sequence[DateExpression], days: DayRange) -> Iterator[Clue]:
    """ "en novembre", "last March": a month near publication, in the direction of the tense."""
    seen: set[int] = set()
    for e in found:
        if e.kind != "calendar" or e.year or e.day or not e.month or e.month in seen:
            continue
        seen.add(e.month)
        since = (days.months % 12 + 1 - e.month) % 12  # whole months since the last one
        past = {-1: 0.95, 1: 0.05}.get(e.direction or 0, _PAST_SHARE[e.tense])
        share = past * np.exp(-since / 4.0) + (1 - past) * np.exp(-((12 - since) % 12) / 3.0)
        yield Clue(f'"{e.text}" is told without a year', 0.7 * np.log(share + 0.05), "month")


# ---------------------------------------------------------------- weekdays


def _bare_weekdays(found: Sequence[DateExpression]) -> list[DateExpression]:
    return [
        e
        for e in found
        if e.kind == "calendar"
        and e.weekday
        and not (e.day or e.month or e.year)
        and e.anchor == "published"
        and e.direction in (None, 0)
    ]


def _is_today(e: DateExpression) -> bool:
    return e.kind == "shift" and e.unit == "D" and e.amount == 0 and e.anchor == "published"


def _today_is(document: Document, found: Sequence[DateExpression], days: DayRange) -> Clue | None:
    """ "aujourd'hui" and a non-past "mardi" in sentences that share names: the same day."""
    todays = [e for e in found if _is_today(e)]
    bare = [e for e in _bare_weekdays(found) if e.tense != "past"]
    if not todays or len({e.weekday for e in bare}) != 1:
        return None
    shared = max(
        (_shared_names(document, a, b) for a in todays for b in bare), key=len, default=set()
    )
    if not shared:
        return None
    other = np.log(_NAMES_APART if len(shared) > 1 else 0.05)
    scores = np.where(days.weekdays == bare[0].weekday, 0.0, other)
    both = ", ".join(sorted(shared)[:2])
    text = f'"{todays[0].text}" and "{bare[0].text}" mean one day (both with {both})'
    return Clue(text, scores, "today")


def _shared_names(document: Document, a: DateExpression, b: DateExpression) -> set[str]:
    return _names(document, a) & _names(document, b)


def _names(document: Document, e: DateExpression) -> set[str]:
    """Words with a capital inside the sentence of an expression, without its first word."""
    sentence = document.sentences[e.sentence].text.replace("’", "'")
    parts = [word.rpartition("'")[2].strip('.,;:()«»"“”!?') for word in sentence.split()[1:]]
    return {part for part in parts if len(part) > 2 and part[0].isupper()}


def _weekdays(found: Sequence[DateExpression], lang: str, days: DayRange) -> Iterator[Clue]:
    """A bare weekday is the publication day or one of six days in the direction of the tense."""
    bare = _bare_weekdays(found)
    today = any(_is_today(e) for e in found)
    for weekday in sorted({e.weekday or 1 for e in bare}):
        same = [e for e in bare if e.weekday == weekday]
        e = next((e for e in same if e.direction == 0), same[0])
        share = 0.8 if e.direction == 0 else float(_publication(lang).get("same_day", _SAME_DAY))
        scores = 0.8 * np.log(_weekday_shares(weekday, share / (2 if today else 1), e.tense))
        text = f'"{e.text}" is near the day of publication'
        yield Clue(text, scores[days.weekdays - 1], "weekday")


def _weekday_shares(weekday: int, same: float, tense: str) -> Scores:
    """For each publication weekday (index 0 Monday) the share of articles naming `weekday`."""
    past = {"past": 0.96, "future": 0.08}.get(tense, 0.7)
    result = np.zeros(7)
    result[weekday - 1] = same
    for step, share in enumerate(_STEPS, start=1):
        result[(weekday - 1 + step) % 7] += (1 - same) * past * share
        result[(weekday - 1 - step) % 7] += (1 - same) * (1 - past) * share
    return result


# ---------------------------------------------------------------- relative beside absolute


def _last_week(
    document: Document, found: Sequence[DateExpression], days: DayRange
) -> Iterator[Clue]:
    """ "la semaine dernière", and in the next sentences "Le 21 novembre": its day lies there."""
    for i, e in enumerate(found):
        if e.kind != "shift" or e.unit != "W" or e.amount != -1 or e.anchor != "published":
            continue
        later = (
            other
            for other in found[i + 1 :]
            if other.month and other.day and not other.year and other.tense != "future"
        )
        near = next((o for o in later if o.sentence - e.sentence <= _WEEK_REACH), None)
        if near and near.month and near.day:
            named = np.array(_named_days(near.month, near.day, near.weekday, days))
            week = (days.ordinals - days.weekdays) // 7
            fits = np.isin(week - 1, (named - (named - 1) % 7 - 1) // 7)
            text = f'"{near.text}" lies in "{e.text}"'
            beside = near.sentence - e.sentence <= 1
            other = -4.5 if beside and _shared_names(document, e, near) else -1.5
            yield Clue(text, np.where(fits, 0.0, other), "week")
            return


def _last_year(found: Sequence[DateExpression], days: DayRange) -> Iterator[Clue]:
    """ "en 2023, l'an dernier": the year written beside a relative one."""
    for a, b in zip(found, found[1:], strict=False):
        for shift, year in ((a, b), (b, a)):
            is_shift = shift.kind == "shift" and shift.unit == "Y" and shift.anchor == "published"
            close = a.sentence == b.sentence and b.start - a.end <= 3
            if is_shift and close and year.year and not year.month and shift.amount is not None:
                scores = np.where(days.years == year.year - shift.amount, 0.0, -4.0)
                yield Clue(f'"{year.text}" is "{shift.text}"', scores, "year")
