"""Geographic context of an article: its countries, first-level regions, places near each other."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loaders.find.places.candidates import PlaceSpan
from loaders.find.places.entry import NATIVE, GazetteerEntry
from loaders.find.places.names import demonyms, look_up
from loaders.find.places.neighbours import Neighbours
from loaders.find.places.publisher import publisher_countries, publisher_town
from loaders.find.places.qualifiers import Admin, Named
from loaders.find.places.scene import PlaceScene
from loaders.text.document import Document

COUNTRY_BONUS = 2.5  # times the share of the country in the article's context
ADMIN_BONUS = 2.0
NEAR_BONUS = 2.2  # times the share of support by nearby places: two thirds for one sure place
MOST_CONTEXT = COUNTRY_BONUS + ADMIN_BONUS + NEAR_BONUS
THIN = 1.0  # added to the total count, so that few names give small shares
COMMON_NAME = 12  # a name with more possible places than this is no evidence
PUBLISHER = "(publisher)"  # name used for the publisher's town, which the article need not name
SURE = 0.6  # a choice with this confidence is context for the next round


@dataclass
class Context:
    """Counts of countries and of first-level regions, and the names near each place."""

    countries: Counter[str] = field(default_factory=Counter)
    admins: Counter[Admin] = field(default_factory=Counter)
    near: Neighbours = field(default_factory=Neighbours)
    town: GazetteerEntry | None = None

    @functools.cached_property
    def country_bonus(self) -> dict[str, float]:
        """Bonus per country; small where few names were counted. Cached: read after counting."""
        whole = COUNTRY_BONUS / (self.countries.total() + THIN)
        return {code: whole * count for code, count in self.countries.items() if code}

    @functools.cached_property
    def admin_bonus(self) -> dict[Admin, float]:
        """As `country_bonus`, per first-level region."""
        part = ADMIN_BONUS / (self.admins.total() + THIN)
        return {code: part * count for code, count in self.admins.items() if code[1]}

    def bonus(self, entry: GazetteerEntry, words: str) -> float:
        """Points that the context adds to an entry: for its country, region, nearby places."""
        code = entry.place.country
        value = self.country_bonus.get(code, 0.0)
        if value and entry.admin1:
            value += self.admin_bonus.get((code, entry.admin1), 0.0)
        near = self.near.support(words, entry)
        return value + NEAR_BONUS * (1.0 - math.exp(-near)) if near > 1e-9 else value

    def and_chosen(
        self, chosen: Iterable[tuple[Named, GazetteerEntry | None, float, int]]
    ) -> Context:
        """This context plus the choices of a round: name, place, confidence, times named.

        Neighbours are counted from the chosen places only.
        """
        richer = Context(Counter(self.countries), Counter(self.admins), _near(self.town), self.town)
        for item, entry, confidence, times in chosen:
            if entry is None:
                continue
            richer.near.add(item.words, entry, confidence)
            counted = _is_of_one_country(item.span)
            if confidence >= SURE and not counted:
                richer.countries[entry.place.country] += times
            if confidence >= SURE and entry.admin1 and not (counted and _certain(item.span)[1]):
                richer.admins[entry.place.country, entry.admin1] += times
        return richer


@dataclass(frozen=True)
class Setting:
    """Context known before names are resolved: countries from adjectives and the publisher.

    `town` is the publisher's.
    """

    countries: Counter[str]
    town: GazetteerEntry | None = None


def setting_of(document: Document, scenes: Sequence[PlaceScene]) -> Setting:
    """The adjectives of countries in an article, and its publisher."""
    table = demonyms(document.lang)
    words = (token.fold for scene in scenes for token in scene.row)
    countries = Counter(table[word] for word in words if word in table)
    countries.update(publisher_countries(document.article))
    town = publisher_town(document.article, document.lang)
    if town is not None:
        countries[town.place.country] += 1
    return Setting(countries, town)


def countries_named(scenes: Sequence[PlaceScene]) -> set[str]:
    """Countries that the article names by their name."""
    words = {
        (t.text, scene.lang)
        for scene in scenes
        for t in scene.row
        if len(t.text) > 3 and t.text[0].isupper()
    }
    entries = (e for word, lang in words for e in look_up(word, lang))
    return {e.place.country for e in entries if e.place.kind == "country"}


def one_country(span: PlaceSpan) -> str:
    """The country of a span if all its well-known entries are in one country, else ""."""
    countries = {e.place.country for e in span.entries if e.rank <= NATIVE}
    return countries.pop() if len(countries) == 1 else ""


def _is_of_one_country(span: PlaceSpan) -> bool:
    first = span.entries[0].place.country
    return all(e.place.country == first for e in span.entries)


def first_context(setting: Setting, items: Sequence[Named]) -> Context:
    """The context of the setting, countries named, qualifiers, and names in only one country."""
    town = setting.town
    admins = Counter([(town.place.country, town.admin1)]) if town else Counter[Admin]()
    context = Context(Counter(setting.countries), admins, _near(town), town)
    certain: dict[str, tuple[str, str]] = {}
    for item in items:
        if item.countries or item.admins:
            context.countries.update(item.countries)
            context.countries.update(country for country, _ in item.admins)
            context.admins.update(item.admins)
        text = item.span.text
        if text not in certain:
            certain[text] = _certain(item.span)
            _add_candidates(context.near, item.words, item.span.entries)
        country, region = certain[text]
        if country:
            context.countries[country] += 1
        if region:
            context.admins[country, region] += 1
    return context


def _near(town: GazetteerEntry | None) -> Neighbours:
    """A grid of neighbours with only the publisher's town in it."""
    near = Neighbours()
    if town is not None:
        near.add(PUBLISHER, town, 1.0)
    return near


def _add_candidates(near: Neighbours, words: str, entries: Sequence[GazetteerEntry]) -> None:
    """Add every place that a name may mean; the fewer there are, the more each weighs."""
    found = [e for e in entries if e.rank <= NATIVE]
    for entry in found if len(found) <= COMMON_NAME else ():
        near.add(words, entry, 1.0 / len(found))


def _certain(span: PlaceSpan) -> tuple[str, str]:
    """The country and region that all well-known entries of a span share, "" if they differ."""
    entries = [e for e in span.entries if e.rank <= NATIVE]
    # "Bozen" is a village's proper name, and what a far larger town is called as well
    most = max((e.weight for e in entries), default=0.0)
    if any(e.weight > most for e in span.entries):
        return "", ""
    found = [e for e in entries if e.place.kind == "country"] or entries
    countries = {e.place.country for e in found}
    if len(countries) != 1:
        return "", ""
    regions = {e.admin1 for e in found if e.admin1}
    country = countries.pop()
    return country, regions.pop() if country and len(regions) == 1 else ""
