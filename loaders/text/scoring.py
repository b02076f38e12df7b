"""Every day that an article may have come out on, and clues that score all of them at once.

A clue is a sentence for people and an array of log-likelihoods, one a day. Clues are made robust:
none says "impossible", because a text may quote, err or look ahead; they add up.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Chosen = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.int64]
FIRST_DAY = dt.date(1970, 1, 1)
YEAR = 365.25  # densities are told in shares a year, so that clues can be compared
NEVER = -7.0  # log-likelihood of a day that a clue rules out
_EPOCH = FIRST_DAY.toordinal()


@dataclass(frozen=True)
class DayRange:
    """All days from 1970 to `last`, as arrays over days: ordinals, years, months, ISO weekdays.

    `months` counts months since January 1970, `weekdays` 1 (Monday) to 7.
    """

    last: dt.date
    ordinals: Keys
    years: Keys
    months: Keys
    weekdays: Keys

    def age(self, day: dt.date) -> Scores:
        """Days since `day`; negative before it."""
        return (self.ordinals - day.toordinal()).astype(np.float64)

    def flat(self) -> Scores:
        """A score of 0 for each day."""
        return np.zeros(len(self.ordinals))

    def day(self, index: int) -> dt.date:
        return dt.date.fromordinal(int(self.ordinals[index]))


@dataclass(frozen=True)
class Clue:
    """What the text tells of its own date: `text` in plain words, `scores` one a day (log)."""

    text: str
    scores: Scores
    kind: str = ""


@functools.lru_cache(maxsize=4)
def days_until(last: dt.date) -> DayRange:
    """The days up to and with `last`; the day of loading is the last that can be."""
    return _days(np.arange(_EPOCH, max(last, FIRST_DAY).toordinal() + 1, dtype=np.int64), last)


def one_day(day: dt.date) -> DayRange:
    """That day alone."""
    return _days(np.array([day.toordinal()], dtype=np.int64), day)


def _days(ordinals: Keys, last: dt.date) -> DayRange:
    dates = (ordinals - _EPOCH).astype("datetime64[D]")
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    months = dates.astype("datetime64[M]").astype(np.int64)
    return DayRange(last, ordinals, years, months, (ordinals - 1) % 7 + 1)


def fading(age: Scores, scale: float) -> Scores:
    """Log-density (a year) of telling something `age` days old: most is fresh, the tail long.

    `scale` is the age in days up to which it counts as fresh; negative ages score as fresh.
    """
    old = np.maximum(age, 0.0)
    fresh = 0.7 * np.exp(-old / scale) / scale
    tail = 0.3 / (3 * scale) / (1 + old / (3 * scale)) ** 2
    scores: Scores = np.log((fresh + tail) * YEAR)
    return scores


def shares(scores: Scores) -> Scores:
    """Log-scores as shares of belief that add up to 1."""
    weights = np.exp(scores - scores.max())
    result: Scores = weights / weights.sum()
    return result
