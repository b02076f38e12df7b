"""`extract`: articles in, JSON Lines out, in input order; nothing is stored."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from events.model import Article, Extraction
from loaders.output import Record, record_of
from loaders.pool import extract
from loaders.readers import SetAside, read_path
from loaders.readers.json_lines import article_from_record, lines, record_from_line
from loaders.readers.source_file import UnreadableError
from loaders.stage_error import StageError


def extract_lines(
    file: IO[bytes], today: dt.date, threshold: float | None = None
) -> Iterator[Record]:
    """One record a non-empty line of JSON Lines articles: the extraction, or {"id", "error"}.

    threshold: how sure an event must be to be told, None for the fitted one.
    """
    for number, (raw, size) in enumerate(lines(file), start=1):
        if raw.strip() or size > len(raw):
            yield _record_of_line(raw, number, today, threshold)


def extract_paths(
    paths: Iterable[Path], today: dt.date, threshold: float | None = None
) -> Iterator[Record]:
    """One record an article of the files; a file that was set aside yields {"id", "error"}."""
    for path in paths:
        for found in read_path(path):
            if isinstance(found, SetAside):
                yield {"id": found.file, "error": str(found)}
            elif isinstance(found, Extraction):  # the row of an event table
                yield record_of(found, str(found.article.id))
            else:
                yield _extracted(found, str(found.id), today, threshold)


def write_lines(records: Iterable[Record], out: IO[str]) -> int:
    """Write each record at once, as ASCII JSON; the number of those that carry an error."""
    failed = 0
    for record in records:
        failed += "error" in record
        # ASCII: no reader can take a U+2028 inside a text for the end of a line
        out.write(json.dumps(record, ensure_ascii=True) + "\n")
        out.flush()
    return failed


def _record_of_line(raw: bytes, number: int, today: dt.date, threshold: float | None) -> Record:
    key: Any = None
    try:
        record = record_from_line(raw)
        key = record.get("id") if isinstance(record, dict) else None
        article = article_from_record(record)
    except UnreadableError as error:
        return {"id": key, "error": str(error.set_aside("input", f"line {number}"))}
    return _extracted(article, str(article.id) if key is None else key, today, threshold)


def _extracted(article: Article, key: object, today: dt.date, threshold: float | None) -> Record:
    try:
        return record_of(extract(article, today, threshold), key)
    except StageError as error:
        return {"id": key, "error": f"{error}. {error.remedy}"}
