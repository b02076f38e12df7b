"""Clues to the publication date from office holders named in the text, by their terms of office.

Terms are those of data/reference/office_holders.csv and, for the years before, of world_facts.toml.
"President Joe Biden" points to the term; a name alone ("Joe Biden promised") is weaker evidence.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from events.reference import office_holders
from loaders.text.document import Document
from loaders.text.scoring import Clue, DayRange, Scores
from loaders.text.words import words
from loaders.text.world_facts import fact_tables, folded, told_spans

Term = tuple[dt.date, dt.date | None]
Terms = dict[tuple[str, str], list[Term]]

# offices whose words ("général", "leader") are too common before names
_LOOSE = ("leader", "general_staff", "spokesperson", "army_chief", "minister", "director_general")
_HEADS = ("president", "prime_minister", "chancellor")
_BEFORE, _AFTER = -5.0, -2.5  # log scores outside a term; texts on the past name them too
_GRACE = 12  # days around the ends of a term
_NAME_BEFORE, _NAME_AFTER = -2.0, -1.2  # the same for a name without its office
_KNOWN = 400  # days before a term for which the future holder is in the news
_MAX_NAMES = 5


def term_clues(document: Document, days: DayRange) -> Iterator[Clue]:
    """A clue for each person named with an office, then for some that are named without."""
    sentences = [folded(s.text) for s in document.sentences]
    seen: set[str] = set()
    terms, shown = _terms()
    for office, name in _named_with_office(document.lang, sentences):
        person = shown[office, name]
        if person not in seen:
            seen.add(person)
            yield _term(person, office, terms[office, name], days)
    alone = [p for p in _named_alone(document.lang, sentences) if p not in seen]
    yield from (_name(person, days) for person in alone[:_MAX_NAMES])


# ---------------------------------------------------------------- the table


@functools.cache
def _terms() -> tuple[Terms, dict[tuple[str, str], str]]:
    """(office, folded name) -> terms of all holders of that name; and -> the name to show."""
    terms: Terms = defaultdict(list)
    shown: dict[tuple[str, str], str] = {}
    for person, names, office, term in _rows():
        for name in names:
            terms[office, folded(name)].append(term)
            shown.setdefault((office, folded(name)), person)
    return dict(terms), shown


def _rows() -> Iterator[tuple[str, tuple[str, ...], str, Term]]:
    """(person, all names, office, term) of both tables."""
    for holder in office_holders():
        names = (holder.person, *holder.aliases)
        yield holder.person, names, holder.office, (holder.first, holder.last)
    for row in fact_tables()["term"]:
        names = tuple(row["names"].split("|"))
        yield names[0], names, row["office"], (row["from"], row.get("until"))


@functools.cache
def _full_names() -> tuple[dict[str, str], dict[str, tuple[Term, ...]]]:
    """Folded names of two words and more -> person; person -> terms in any office."""
    people: dict[str, str] = {}
    terms: dict[str, list[Term]] = defaultdict(list)
    for person, names, _, term in _rows():
        terms[person].append(term)
        people.update({folded(n): person for n in names if len(folded(n).split()) > 1})
    return people, {person: tuple(held) for person, held in terms.items()}


# ---------------------------------------------------------------- words


@functools.cache
def _office_patterns(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Per office: its words, at most two words between, then a name ("présidente, Mme X").

    Former, coming and vice holders don't match. "Biden administration" names an office too.
    """
    table = words(lang).get("publication", {})
    skip = "".join(f"(?<! {word} )" for word in _folded(table.get("not_before_office", ())))
    bar = _alternation(_folded(table.get("not_before_name", ())) or ["-"])
    between = rf"(?:(?!{bar}\b)\w+ ){{0,2}}?"
    after = _folded(table.get("after_head", ()))
    patterns = []
    for office, titles in _titles(lang).items():
        names = [name.strip() for held, name in _terms()[0] if held == office]
        if names:
            title, name = _alternation(_folded(titles)), _alternation(names)
            patterns.append((office, re.compile(f"(?<= ){skip}{title} {between}({name})(?= )")))
            if office in _HEADS and after:
                reverse = f"(?<= ){skip}({name}) {_alternation(after)}(?= )"
                patterns.append((office, re.compile(reverse)))
    return tuple(patterns)


def _titles(lang: str) -> dict[str, list[str]]:
    """The words of each office; for heads of a body also those of the body ("gouvernement")."""
    offices: dict[str, list[str]] = words(lang, "actors").get("offices", {})
    led = words(lang).get("publication", {}).get("before_head", [])
    return {
        office: [*t, *(led if office in _HEADS else [])]
        for office, t in offices.items()
        if office not in _LOOSE
    }


def _folded(written: Sequence[str]) -> list[str]:
    return [folded(word).strip() for word in written]


def _alternation(alternatives: list[str]) -> str:
    ordered = sorted(set(alternatives), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, ordered))})"


def _named_with_office(lang: str, sentences: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(office, folded name) of each holder named with the office."""
    for office, pattern in _office_patterns(lang):
        for sentence in sentences:
            for match in pattern.finditer(sentence):
                yield office, f" {match[1]} "


def _named_alone(lang: str, sentences: Sequence[str]) -> list[str]:
    """Persons named in full, once without "former" close before them."""
    people, _ = _full_names()
    former = set(_folded(words(lang).get("publication", {}).get("not_before_office", ())))
    found = []
    whole = "".join(sentences)  # most names stand nowhere: seen at once
    for name, person in people.items():
        for sentence in sentences if name in whole else ():
            head, stands, _ = sentence.partition(name)
            if stands and not former & set(head.split()[-4:]):
                found.append(person)
    return list(dict.fromkeys(found))


# ---------------------------------------------------------------- scores


def _term(person: str, office: str, terms: Sequence[Term], days: DayRange) -> Clue:
    start = min(first for first, _ in terms)
    before: Scores = np.where(days.age(start) < -_GRACE, _BEFORE, _AFTER)
    text = f"{person} is named as {office.replace('_', ' ')}: {_shown(terms)}"
    return Clue(text, _inside(before, terms, days), "term")


def _name(person: str, days: DayRange) -> Clue:
    """The clue of a name without office: likely in office or shortly before, else unlikely."""
    terms = _full_names()[1][person]
    start = min(first for first, _ in terms)
    outside = np.where(days.age(start) < -_KNOWN, _NAME_BEFORE, _NAME_AFTER)
    outside = np.where((days.age(start) >= -_KNOWN) & (days.age(start) < 0), -0.7, outside)
    return Clue(
        f"{person} is in the news, in office {_shown(terms)}", _inside(outside, terms, days), "name"
    )


def _inside(outside: Scores, terms: Sequence[Term], days: DayRange) -> Scores:
    """Scores: 0 on the days of a term and some days around it, `outside` on all others."""
    scores = outside
    for first, last in terms:
        inside = (days.age(first) >= -_GRACE) & (days.age(last or days.last) <= _GRACE)
        scores = np.where(inside, 0.0, scores)
    return scores


def _shown(terms: Sequence[Term]) -> str:
    return told_spans(sorted(set(terms), key=str))
