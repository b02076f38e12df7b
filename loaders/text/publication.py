"""Infers a missing publication date from the text.

Method: all days up to the day of loading are scored by clues - dates in the text (date_clues),
facts it presupposes (world_facts) - and the scores are normalised to probabilities. The finest
precision whose best interval has a probability of `ENOUGH` is the answer; else it is unknown.
A day or a month is given only if the year is certain, and never with more confidence than that.
The name, the id and the address of an article are never used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from events.model import Candidate, DateSpan, Precision, Published
from loaders.find.dates import find_expressions
from loaders.text.date_clues import date_clues
from loaders.text.document import Document
from loaders.text.office_terms import term_clues
from loaders.text.scoring import (
    FIRST_DAY,
    Chosen,
    Clue,
    DayRange,
    Keys,
    Scores,
    days_until,
    one_day,
    shares,
)
from loaders.text.world_facts import fact_clues

ENOUGH = 0.8  # probability from which a date is given
_TEMPER = 1.1  # calibration factor of scores, fitted on dated articles
_WITHIN = 1.4  # the same for days and months within a certain year, where confidence was too low
_RECENT = 0.03  # log-score lost per year of age: articles that people load are mostly recent
_DOUBT = 0.04  # probability reserved for days that no clue supports
_SHOWN = 10  # sentences of evidence
_TELLING = 0.2  # log-ratio below which a clue is neither for nor against
_ALTERNATIVES = 4
_MARGIN = dt.timedelta(days=1)


def infer_publication(document: Document, today: dt.date) -> Published:
    """The publication date with evidence for and against, alternatives and confidence.

    basis "inferred" with precision day, month or year, or basis "unknown" where the text does
    not tell; then the alternatives are the likeliest years, if any stands out.
    """
    days = days_until(today)
    found = find_expressions(document)
    clues = [
        *date_clues(document, found, days),
        *fact_clues(document, days, found),
        *term_clues(document, days),
    ]
    if not clues:
        return Published.unknown("the text holds no clue to its date")
    years = _ranked(days.years, _belief(clues, days))
    if years[0][1] < ENOUGH:
        return _unknown(years, clues, days)
    sharp = _belief(clues, days, _WITHIN)
    finer: tuple[Precision, ...] = ("day", "month")
    for precision in finer:
        keys = _keys(days, precision)
        ranked = _ranked(keys, sharp)
        if ranked[0][1] >= ENOUGH and _date(ranked[0][0], precision).year == years[0][0]:
            capped = [(key, min(share, years[0][1])) for key, share in ranked]
            return _answer(precision, capped, clues, keys, days)
    return _answer("year", years, clues, days.years, days)


def _belief(clues: Sequence[Clue], days: DayRange, temper: float = _TEMPER) -> Scores:
    prior = -_RECENT * (days.ordinals[-1] - days.ordinals) / 365.25
    total = prior + temper * np.sum([clue.scores for clue in clues], axis=0)
    belief: Scores = (1 - _DOUBT) * shares(total) + _DOUBT * shares(prior)
    return belief


def _keys(days: DayRange, precision: str) -> Keys:
    arrays = {"day": days.ordinals, "month": days.months, "year": days.years}
    return arrays[precision]


def _ranked(keys: Keys, belief: Scores) -> list[tuple[int, float]]:
    """(key, share) of the likeliest intervals, best first."""
    names, place = np.unique(keys, return_inverse=True)
    sums = np.bincount(place, weights=belief)
    best = np.argsort(-sums, kind="stable")[: _ALTERNATIVES + 1]
    return [(int(names[i]), float(sums[i])) for i in best]


def _date(key: int, precision: str) -> dt.date:
    """First day of the interval that a key names."""
    if precision == "day":
        return dt.date.fromordinal(key)
    return dt.date(key, 1, 1) if precision == "year" else dt.date(1970 + key // 12, key % 12 + 1, 1)


def _answer(
    precision: Precision,
    ranked: list[tuple[int, float]],
    clues: Sequence[Clue],
    keys: Keys,
    days: DayRange,
) -> Published:
    best, share = ranked[0]
    others = tuple(Candidate(_date(k, precision), round(s, 3)) for k, s in ranked[1:] if s >= 0.005)
    evidence = _evidence(clues, keys == best, days)
    return Published(
        _date(best, precision), "inferred", precision, round(share, 3), evidence, others
    )


def _unknown(years: list[tuple[int, float]], clues: Sequence[Clue], days: DayRange) -> Published:
    likely = tuple(Candidate(_date(y, "year"), round(s, 3)) for y, s in years if s >= 0.1)
    seen = [clue.text for clue in clues][:_SHOWN]
    return Published(
        None, "unknown", evidence=("the text does not settle its date", *seen), alternatives=likely
    )


def _evidence(clues: Sequence[Clue], chosen: Chosen, days: DayRange) -> tuple[str, ...]:
    """Sentences for and against the answer: each clue's score there compared to its average."""
    belief = _belief(clues, days)
    there = np.where(chosen, belief, 0.0) / belief[chosen].sum()
    even = np.full(len(belief), 1.0 / len(belief))
    ratios = [(_mean(clue, there) - _mean(clue, even), clue.text) for clue in clues]
    strong = sorted((r for r in ratios if abs(r[0]) >= _TELLING), key=lambda r: -abs(r[0]))
    said = [f"{'for' if ratio > 0 else 'against'}: {text}" for ratio, text in strong]
    return tuple(dict.fromkeys(said))[:_SHOWN]


def _mean(clue: Clue, weights: Scores) -> float:
    """Log of the mean likelihood of a clue under weights that add up to 1."""
    return float(np.log(np.sum(weights * np.exp(clue.scores))))


def contradictions(
    document: Document, published: Published, dates: Sequence[DateSpan]
) -> list[str]:
    """Plain sentences where the given date contradicts the text; [] if nothing does.

    Full dates in past tense that are later than the publication, and presupposed facts that did
    not hold yet.
    """
    if published.date is None or published.basis != "given":
        return []
    last = _end(published)
    notes = [
        f'published {last.isoformat()}, but "{span.text}" is told as past'
        for span in _told_as_past(document, [d for d in dates if _is_later(d, last)])
    ]
    return list(dict.fromkeys([*notes, *_too_early(document, last)]))


def _is_later(span: DateSpan, last: dt.date) -> bool:
    return span.first is not None and span.first > last + _MARGIN


def _told_as_past(document: Document, later: Sequence[DateSpan]) -> list[DateSpan]:
    """Those of some dates that have a year and stand in the past tense."""
    if not later:
        return []
    found = find_expressions(document)
    told = {(e.part, e.start) for e in found if e.year and e.tense == "past"}
    return [span for span in later if (span.part, span.start) in told]


def _end(published: Published) -> dt.date:
    """Last day of the interval that a publication date names."""
    first = published.date or dt.date.min
    if published.precision == "year":
        return first.replace(month=12, day=31)
    if published.precision == "month":
        return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - _MARGIN
    return first


def _too_early(document: Document, last: dt.date) -> list[str]:
    """Facts that began after the publication date."""
    if last < FIRST_DAY:
        return []
    days = one_day(last)
    return [
        f"published {last.isoformat()}, but {clue.text}"
        for clue in (*fact_clues(document, days), *term_clues(document, days))
        if clue.scores[0] <= -5.0
    ]
