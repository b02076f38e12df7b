"""What the program finds in the annotated units, once, as the input of training."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path

from events.model import Article
from loaders.acts.reader_input import ReaderInput, reader_input
from loaders.find.actors import find_actors
from loaders.find.dates import read_dates
from loaders.find.places import find_places
from loaders.readers.json_lines import article_from_record
from loaders.text.publication import infer_publication
from loaders.text.read import read_document
from training.corpus import Unit

GIVEN = ("id", "title", "text", "lang", "published")
Prepared = dict[str, tuple[Unit, ReaderInput]]


def prepare(units: Iterable[Unit], path: Path) -> int:
    """Write the units with what the program finds in them; returns how many."""
    found: Prepared = {unit["id"]: (unit, read(unit)) for unit in units}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(found))
    return len(found)


def prepared(paths: Iterable[Path]) -> Iterator[tuple[Unit, ReaderInput]]:
    """The units of prepared files. Raises FileNotFoundError where a file is not made yet."""
    for path in paths:
        yield from pickle.loads(path.read_bytes()).values()


def article_of(unit: Unit) -> Article:
    """A unit as the program is given it, without its annotation."""
    return article_from_record({key: unit[key] for key in GIVEN if unit.get(key)})


def read(unit: Unit) -> ReaderInput:
    """The input of the reader for a unit."""
    document = read_document(article_of(unit))
    given = document.article.published
    published = given if given.date is not None else infer_publication(document, dt.date.today())
    dates, _ = read_dates(document, published)
    places = find_places(document)
    actors = find_actors(document, places, published)
    return reader_input(document, dates, places, actors, published)
