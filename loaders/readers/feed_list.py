"""A list of feeds (OPML): it names feeds and holds no article. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.source_file import SetAside, UnreadableError, read_bytes, shortened

MAX_LISTED = 20  # feeds named in the message


@dataclass(frozen=True)
class NamedFeed:
    """A feed of a list: its title, the address of its XML, the folders that it stands in."""

    title: str
    address: str
    folders: tuple[str, ...] = ()


def detect(head: Head) -> bool:
    """Whether the first element is that of OPML."""
    return head.root == "opml"


def read(path: Path) -> Iterator[Article | SetAside]:
    """What the list names, as one thing set aside: it holds no articles."""
    feeds = named_feeds(read_bytes(path))
    listed = "; ".join(shortened(f"{f.title} {f.address}", 200) for f in feeds[:MAX_LISTED])
    more = f"; {len(feeds) - MAX_LISTED} more" if len(feeds) > MAX_LISTED else ""
    told = "1 feed" if len(feeds) == 1 else f"{len(feeds)} feeds"
    problem = f"a list of {told}, which holds no articles"
    remedy = "Add them as sources on the page Sources, or with: python -m loaders watch --add FILE"
    yield SetAside(str(path), "", listed + more, problem, remedy)


def named_feeds(raw: bytes) -> list[NamedFeed]:
    """The feeds of a list in order. Raises UnreadableError for broken XML and for entities."""
    if b"<!ENTITY" in raw or "<!ENTITY".encode("utf-16-le") in raw:
        problem = "the list declares entities, which no list of feeds needs"
        raise UnreadableError("", "<!ENTITY", problem, "Export the list anew.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        problem = "the list of feeds is no sound XML"
        raise UnreadableError("", error, problem, "Export the list anew.") from None
    return [_feed(element) for element in tree.iter("outline") if element.get("xmlUrl")]


def _feed(element: etree._Element) -> NamedFeed:
    folders = [_title(above) for above in element.iterancestors("outline")]
    return NamedFeed(_title(element), element.get("xmlUrl", ""), tuple(reversed(folders)))


def _title(element: etree._Element) -> str:
    return element.get("title") or element.get("text") or ""
