"""What a reader declares: its name, how its files are known, and the function that reads them."""

from __future__ import annotations

import codecs
import os
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

from events.model import Article, Extraction, Published
from loaders.readers.source_file import SetAside, UnreadableError, open_regular

HEAD_BYTES = 65_536  # of a file, by which its format is told
# after an XML declaration, comments and a document type, with its entities or without
_FIRST_ELEMENT = re.compile(
    r"(?:<\?.*?\?>\s*+|<!--.*?-->\s*+|<![a-z]++[^\[>]*+(?:\[.*?\]\s*+)?>\s*+)*+"
    r"<(?:[\w-]++:)?([\w-]++)",
    re.IGNORECASE | re.DOTALL,
)
_ZIP = b"PK\x03\x04"
_ZIP_END = 65_557  # bytes in which the end of a ZIP archive stands: a record and its comment
MAX_DIRECTORY = 20_000_000  # bytes of an archive's list of files: some 200,000


@dataclass(frozen=True)
class Head:
    """The beginning of a file, its size in bytes and its suffix (".html", lower case, or "")."""

    path: Path
    raw: bytes
    size: int

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    @cached_property
    def text(self) -> str:
        """The beginning as text without white space before it; bytes that are none are U+FFFD."""
        is_utf32 = self.raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))
        is_utf16 = self.raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        encoding = "utf-32" if is_utf32 else "utf-16" if is_utf16 else "utf-8"
        text = self.raw.decode(encoding, "replace")
        return text.removeprefix("\ufeff").lstrip()

    @cached_property
    def root(self) -> str:
        """The first element of XML or HTML, in lower case and without its prefix; "" for none."""
        found = _FIRST_ELEMENT.match(self.text)
        return found.group(1).lower() if found else ""

    @cached_property
    def members(self) -> frozenset[str]:
        """Names of the files in a ZIP archive (DOCX, ODT and EPUB are such); none for others."""
        if not self.raw.startswith(_ZIP) or directory_size(self.path) > MAX_DIRECTORY:
            return frozenset()
        try:
            with zipfile.ZipFile(self.path) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error):
            return frozenset()


@dataclass(frozen=True)
class About:
    """What a container tells of a file in it; it fills only what the file itself does not tell.

    notes: told with each article of the file.
    """

    title: str = ""
    source: str = ""
    url: str = ""
    published: Published = field(default_factory=Published.unknown)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Enclosed:
    """A file in a container (an attachment, a member of a ZIP): it is read by its own format.

    The stream is read before the container's reader goes on. `name` is shown; `suffix`: what the
    container tells of its format, by default that of the name.
    """

    name: str
    stream: IO[bytes]
    about: About = field(default_factory=About)
    suffix: str = ""


def suffix_of(name: str) -> str:
    """The suffix of a name in lower case, "" without one: from outside it may hold anything."""
    found = re.search(r"\.\w{1,10}\Z", name)
    return found.group().lower() if found else ""


Item = Article | Extraction | SetAside  # an extraction: the row of an event table, as it was coded
Found = Item | Enclosed
Reader = Callable[[Path], Iterator[Item]]
ContainerReader = Callable[[Path], Iterator[Found]]


def by_suffix_alone(_head: Head) -> bool:
    """For formats that no content gives away: plain text may hold anything."""
    return False


@dataclass(frozen=True)
class Format:
    """A format of files. `suffixes` in lower case with their dot; `detect` knows a file by its
    beginning; `read` yields what is in it in the file's order and never raises past it. `bare`:
    such a file never tells its encoding."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader | ContainerReader
    detect: Callable[[Head], bool] = by_suffix_alone
    bare: bool = False


def directory_size(path: Path) -> int:
    """Bytes of the list of files at the end of a ZIP archive, 0 where there is none."""
    with open_regular(path) as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - _ZIP_END))
        tail = file.read(_ZIP_END)
    at = tail.rfind(b"PK\x05\x06")
    found = tail[at + 12 : at + 16] if at >= 0 else b""
    return int.from_bytes(found, "little")  # where it does not fit: its largest value


def head_of(path: Path) -> Head:
    """The beginning of a file. Raises UnreadableError where it is missing, empty or no regular
    file."""
    with open_regular(path) as file:
        raw, size = file.read(HEAD_BYTES), os.fstat(file.fileno()).st_size
    if size <= HEAD_BYTES and not raw.strip():
        raise UnreadableError("", f"{size} bytes", "the file is empty", "Leave it out.")
    return Head(path, raw, size)
