"""The days an act may have, with the evidence for each.

As in loaders.linking.evidence, nothing is compared or chosen here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from events.model import DateSpan
from loaders.linking.evidence import LOW, STORY, Act, Candidate, log_odds


def day_candidates(act: Act) -> list[Candidate]:
    """The dates of the article, the story's own day, and no day."""
    shares, given = act.reading.days[act.n], act.given
    told = [(rows, float(shares[rows].sum())) for rows in _dates(act)]
    found = [_day(act, rows, share) for rows, share in told if share >= LOW]
    if given.published is not None:
        found.append(Candidate(STORY, {"network": log_odds(shares[-1])}))
    none = {
        "network": log_odds(shares[-2]),
        "no day, and a date in the sentence": float(bool(_sentence_dates(act))),
    }
    return [*found, Candidate(None, none)]


def _dates(act: Act) -> Iterator[list[int]]:
    """The dates of the article, the two bounds of a range together."""
    dates = [mention.date for mention in act.given.dates]
    taken: list[int] = []
    for n, date in enumerate(dates):
        if n in taken[-1:]:
            continue
        bounds = date.precision == "span" and n + 1 < len(dates) and _same(date, dates[n + 1])
        taken = [n, n + 1] if bounds else [n]
        yield taken


def _same(one: DateSpan, other: DateSpan) -> bool:
    return (one.first, one.last, one.precision) == (other.first, other.last, other.precision)


def _day(act: Act, rows: list[int], share: float) -> Candidate:
    n = max(rows, key=lambda row: act.reading.days[act.n][row])
    mention = act.given.dates[n]
    words = tuple(range(mention.first, mention.last + 1))
    told = {
        "network": log_odds(share),
        "day that opens the text": float(_opens(act, n)),
        "range of hours that alone dates the sentence": float(_ranges(act, rows)),
    }
    return Candidate(mention.date, told, words)


def _ranges(act: Act, rows: list[int]) -> bool:
    """Whether dates are the bounds of a range with times of day, or of two days, and the only ones
    of the act's sentence; what lasts longer is mostly told of somebody ("in office from ...")."""
    dates = [act.given.dates[n].date for n in rows]
    first, last = dates[0].first, dates[0].last
    two_days = first is not None and last is not None and (last - first).days < 2
    short = two_days or all(date.time for date in dates)
    return len(rows) > 1 and short and rows == _sentence_dates(act)


def _opens(act: Act, n: int) -> bool:
    """Whether a day is the only date of the sentence that opens the text, and the act, which its
    own sentence does not date, stands in the next."""
    given = act.given
    opening = next((i for i, sentence in enumerate(given.sentences) if sentence[0] == "text"), None)
    told = [i for i, m in enumerate(given.dates) if given.sentence_of[m.first] == opening]
    if opening is None:
        return False
    follows = act.sentence == opening + 1 and not _sentence_dates(act)
    return follows and told == [n] and given.dates[n].date.precision == "day"


def _sentence_dates(act: Act) -> list[int]:
    """The dates of the act's sentence that may date it."""
    return [
        n
        for n, mention in enumerate(act.given.dates)
        if act.given.sentence_of[mention.first] == act.sentence and not mention.date.not_event
    ]


def story_day(act: Act) -> DateSpan | None:
    """The story's own day: that of publication or the day before, told by no word."""
    published = act.given.published
    if published is None:
        return None
    at = act.given.mention(act.words[0], act.words[0])
    return DateSpan(
        at.part,
        at.start,
        at.start,
        "",
        first=published - dt.timedelta(days=1),
        last=published,
        precision="span",
        basis="story",
        value=f"{published - dt.timedelta(days=1)}/{published}",
        implied=("year", "month", "day"),
        confidence=0.5,
    )
