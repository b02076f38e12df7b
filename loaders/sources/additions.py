"""What a list of feeds (OPML) or a folder adds to the sources: each feed is one of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from events.plain_text import one_line
from events.settings import SettingsError
from events.source_settings import Source, read_source
from loaders.readers.feed_list import NamedFeed, named_feeds

MOST_NAME = 100  # characters of a source's name
_FEED_SCHEMES = ("feed:https://", "feed:http://", "feed://")


@dataclass(frozen=True)
class Additions:
    """`tables` of sources; `known`: addresses and folders that are sources already; `refused`:
    feeds that can be none, each with what is wrong."""

    tables: tuple[dict[str, object], ...]
    known: tuple[str, ...]
    refused: tuple[str, ...]


def feeds_of_list(raw: bytes, sources: Collection[Source]) -> Additions:
    """The feeds of a list, beside the sources that there are. Raises UnreadableError for what is no
    sound list."""
    names = {each.name.casefold() for each in sources}
    addresses = {each.url for each in sources}
    tables: list[dict[str, object]] = []
    known, refused = [], []
    for feed in named_feeds(raw):
        table = _table(feed, names)
        if table["url"] in addresses:
            known.append(str(table["url"]))
            continue
        try:
            read_source(table, f"{feed.title or feed.address}"[:MOST_NAME])
        except SettingsError as error:
            refused.append(str(error))
            continue
        names.add(str(table["name"]).casefold())
        addresses.add(str(table["url"]))
        tables.append(table)
    return Additions(tuple(tables), tuple(known), tuple(refused))


def folder_source(folder: Path, sources: Collection[Source]) -> Additions:
    """The folder as a watched one."""
    place = folder.expanduser().resolve()
    known = {Path(each.path).expanduser().resolve() for each in sources if each.kind == "folder"}
    if place in known:
        return Additions((), (str(place),), ())
    name = _free(one_line(place.name) or str(place), {each.name.casefold() for each in sources})
    return Additions(({"name": name, "kind": "folder", "path": str(place)},), (), ())


def _table(feed: NamedFeed, names: Collection[str]) -> dict[str, object]:
    url = feed.address.strip()
    for scheme in _FEED_SCHEMES:
        if url.startswith(scheme):
            rest = url.removeprefix(scheme)
            url = f"http://{rest}" if scheme == "feed:http://" else f"https://{rest}"
    tags = [tag for folder in feed.folders if (tag := one_line(folder))]
    name = _free(one_line(feed.title) or _host(url) or url, names)
    table: dict[str, object] = {"name": name, "kind": "feed", "url": url}
    return table | ({"tags": tags} if tags else {})


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _free(name: str, names: Collection[str]) -> str:
    """The name, with a number behind it where it is taken."""
    return next(each for each in _numbered(name) if each.casefold() not in names)


def _numbered(name: str) -> Iterator[str]:
    yield name[:MOST_NAME]
    for n in count(2):
        more = f" ({n})"
        yield name[: MOST_NAME - len(more)] + more
