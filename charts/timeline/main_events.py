"""The first few of many events: no act twice, and not all of one subject or one article.

Where a newcomer sees a dozen lines, the third line of the same talks takes the place of another
subject, and two lines of nearly the same words are two readings of one act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pandas as pd

from charts.timeline.spans import intervals
from charts.timeline.subjects import subject_keys

OF_A_SUBJECT, OF_AN_ARTICLE = 3, 2  # events, as long as there are others
_LOOKED_AT = 10  # times as many events as are wanted
_FEWEST = 4  # words of a line that can be alike
_OTHER = 6  # of so many words one may be another
_NEAR = 1  # days between two events of one act
Days = tuple[int, int]  # first and last, as numbers


def main_events(ordered: pd.DataFrame, most: int) -> pd.DataFrame:
    """At most `most` rows of stories that stand in the order of their weight, in this order: an
    event whose line a weightier one has, or nearly the same for its days, does not stand; what may
    be the act of a weightier one, and those of one subject or one article beyond a few, stand where
    there is room."""
    near = ordered.head(most * _LOOKED_AT)
    if near.empty:
        return near
    once = near[_told_once(near)].reset_index(drop=True)
    spread = list(_spread(once))
    rest = [row for row in range(len(once)) if row not in set(spread)]
    chosen = once["event_id"].iloc[[*spread, *rest][:most]]
    return near[near["event_id"].isin(chosen)]


def _told_once(rows: pd.DataFrame) -> list[bool]:
    """Which rows have a line that no row above has, nor nearly the same for these days."""
    days = _days(rows)
    lines = [frozenset(line.casefold().replace(",", " ").split()) for line in rows["headline"]]
    kept: list[int] = []
    for row, line in enumerate(lines):
        near = (lines[o] for o in kept if _meet(days[row], days[o]))
        if not (line in {lines[o] for o in kept} - {frozenset()} or _is_told(line, near)):
            kept.append(row)
    return [row in set(kept) for row in range(len(lines))]


def _is_told(line: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    """Whether most words of the line, or of the shorter of both, stand in one of the others."""
    for other in others:
        shorter = min(len(line), len(other))
        if shorter >= _FEWEST and shorter - len(line & other) <= shorter // _OTHER:
            return True
    return False


def _spread(rows: pd.DataFrame) -> Iterator[int]:
    """The rows that are not beyond the few of their subject and article, nor what may be an act
    told before: of this type, these parties and days, and of no other place."""
    told: Counter[tuple[str, object]] = Counter()
    acts: dict[object, list[tuple[Days, str]]] = {}
    keys = zip(subject_keys(rows), rows["article_id"].tolist(), strict=True)
    whole = zip(keys, _acts(rows), _days(rows), rows["place_id"], strict=True)
    for row, ((subject, article), act, days, place) in enumerate(whole):
        of_both, known = [("subject", subject), ("article", article)], acts.setdefault(act, [])
        is_again = any(_meet(days, d) and (place == p or not (place and p)) for d, p in known)
        if is_again or told[of_both[0]] >= OF_A_SUBJECT or told[of_both[1]] >= OF_AN_ARTICLE:
            continue
        told.update(of_both)
        known.append((days, place))
        yield row


def _acts(rows: pd.DataFrame) -> Iterator[object]:
    """Type and parties of each row; the row itself where no party is told."""
    sides = zip(rows["type"], rows["sources"], rows["targets"], strict=True)
    for row, (kind, sources, targets) in enumerate(sides):
        parties = (tuple(sorted(sources)), tuple(sorted(targets)))
        yield (kind, *parties) if any(parties) else row


def _days(rows: pd.DataFrame) -> list[Days]:
    spans = intervals(rows)
    return list(zip(spans["first"].tolist(), spans["last"].tolist(), strict=True))


def _meet(one: Days, other: Days) -> bool:
    return one[0] <= other[1] + _NEAR and other[0] <= one[1] + _NEAR
