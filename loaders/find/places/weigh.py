"""Scores the places that a name may mean, in the context of the article."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

from events.model import Place
from loaders.find.places.context import MOST_CONTEXT, Context
from loaders.find.places.distance import far_apart
from loaders.find.places.entry import ALIAS, GazetteerEntry
from loaders.find.places.qualifiers import Named
from loaders.find.places.words_near import home_countries

# on the scale of `Entry.weight`, log10 of the population
HOME_BONUS = 0.4
QUALIFIER_BONUS = 8.0
KIND_WORD_BONUS = 3.0
NAMESAKE_BONUS = 3.0  # of a region named like a state, where only towns of the region are named
TOSS_UP = 0.12  # with a smaller lead over the next place, a small place stays unresolved
SMALL = 100_000  # inhabitants
NO_RIVAL = 9.0  # lead assigned to the only place of a name


@dataclass(frozen=True)
class Choice:
    """The place chosen (None: unresolved), how sure, and why."""

    place: Place | None
    confidence: float
    reasons: tuple[str, ...]
    entry: GazetteerEntry | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A name with its possible places, each with its context-free points.

    Places that cannot win in any context are left out. `times`: number of mentions in the
    article; `home`: home countries of the language.
    """

    item: Named
    entries: tuple[tuple[float, GazetteerEntry], ...]
    times: int
    home: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The best entry of a name in a context; `entry` is None where it stays unresolved."""

    entry: GazetteerEntry | None
    confidence: float
    best: GazetteerEntry | None = None
    rival: GazetteerEntry | None = None
    objection: str = ""


def weigh(item: Named, times: int) -> Weighed:
    """The possible places of a name with their context-free points."""
    home = home_countries(item.span.scene.lang)
    scored = [(_points(entry, item, home), entry) for entry in item.span.entries]
    if len(scored) > 1:
        least = max(value for value, _ in scored) - MOST_CONTEXT
        scored = [pair for pair in scored if pair[0] >= least]
    return Weighed(item, tuple(scored), times, home)


def _points(entry: GazetteerEntry, item: Named, home: frozenset[str]) -> float:
    """Context-free points of an entry: its weight, home country, qualifiers."""
    country = entry.place.country
    value = entry.weight + HOME_BONUS * (country in home)
    if is_qualified_by(item, entry):
        value += QUALIFIER_BONUS
    if item.kind == entry.place.kind:
        value += KIND_WORD_BONUS
    return value


def is_qualified_by(item: Named, entry: GazetteerEntry) -> bool:
    """Whether a qualifier beside the name points at the country or region of the place."""
    country = entry.place.country
    return country in item.countries or (country, entry.admin1) in item.admins


def judge(weighed: Weighed, context: Context) -> Verdict:
    """The best entry of a name in a context, unless there is an objection to it."""
    if not weighed.entries:
        return Verdict(None, 0.2, objection="not in the gazetteer")
    best, rival, lead = _best(weighed, context)
    if rival and lead < TOSS_UP and best.population < SMALL:
        return Verdict(None, 0.3, best, rival, f"as likely: {rival.place.country}")
    if _is_namesake(best, weighed, context):
        return Verdict(None, 0.3, best, rival, "a small namesake abroad")
    return Verdict(best, round(_confidence(lead, weighed.item), 2), best, rival)


def _best(
    weighed: Weighed, context: Context
) -> tuple[GazetteerEntry, GazetteerEntry | None, float]:
    """The best entry, the next one that lies elsewhere, and the lead over it."""
    entries = weighed.entries
    if len(entries) == 1:
        return entries[0][1], None, NO_RIVAL
    bonus = functools.partial(_bonus, weighed, context)
    scored = [(-value - bonus(e), e.place.id, e) for value, e in entries]
    scored.sort(key=_score)
    top, _, best = scored[0]
    for value, _, entry in scored[1:]:
        if far_apart(entry.place, best.place):
            return best, entry, value - top
    return best, None, NO_RIVAL


def _bonus(weighed: Weighed, context: Context, entry: GazetteerEntry) -> float:
    """Points that the article adds to an entry of a name."""
    value = context.bonus(entry, weighed.item.words)
    return value + NAMESAKE_BONUS * _is_namesake_region(entry, weighed, context)


def _is_namesake_region(entry: GazetteerEntry, weighed: Weighed, context: Context) -> bool:
    """Whether it is a region named like a state ("Georgia"), and the article names towns of the
    region, none of the state, and the state in no other words ("Georgian")."""
    if entry.place.kind != "region" or (entry.place.country, entry.admin1) not in context.admins:
        return False
    states = {e.place.country for _, e in weighed.entries if e.place.kind == "country"}
    named = {country for country, _ in context.admins}
    # its own mentions count twice: as named, and as chosen
    alone = all(context.countries[state] <= 2 * weighed.times for state in states)
    return bool(states) and not states & named and alone


def _score(scored: tuple[float, str, GazetteerEntry]) -> tuple[float, str]:
    return scored[:2]


def _is_namesake(best: GazetteerEntry, weighed: Weighed, context: Context) -> bool:
    """Whether it is a small town in another home country of the language than the article's.

    In an article about London (Croydon), "Euston" is no town in Australia.
    """
    place, counts = best.place, context.countries
    if place.kind != "city" or best.population > SMALL or place.country not in weighed.home:
        return False
    item = weighed.item
    if item.countries or item.admins or counts[place.country] > weighed.times:
        return False
    if context.near.support(item.words, best) > 0.5:
        return False
    return max((counts[code] for code in weighed.home), default=0) >= max(4, 2 * weighed.times)


def _confidence(lead: float, item: Named) -> float:
    """From 0.5 (no lead) to 0.98; lower for a name without spaCy label or cue."""
    base = 0.5 + 0.48 * (1 - math.exp(-lead))
    return base if item.span.label or item.span.located else base * 0.92


def choice(verdict: Verdict, weighed: Weighed, context: Context) -> Choice:
    """The verdict with its reasons."""
    reasons = _reasons(verdict, weighed, context) if verdict.best else ()
    if verdict.objection:
        reasons = (*reasons, verdict.objection)
    place = verdict.entry.place if verdict.entry else None
    return Choice(place, verdict.confidence, reasons, verdict.entry)


def _reasons(verdict: Verdict, weighed: Weighed, context: Context) -> tuple[str, ...]:
    best, item = verdict.best, weighed.item
    assert best is not None
    told = {
        "only place of that name": verdict.rival is None,
        "qualified beside the name": is_qualified_by(item, best),
        "country of the article": context.countries[best.place.country] > 1
        and best.place.country != ""
        and best.place.kind != "country",
        "near other places of the article": context.near.support(item.words, best) > 1,
        "alternate name": best.rank == ALIAS,
    }
    reasons = tuple(reason for reason, holds in told.items() if holds)
    return reasons or (("best known of that name",) if verdict.rival else ())
