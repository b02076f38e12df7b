"""Clues to the publication date from facts that an article presupposes, and since when they hold.

The table is data/reference/world_facts.toml: members of organisations, names, events, each with its
source. A word pattern is parts joined by " + ", each with alternatives separated by "|"; all parts
must occur in one sentence, close together. Words are compared without case and accents; a final
"*" matches any ending.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from loaders.find.dates import DateExpression
from loaders.text.document import Document
from loaders.text.scoring import FIRST_DAY, NEVER, Clue, DayRange, fading

FACTS = Path(__file__).resolve().parents[2] / "data" / "reference" / "world_facts.toml"
_AFTER = -2.5  # log-score after a fact has ended: it is often still mentioned
_LIFE = 50.0  # days for which an event is news and is mentioned without its year
_LIFE_DATED = 250.0
_LIFE_LASTING = 1500.0
_LIFE_TOLD = 5.0
_TOGETHER = 60  # days between events that are in the news together
_LEAD = -2.5  # log-score of days before an event that was announced
_WORD = re.compile(r"[^\W_]+")
_CLOSE = 110  # characters between the words of a pattern
_GRACE = 12  # days after its end for which a fact is still mentioned as current


Patterns = dict[str, tuple[tuple[tuple[str, ...], ...], ...]]


@dataclass(frozen=True)
class Fact:
    """One row: what the words `patterns` (per language, "any" for all) say about the date.

    `spans` are the days (first, last or None) on which it holds. For an event the first is its
    day, `known` the day from which it is mentioned in advance; a `lasting` one is mentioned for
    years. With a word of `unless` in the sentence, something else is meant.
    """

    id: str
    kind: str
    text: str
    patterns: Patterns
    spans: tuple[tuple[dt.date, dt.date | None], ...]
    known: dt.date | None
    source: str
    lasting: bool = False
    unless: tuple[str, ...] = ()

    @property
    def first(self) -> dt.date:
        """The first day on which it holds; of an event, its day."""
        return self.spans[0][0]


def fact_clues(
    document: Document, days: DayRange, told: Sequence[DateExpression] = ()
) -> Iterator[Clue]:
    """Clues from members, names and events in the document; `told` are its date expressions."""
    sentences = [folded(s.text) for s in document.sentences]
    whole = "".join(sentences)  # most facts have no word in the article: seen at once
    stands = ((fact, _first_match(fact, document.lang, sentences, whole)) for fact in facts())
    found = [(fact, index) for fact, index in stands if index >= 0]
    yield from (_bounds(fact, days) for fact, _ in found if fact.kind != "event")
    events = [(fact, index) for fact, index in found if fact.kind == "event"]
    newest = max((fact.first for fact, _ in events), default=dt.date.min)
    dated = any(f" {newest.year} " in sentence for sentence in sentences)
    for fact, index in events:
        told_now = fact.first == newest and _has_weekday(fact, index, told)
        life = _LIFE_LASTING if fact.lasting else _LIFE_DATED if dated else _LIFE
        fresh = 0.0 if not told_now else 0.5 if fact.lasting else 0.85
        yield _event(fact, newest, life, fresh, days)


def _has_weekday(fact: Fact, sentence: int, told: Sequence[DateExpression]) -> bool:
    """Whether the event has a weekday: "exploded on Tuesday" is of the week of publication."""
    return any(
        e.sentence == sentence
        and e.kind in ("calendar", "night")
        and e.weekday == fact.first.isoweekday()
        and not (e.day or e.month or e.year)
        and e.tense != "future"
        for e in told
    )


def folded(text: str) -> str:
    """Words without case, accents and signs, one space between and around them."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return f" {' '.join(_WORD.findall(letters))} "


@functools.cache
def facts() -> tuple[Fact, ...]:
    """All rows of world_facts.toml but the terms of office."""
    table = fact_tables()
    rows = [_member_fact(row, table["member_words"]) for row in table["member"]]
    rows += [_fact(row, "name") for row in table["name"]]
    return tuple(rows + [_fact(row, "event") for row in table["event"]])


@functools.cache
def fact_tables() -> dict[str, Any]:
    with FACTS.open("rb") as file:
        return tomllib.load(file)


def _fact(row: dict[str, Any], kind: str) -> Fact:
    patterns = {lang: tuple(_pattern(p) for p in listed) for lang, listed in row["words"].items()}
    known = row.get("known")
    lasting = bool(row.get("lasting", False))
    unless = tuple(_word(word) for word in row.get("unless", ()))
    return Fact(
        row["id"], kind, row["text"], patterns, _spans(row), known, row["source"], lasting, unless
    )


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
    """A number of members: "32 members ... NATO", "32 NATO members" in every language."""
    patterns: Patterns = {}
    for lang, members in forms.items():
        names = row["org"].get(lang) or row["org"]["en"]
        alternatives = [f"{row['n']} {member}" for member in members.split("|")]
        turned = "|".join(f"{row['n']} {name}" for name in names.split("|"))
        patterns[lang] = (
            _pattern(f"{'|'.join(alternatives)} + {names}"),
            _pattern(f"{turned} + {members}"),
        )
    text = f"{row['name']} has {row['n']} members"
    return Fact(row["id"], "member", text, patterns, _spans(row), None, row["source"])


def _first_match(fact: Fact, lang: str, sentences: Sequence[str], whole: str) -> int:
    """Index of the first sentence in which a pattern of the fact stands, -1 for none."""
    written = fact.patterns.get(lang, ()) + fact.patterns.get("any", ())
    patterns = [pattern for pattern in written if _all_parts(pattern, whole)]
    if not patterns:
        return -1
    for index, sentence in enumerate(sentences):
        barred = any(word in sentence for word in fact.unless)
        if not barred and any(_matches(pattern, sentence) for pattern in patterns):
            return index
    return -1


def _matches(pattern: Sequence[Sequence[str]], sentence: str) -> bool:
    """Whether all parts occur in the sentence, close to an occurrence of the first part."""
    if not _all_parts(pattern, sentence):
        return False
    places = [[at for alt in part for at in _places(alt, sentence)] for part in pattern]
    return any(all(_near(at, others) for others in places[1:]) for at in places[0])


def _all_parts(pattern: Sequence[Sequence[str]], text: str) -> bool:
    return all(any(alternative in text for alternative in part) for part in pattern)


def _places(word: str, sentence: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(word), sentence)]


def _near(at: int, others: Sequence[int]) -> bool:
    return any(abs(at - other) <= _CLOSE for other in others)


def _bounds(fact: Fact, days: DayRange) -> Clue:
    """The clue of a fact that holds for a time: never before its start, rarely after its end."""
    scores = np.where(days.age(fact.first) < 0, NEVER, _AFTER)
    for first, last in fact.spans:
        inside = (days.age(first) >= 0) & (days.age(last or days.last) <= _GRACE)
        scores = np.where(inside, 0.0, scores)
    return Clue(f"{fact.text}: {told_spans(fact.spans)} ({fact.source})", scores, "fact")


def told_spans(spans: Sequence[tuple[dt.date, dt.date | None]]) -> str:
    """ "2007-01-01 to 2013-06-30, since 2020-02-01"."""
    return ", ".join(
        f"since {first}"
        if last is None
        else f"until {last}"
        if first <= FIRST_DAY
        else f"{first} to {last}"
        for first, last in spans
    )


def _event(fact: Fact, newest: dt.date, life: float, fresh: float, days: DayRange) -> Clue:
    """The clue of an event: mentioned after it happened or was announced; the newest are news.

    `fresh` is the probability that it is news of these days, `life` its typical age otherwise.
    """
    age = days.age(fact.first)
    weight = 1.0 if fact.first == newest else 0.5 if (newest - fact.first).days <= _TOGETHER else 0
    after = fresh * np.exp(fading(age, _LIFE_TOLD)) + (1 - fresh) * np.exp(fading(age, life))
    before = days.age(fact.known) if fact.known else np.full(len(age), -1.0)
    early = np.where(before >= 0, _LEAD, NEVER)
    scores = np.where(age < 0, early, weight * np.log(after))
    return Clue(f"{fact.text}: {fact.first} ({fact.source})", scores, "event")
