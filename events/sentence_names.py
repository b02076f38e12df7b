"""The names of parties and places in a sentence: "les États-Unis", "des Ukrainiens", "au Liban".

The words stand in data/reference/name_articles.toml. A language without a table there has no
sentences made of fields.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from events import registry
from events.geography import country_name
from events.part_names import people_name
from events.reference import states
from events.sectors import SECTORS

FILE = Path(__file__).resolve().parents[1] / "data" / "reference" / "name_articles.toml"
MOST_NAMES = 2  # of one side of an act, where there are more of them
PEOPLE = "CVL"  # the sector of people without arms or office
_AGREEMENTS = ("ms", "fs", "mp", "fp")


@dataclass(frozen=True)
class Name:
    """A name with its article. `plural`: its verb is; `people`: it names persons, not a state or
    a body; `each`: the names that it is made of, where they are several."""

    text: str
    plural: bool = False
    people: bool = False
    each: tuple[str, ...] = ()


def has_sentences(lang: str) -> bool:
    """Whether sentences can be made of fields in a language."""
    return lang in _table()


def joined(codes: Sequence[str], lang: str) -> Name:
    """The names of one side of an act: "Russia and Belarus", of many the first two "and others"."""
    names = [named(code, lang) for code in dict.fromkeys(codes)]
    texts = list(dict.fromkeys(name.text for name in names))
    if len(texts) > MOST_NAMES + 1:
        texts = [*texts[:MOST_NAMES], str(_table()[lang]["others"])]
    people = all(name.people for name in names)
    plural = len(texts) > 1 or names[0].plural
    return Name(_listing(texts, lang), plural, people, tuple(texts))


def _listing(texts: Sequence[str], lang: str) -> str:
    """ "Russia, China and Iran"."""
    first = ", ".join(texts[:-1])
    return str(_table()[lang]["and"]).format(first, texts[-1]) if first else texts[-1]


def named(code: str, lang: str) -> Name:
    """A party with its article, its government as the state itself."""
    code = code.removesuffix(".GOV")
    words = _table()[lang]
    told = words["short"].get(code) or " ".join(registry.name(code, lang).split())
    shown = country_name(code, lang) if told == code else told
    if code.startswith("P:"):  # "à Le Drian": no article, so not "au Drian"
        return Name(re.sub(r"^(Les?) ", "\\1\u00a0", shown), False, True)
    sector = code.partition(":")[2] if not code.startswith("X:") else ""
    if sector == PEOPLE and _people_of(code, lang):
        return Name(_people_of(code, lang), True, True)
    agreement = _agreement(code, shown, sector, lang)
    text = _article(agreement, shown, words) + _without_article(shown, words)
    return Name(text, agreement.endswith("p"), _is_people(sector))


def _without_article(shown: str, words: Mapping[str, Any]) -> str:
    """A name without the article that it has itself: "Les Républicains"."""
    own = str(words["articles"].get("mp", "")).capitalize()
    return shown.removeprefix(own) if own else shown


def filled(said: str, name: Name, lang: str) -> str:
    """What is said with the name in the place of {target}; a preposition that the language repeats
    stands before each: "à l'Iran et au Liban"."""
    before = said.partition("{target}")[0].split()
    word = before[-1] if before else ""
    if word in _table()[lang].get("repeated", ()) and len(name.each) > 1:
        each = (f"{word} {text}" for text in name.each)
        return said.replace(f"{word} {{target}}", _listing(list(each), lang))
    return said.replace("{target}", name.text)


def members(codes: Sequence[str], lang: str) -> Name:
    """Persons of armed forces or groups: "members of Hamas", « des membres du Hamas »."""
    words = _table()[lang]
    names = joined(codes, lang)
    each = names.each
    if "the" in words["articles"]:  # "members of the Syrian police": here no name of a part is bare
        parts = {named(code, lang).text for code in codes if ":" in code}
        each = tuple(f"the {text}" if text in parts else text for text in each)
    return Name(filled(words["members"], Name(_listing(each, lang), each=each), lang), True, True)


def persons(names: Sequence[Name | None], lang: str) -> Name | None:
    """Several names of persons as one; None where one of them is not known."""
    each = tuple(dict.fromkeys(name.text for name in names if name is not None))
    if None in names or not each:
        return None
    plural = len(each) > 1 or any(name.plural for name in names if name is not None)
    return Name(_listing(each, lang), plural, True, each)


def nationals(code: str, lang: str) -> Name | None:
    """The people of a state, where something is done to persons: "des Israéliens"; None where the
    table has none."""
    told = _people_of(f"{code.removesuffix('.GOV')}:{PEOPLE}", lang)
    return Name(told, True, True) if told else None


def government(lang: str) -> Name:
    """The government of the state that a doer is a part of: "Syrians protest against the
    government"."""
    return Name(str(_table()[lang]["government"]))


def _people_of(code: str, lang: str) -> str:
    """The people of the state of a code, with their article; "" where the table has none."""
    state = code.partition(":")[0]
    people = people_name(state, registry.name(state, lang), lang)
    return str(_table()[lang]["articles"].get("some", "")) + people if people else ""


def in_place(place: str, kind: str, country: str, lang: str) -> str:
    """ "in Dnipro", "au Liban"; "" where a place of that kind has no such words: a region."""
    words = _table()[lang]
    if kind == "city":
        return str(words["in_city"]).format(place)
    if kind != "country":
        return ""
    if isinstance(words["in_state"], str):
        article = _article(_of_state(country, place, lang), place, words)
        return str(words["in_state"]).format(article + place)
    return str(words["in_state"][_in_key(country, place, words, lang)]).format(place)


def contracted(sentence: str, lang: str) -> str:
    """A sentence with its prepositions and articles run together: "à le" is "au"."""
    for pattern, instead in _table()[lang]["contractions"]:
        sentence = re.sub(pattern, instead, sentence)
    return sentence


def _agreement(code: str, shown: str, sector: str, lang: str) -> str:
    """The agreement of a name, "some" before one of some of many, "" where none is known."""
    if sector:
        return _of_sector(sector, lang)
    if code in _state_codes():
        return _of_state(code, shown, lang)
    words = _table()[lang]
    by_code = _found(code, "codes", lang)
    if code in str(words.get("bare_codes", "")).split():
        return ""
    first = next(iter(_without_article(shown, words).split()), "")
    the = "the" if first in str(words.get("the", "")).split() else ""
    return the + (by_code or _found(first, "first_words", lang))


def _of_sector(sector: str, lang: str) -> str:
    words = _table()[lang]
    known = SECTORS[sector].agreement.get(lang, "") if sector in SECTORS else ""
    if sector in words["one"].split():
        return "one"
    if sector in str(words.get("some", "")).split():
        return f"some{known}"
    if sector in str(words.get("plural", "")).split():
        return "mp"
    return "the" if sector in str(words.get("the_sectors", "")).split() else known


def _is_people(sector: str) -> bool:
    """Whether a part of a state is persons: not its parliament or its courts."""
    return sector in str(_table()["fr"]["some"]).split() or sector == "REB"


def _of_state(code: str, shown: str, lang: str) -> str:
    words = _table()[lang]
    if "the_states" in words:
        return "the" if code in words["the_states"].split() else ""
    if code in words["bare"].split():
        return ""
    known = _found(code, "states", lang) or _found(shown.split()[0], "first_words", lang)
    return known or ("fs" if shown.endswith(words["feminine"]) else "ms")


def _article(agreement: str, shown: str, words: Mapping[str, Any]) -> str:
    articles = words["articles"]
    if agreement.startswith("the"):
        return "" if shown.startswith(articles["the"]) else str(articles["the"])
    if agreement == "one" or agreement.startswith("some"):
        return str(articles["one" if agreement == "one" else "some"])
    if agreement.endswith("s") and shown[:1] in words.get("vowels", "") and "elided" in articles:
        return str(articles["elided"])
    return str(articles.get(agreement, ""))


def _in_key(code: str, shown: str, words: Mapping[str, Any], lang: str) -> str:
    if code in words["in_the"].split():
        return "in_the"
    agreement = _of_state(code, shown, lang)
    if not agreement:
        return "in_bare" if code in words["in_bare"].split() else "bare"
    return "elided" if agreement.endswith("s") and shown[:1] in words["vowels"] else agreement


def _found(word: str, name: str, lang: str) -> str:
    """The agreement under which a table lists a code or word; "" where it does not."""
    return next((a for a in _AGREEMENTS if word in _listed(lang, name, a)), "")


@functools.cache
def _listed(lang: str, name: str, agreement: str) -> frozenset[str]:
    return frozenset(_table()[lang].get(name, {}).get(agreement, "").split())


@functools.cache
def _state_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in states())


@functools.cache
def _table() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)
