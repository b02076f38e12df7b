"""A batch of articles to a batch of rows: the one function that every driver maps.

`extract_batch` depends on its input, the models and the data of this version, and on nothing else:
no clock, no store, no state. What comes in is `ARTICLES`, what goes out `events.batches.EXTRACTED`,
one row an article, in order.

    id, title, text, lang, source, url, sha256, reader   as events.model.Article
    notes               list of string, what its file said
    published           date32, null where the day is not known: then it is inferred
    published_precision, published_evidence, published_confidence   of a day that is given
    retrieved           timestamp us UTC, null where it is not known
    today               date32: an inferred day of publication is never later
    may_skip            bool: whether it is not read where a quick look says that it is hardly about
                        politics or security (loaders.text.relevance)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from events.batches import EXTRACTED, FAILURE, failed_row, read_rows
from events.model import Article, Extraction, LeftOut, Part, Published
from events.tables import storable
from loaders.pipeline import EVERY_EVENT, extract
from loaders.reader_version import SKIPPED
from loaders.stage_error import StageError
from loaders.text.relevance import REASON, is_relevant

FIRST = 100  # characters of an article without a title that stand for it
_TEXTS = ("title", "text", "lang", "source", "url", "sha256", "reader")
ARTICLES = pa.schema(
    [
        pa.field("id", pa.int64()),
        *(pa.field(name, pa.string()) for name in _TEXTS),
        pa.field("notes", pa.list_(pa.string())),
        pa.field("published", pa.date32()),
        pa.field("published_precision", pa.string()),
        pa.field("published_evidence", pa.list_(pa.string())),
        pa.field("published_confidence", pa.float64()),
        pa.field("retrieved", pa.timestamp("us", "UTC")),
        pa.field("today", pa.date32()),
        pa.field("may_skip", pa.bool_()),
    ]
)
Row = dict[str, Any]
Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


def extract_batch(articles: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of ARTICLES -> rows of EXTRACTED in the same order. Never raises for an article: one
    that cannot be read has its `error`."""
    rows = [_read(row) for row in articles.to_pylist()]
    return pa.concat_batches(rows) if rows else pa.RecordBatch.from_pylist([], schema=EXTRACTED)


def _read(row: Row) -> pa.RecordBatch:
    article = article_of(row)
    try:
        if row["may_skip"] and not is_relevant(article):
            return read_rows([_skipped(article)])
        return read_rows([extract(article, row["today"], EVERY_EVENT)])
    except StageError as error:
        return failed_row(row["id"], error.stage, error.told, error.remedy)


def _skipped(article: Article) -> Extraction:
    """An article that is stored and not read: it is listed as left out by its title, or by its
    first words."""
    part: Part = "title" if article.title else "text"
    words = article.title or article.text[:FIRST]
    left_out = (LeftOut(REASON, words, part, 0, len(words)),)
    return Extraction(article, left_out=left_out, notes=article.notes, reader_version=SKIPPED)


def failures(read: pa.Table | pa.RecordBatch) -> list[StageError | None]:
    """Of each row of EXTRACTED the error, None where the article was read."""
    told = zip(*(read.column(name).to_pylist() for name in FAILURE), strict=True)
    return [StageError(*each) if each[0] else None for each in told]


def sound(read: Rows) -> Rows:
    """Of rows of EXTRACTED those of articles that were read."""
    return read.filter(pc.equal(read.column("stage"), ""))


def read_apart(
    batch: pa.RecordBatch,
    error: StageError,
    read: Callable[[list[pa.RecordBatch]], Iterable[pa.RecordBatch]],
) -> pa.RecordBatch:
    """What becomes of a batch of ARTICLES that could not be read: `read` reads its articles each
    for itself; one that was already alone has the `error`."""
    if batch.num_rows == 1:
        article = batch.column("id")[0].as_py()
        return failed_row(article, error.stage, error.told, error.remedy)
    return pa.concat_batches(read([batch.slice(n, 1) for n in range(batch.num_rows)]))


def articles_batch(
    articles: Sequence[Article], today: dt.date, may_skip: bool = False
) -> pa.RecordBatch:
    """Articles as rows of ARTICLES."""
    rows = [_row(article) | {"today": today, "may_skip": may_skip} for article in articles]
    return pa.RecordBatch.from_pylist(rows, schema=ARTICLES)


def _row(article: Article) -> Row:
    published = article.published
    day: Row = {}
    if published.date is not None:
        day = {
            "published": published.date,
            "published_precision": published.precision,
            "published_evidence": published.evidence,
            "published_confidence": published.confidence,
        }
    texts = {name: getattr(article, name) for name in _TEXTS}
    told = {"id": article.id, "notes": article.notes, "retrieved": article.retrieved}
    return storable(texts | told | day)


def article_of(row: Row) -> Article:
    """The article of a row of ARTICLES."""
    given = Published.unknown()
    if row["published"] is not None:
        evidence = tuple(row["published_evidence"])
        precision, sure = row["published_precision"], row["published_confidence"]
        given = Published(row["published"], "given", precision, sure, evidence)
    texts = {name: row[name] for name in _TEXTS}
    notes, moment = tuple(row["notes"]), row["retrieved"]
    return Article(id=row["id"], notes=notes, published=given, retrieved=moment, **texts)
