"""What an article takes for granted about the world, and since when that has held.

The tables are data/reference/world_facts.toml (members of organisations, terms, names, events,
each with its source) and the office holders of data/reference/office_holders.csv. A word pattern
is parts joined by " + ", each with alternatives parted by "|"; all parts must stand in one
sentence. Words are compared without case and accents; a final "*" leaves the ending open.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from events.reference import office_holders
from loaders.text.document import Document
from loaders.text.scoring import FIRST_DAY, NEVER, Clue, Days, Scores, fading
from loaders.text.words import words

FACTS = Path(__file__).resolve().parents[2] / "data" / "reference" / "world_facts.toml"
_AFTER_TERM = -2.5  # a former holder is often still named with the office when the past is told
_BEFORE_TERM = -5.0
_LIFE = 50.0  # days for which an event is news: then its year is not written
_LIFE_DATED = 250.0
_TOGETHER = 60  # days between events that make the news together
_LEAD = -2.5  # an event that is announced before it happens
_HEADS = ("president", "prime_minister", "chancellor")
_WORD = re.compile(r"[^\W_]+")
_GRACE = 12  # days around the ends of a term


Patterns = dict[str, tuple[tuple[tuple[str, ...], ...], ...]]


@dataclass(frozen=True)
class Fact:
    """One row: what the words `patterns` (per language, "any" for all) say about the date.

    `spans` are the days (first, last or None) on which it holds. For an event the first is its
    day, and `known` the day from which it is spoken of before.
    """

    id: str
    kind: str
    text: str
    patterns: Patterns
    spans: tuple[tuple[dt.date, dt.date | None], ...]
    known: dt.date | None
    source: str

    @property
    def first(self) -> dt.date:
        """The first day on which it holds; of an event, its day."""
        return self.spans[0][0]


Terms = dict[tuple[str, str], list[tuple[dt.date, dt.date | None]]]


def fact_clues(document: Document, days: Days) -> Iterator[Clue]:
    """Clues of members, names, events and office holders named in the document."""
    sentences = [folded(s.text) for s in document.sentences]
    found = [fact for fact in facts() if _stands(fact, document.lang, sentences)]
    yield from (_bounds(fact, days) for fact in found if fact.kind != "event")
    events = [fact for fact in found if fact.kind == "event"]
    newest = max((fact.first for fact in events), default=dt.date.min)
    dated = any(f" {newest.year} " in sentence for sentence in sentences)
    life = _LIFE_DATED if dated else _LIFE
    yield from (_event(fact, newest, life, days) for fact in events)
    yield from _term_clues(document.lang, sentences, days)


def folded(text: str) -> str:
    """Words without case, accents and signs, one space between and around them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return f" {' '.join(_WORD.findall(letters))} "


@functools.cache
def facts() -> tuple[Fact, ...]:
    """All rows of world_facts.toml but the terms of office."""
    table = _table()
    rows = [_member_fact(row, table["member_words"]) for row in table["member"]]
    rows += [_fact(row, "name") for row in table["name"]]
    return tuple(rows + [_fact(row, "event") for row in table["event"]])


@functools.cache
def _table() -> dict[str, Any]:
    with FACTS.open("rb") as file:
        return tomllib.load(file)


def _fact(row: dict[str, Any], kind: str) -> Fact:
    patterns = {lang: tuple(_pattern(p) for p in listed) for lang, listed in row["words"].items()}
    known = row.get("known")
    return Fact(row["id"], kind, row["text"], patterns, _spans(row), known, row["source"])


def _spans(row: dict[str, Any]) -> tuple[tuple[dt.date, dt.date | None], ...]:
    """`from` and `until` of a row, and the spans of `again` after it."""
    first = (row.get("from", FIRST_DAY), row.get("until"))
    again = ((span[0], span[1] if len(span) > 1 else None) for span in row.get("again", ()))
    return (first, *again)


def _pattern(written: str) -> tuple[tuple[str, ...], ...]:
    """ "32 + membres|alliés + OTAN" -> ((" 32 ",), (" membres ", " allies "), (" otan ",))."""
    return tuple(tuple(_word(alt) for alt in part.split("|")) for part in written.split(" + "))


def _word(alternative: str) -> str:
    word = folded(alternative)
    return word[:-1] if alternative.endswith("*") else word


def _member_fact(row: dict[str, Any], forms: dict[str, Any]) -> Fact:
    """A number of members: "<n> <member word> ... <organisation>" in every language."""
    patterns: Patterns = {}
    for lang, members in forms.items():
        names = row["org"].get(lang) or row["org"]["en"]
        alternatives = [f"{row['n']} {member}" for member in members.split("|")]
        patterns[lang] = (_pattern(f"{'|'.join(alternatives)} + {names}"),)
    text = f"{row['name']} has {row['n']} members"
    return Fact(row["id"], "member", text, patterns, _spans(row), None, row["source"])


def _stands(fact: Fact, lang: str, sentences: Sequence[str]) -> bool:
    patterns = fact.patterns.get(lang, ()) + fact.patterns.get("any", ())
    return any(
        all(any(alt in sentence for alt in part) for part in pattern)
        for pattern in patterns
        for sentence in sentences
    )


def _bounds(fact: Fact, days: Days) -> Clue:
    """A state of the world: not written before it began, seldom after it ended."""
    scores = np.where(days.age(fact.first) < 0, NEVER, _AFTER_TERM)
    for first, last in fact.spans:
        inside = (days.age(first) >= 0) & (days.age(last or days.last) <= _GRACE)
        scores = np.where(inside, 0.0, scores)
    return Clue(f"{fact.text}: {_told(fact.spans)} ({fact.source})", scores, "fact")


def _told(spans: Sequence[tuple[dt.date, dt.date | None]]) -> str:
    """ "2007-01-01 to 2013-06-30, since 2020-02-01"."""
    return ", ".join(
        f"since {first}"
        if last is None
        else f"until {last}"
        if first <= FIRST_DAY
        else f"{first} to {last}"
        for first, last in spans
    )


def _event(fact: Fact, newest: dt.date, life: float, days: Days) -> Clue:
    """An event is told once it has happened, or is known to come; the newest ones are news."""
    first = fact.first
    age = days.age(first)
    weight = 1.0 if first == newest else 0.5 if (newest - first).days <= _TOGETHER else 0.0
    before = days.age(fact.known) if fact.known else np.full(len(age), -1.0)
    early = np.where(before >= 0, _LEAD, NEVER)
    scores = np.where(age < 0, early, weight * fading(age, life))
    return Clue(f"{fact.text}: {fact.first} ({fact.source})", scores, "event")


# ---------------------------------------------------------------- terms of office


@functools.cache
def _terms() -> tuple[Terms, dict[tuple[str, str], str]]:
    """(office, folded name) -> terms, over all holders of that name; and the name to show."""
    terms: Terms = defaultdict(list)
    shown: dict[tuple[str, str], str] = {}
    for holder in office_holders():
        for name in (holder.person, *holder.aliases):
            terms[holder.office, folded(name)].append((holder.first, holder.last))
            shown.setdefault((holder.office, folded(name)), holder.person)
    for row in _table()["term"]:
        for name in row["names"].split("|"):
            terms[row["office"], folded(name)].append((row["from"], row.get("until")))
            shown.setdefault((row["office"], folded(name)), row["names"].split("|")[0])
    return dict(terms), shown


@functools.cache
def _office_patterns(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Per office: its words, at most two words between, then a name ("présidente, Mme X").

    Former, coming and vice holders don't match. "Biden administration" names an office too.
    """
    table = words(lang).get("publication", {})
    terms, _ = _terms()
    skip = "".join(f"(?<! {folded(word).strip()} )" for word in table.get("not_before_office", ()))
    bar = "|".join(folded(word) for word in table.get("not_before_name", ("-",)))
    between = rf"(?:(?!{bar.replace(' ', '')}\b)\w+ ){{0,2}}?"
    patterns = []
    for office, titles in _titles(lang).items():
        names = [name.strip() for held, name in terms if held == office]
        if names:
            title, name = _alternation([folded(t).strip() for t in titles]), _alternation(names)
            patterns.append((office, re.compile(f"(?<= ){skip}{title} {between}({name})(?= )")))
            if office in _HEADS and table.get("after_head"):
                after = _alternation([folded(t).strip() for t in table["after_head"]])
                patterns.append((office, re.compile(f"(?<= ){skip}({name}) {after}(?= )")))
    return tuple(patterns)


def _titles(lang: str) -> dict[str, list[str]]:
    """The words of each office; of heads also those of what they lead ("gouvernement")."""
    offices: dict[str, list[str]] = words(lang, "actors").get("offices", {})
    led = words(lang).get("publication", {}).get("before_head", [])
    return {office: [*t, *(led if office in _HEADS else [])] for office, t in offices.items()}


def _alternation(alternatives: list[str]) -> str:
    ordered = sorted(set(alternatives), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, ordered))})"


def _term_clues(lang: str, sentences: Sequence[str], days: Days) -> Iterator[Clue]:
    """One clue for each person named with an office, over all the terms of that name."""
    terms, shown = _terms()
    seen: set[tuple[str, str]] = set()
    for office, pattern in _office_patterns(lang):
        for sentence in sentences:
            for match in pattern.finditer(sentence):
                key = (office, f" {match[1]} ")
                person = (office, shown[key])
                if person not in seen:
                    seen.add(person)
                    yield _term(person, terms[key], days)


def _term(person: tuple[str, str], terms: list[tuple[dt.date, dt.date | None]], days: Days) -> Clue:
    start = min(first for first, _ in terms)
    scores: Scores = np.where(days.age(start) < -_GRACE, _BEFORE_TERM, _AFTER_TERM)
    for first, last in terms:
        inside = (days.age(first) >= -_GRACE) & (days.age(last or days.last) <= _GRACE)
        scores = np.where(inside, 0.0, scores)
    office = person[0].replace("_", " ")
    spans = _told(sorted(set(terms), key=str))
    return Clue(f"{person[1]} is named as {office}: {spans}", scores, "term")
