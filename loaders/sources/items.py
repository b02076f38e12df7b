"""What a source brings: items, each a file of articles under a key, with a stamp of its state."""

from __future__ import annotations

import contextlib
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from events.error_words import Words
from events.model import Article, Extraction
from events.source_settings import Source
from loaders.readers import SetAside, UnreadableError, read_path
from loaders.readers.dispatch import completed
from loaders.readers.format import About
from loaders.readers.web_page import in_utf8
from loaders.sources.errors import SourceError
from loaders.sources.web import Answer, Web

MOST_TRIES = 10  # of an address that gives nothing, before it is left
_FAILED = "failed "
# what servers call the formats that their content may not tell; the others are known by it
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
}


@dataclass(frozen=True)
class Item:
    """One thing of a source. The same key with the same stamp is never read again.

    path: the file that holds it, None where there is none; `temporary`: it is deleted once read.
    aside: why it was not read, None where it can be; problem: the same of what is tried again soon.
    `about` fills what the file does not tell, its address replaces the file's. A key of "" is not
    marked. ready=False: it is still being written.
    """

    key: str
    stamp: str
    path: Path | None = None
    name: str = ""
    about: About = field(default_factory=About)
    temporary: bool = False
    aside: SetAside | None = None
    problem: SourceError | None = None
    ready: bool = True


@dataclass(frozen=True)
class Surroundings:
    """What a kind of source works with: what it brought before, the web, a folder for what it
    fetches, and when to stop."""

    seen: dict[str, str]
    web: Web
    folder: Path
    stop: threading.Event


Bring = Callable[[Source, Surroundings], Iterator[Item]]


def articles_of(item: Item, source: Source) -> Iterator[Article | Extraction | SetAside]:
    """The articles of an item, with what the source tells of them; rows of tables as they are."""
    if item.aside is not None:
        yield item.aside
    if item.path is None:
        return
    try:
        for found in read_path(item.path):
            if isinstance(found, SetAside):
                yield replace(found, file=item.name) if item.name else found
            elif isinstance(found, Extraction):
                yield found
            else:
                yield told_by(found, source, item.about)
    finally:
        if item.temporary:
            item.path.unlink(missing_ok=True)


def told_by(article: Article, source: Source, about: About) -> Article:
    """The article with outlet, language and tags of its source, and where it was fetched."""
    tags = (f"tags: {', '.join(source.tags)}",) if source.tags else ()
    told = (*about.notes, f"brought by the source: {source.name}", *tags)
    named = replace(
        article,
        source=source.outlet or article.source,
        lang=source.language or article.lang,
        url=about.url or article.url,
    )
    return completed(named, replace(about, notes=told), locator="")


def fetched(key: str, stamp: str, answer: Answer, url: str, around: Surroundings) -> Item:
    """An answer of the web as an item: a file with the suffix that the server tells."""
    suffix = _SUFFIXES.get(answer.kind, "")
    body = answer.body
    if answer.kind in ("text/html", "application/xhtml+xml") and answer.charset:
        with contextlib.suppress(UnreadableError):  # then the reader says what is wrong with it
            body = in_utf8(body, answer.charset)
    path = kept_file(body, suffix, around)
    return Item(key, stamp, path, url, About(url=url), temporary=True)


def kept_file(body: bytes, suffix: str, around: Surroundings) -> Path:
    """A temporary file of these bytes."""
    with tempfile.NamedTemporaryFile(dir=around.folder, suffix=suffix, delete=False) as file:
        file.write(body)
    return Path(file.name)


def failed(key: str, error: SourceError, seen: Mapping[str, str], name: str) -> Item:
    """An address that gave nothing: tried again in later looks, at most `MOST_TRIES` times; not at
    all where that cannot help."""
    tries = 1 + (int(seen[key].removeprefix(_FAILED)) if is_failed(seen.get(key, "")) else 0)
    stamp = f"{_FAILED}{MOST_TRIES if error.lasting else tries}"
    aside = SetAside(name, "", "", str(error), "It is tried again by itself.")
    if is_given_up(stamp):
        aside = replace(aside, remedy="Look at the address; it is not tried again.")
    return Item(key, stamp, None, name, aside=aside)


def is_failed(stamp: str) -> bool:
    """Whether a stamp tells of an address that gave nothing."""
    return stamp.startswith(_FAILED)


def is_given_up(stamp: str) -> bool:
    """Whether a stamp tells of an address that is not tried again."""
    return stamp == f"{_FAILED}{MOST_TRIES}"


def missing(path: Path, what: Words) -> SourceError:
    """The error of a folder or file that is not there."""
    return SourceError(
        "{path} is no {what} that can be read: check that it is there, and its rights",
        path=path, what=what,
    )  # fmt: skip
