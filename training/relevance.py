"""Fits the quick look at an article (loaders/text/relevance.py) and says what it costs and saves.

It learns from the annotated news (`training.corpus`): an article with an event of weight 1 or 2 is
relevant, by the number of them, and from short pieces of other news in training/unrelated. Figures
are of articles that the weights of a fold have not seen; the threshold is the one at which at most
`MOST_LOST` of the events of weight 1 and 2 are in articles that would not be read.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from loaders.text.relevance import FOLDER, features
from training.corpus import HERE, _draw, _group, own_units, real_units

UNRELATED = HERE / "unrelated"
LANGUAGES = ("en", "fr")
FOLDS = 5
MOST_LOST = 0.008  # of the events; the goal is 0.01
SHORT = 40  # words
JOINED = 3  # short pieces that are as long as an article
SEEN = 2  # whole articles that a feature stands in, at least
STRENGTH = 0.1  # of the weights: the inverse of their penalty
SMALLEST = 0.02  # weights nearer to nothing are left out
Floats = npt.NDArray[np.float64]


class Example(NamedTuple):
    """An article: `events` of weight 1 and 2 in it, `kind` of news where it has none; whether it
    is `whole`, else but its first words."""

    group: str
    lang: str
    kind: str
    events: int
    is_whole: bool
    found: dict[str, int]


def examples() -> list[Example]:
    """All that it learns from. Raises FileNotFoundError where the real news is not there."""
    return [*_annotated(), *_unrelated()]


def _annotated() -> Iterator[Example]:
    for unit in (*own_units(), *real_units()):
        if unit["lang"] in LANGUAGES:
            is_own = unit["source"].startswith("own:")
            events = sum(e.get("w", 1) > 0 for e in unit["events"] if "same" not in e)
            kind = "" if events else "tempting" if is_own else "real"
            group = unit["id"] if is_own else _group(unit)
            for words in (None, SHORT):  # so that a short text is no sign of anything
                text = " ".join(unit["text"].split()[:words])
                whole = words is None
                yield Example(group, unit["lang"], kind, events, whole, _found(unit["title"], text))


def _unrelated() -> Iterator[Example]:
    """Pieces of the length of news, and their first words. Of short ones three of a kind are
    taken as one."""
    for path in sorted(UNRELATED.glob("*.tsv")):
        joined = 1 if path.stem.endswith("longer") else JOINED
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for kind, pieces in itertools.groupby(rows, key=lambda row: row[0]):
                told = list(pieces)
                for some in (told[n : n + joined] for n in range(0, len(told), joined)):
                    yield from _pieces(path.stem[:2], kind, some)


def _pieces(lang: str, kind: str, some: Sequence[Sequence[str]]) -> Iterator[Example]:
    """One whole article of some pieces, and each short, in one group."""
    group, whole = some[0][1], " ".join(text for _, _, text in some)
    yield Example(group, lang, kind, 0, True, _found(group, whole))
    for _, title, text in some:
        words = " ".join(text.split()[:SHORT])
        yield Example(group, lang, kind, 0, False, _found(title, words))


def _found(title: str, text: str) -> dict[str, int]:
    return dict.fromkeys(features(title or "", text), 1)


def fit(given: Sequence[Example]) -> dict[str, float]:
    """Weight of each feature; that of "" is the one that all articles have."""
    counts = Counter(name for each in given if each.is_whole for name in each.found)
    known = [{n: 1 for n in each.found if counts[n] >= SEEN} for each in given]
    columns = DictVectorizer()
    matrix = columns.fit_transform(known)
    labels = np.array([each.events > 0 for each in given])
    weight = np.array([np.sqrt(each.events) if each.events else 1.0 for each in given])
    weight[~labels] *= weight[labels].sum() / (~labels).sum()  # each side weighs the same
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(matrix, labels, sample_weight=weight)
    told = zip(columns.get_feature_names_out(), model.coef_[0], strict=True)
    kept = {str(name): float(value) for name, value in told if abs(value) >= SMALLEST}
    return {"": float(model.intercept_[0]), **kept}


def unseen_scores(given: Sequence[Example]) -> Floats:
    """The score of each article by weights that have not seen it, nor others of its group."""
    fold = np.array([_draw("relevance " + each.group) % FOLDS for each in given])
    scores = np.zeros(len(given))
    for number in range(FOLDS):
        weights = fit([e for e, f in zip(given, fold, strict=True) if f != number])
        for row in np.flatnonzero(fold == number):
            scores[row] = score_of(given[int(row)], weights)
    return scores


def score_of(example: Example, weights: dict[str, float]) -> float:
    """As loaders.text.relevance.score."""
    return weights[""] + sum(weights.get(name, 0.0) for name in example.found)


def threshold(given: Sequence[Example], scores: Floats) -> float:
    """The greatest score below which at most MOST_LOST of the events lie."""
    events = np.array([each.events * each.is_whole for each in given])
    order = np.argsort(scores)
    lost = np.cumsum(events[order]) / events.sum()
    return float(scores[order][np.searchsorted(lost, MOST_LOST, side="right")])


def figures(given: Sequence[Example], scores: Floats, least: float) -> dict[str, float]:
    """Of whole articles: share of the events lost, share not read of what is unrelated, by kind."""
    events = np.array([each.events * each.is_whole for each in given])
    told: dict[str, list[bool]] = defaultdict(list)
    for each, score in zip(given, scores, strict=True):
        if each.is_whole and not each.events:
            told[each.kind].append(bool(score < least))
            if each.kind != "real":
                told["all unrelated"].append(bool(score < least))
            if each.kind not in ("real", "tempting"):
                told["other news"].append(bool(score < least))
    shares = {f"not read: {kind} ({len(n)})": float(np.mean(n)) for kind, n in sorted(told.items())}
    return {"events lost": float(events[scores < least].sum() / events.sum()), **shares}


def write(weights: dict[str, float], least: float, told: dict[str, float], folder: Path) -> None:
    """The model and its card."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "weights.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("feature", "weight"))
        rows.writerows((name, f"{value:.3f}") for name, value in sorted(weights.items()))
    head = (
        "# The quick look at an article (loaders/text/relevance.py), written by\n"
        f"# `python -m training relevance`, {dt.date.today()}. Not to be edited by hand.\n\n"
    )
    model = f"[relevance]\nthreshold = {least:.3f}\nlanguages = {list(LANGUAGES)!r}\n"
    lines = "".join(f'"{what}" = {value:.4f}\n' for what, value in told.items())
    measured = "\n# of articles that the weights had not seen\n[measured]\n"
    (folder / "model.toml").write_text(head + model.replace("'", '"') + measured + lines, "utf-8")


def run() -> dict[str, float]:
    """Measure, fit on all, write. The figures."""
    given = examples()
    scores = unseen_scores(given)
    least = threshold(given, scores)
    told = figures(given, scores, least)
    write(fit(given), least, told, FOLDER)
    return told
