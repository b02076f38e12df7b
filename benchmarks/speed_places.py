"""Speed of the gazetteer stage alone: `find_places` on documents already parsed.

    python -m benchmarks.speed_places

Articles of 400 words: the samples cut (`benchmarks.sample_articles`), and the excerpts of
benchmarks/gold/places joined: local news with twice as many places. CPU time of one core.
"New": none of the names is cached; "seen": they are cached, as after some hundred articles of a
run.
"""

from __future__ import annotations

import gc
import os
import time

from benchmarks.accuracy_places import FRESH, LANGUAGES, read_gold
from benchmarks.sample_articles import ARTICLES, WORDS, articles
from events.model import Article
from loaders.find.places import find_places
from loaders.text.document import Document
from loaders.text.read import read_document

REPEATS = 3
SAMPLES = 4 * ARTICLES
WARMING = {"fr": "Le maire de Lyon est à Paris.", "en": "The mayor of Leeds is in Paris."}


def places_rows() -> list[tuple[str, str]]:
    """Rows (measure, articles per second). Call it before the names are cached."""
    sets = {"samples": _samples(), "local news": _excerpts()}
    for lang, text in WARMING.items():  # the tables of the languages and the file are opened
        find_places(read_document(Article(0, "", text, lang)))
    gc.collect()
    gc.freeze()  # a real run does not keep hundreds of parses in memory
    rows = [row for name, documents in sets.items() for row in _rows(name, documents)]
    gc.unfreeze()
    return rows


def _rows(name: str, documents: list[Document]) -> list[tuple[str, str]]:
    new, found = _run(documents)
    seen = min(_run(documents)[0] for _ in range(REPEATS))
    what = f"gazetteer stage, articles a second, {name} of {found / len(documents):.0f} places each"
    figures = (("names new", new), ("names seen", seen))
    return [(f"{what}, {how}", f"{len(documents) / seconds:.0f}") for how, seconds in figures]


def _samples() -> list[Document]:
    firsts = range(0, SAMPLES, ARTICLES)
    return [read_document(article) for first in firsts for article in articles(first, dated=True)]


def _excerpts() -> list[Document]:
    """The gold excerpts of each set joined to about 400 words each."""
    made = []
    for name in (*LANGUAGES, *FRESH):
        words: list[str] = []
        for row in read_gold(name):
            words += row["text"].split(" ")
            if len(words) >= WORDS:
                made.append(read_document(Article(0, "", " ".join(words), row["lang"])))
                words = []
    return made


def _run(documents: list[Document]) -> tuple[float, int]:
    """Seconds of CPU time, places found."""
    began = time.process_time()
    found = sum(len(find_places(document)) for document in documents)
    return time.process_time() - began, found


def main() -> None:
    """Print the figures."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for what, figure in places_rows():
        print(f"{what}: {figure}")


if __name__ == "__main__":
    main()
