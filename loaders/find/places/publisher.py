"""Where an article was published: the country of its address, the town in the name of its paper.

"The Tyler Morning Telegraph" writes of Texas; a ".co.uk" address counts for the United Kingdom.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from events.geography import iso3
from events.model import Article
from loaders.find.places.entry import NATIVE, GazetteerEntry
from loaders.find.places.names import look_up
from loaders.find.places.words_near import WordToken, cue_set, phrases, tokens

COUNTRY_WEIGHT = 2  # counts as much as this many mentions of the country in the article
TOWN = 5_000  # inhabitants: a smaller town has no paper that is read elsewhere
LEAD = 3  # the town must be this many times as large as the next one of the name
MOST_WORDS = 3
_HOST = re.compile(r"^(?:[a-z]+://)?(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)
# country domains that are sold to anybody
_FOR_ALL = frozenset(["ai", "am", "cc", "co", "eu", "fm", "gg", "io", "is", "la", "ly", "me", "tv"])
_OWN_WAY = {"uk": "GBR"}


def unnamed(article: Article) -> Article:
    """The article without what places are not told by: of its address the countries stay, of its
    outlet the name where it may be a paper of a town."""
    pattern = phrases(article.lang, "paper_words")
    is_paper = pattern is not None and pattern.search(article.source) is not None
    url = "".join(publisher_countries(article))
    return replace(article, source=article.source if is_paper else "", url=url)


def publisher_countries(article: Article) -> Counter[str]:
    """The country (alpha-3) of the address, with its weight; none for .com and the like."""
    found = _HOST.match(article.url.strip())
    ending = found.group(1).lower().rpartition(".")[2] if found else ""
    if len(ending) != 2 or ending in _FOR_ALL:
        return Counter()
    country = _OWN_WAY.get(ending) or iso3(ending.upper())
    return Counter({country: COUNTRY_WEIGHT}) if country and len(country) == 3 else Counter()


def publisher_town(article: Article, lang: str) -> GazetteerEntry | None:
    """The town in the name of the outlet, None where there is none or several are as large."""
    row = tokens(article.source, lang)
    for at, token in enumerate(row):
        for width in range(min(MOST_WORDS, len(row) - at), 0, -1):
            name = article.source[token.start : row[at + width - 1].end]
            towns = _towns(name, row[at : at + width], lang)
            if towns and _is_paper(article.source, row[at + width - 1].end, lang):
                return _by_far_the_largest(towns)
    return None


def _by_far_the_largest(towns: Sequence[GazetteerEntry]) -> GazetteerEntry | None:
    ordered = sorted(towns, key=lambda town: -town.population)
    if len(ordered) > 1 and ordered[0].population < LEAD * ordered[1].population:
        return None
    return ordered[0]


def _towns(name: str, row: tuple[WordToken, ...], lang: str) -> tuple[GazetteerEntry, ...]:
    if not row[0].is_capital or name.casefold() in cue_set(lang, "stop"):
        return ()
    found = (e for e in look_up(name, lang) if e.rank <= NATIVE and e.place.kind == "city")
    return tuple(e for e in found if e.population >= TOWN)


def _is_paper(source: str, end: int, lang: str) -> bool:
    """Whether a word of newspaper names ("Telegraph") follows the town."""
    pattern = phrases(lang, "paper_words")
    return pattern is not None and pattern.match(source, end) is not None
