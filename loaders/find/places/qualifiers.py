"""Words beside a name that say which place it is: ", Texas", "(Syrie)", "the Syrian city of"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.find.places.candidates import PlaceSpan
from loaders.find.places.entry import NATIVE, GazetteerEntry
from loaders.find.places.names import CITY, abbreviations, demonyms, look_up
from loaders.find.places.scene import is_with_article
from loaders.find.places.words_near import (
    WordToken,
    bare,
    cue_set,
    cues,
    ends_with_cue,
    words_before,
)

REACH = 50  # characters before a name in which a qualifier may stand
REACH_AFTER = 40
Admin = tuple[str, str]  # country (alpha-3), first-level region (GeoNames)


@dataclass(frozen=True, slots=True)
class Named:
    """A span with its qualifiers' countries and regions; `kind`: "city", "region", "water", ""."""

    span: PlaceSpan
    words: str
    countries: frozenset[str] = frozenset()
    admins: frozenset[Admin] = frozenset()
    kind: str = ""

    @property
    def is_qualified(self) -> bool:
        """Whether any word beside it narrows down which place is meant."""
        return bool(self.countries or self.admins or self.kind)


def named(span: PlaceSpan) -> Named:
    """The span with its qualifiers."""
    countries, admins = _after(span)
    if not (countries or admins):
        countries, admins = _owner(span)
    if not (countries or admins):
        admins = _region_of_town_before(span)
    before = _words_before(span)
    place_kind = _place_kind(span, before)
    if place_kind:
        table = demonyms(span.scene.lang)
        near = {table.get(bare(token).rstrip(".,"), "") for token in before[-5:]}
        countries |= near - {""}
    span = _with_namesakes(span, countries, admins)
    return Named(span, span.text.casefold(), frozenset(countries), frozenset(admins), place_kind)


def _with_namesakes(span: PlaceSpan, countries: set[str], admins: set[Admin]) -> PlaceSpan:
    """The span with the places that share the own name of one of its places, where only they lie
    as its qualifiers say: « Moscou, dans l'Idaho » is Moscow, Idaho. A state alone says so only
    behind a word for "in": « En Londres, Canadá firmó ... »."""

    def lies_there(e: GazetteerEntry) -> bool:
        return e.place.country in countries or (e.place.country, e.admin1) in admins

    if any(lies_there(e) for e in span.entries) or not (admins or (countries and _says_in(span))):
        return span
    own = dict.fromkeys(e.place.name for e in span.entries if e.place.kind == "city")
    found = (e for name in own for e in look_up(name, span.scene.lang) if e.place.kind == "city")
    return replace(span, entries=(*span.entries, *(e for e in found if lies_there(e))))


def _says_in(span: PlaceSpan) -> bool:
    """Whether a word for "in" stands behind the name, or behind its comma."""
    following = span.scene.row[span.at + span.width : span.at + span.width + 2]
    return any(bare(token) in cue_set(span.scene.lang, "within") for token in following)


def _words_before(span: PlaceSpan) -> list[WordToken]:
    row, least = span.scene.row, span.start - REACH
    return [t for t in row[max(0, span.at - 12) : span.at] if t.is_word and t.start >= least]


def _after(span: PlaceSpan) -> tuple[set[str], set[Admin]]:
    """Countries and regions named after the name: after a comma or in brackets, "in Lebanon",
    "in northern Lebanon", ", dans le nord du Liban", ", the capital of Lebanon".
    """
    row, at, lang = span.scene.row, span.at + span.width, span.scene.lang
    marked = at < len(row) and row[at].text in (",", "(") and row[at].start <= span.end + 1
    begin, inside = _past_bearings(row, _past_apposed(row, at + marked, lang, marked), lang)
    if not (marked or inside):
        return set(), set()
    following = _words_after(span, begin)
    for width in range(min(3, len(following)), 0, -1):
        name = span.scene.text[following[0].start : following[width - 1].end]
        found = _countries_and_regions(name, lang, short=width == 1 and marked)
        if found is not None:
            return found
    return set(), set()


def _past_apposed(row: Sequence[WordToken], at: int, lang: str, marked: bool) -> int:
    """Past the words that call a place a town behind its mark: ", the capital of"; `at` where no
    noun does, for the next clause may begin there: "In Paris, the United States"."""
    towns, beside = cue_set(lang, "apposed"), cue_set(lang, "beside_apposed")
    past = at
    while marked and past < len(row) and bare(row[past]) in towns | beside:
        past += 1
    return past if any(bare(token) in towns for token in row[at:past]) else at


def _region_of_town_before(span: PlaceSpan) -> set[Admin]:
    """The region of that name in which the town before the comma lies, where no town of that name
    lies in a state of the same name: "Atlanta, Georgia", « Atlanta, en Géorgie », and not "Batumi,
    Georgia"."""
    regions = {
        (e.place.country, e.admin1) for e in span.entries if e.place.kind == "region" and e.admin1
    }
    states = {e.place.country for e in span.entries if e.place.kind == "country"}
    if not (regions and states):
        return set()
    towns = _town_before(span)
    if any(town.place.country in states for town in towns):
        return set()
    return regions & {(town.place.country, town.admin1) for town in towns}


def _town_before(span: PlaceSpan) -> list[GazetteerEntry]:
    """The towns that the words before a comma may mean."""
    row, comma = span.scene.row, span.at - 1
    while comma > 0 and bare(row[comma]) in cue_set(span.scene.lang, "within"):
        comma -= 1
    if comma < 1 or row[comma].text != ",":
        return []
    for first in range(max(0, comma - 3), comma):
        name = span.scene.text[row[first].start : row[comma - 1].end]
        found = [e for e in look_up(name, span.scene.lang) if e.place.kind == "city"]
        if found:
            return found
    return []


def _past_bearings(row: Sequence[WordToken], at: int, lang: str) -> tuple[int, bool]:
    """Past words such as "in the north of": the next token, and whether a word for "in" stood."""
    within, bearings = cue_set(lang, "within"), cue_set(lang, "bearings")
    inside = False
    while at < len(row) and (bare(row[at]) in within or (inside and bare(row[at]) in bearings)):
        inside = True
        at += 1
    return at, inside


def _owner(span: PlaceSpan) -> tuple[set[str], set[Admin]]:
    """The country or region that owns the name: "Pakistan's Hyderabad"."""
    row, at = span.scene.row, span.at - 1
    if at < 1 or row[at].is_word or row[at].start != row[at - 1].end or len(row[at].text) < 2:
        return set(), set()
    for first in (max(0, at - 2), at - 1):
        name = span.scene.text[row[first].start : row[at - 1].end]
        found = _countries_and_regions(name, span.scene.lang, short=False)
        if found is not None:
            return found
    return set(), set()


def _words_after(span: PlaceSpan, at: int) -> list[WordToken]:
    following = [t for t in span.scene.row[at : at + 8] if t.is_word]
    near = [t for t in following if t.end <= following[0].start + REACH_AFTER]
    return near[:4]


def _countries_and_regions(name: str, lang: str, short: bool) -> tuple[set[str], set[Admin]] | None:
    """The countries and regions of that name, None where there are none."""
    code = abbreviations().get(name) or abbreviations().get(name.rstrip("."))
    if code and short:
        return set(), {code}
    found = _without_towns(look_up(name, lang))
    if not found:
        return None
    countries = {e.place.country for e in found if e.place.kind == "country"}
    regions = [e for e in found if e.place.kind == "region" and e.admin1]
    return countries, {(e.place.country, e.admin1) for e in regions}


def _without_towns(entries: tuple[GazetteerEntry, ...]) -> list[GazetteerEntry]:
    """Countries and regions; a county named as a town is no qualifier ("Lancaster, Reading")."""
    towns = any(e.place.kind == "city" and e.rank <= NATIVE for e in entries)
    found = [e for e in entries if e.place.kind in ("country", "region")]
    return [e for e in found if not towns or e.place.id.count(".") < 2]


def _place_kind(span: PlaceSpan, before: Sequence[WordToken]) -> str:
    """ "region" where a noun beside the name says so, "water" by its article, "city" in a dateline;
    else ""."""
    row, lang, after = span.scene.row, span.scene.lang, span.at + span.width
    listed = cue_set(lang, "region_words")
    nouns = {t.fold for t in before[-4:] if _may_be_noun(t.text, lang)}
    following = row[after].fold if after < len(row) else ""
    if listed & nouns or following in listed or _is_region_by_office(span, following):
        return "region"
    water = any(e.place.kind == "water" for e in span.entries)
    if water and is_with_article(span.scene, span.at):
        return "water"
    # a dateline ("QUÉBEC, 3 mars") names a town
    return "city" if _is_capitals_at_head(span) else ""


def _is_region_by_office(span: PlaceSpan, following: str) -> bool:
    """Whether a name that a state and a region share stands beside an office of regions:
    "Georgia Governor Brian Kemp", « le gouverneur de Géorgie »."""
    if {"country", "region"} - {e.place.kind for e in span.entries}:
        return False
    lang, before = span.scene.lang, words_before(span.scene.row, span.at)
    behind = ends_with_cue(before, lang, "region_offices_before")
    beside = behind or following in cue_set(lang, "region_offices")
    return beside and not _names_town_of(span)


def _names_town_of(span: PlaceSpan) -> bool:
    """Whether a city of the state of that name is named in the sentence: "Georgia ... Tbilisi"."""
    states = {e.place.country for e in span.entries if e.place.kind == "country"}
    return any(
        e.place.kind == "city" and e.place.country in states and e.population >= CITY
        for token in span.scene.row
        if token.text[:1].isupper()
        for e in look_up(token.text, span.scene.lang)
    )


def _may_be_noun(word: str, lang: str) -> bool:
    """ "State" with a capital is part of a name beside, but in "l'État de Géorgie"."""
    written = word in cues(lang).get("region_words", ())
    return written or not word[0].isupper() or word.isupper()


def _is_capitals_at_head(span: PlaceSpan) -> bool:
    sentence = span.scene.sentence
    head = sentence.part == "text" and span.start == 0 and sentence.paragraph < 3
    return head and span.text.isupper() and len(span.text) > 3
