"""Which place a name means: the measured order of evidence, a confidence with its reasons.

Country and first-level context of the article > "City, Country" qualifier and "the Syrian city of"
> canonical over alias > one sense per article > population. Weights are on a scale of log10 of
the population. A name that stays a toss-up between small places is left unresolved.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from events.model import Part, Place
from loaders.find.places.candidates import Span
from loaders.find.places.gazetteer import ALIAS, CANONICAL, NATIVE, OWN, Entry
from loaders.find.places.names import abbreviations, demonyms, look_up
from loaders.find.places.neighbours import Neighbours
from loaders.find.places.words_near import cue_set, cues, tokens
from loaders.text.document import Document, Sentence

# added to log10(population); tuned on own examples, kept round on purpose
RANK_BONUS = {OWN: 2.0, CANONICAL: 1.2, NATIVE: 0.9, ALIAS: 0.0}
CAPITAL_BONUS = 1.0
COUNTRY_BONUS = 2.5  # times the share of the country in the article's context
ADMIN_BONUS = 2.0
HOME_BONUS = 0.4
QUALIFIER_BONUS = 8.0
KIND_WORD_BONUS = 3.0
NEAR_BONUS = 2.2  # times the share of support by places near by
COMMON_NAME = 12  # a name of more places says nothing about where
MOST_CONTEXT = COUNTRY_BONUS + ADMIN_BONUS + NEAR_BONUS
ROUNDS = 3
TOSS_UP = 0.12  # lead over the next place below which a small place is a toss-up


@dataclass(frozen=True)
class Named:
    """A span with its sentence and the place that each qualifier beside it points at."""

    sentence: Sentence
    span: Span
    countries: frozenset[str] = frozenset()
    admins: frozenset[tuple[str, str]] = frozenset()
    kind_word: str = ""

    @property
    def part(self) -> Part:
        return self.sentence.part


@dataclass(frozen=True)
class Choice:
    """The place chosen (None: unresolved), how sure, and why."""

    place: Place | None
    confidence: float
    reasons: tuple[str, ...]
    entry: Entry | None = None


@dataclass
class Context:
    """What the article speaks of: shares (0 to 1) of countries and of first-level regions."""

    countries: Counter[str] = field(default_factory=Counter)
    admins: Counter[tuple[str, str]] = field(default_factory=Counter)

    near: Neighbours = field(default_factory=Neighbours)

    @functools.cached_property
    def bonuses(self) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
        """Bonus per country and per first-level region; small where the context is thin.

        Read once the counts are complete.
        """
        whole = COUNTRY_BONUS / (self.countries.total() + 1.0)
        part = ADMIN_BONUS / (self.admins.total() + 1.0)
        countries = {code: whole * count for code, count in self.countries.items() if code}
        admins = {code: part * count for code, count in self.admins.items() if code[1]}
        return countries, admins


def resolve(
    document: Document, spans: Sequence[tuple[Sentence, Span]], rounds: int = ROUNDS
) -> list[Choice]:
    """One choice per span, in order. Each round gives the context of the next."""
    named = _qualified(document, spans)
    context = _first_context(document, named)
    seats = [_seat(item) for item in named]
    times = Counter(seats)
    weighed = {
        seat: _weigh(item, times[seat], document.lang)
        for seat, item in zip(seats, named, strict=True)
    }
    choices: list[Choice] = []
    for turn in range(rounds):
        now = _next_context(context, named, choices) if turn else context
        chosen = {seat: choose(item, now) for seat, item in weighed.items()}
        before, choices = choices, [chosen[seat] for seat in seats]
        if choices == before:
            break
    return _one_sense(named, choices)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A name with its possible places, each with what speaks for it in any context.

    Places that no context can lift to the top are left out.
    """

    item: Named
    name: str
    entries: tuple[tuple[float, Entry], ...]
    times: int
    home: frozenset[str]


def _seat(item: Named) -> object:
    """Names that are weighed together: the same words with the same qualifiers and cues."""
    cue = bool(item.span.label or item.span.located)
    return item.span.text, item.countries, item.admins, item.kind_word, cue


def _weigh(item: Named, times: int, lang: str) -> Weighed:
    scored = [(prior(entry, item, lang), entry) for entry in item.span.entries]
    least = max((value for value, _ in scored), default=0.0) - MOST_CONTEXT
    kept = tuple(pair for pair in scored if pair[0] >= least)
    home = frozenset(cues(lang).get("countries", ()))
    return Weighed(item, item.span.text.casefold(), kept, times, home)


def _qualified(document: Document, spans: Sequence[tuple[Sentence, Span]]) -> list[Named]:
    return [_with_qualifiers(sentence, span, document.lang) for sentence, span in spans]


def _with_qualifiers(sentence: Sentence, span: Span, lang: str) -> Named:
    """Qualifiers of a span: ", Texas", "(Syrie)", "the Syrian city of", "région de"."""
    countries: set[str] = set()
    admins: set[tuple[str, str]] = set()
    after = sentence.text[span.end : span.end + 40]
    mark = after[:2].strip()
    if mark in (",", "("):
        _take_after(after, lang, countries, admins)
    before = tokens(sentence.text[max(0, span.start - 50) : span.start], lang)
    words_before = [t.text.casefold().rstrip("’'ʼ.,") for t in before if t.is_word]
    # "City" with a capital is part of a name beside: "Mexico City, Mexico"
    nouns = [t.text.casefold() * _may_be_noun(t.text, lang) for t in before if t.is_word]
    kind = _kind_word(sentence, span, nouns, lang)
    if _is_capitals_at_head(sentence, span):
        kind = kind or "city"  # "QUÉBEC, 3 mars" was filed in a town
    if kind:
        countries |= {c for w in words_before[-5:] if (c := demonyms(lang).get(w, ""))}
    return Named(sentence, span, frozenset(countries), frozenset(admins), kind)


def _take_after(after: str, lang: str, countries: set[str], admins: set[tuple[str, str]]) -> None:
    row = [t for t in tokens(after, lang)[1:] if t.is_word]
    if row and row[0].text in cue_set(lang, "locative"):
        row = row[1:]  # ", en Syrie"
    for width in (3, 2, 1):
        if len(row) < width:
            continue
        name = after[row[0].start : row[width - 1].end]
        short = abbreviations().get(name) or abbreviations().get(name.rstrip("."))
        if short and width == 1:
            admins.add(short)
            return
        found = _whole(look_up(name, lang))
        countries |= {e.place.country for e in found if e.place.kind == "country"}
        admins |= {
            (e.place.country, e.admin1) for e in found if e.place.kind == "region" and e.admin1
        }
        if found:
            return


def _whole(entries: tuple[Entry, ...]) -> list[Entry]:
    """Countries and regions; a county named as a town is no qualifier ("Lancaster, Reading")."""
    towns = any(e.place.kind == "city" and e.rank <= NATIVE for e in entries)
    found = [e for e in entries if e.place.kind in ("country", "region")]
    return [e for e in found if not towns or e.place.id.count(".") < 2]


def _is_capitals_at_head(sentence: Sentence, span: Span) -> bool:
    head = sentence.part == "text" and span.start == 0 and sentence.paragraph < 3
    return head and span.text.isupper() and len(span.text) > 3


def _may_be_noun(word: str, lang: str) -> bool:
    return not word[0].isupper() or word.isupper() or bool(cues(lang).get("capital_nouns"))


def _kind_word(sentence: Sentence, span: Span, before: list[str], lang: str) -> str:
    """ "city" or "region" where a noun beside the name says so, else ""."""
    near = before[-4:]
    after = [t.text.casefold() for t in tokens(sentence.text[span.end : span.end + 20], lang)[:1]]
    for kind in ("region", "city"):
        listed = cue_set(lang, f"{kind}_words")
        if listed & set(near) or (kind == "region" and listed & set(after)):
            return kind
    return ""


def spoken_of(document: Document) -> frozenset[str]:
    """Countries that the article names, by their own name or by an adjective."""
    table, lang = demonyms(document.lang), document.lang
    found: set[str] = set()
    for sentence in document.sentences:
        for token in tokens(sentence.text, lang):
            found.add(table.get(token.text.casefold(), ""))
            if token.text[0].isupper() and len(token.text) > 3:
                whole = [e for e in look_up(token.text, lang) if e.place.kind == "country"]
                found.update(e.place.country for e in whole)
    return frozenset(found - {""})


def one_country(span: Span) -> str:
    """The country of a span whose well-known meanings all lie in one, else ""."""
    countries = {e.place.country for e in span.entries if e.rank <= NATIVE}
    return countries.pop() if len(countries) == 1 else ""


def _first_context(document: Document, named: Sequence[Named]) -> Context:
    """Countries named, demonyms, qualifiers, and names that only one country has."""
    context = Context()
    table = demonyms(document.lang)
    for sentence in document.sentences:
        for token in tokens(sentence.text, document.lang):
            code = table.get(token.text.casefold())
            if code:
                context.countries[code] += 1
    for item in named:
        context.countries.update(item.countries)
        context.countries.update(country for country, _ in item.admins)
        context.admins.update(item.admins)
        _add_certain(context, item)
        _add_candidates(context.near, item.span)
    return context


def _add_candidates(near: Neighbours, span: Span) -> None:
    """Every place a name may mean, a town of a rare name more than one of a common name."""
    found = [e for e in span.entries if e.rank <= NATIVE]
    for entry in found if len(found) <= COMMON_NAME else ():
        near.add(span.text.casefold(), entry, 1.0 / len(found))


def _add_certain(context: Context, item: Named) -> None:
    entries = [e for e in item.span.entries if e.rank <= NATIVE]
    whole = [e for e in entries if e.place.kind == "country"]
    found = whole or entries
    countries = {e.place.country for e in found}
    if len(countries) == 1 and (only := countries.pop()):
        context.countries[only] += 1
        regions = {e.admin1 for e in found if e.admin1}
        if len(regions) == 1:
            context.admins[only, regions.pop()] += 1


def _next_context(context: Context, named: Sequence[Named], first: list[Choice]) -> Context:
    """The first context and what the round before chose with confidence."""
    richer = Context(Counter(context.countries), Counter(context.admins))
    for item, choice in zip(named, first, strict=True):
        if choice.entry is not None:
            richer.near.add(item.span.text.casefold(), choice.entry, choice.confidence)
        if choice.entry is None or choice.confidence < 0.6:
            continue
        if len({e.place.country for e in item.span.entries}) == 1:
            continue  # counted in the first context
        richer.countries[choice.entry.place.country] += 1
        if choice.entry.admin1:
            richer.admins[choice.entry.place.country, choice.entry.admin1] += 1
    return richer


def choose(weighed: Weighed, context: Context) -> Choice:
    """The best entry of a name in a context."""
    if not weighed.entries:
        return Choice(None, 0.2, ("not in the gazetteer",))
    scored = sorted(
        ((value + _bonus(e, weighed.name, context), e) for value, e in weighed.entries),
        key=lambda pair: (-pair[0], pair[1].place.id),
    )
    best_score, best = scored[0]
    rival = next(((s, e) for s, e in scored[1:] if far_apart(e.place, best.place)), None)
    lead = best_score - rival[0] if rival else 9.0
    reasons = _reasons(best, weighed, context, rival is not None)
    if rival and lead < TOSS_UP and best.population < 100_000:
        return Choice(None, 0.3, (*reasons, f"as likely: {rival[1].place.country}"))
    if _is_namesake(best, weighed, context):
        return Choice(None, 0.3, (*reasons, "a small namesake abroad"))
    return Choice(best.place, round(_confidence(lead, weighed.item), 2), reasons, best)


def _is_namesake(best: Entry, weighed: Weighed, context: Context) -> bool:
    """A small town of another home country of the language, which nothing else speaks of.

    The article lies in one of them (Croydon, London): "Euston" is then no town in Australia.
    """
    place, counts = best.place, context.countries
    if place.kind != "city" or best.population > 100_000 or place.country not in weighed.home:
        return False
    item = weighed.item
    if item.countries or item.admins or counts[place.country] > weighed.times:
        return False
    if context.near.support(weighed.name, best) > 0.5:
        return False
    return max((counts[code] for code in weighed.home), default=0) >= max(4, 2 * weighed.times)


def prior(entry: Entry, item: Named, lang: str) -> float:
    """What speaks for an entry in any context: log10 of its population, its rank, qualifiers."""
    place = entry.place
    value = entry.magnitude + RANK_BONUS[entry.rank]
    value += CAPITAL_BONUS * (entry.capital and entry.rank <= NATIVE)
    value += HOME_BONUS * (place.country in cues(lang).get("countries", ()))
    if place.country in item.countries or (place.country, entry.admin1) in item.admins:
        value += QUALIFIER_BONUS
    if item.kind_word:
        value += KIND_WORD_BONUS * (place.kind == item.kind_word)
    return value


def _bonus(entry: Entry, name: str, context: Context) -> float:
    """What the rest of the article adds: its countries, its regions, places near by."""
    countries, admins = context.bonuses
    code = entry.place.country
    value = countries.get(code, 0.0) + admins.get((code, entry.admin1), 0.0)
    return value + NEAR_BONUS * context.near.share(name, entry)


def far_apart(a: Place, b: Place) -> bool:
    """Whether two places are more than about 50 km apart (region and its town are one choice)."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return True
    return kilometres(a.lat, a.lon, b.lat, b.lon) > 50


def kilometres(lat0: float, lon0: float, lat1: float, lon1: float) -> float:
    """Great-circle distance in km (haversine, mean radius 6371 km)."""
    p0, p1 = math.radians(lat0), math.radians(lat1)
    half = math.sin((p1 - p0) / 2) ** 2
    half += math.cos(p0) * math.cos(p1) * math.sin(math.radians(lon1 - lon0) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))


def _confidence(lead: float, item: Named) -> float:
    """0.5 for a bare lead to 0.98; a name without the model or a cue is worth less."""
    base = 0.5 + 0.48 * (1 - math.exp(-lead))
    return base if item.span.label or item.span.located else base * 0.92


def _reasons(best: Entry, weighed: Weighed, context: Context, rivals: bool) -> tuple[str, ...]:
    place, item = best.place, weighed.item
    out = []
    if not rivals:
        out.append("only place of that name")
    if place.country in item.countries or (place.country, best.admin1) in item.admins:
        out.append("qualified beside the name")
    if context.countries[place.country] > 1 and place.kind != "country":
        out.append("country of the article")
    if context.near.support(weighed.name, best) > 1:
        out.append("near other places of the article")
    if best.rank == ALIAS:
        out.append("alternate name")
    if rivals and len(out) == 0:
        out.append("best known of that name")
    return tuple(out)


def _one_sense(named: Sequence[Named], choices: list[Choice]) -> list[Choice]:
    """The same words mean the same place all through an article, unless qualified otherwise."""
    best: dict[str, Choice] = {}
    for item, choice in zip(named, choices, strict=True):
        words = item.span.text.casefold()
        if choice.entry and choice.confidence > best.get(words, Choice(None, 0, ())).confidence:
            best[words] = choice
    out = []
    for item, choice in zip(named, choices, strict=True):
        leader = best.get(item.span.text.casefold(), choice)
        same = choice.place is not None and leader.place == choice.place
        if same or leader is choice or item.countries or item.admins or item.kind_word:
            out.append(choice)
        else:
            reasons = (*leader.reasons, "as elsewhere in the article")
            out.append(Choice(leader.place, leader.confidence, reasons, leader.entry))
    return out


__all__ = ["Choice", "Context", "Named", "choose", "kilometres", "resolve"]
