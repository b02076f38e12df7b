"""A list of addresses: each page is read, and read again as a new version when it has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from events.error_words import Words
from events.regular_files import read_text
from events.settings import SettingsError
from events.source_settings import MOST_ADDRESSES, WEB_SCHEMES, Source, check_address
from loaders.sources.errors import SourceError
from loaders.sources.items import (
    Item,
    Surroundings,
    failed,
    fetched,
    is_failed,
    is_given_up,
    missing,
)
from loaders.sources.web import hosts_of


def bring(source: Source, around: Surroundings) -> Iterator[Item]:
    """The pages that are new or changed. Raises SourceError where the list cannot be read, and
    where no page gives anything: then it is the network and not the pages."""
    errors: list[tuple[str, SourceError]] = []
    answers = 0
    for url in source.urls or _listed(source):
        stamp = around.seen.get(url, "")
        if around.stop.is_set() or is_given_up(stamp):
            continue
        try:
            yield from _page(url, stamp, source, around)
            answers += 1
        except SourceError as error:
            errors.append((url, error))
    if errors and not answers and not any(error.lasting for _, error in errors):
        raise errors[0][1]
    for url, failure in errors:
        busy = Item("", "", name=url, problem=failure)
        yield busy if failure.retry_after else failed(url, failure, around.seen, url)


def _page(url: str, stamp: str, source: Source, around: Surroundings) -> Iterator[Item]:
    """The page where it is new or changed. Raises SourceError."""
    marks = {} if not stamp or is_failed(stamp) else json.loads(stamp)
    hosts = hosts_of(url) | set(source.hosts)
    answer = around.web.fetch(url, hosts, marks.get("etag", ""), marks.get("modified", ""))
    if not answer.unchanged:
        told = json.dumps({"etag": answer.etag, "modified": answer.modified})
        yield fetched(url, told, answer, url, around)


def _listed(source: Source) -> list[str]:
    """The addresses of a file, one a line; lines that begin with # are left out."""
    path = Path(source.path).expanduser()
    try:
        lines = read_text(path).removeprefix("\ufeff").splitlines()
    except (OSError, ValueError):
        raise missing(path, Words("list of addresses (a text file, one a line)")) from None
    told = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        for number, url in enumerate(told[: MOST_ADDRESSES + 1], start=1):
            check_address(url, WEB_SCHEMES, f"{path}, line {number}")
    except SettingsError as error:
        raise SourceError(error.words) from None
    if len(told) > MOST_ADDRESSES:
        raise SourceError(
            "{path} lists {n} addresses: at most {most} are read", path=path, n=len(told),
            most=MOST_ADDRESSES,
        )  # fmt: skip
    return list(dict.fromkeys(told))
