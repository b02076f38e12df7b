"""Toponym resolution: which place a name means, with a confidence and its reasons.

Evidence, strongest first (measured): country and first-level region of the article > "City,
Country" qualifier and "the Syrian city of" > canonical name over alias > one sense per article >
population. Weights are on a log10 scale of population. Ties of small places stay unresolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loaders.find.places.context import Context, Setting, first_context
from loaders.find.places.qualifiers import Named
from loaders.find.places.weigh import Choice, Verdict, Weighed, choice, judge, weigh

ROUNDS = 3
Key = tuple[object, ...]


def resolve(setting: Setting, items: Sequence[Named]) -> list[Choice]:
    """One choice per name, in order. The choices of each round are the context of the next."""
    keys = [_name_key(item) for item in items]
    weighed = _weighed(keys, items)
    first = context = first_context(setting, items)
    verdicts = {key: judge(one, context) for key, one in weighed.items()}
    for _ in range(ROUNDS - 1):
        before = verdicts
        context = _extended(first, weighed, verdicts)
        verdicts = {key: judge(one, context) for key, one in weighed.items()}
        if _is_unchanged(before, verdicts):
            break
    chosen = {key: choice(verdicts[key], one, context) for key, one in weighed.items()}
    return _one_sense(items, [chosen[key] for key in keys])


def _name_key(item: Named) -> Key:
    """The key of names resolved together: same words, same qualifiers, same cues."""
    cue = bool(item.span.label or item.span.located)
    return item.span.text, item.countries, item.admins, item.kind, cue


def _weighed(keys: Sequence[Key], items: Sequence[Named]) -> dict[Key, Weighed]:
    times = Counter(keys)
    return {key: weigh(item, times[key]) for key, item in zip(keys, items, strict=True)}


def _extended(first: Context, weighed: dict[Key, Weighed], verdicts: dict[Key, Verdict]) -> Context:
    """The first context plus the choices of a round."""
    return first.and_chosen(
        (one.item, verdicts[key].entry, verdicts[key].confidence, one.times)
        for key, one in weighed.items()
    )


def _is_unchanged(before: dict[Key, Verdict], now: dict[Key, Verdict]) -> bool:
    """Whether a round changed no verdict, so that further rounds are useless."""
    pairs = ((before[key], verdict) for key, verdict in now.items())
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
