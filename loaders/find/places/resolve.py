"""Which place a name means: the measured order of evidence, a confidence with its reasons.

Country and first-level context of the article > "City, Country" qualifier and "the Syrian city of"
> canonical over alias > one sense per article > population. Weights are on a scale of log10 of
the population. A name that stays a toss-up between small places is left unresolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loaders.find.places.context import Context, Setting, first_context
from loaders.find.places.qualifiers import Named
from loaders.find.places.weigh import Choice, Verdict, Weighed, choice, judge, weigh

ROUNDS = 3
Seat = tuple[object, ...]


def resolve(setting: Setting, items: Sequence[Named]) -> list[Choice]:
    """One choice per name, in order. Each round gives the context of the next."""
    seats = [_seat(item) for item in items]
    weighed = _weighed(seats, items)
    first = context = first_context(setting, items)
    verdicts = {seat: judge(one, context) for seat, one in weighed.items()}
    for _ in range(ROUNDS - 1):
        before = verdicts
        context = _richer(first, weighed, verdicts)
        verdicts = {seat: judge(one, context) for seat, one in weighed.items()}
        if _same(before, verdicts):
            break
    chosen = {seat: choice(verdicts[seat], one, context) for seat, one in weighed.items()}
    return _one_sense(items, [chosen[seat] for seat in seats])


def _seat(item: Named) -> Seat:
    """Names that are weighed together: the same words with the same qualifiers and cues."""
    cue = bool(item.span.label or item.span.located)
    return item.span.text, item.countries, item.admins, item.kind, cue


def _weighed(seats: Sequence[Seat], items: Sequence[Named]) -> dict[Seat, Weighed]:
    times = Counter(seats)
    return {seat: weigh(item, times[seat]) for seat, item in zip(seats, items, strict=True)}


def _richer(first: Context, weighed: dict[Seat, Weighed], verdicts: dict[Seat, Verdict]) -> Context:
    """The first context and what a round chose."""
    return first.and_chosen(
        (one.item, verdicts[seat].entry, verdicts[seat].confidence, one.times)
        for seat, one in weighed.items()
    )


def _same(before: dict[Seat, Verdict], now: dict[Seat, Verdict]) -> bool:
    """Whether a round changed nothing that the next would see."""
    pairs = ((before[seat], verdict) for seat, verdict in now.items())
    return all(a.entry is b.entry and a.confidence == b.confidence for a, b in pairs)


def _one_sense(items: Sequence[Named], choices: list[Choice]) -> list[Choice]:
    """The same words mean the same place all through an article, unless qualified otherwise."""
    best: dict[str, Choice] = {}
    for item, chosen in zip(items, choices, strict=True):
        if chosen.entry and (
            item.words not in best or chosen.confidence > best[item.words].confidence
        ):
            best[item.words] = chosen
    return [
        chosen if item.is_qualified else _as_elsewhere(chosen, best.get(item.words, chosen))
        for item, chosen in zip(items, choices, strict=True)
    ]


def _as_elsewhere(chosen: Choice, leader: Choice) -> Choice:
    if leader is chosen or (chosen.place is not None and leader.place == chosen.place):
        return chosen
    reasons = (*leader.reasons, "as elsewhere in the article")
    return Choice(leader.place, leader.confidence, reasons, leader.entry)
