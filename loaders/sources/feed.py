"""A feed: its items as they stand in it, or the pages that they lead to (`follow`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from events.model import Article
from events.source_settings import Source
from loaders.readers import SetAside, read_path
from loaders.readers.feed import detect
from loaders.readers.format import About, head_of
from loaders.sources.errors import SourceError
from loaders.sources.items import (
    Item,
    Surroundings,
    failed,
    fetched,
    is_failed,
    is_given_up,
)
from loaders.sources.web import Answer, hosts_of


def bring(source: Source, around: Surroundings) -> Iterator[Item]:
    """The feed as one item where it changed; before it, with `follow`, the pages it leads to.

    Raises SourceError where the feed cannot be read.
    """
    hosts = hosts_of(source.url) | set(source.hosts)
    marks = json.loads(around.seen.get(source.url) or "{}")
    answer = around.web.fetch(source.url, hosts, marks.get("etag", ""), marks.get("modified", ""))
    if answer.unchanged:
        return
    item = fetched(source.url, _marks(answer), answer, source.url, around)
    path = cast(Path, item.path)
    if not detect(head_of(path)):
        raise SourceError(
            "{url} gives no feed (RSS or Atom) but {kind}", url=source.url, kind=answer.kind
        )
    item = replace(item, about=About())  # each entry has an address of its own
    if not source.follow:
        yield item
        return
    whole = True
    for page in _pages(path, source, hosts, around):
        whole &= not is_failed(page.stamp) or is_given_up(page.stamp)
        yield page
    # what failed is tried again: then the feed must not be "as it was"
    yield Item(source.url, _marks(answer) if whole else "{}")


def _marks(answer: Answer) -> str:
    return json.dumps({"etag": answer.etag, "modified": answer.modified})


def _pages(path: Path, source: Source, hosts: set[str], around: Surroundings) -> Iterator[Item]:
    """The pages of the feed's entries not read before; what stands in the feed fills their gaps."""
    for entry in read_path(path):
        if around.stop.is_set():
            return
        if isinstance(entry, SetAside):
            yield Item("", "", aside=replace(entry, file=source.url))
        elif isinstance(entry, Article) and not _is_known(entry.url, around):
            yield _page(entry, hosts, around)


def _is_known(url: str, around: Surroundings) -> bool:
    """Whether there is nothing to fetch, or it was read before."""
    return not url or _is_done(around.seen.get(url, ""))


def _is_done(stamp: str) -> bool:
    return bool(stamp) and (not is_failed(stamp) or is_given_up(stamp))


def _page(entry: Article, hosts: set[str], around: Surroundings) -> Item:
    try:
        answer = around.web.fetch(entry.url, hosts)
    except SourceError as error:
        if error.retry_after:
            raise
        return failed(entry.url, error, around.seen, entry.url)
    about = About(entry.title, entry.source, entry.url, entry.published)
    return replace(fetched(entry.url, "read", answer, entry.url, around), about=about)
