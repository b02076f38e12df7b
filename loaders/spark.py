"""Spark has its executors map `extract_batch`; needs requirements-spark.txt and Java 17.

    PYSPARK_SUBMIT_ARGS="--master MASTER pyspark-shell" python -m loaders.spark ARTICLES FOLDER
    python -m loaders commit FOLDER

ARTICLES: JSON Lines or Parquet with the column `text`, and perhaps id, title, published, lang,
source, url. The executors write Parquet files of rows of events.batches.EXTRACTED into FOLDER; one
process commits them (docs/scale.md, also on packing the environment for them).
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from events.batches import EXTRACTED, failed_row
from events.model import Article
from loaders.batch import articles_batch, extract_batch
from loaders.readers.json_lines import article_from_record
from loaders.readers.source_file import UnreadableError

BATCH = 64  # articles that an executor holds at a time


def extracted(articles: DataFrame, today: dt.date) -> DataFrame:
    """Rows of EXTRACTED of the articles; a line that is no article has no id, and its error."""

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from _read(batch, today)

    return articles.mapInArrow(read, from_arrow_schema(EXTRACTED))


def _read(batch: pa.RecordBatch, today: dt.date) -> Iterator[pa.RecordBatch]:
    given: list[Article] = []
    for record in batch.to_pylist():
        try:
            given.append(article_from_record(_told(record), reader="spark"))
        except UnreadableError as error:
            yield failed_row(None, "article", str(error), error.remedy)
    yield extract_batch(articles_batch(given, today))


def _told(record: dict[str, Any]) -> dict[str, Any]:
    """The fields that are there; days as text."""
    days = {name: day.isoformat() for name, day in record.items() if isinstance(day, dt.date)}
    return {name: value for name, value in (record | days).items() if value is not None}


def main(arguments: Sequence[str] | None = None) -> int:
    """Read articles, write what they tell."""
    parser = argparse.ArgumentParser(
        prog="python -m loaders.spark",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("articles", help="file or folder of JSON Lines (.jsonl) or Parquet")
    parser.add_argument("folder", help="where the Parquet files go; it must not be there yet")
    asked = parser.parse_args(arguments)
    spark = session()
    kind = "parquet" if asked.articles.rstrip("/").endswith(".parquet") else "json"
    articles = spark.read.format(kind).load(asked.articles)
    extracted(articles, dt.date.today()).write.parquet(asked.folder)
    return 0


def session() -> SparkSession:
    """The session of spark-submit, or one of this machine's cores; days and moments in UTC."""
    return (
        SparkSession.builder.appName("frise")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", BATCH)
        .getOrCreate()
    )


if __name__ == "__main__":
    sys.exit(main())
