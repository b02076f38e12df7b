"""Whether an article may be about what Frise reads: a quick look at its title and first words.

A world feed is mostly sport, culture, business and crime. The words of the title and of the first
`WORDS` of the text are weighed by a small linear model, which is data
(data/models/relevance, fitted by `python -m training relevance`). It answers for the languages that
it was fitted on; an article of another language is always read.
"""

from __future__ import annotations

import csv
import functools
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from events.checked_toml import TomlTable, read_toml
from events.model import Article
from events.registry import ActorRecord, actors, fold

FOLDER = Path(__file__).resolve().parents[2] / "data" / "models" / "relevance"
WORDS = 100  # of the text
FEW = 40  # an article of fewer words is read: it costs little, and says too little
CHARACTERS = 2_000  # that they are looked for in
STEM = 5  # letters of a longer word that stand for it
MOST_ACTORS = 4  # more count as so many
REASON = "not about politics or security"
_WORD = re.compile(r"[^\W\d_]{2,}")


@functools.cache
def _model() -> tuple[float, frozenset[str], dict[str, float]]:
    """Score from which on an article is read, languages, weight of each feature."""
    path = FOLDER / "model.toml"
    table = TomlTable.of(path, "[relevance]", read_toml(path).get("relevance"))
    least = table.take("threshold", lambda v: isinstance(v, float), "a score")
    langs = table.take("languages", lambda v: isinstance(v, list), "a list of languages")
    with (FOLDER / "weights.csv").open(encoding="utf-8", newline="") as rows:
        weights = {row["feature"]: float(row["weight"]) for row in csv.DictReader(rows)}
    return float(least), frozenset(langs), weights


def is_relevant(article: Article) -> bool:
    """False where the article is hardly about what Frise reads."""
    least, langs, weights = _model()
    if article.lang not in langs or len(list(itertools.islice(_words(article.text), FEW))) < FEW:
        return True
    return score(article, weights) >= least


def score(article: Article, weights: dict[str, float]) -> float:
    """The sum of the weights of its features, with that of "": what all articles have."""
    return weights[""] + sum(weights.get(f, 0.0) for f in features(article.title, article.text))


def features(title: str, text: str) -> set[str]:
    """Words and beginnings of words, pairs of words, and how many names of states, organisations
    and persons of public life stand among them."""
    start = itertools.islice(_words(text[:CHARACTERS]), WORDS)
    told = [*_words(title), "|", *start]
    words = set(told) - {"|"}
    pairs = {f"{a} {b}" for a, b in itertools.pairwise(told) if "|" not in (a, b)}
    named = min(len(words & _names()), MOST_ACTORS)
    return words | pairs | {f"{word[:STEM]}-" for word in words} | {f"names {named}"}


def _words(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        yield from fold(found[0]).split()


@functools.cache
def _names() -> frozenset[str]:
    """Words that are a whole name of an actor, and the last words of persons' names."""
    return frozenset(itertools.chain.from_iterable(map(_name_words, actors())))


def _name_words(record: ActorRecord) -> Iterable[str]:
    folded = (fold(name).split() for name in (*record.names.values(), *record.aliases))
    return [words[-1] for words in folded if len(words) == 1 or record.kind == "person"]
