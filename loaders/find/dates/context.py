"""The words around a date: ranges, open sides, start and end, parts of the day, times, guards."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from loaders.find.dates.expression import DateExpression
from loaders.find.dates.grammar import Grammar
from loaders.find.dates.named_days import named_days
from loaders.find.dates.names import is_in_name
from loaders.find.dates.slugs import SLUG, is_in_slug
from loaders.text.document import Sentence

_WINDOW = 60  # characters of context that a pattern may look at


def with_context(
    found: list[DateExpression], sentence: Sentence, rules: Grammar
) -> list[DateExpression]:
    """The expressions of a sentence, refined by the words around them; non-dates are dropped."""
    steps = (_daypart, _edge, _open_side, _zone, _named)
    read = []
    for index, expression in enumerate(found):
        floor = found[index - 1].end if index else sentence.start
        ceiling = found[index + 1].start if index + 1 < len(found) else sentence.end
        for step in steps:
            if expression.kind != "set_aside":
                expression = step(expression, sentence, rules, floor, ceiling)
        read.append(expression)
    read = _joined_times(read, sentence, rules)
    read = _timed_ranges(read, sentence, rules)
    read = _ranges(read, sentence, rules)
    read = _timed(read, sentence, rules)
    return [e for e in (_guarded(e, sentence, rules) for e in read) if e is not None]


def _before(e: DateExpression, sentence: Sentence, floor: int = 0) -> str:
    start = e.start - sentence.start
    return sentence.text[max(0, start - _WINDOW, floor - sentence.start) : start]


def _after(e: DateExpression, sentence: Sentence, ceiling: int | None = None) -> str:
    end = e.end - sentence.start
    stop = end + _WINDOW if ceiling is None else min(end + _WINDOW, ceiling - sentence.start)
    return sentence.text[end:stop]


def _extended(e: DateExpression, sentence: Sentence, left: int, right: int) -> DateExpression:
    """The expression with `left` more characters before and `right` more behind it."""
    start, end = e.start - left, e.end + right
    text = sentence.text[start - sentence.start : end - sentence.start]
    return replace(e, start=start, end=end, text=text)


def _daypart(
    e: DateExpression, sentence: Sentence, rules: Grammar, floor: int, ceiling: int
) -> DateExpression:
    """A part of the day behind or before a day: "mardi après-midi", "late Thursday"."""
    if not is_day(e) or e.daypart or e.kind == "time":
        return e
    if pattern := rules.context.get("after_daypart"):
        found = pattern.match(_after(e, sentence, ceiling))
        if found and (code := rules.value("daypart", found["daypart"])):
            e = replace(_extended(e, sentence, 0, found.end()), daypart=code)
    if pattern := rules.context.get("before_daypart"):
        found = pattern.search(_before(e, sentence, floor))
        if found:
            code = rules.value("daypart__before", found["daypart__before"])
            e = replace(
                _extended(e, sentence, found.end() - found.start(), 0), daypart=e.daypart or code
            )
    return e


def is_day(e: DateExpression) -> bool:
    """Whether the expression names one day."""
    if e.kind == "calendar":
        return e.day is not None or (e.weekday is not None and not e.unit)
    return e.kind == "shift" and e.unit == "D"


def _edge(
    e: DateExpression, sentence: Sentence, rules: Grammar, floor: int, ceiling: int
) -> DateExpression:
    """Words such as "début", "mid-", "the end of" before a week, month, year or season."""
    pattern = rules.context.get("before_edge")
    if pattern is None or e.edge or is_day(e) or e.kind in ("time", "night", "span"):
        return e
    found = pattern.search(_before(e, sentence, floor))
    if not found:
        return e
    code: Any = rules.value("edge", found["edge"])
    return replace(_extended(e, sentence, found.end() - found.start(), 0), edge=code)


def _open_side(
    e: DateExpression, sentence: Sentence, rules: Grammar, floor: int, ceiling: int
) -> DateExpression:
    """After "depuis", "until", "by" an interval has no end, or no beginning."""
    if e.kind in ("span", "time"):
        return e
    before = _before(e, sentence, floor)
    since, until = rules.context.get("before_since"), rules.context.get("before_until")
    begun = rules.context.get("before_past_since")
    past = begun is not None and begun.search(before) is not None
    if past or (e.kind == "calendar" and since and since.search(before)):
        return replace(e, open_end=True, tense="past" if past else e.tense)
    if until and until.search(before):
        return replace(e, open_start=True)
    return e


def _zone(
    e: DateExpression, sentence: Sentence, rules: Grammar, floor: int, ceiling: int
) -> DateExpression:
    """A time zone after a time: "GMT", "heure de Kiev", "local time"."""
    pattern = rules.context.get("after_zone")
    if pattern is None or not e.time:
        return e
    found = pattern.match(_after(e, sentence, ceiling))
    return replace(e, zone=found["zone"]) if found else e


def _named(
    e: DateExpression, sentence: Sentence, rules: Grammar, floor: int, ceiling: int
) -> DateExpression:
    """The day of an act that is known by it: "the October 7 attacks", "l'attaque du 7 octobre"."""
    day = named_days().get((e.month or 0, e.day or 0), "")
    plain = e.kind == "calendar" and not (e.year or e.weekday or e.named_day or e.daypart)
    if not day or not plain or e.direction is not None or e.year_shift is not None:
        return e
    before, after = rules.context.get("before_named"), rules.context.get("after_named")
    if after and after.match(_after(e, sentence, ceiling)):
        return replace(e, named_day=day)
    told = before and before.search(_before(e, sentence, floor))
    return replace(e, named_day=day, named_in_passing=True) if told else e


def _joined_times(
    found: list[DateExpression], sentence: Sentence, rules: Grammar
) -> list[DateExpression]:
    """A day and its time as one expression ("Friday at 8 p.m."), where the language says so."""
    pattern = rules.context.get("join_time")
    joined = found[:1]
    for e in found[1:]:
        last = joined[-1]
        between = sentence.text[last.end - sentence.start : e.start - sentence.start]
        if not _one_time(last, e):
            joined.append(e)
            continue
        bare = _is_adjacent(between, rules) and not (last if last.kind == "time" else e).time
        if bare or (pattern and pattern.fullmatch(between)):
            joined[-1] = _merged(last, e, sentence)
        else:
            joined.append(e)
    return joined


def _is_adjacent(between: str, rules: Grammar) -> bool:
    """Whether a part of the day and its day stand side by side, or with "de" between them."""
    pattern = rules.context.get("join_daypart")
    return between.isspace() or bool(pattern and pattern.fullmatch(between))


def _merged(a: DateExpression, b: DateExpression, sentence: Sentence) -> DateExpression:
    """A day and the time or part of the day beside it."""
    day, time = (b, a) if a.kind == "time" else (a, b)
    text = sentence.text[a.start - sentence.start : b.end - sentence.start]
    return replace(
        day,
        start=a.start,
        end=b.end,
        text=text,
        time=time.time,
        zone=time.zone,
        daypart=day.daypart or time.daypart,
    )


def _one_time(a: DateExpression, b: DateExpression) -> bool:
    day, time = (b, a) if a.kind == "time" else (a, b)
    return (
        time.kind == "time" and is_day(day) and not day.time and not (day.daypart and time.daypart)
    )


def _ranges(
    found: list[DateExpression], sentence: Sentence, rules: Grammar
) -> list[DateExpression]:
    """Two neighbours as the bounds of a range: "de mars à mai", "2014-2018", "from Monday to …"."""
    out = list(found)
    for i in range(len(out) - 1):
        a, b = out[i], out[i + 1]
        if a.bound or b.bound or not _can_range(a, b):
            continue
        between = sentence.text[a.end - sentence.start : b.start - sentence.start]
        before = _before(a, sentence)
        inner = between + _lead(b)
        if _is_dash(between) and not _alike(a, b):
            continue
        if _joins(between, before, rules) or _joins(inner, before + _lead(a), rules):
            out[i : i + 2] = _bounds(a, b)
    return out


def _is_dash(between: str) -> bool:
    return re.fullmatch(r"\s?[-\u2013\u2014/]\s?", between) is not None


def _alike(a: DateExpression, b: DateExpression) -> bool:
    """Whether a dash may join two dates: both of the same kind, both with a day or none."""
    return a.kind == b.kind and (a.day is None) == (b.day is None)


def _bounds(a: DateExpression, b: DateExpression) -> list[DateExpression]:
    """Two expressions as the first and the last bound of a range."""
    a = _with_year_of(a, b)
    return [
        replace(a, bound="first", partner=1, open_end=False, open_start=False),
        replace(b, bound="last", partner=-1, open_start=False, open_end=False),
    ]


def _lead(e: DateExpression) -> str:
    """The words that a time of day brings along ("from 9 p.m. on July 10")."""
    return e.text[: re.search(r"\d|$", e.text).start()] if e.time else ""  # type: ignore[union-attr]


def _timed_ranges(
    found: list[DateExpression], sentence: Sentence, rules: Grammar
) -> list[DateExpression]:
    """ "De 21 h 58 le 10 juillet à 1 h 12 le 11 juillet": the days, each with its time, as the
    bounds of a range.
    """
    out = list(found)
    for i in range(len(out) - 3, 0, -1):
        if [e.kind == "time" for e in out[i - 1 : i + 3]] != [True, False, True, False]:
            continue
        a, b = _merged(out[i - 1], out[i], sentence), _merged(out[i + 1], out[i + 2], sentence)
        if not (is_day(a) and is_day(b)):
            continue
        between = sentence.text[a.end - sentence.start : b.start - sentence.start]
        if _joins(between + _lead(b), _before(a, sentence) + _lead(a), rules):
            out[i - 1 : i + 3] = _bounds(a, b)
    return out


def _with_year_of(a: DateExpression, b: DateExpression) -> DateExpression:
    """The first bound takes the year that stands behind the second ("de mars à mai 2023")."""
    if a.kind != "calendar" or a.year or not b.year or not a.month or not b.month:
        return a
    return replace(a, year=b.year - ((b.month, b.day or 0) < (a.month, a.day or 0)))


def _can_range(a: DateExpression, b: DateExpression) -> bool:
    kinds = {"calendar", "shift"}
    return a.kind in kinds and b.kind in kinds


def _joins(between: str, before: str, rules: Grammar) -> bool:
    if _is_dash(between):
        return True
    for opener, joiner in (("before_from", "join_to"), ("before_between", "join_and")):
        one, two = rules.context.get(opener), rules.context.get(joiner)
        if one and two and two.fullmatch(between) and one.search(before):
            return True
    alone = rules.context.get("join_alone")
    return bool(alone and alone.fullmatch(between))


def _timed(found: list[DateExpression], sentence: Sentence, rules: Grammar) -> list[DateExpression]:
    """A bare time right before its day ("vers 0 h 40, jeudi") is linked to that day."""
    out = list(found)
    joined = rules.context.get("join_timed")
    for i, e in enumerate(out[:-1]):
        day = out[i + 1]
        if e.kind == "time" and is_day(day):
            between = sentence.text[e.end - sentence.start : day.start - sentence.start]
            near = len(between) <= 5 and not re.search(r"\w{3}|[.;)]", between)
            if near or (joined and joined.fullmatch(between)):
                out[i] = replace(e, partner=1)
    return out


def _guarded(e: DateExpression, sentence: Sentence, rules: Grammar) -> DateExpression | None:
    """None where a guard says that it is no date; else with `not_event` set if a guard says so."""
    if e.kind == "set_aside":
        return e
    if is_in_slug(e, sentence):
        return replace(e, not_event=SLUG)
    before, after = _before(e, sentence), _after(e, sentence)
    for guard in rules.guards:
        if guard.text and not guard.text.fullmatch(e.text):
            continue
        if guard.before and not guard.before.search(before):
            continue
        if guard.after and not guard.after.match(after):
            continue
        if guard.drop:
            return replace(e, kind="set_aside", not_event=guard.reason)
        return replace(e, not_event=guard.reason)
    if is_in_name(e, sentence, rules):
        return replace(e, kind="set_aside", not_event="a name")
    return e
