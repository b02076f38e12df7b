"""The pipeline for one article: text, dates, places, actors, events.

Each stage is a pure function of the stages before; models and word tables are loaded lazily and
cached. `loaders.batch` does the same for a batch of articles, so that a cluster can map it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from events.model import Article, Extraction, LeftOut, Published
from loaders.acts.network import reader_notes
from loaders.bounds.bounds import with_bounds
from loaders.find.actors import find_actors
from loaders.find.dates import figure_notes, read_dates, zone_notes
from loaders.find.places import find_places
from loaders.headlines.headline import with_headlines
from loaders.reader_version import READER_VERSION
from loaders.stage_error import StageError
from loaders.tellings.events import build_events
from loaders.text.document import Document
from loaders.text.publication import contradictions, infer_publication
from loaders.text.read import read_document
from loaders.text.way_back import repair

EVERY_EVENT = 0.0  # threshold of what is stored: views choose what is sure enough


def extract(article: Article, today: dt.date, threshold: float | None = None) -> Extraction:
    """The extraction of an article. An inferred publication date is never later than `today`;
    `threshold`: how sure an event must be to be told, None for the fitted one.

    Raises StageError, for this article alone, where a stage fails.
    """
    with _stage("text"):
        mending = repair(article)
    read = _extracted(mending.article, today, threshold)
    if mending.article is not article:
        read = mending.undone(read)
    return replace(read, notes=(*mending.notes, *read.notes)) if mending.notes else read


def _extracted(article: Article, today: dt.date, threshold: float | None) -> Extraction:
    with _stage("text"):
        document = read_document(article)
    with _stage("publication date"):
        published = _published(document, today)
    with _stage("dates"):
        dates, undated = read_dates(document, published)
    with _stage("contradictions"):
        against = contradictions(document, document.article.published, dates)
    with _stage("places"):
        places = find_places(document)
    with _stage("actors"):
        actors = find_actors(document, places, published)
    with _stage("events"):
        built = build_events(document, dates, places, actors, published, threshold)
    with _stage("bounds"):
        bounded = with_bounds(document, built.events, built.sure, dates, published)
    with _stage("headlines"):
        events = with_headlines(document, bounded, dates, actors)
    return Extraction(
        article=replace(document.article, published=published),
        dates=tuple(dates),
        places=tuple(built.places),
        actors=tuple(actors),
        events=events,
        left_out=_in_order([*document.noise, *undated, *built.left_out]),
        notes=(
            *document.notes,
            *reader_notes(),
            *against,
            *zone_notes(dates),
            *figure_notes(dates),
        ),
        reader_version=READER_VERSION,
    )


@contextmanager
def _stage(name: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # one article must not end a run of thousands
        told = " ".join(str(error).split())[:200]
        raise StageError(name, f"{type(error).__name__}: {told}") from error


def _published(document: Document, today: dt.date) -> Published:
    given = document.article.published
    return given if given.date is not None else infer_publication(document, today)


def _in_order(items: list[LeftOut]) -> tuple[LeftOut, ...]:
    return tuple(sorted(items, key=lambda item: (item.part != "title", item.start, item.reason)))
