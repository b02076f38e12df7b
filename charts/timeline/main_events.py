"""The first few of many events: no act twice, and not all of one subject or one article.

Where a newcomer sees a dozen lines, the third line of the same talks takes the place of another
subject, and two lines of nearly the same words are two readings of one act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from charts.timeline.spans import day_pairs
from charts.timeline.subjects import subject_keys

OF_A_SUBJECT, OF_AN_ARTICLE = 3, 2  # events, as long as there are others
_LOOKED_AT = 10  # times as many events as are wanted
_FEWEST = 4  # words of a line that another may hold
_LONG, _SHARED = 5, 2  # letters of a word that tells an act; such words in common
_NEAR = 1  # days between two events of one act
Days = tuple[int, int]  # first and last, as numbers


def main_events(ordered: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most `most` rows of stories that stand in the order of their weight, in this order: an
    event whose line a weightier one of its days has does not stand; what may be the act of a
    weightier one, and those of one subject or one article beyond a few, stand where there is
    room."""
    near = ordered.head(most * _LOOKED_AT)
    if near.empty:
        return near
    once = near[_told_once(near)].reset_index(drop=True)
    spread = list(_spread(once))
    rest = sorted(set(range(len(once))) - set(spread))
    chosen = once["event_id"].iloc[[*spread, *rest][:most]]
    return near[near["event_id"].isin(chosen)]


def _told_once(rows: pd.DataFrame) -> list[bool]:
    """Which rows have a line that no row above has for these days."""
    told: dict[str, list[Days]] = {}
    kept = []
    for line, days in zip(rows["headline"], day_pairs(rows), strict=True):
        known = told.setdefault(line, [])
        kept.append(not line or not any(_meet(days, other) for other in known))
        known.append(days)
    return kept


def _spread(rows: pd.DataFrame) -> Iterator[int]:
    """The rows that are not beyond the few of their subject and article, nor what may be an act
    told before."""
    told: Counter[tuple[str, object]] = Counter()
    acts: list[_Act] = []
    keys = zip(subject_keys(rows), rows["article_id"].tolist(), strict=True)
    for row, ((subject, article), act) in enumerate(zip(keys, _acts(rows), strict=True)):
        of_both = [("subject", subject), ("article", article)]
        few = told[of_both[0]] < OF_A_SUBJECT and told[of_both[1]] < OF_AN_ARTICLE
        if few and not any(act.may_be(other) for other in acts):
            told.update(of_both)
            acts.append(act)
            yield row


@dataclass(frozen=True)
class _Act:
    """What tells whether two rows may be one act; `words`: of its line, in their order."""

    kind: str
    parties: tuple[tuple[str, ...], tuple[str, ...]]
    days: Days
    country: str
    words: tuple[str, ...]

    def may_be(self, other: _Act) -> bool:
        """Whether both have these days and a line that holds the other, or these parties in no
        other country, and one type or long words in common that are no names ("arrest")."""
        if not _meet(self.days, other.days):
            return False
        return self._is_of_line(other) or self._is_of_parties(other)

    def _is_of_line(self, other: _Act) -> bool:
        short, long = sorted((self.words, other.words), key=len)
        words = iter(long)
        return len(short) >= _FEWEST and all(word in words for word in short)

    def _is_of_parties(self, other: _Act) -> bool:
        is_there = self.country == other.country or not (self.country and other.country)
        known = self.parties == other.parties and any(self.parties) and is_there
        return known and (self.kind == other.kind or len(self._told() & other._told()) >= _SHARED)

    def _told(self) -> set[str]:
        return {word for word in self.words if len(word) >= _LONG and word[0].islower()}


def _acts(rows: pd.DataFrame) -> Iterator[_Act]:
    columns = [rows[name] for name in ("type", "sources", "targets", "place_country", "headline")]
    for days, (kind, sources, targets, country, line) in zip(
        day_pairs(rows), zip(*columns, strict=True), strict=True
    ):
        parties = (tuple(sorted(sources)), tuple(sorted(targets)))
        yield _Act(kind, parties, days, country, tuple(line.replace(",", " ").split()))


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] + _NEAR and other[0] <= one[1] + _NEAR
