"""A file -> its articles: the format is told by the content first, by the suffix second; files
enclosed in it are read the same way, within limits."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from events import settings
from events.identity import article_id
from events.model import Article, Extraction
from loaders.readers.coded.table import in_table
from loaders.readers.fields import locator_note
from loaders.readers.format import About, Enclosed, Format, Head, Item, head_of, suffix_of
from loaders.readers.long_text import in_parts
from loaders.readers.source_file import SetAside, UnreadableError, encoding_notes

MAX_DEPTH = 10  # files in files in files: a ZIP of messages with ZIPs attached has 4
MAX_RATIO = 100  # bytes unpacked for a byte of the file; text packs to a tenth
FREE_BYTES = 20_000_000  # unpacked whatever the ratio
_CHUNK = 1_000_000
# the detector of languages unpacks its model into a temporary file
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def read_file(path: Path, formats: Sequence[Format]) -> Iterator[Item]:
    """Articles of a file in its order; what can't be read is set aside in its place.

    `formats` go from the special to the general. Never raises for what a file holds; OSError for a
    full disk.
    """
    with tempfile.TemporaryDirectory(prefix="frise-") as folder:
        yield from _Reading(path, formats, Path(folder)).items(path, 0)


def format_of(head: Head, formats: Sequence[Format]) -> Format | None:
    """The first format that knows the content, else the last (most general) one of the suffix."""
    known = next((each for each in formats if each.detect(head)), None)
    named = [each for each in formats if head.suffix in each.suffixes]
    return known or (named[-1] if named else None)


class _Reading:
    """One file of the user's and what it encloses: `left` bytes may still be unpacked."""

    def __init__(self, path: Path, formats: Sequence[Format], folder: Path) -> None:
        self.path, self.formats, self.folder = path, formats, folder
        self.left: int | None = None
        self.unpacked = 0

    def items(self, path: Path, depth: int) -> Iterator[Item]:
        """What a file holds; `depth`: how many files it is enclosed in."""
        try:
            head = head_of(path)
            found = format_of(head, self.formats)
            if found is None:
                raise self._unknown(head)
            notes, given = _named_wrongly(head, found), False
            notes += encoding_notes(head.raw) if found.bare else ()
            for item in found.read(path):
                given = True
                if isinstance(item, Article):
                    item = replace(item, original=item.original or str(path))
                yield from self._item(item, notes, depth)
            if not given:
                problem = f"nothing could be read from it as {found.name}"
                raise UnreadableError("", "", problem, "Save its text as UTF-8 .txt.")
        except UnreadableError as error:
            yield error.set_aside(path)
        except Exception as error:  # a parser that fails on one file must not end the run
            yield _failed(path, error)

    def _item(self, item: Item | Enclosed, notes: tuple[str, ...], depth: int) -> Iterator[Item]:
        if isinstance(item, Enclosed):
            yield from self._enclosed(item, depth + 1)
        elif isinstance(item, Article):
            yield from in_parts(replace(item, notes=(*notes, *item.notes)))
        else:
            yield item

    def _enclosed(self, item: Enclosed, depth: int) -> Iterator[Item]:
        if depth > MAX_DEPTH:
            problem = f"files enclosed in each other deeper than {MAX_DEPTH}"
            yield SetAside(str(self.path), item.name, "", problem, "Take it out and load it alone.")
            return
        place = self.folder / f"{self.unpacked}{item.suffix or suffix_of(item.name)}"
        self.unpacked += 1
        try:
            self._unpack(item, place)
            for found in self.items(place, depth):
                yield _with(found, item, self.path)
        except UnreadableError:  # past the limit: the container is not read further
            raise
        except Exception as error:  # the rest of the container may still be read
            aside = _failed(self.path, error)
            yield replace(aside, where=item.name, problem="the file can't be unpacked")
        finally:
            place.unlink(missing_ok=True)

    def _unpack(self, item: Enclosed, place: Path) -> None:
        """The enclosed file under its own name. Raises UnreadableError past the limit, which ends
        the reading of the container."""
        if self.left is None:
            self.left = unpacked_limit(self.path.stat().st_size)
        with place.open("wb") as file:
            while chunk := item.stream.read(_CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    problem = "it unpacks to more than is read; this and what follows is left out"
                    raise UnreadableError(item.name, "", problem, "Unpack it and load the folder.")
                file.write(chunk)

    def _unknown(self, head: Head) -> UnreadableError:
        known = " ".join(sorted({suffix for each in self.formats for suffix in each.suffixes}))
        problem = "no reader for this extension, and the content is of no known format"
        return UnreadableError("", head.suffix or "none", problem, f"Give one of {known}.")


def unpacked_limit(size: int) -> int:
    """Bytes that a file of so many bytes may unpack to in all."""
    most = int(settings.number("loading.max_container_mb") * 1_000_000)
    return min(most, max(FREE_BYTES, MAX_RATIO * size))


def _named_wrongly(head: Head, found: Format) -> tuple[str, ...]:
    if not head.suffix or head.suffix in found.suffixes:
        return ()
    return (f"the file is named {head.suffix[:20]} and was read as what it holds: {found.name}",)


def _with(found: Item, item: Enclosed, container: Path) -> Item:
    """What an enclosed file gave, under the container's name and with what that tells of it."""
    if isinstance(found, SetAside):
        where = ", ".join(place for place in (item.name, found.where) if place)
        return replace(found, file=str(container), where=where)
    if isinstance(found, Extraction):
        article = replace(found.article, reader=in_table(found.article.reader, item.name))
        return replace(found, article=article, notes=(*found.notes, *locator_note(item.name)))
    return completed(found, item.about, item.name)


def completed(article: Article, about: About, locator: str) -> Article:
    """The article with what its container tells of it, where it does not say so itself."""
    source = article.source or about.source
    undated = article.published.date is None and about.published.date is not None
    return replace(
        article,
        id=article_id(article.text, source),
        title=article.title or about.title,
        source=source,
        url=article.url or about.url,
        published=about.published if undated else article.published,
        notes=(*article.notes, *locator_note(locator), *about.notes),
    )


def _failed(file: Path, error: Exception) -> SetAside:
    """The file that a reader failed on. Raises OSError for a full disk."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        raise error  # no fault of the file: the next would fail alike
    problem = f"the reader failed with {type(error).__name__}"
    return SetAside(str(file), "", str(error)[:80], problem, "Save the text as UTF-8 .txt.")
