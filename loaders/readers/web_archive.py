"""A web archive (WARC, ARC, packed by gzip or not): the pages and documents of its records."""

from __future__ import annotations

import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from loaders.readers.dispatch import unpacked_limit
from loaders.readers.format import About, Enclosed, Found, Head
from loaders.readers.source_file import (
    SetAside,
    UnreadableError,
    max_bytes,
    open_container,
    shortened,
    too_large,
)
from loaders.readers.web_page import in_utf8

_REMEDY = "Fetch or export the archive anew."
# media types that may hold an article, with the suffix of their format
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "message/rfc822": ".eml",
}
_CONTENT = frozenset(("response", "resource", "conversion", "revisit"))  # types of records
_FOR_PROGRAMS = ("/robots.txt", "/ads.txt", "/security.txt", "/humans.txt", "/llms.txt")
_RECORD = b"\r\n\r\nWARC/1."  # between records; inside one it shows that its length is a lie


def detect(head: Head) -> bool:
    """Whether it begins with a record, packed or not."""
    return _beginning(head.raw).startswith((b"WARC/", b"filedesc://"))


def _beginning(raw: bytes) -> bytes:
    if not raw.startswith(b"\x1f\x8b"):
        return raw[:20]
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(raw)).read(20)
    except (OSError, EOFError, ValueError, zlib.error):
        return b""


def read(path: Path) -> Iterator[Found]:
    """The pages and documents in order; records that hold none are counted at the end."""
    with open_container(path) as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        stream: Any = gzip.GzipFile(fileobj=file) if packed else file
        passed_over: Counter[str] = Counter()
        yield from _records(_Limited(stream, path), path, passed_over)
    if passed_over:
        told = ", ".join(f"{kind} {number}" for kind, number in passed_over.most_common(20))
        problem = f"{passed_over.total()} records that hold no article were passed over"
        yield SetAside(str(path), "", told, problem, "Nothing needs to be done.")


def _records(stream: _Limited, path: Path, passed_over: Counter[str]) -> Iterator[Found]:
    number = 0
    try:
        archive = ArchiveIterator(stream)
        for number, record in enumerate(archive, start=1):
            record.raw_stream = watched = _Watched(record.raw_stream)
            yield from _items(record, path, number, passed_over)
            told = archive.err_count
            with redirect_stderr(io.StringIO()):  # the library prints what is told below
                archive.read_to_end(record)
            yield from watched.lies(path, number, archive.err_count > told)
    except UnreadableError:
        raise
    except Exception as error:  # the library raises whatever damaged bytes lead to
        stream.damage = f"{type(error).__name__} {error}".strip()
    if stream.damage or not number:
        problem = f"the archive is damaged after record {number}; what follows is not read"
        yield SetAside(str(path), "", shortened(stream.damage), problem, _REMEDY)


def _items(
    record: Any, path: Path, number: int, passed_over: Counter[str]
) -> Iterator[Enclosed | SetAside]:
    """The file that a record holds, if it may be an article."""
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    if record.rec_type not in _CONTENT:
        return  # what was asked, and what tells of the archive itself
    kind, encoding = _media_type(record)
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    reason = "" if status == "200" else f"status {shortened(status, 20)}"
    if record.rec_type == "revisit":
        reason = "revisit"
    elif kind not in _SUFFIXES or _path_of(address).endswith(_FOR_PROGRAMS):
        reason = reason or kind or "no media type"
    if reason:
        passed_over[reason] += 1
        return
    name = shortened(address or f"record {number}", 200)
    try:
        stream = _content(record, kind, encoding)
    except UnreadableError as error:
        yield error.set_aside(path, name)
    except Exception as error:  # packed in a way that the library does not know
        yield SetAside(str(path), name, shortened(error), "the record can't be unpacked", _REMEDY)
    else:
        yield Enclosed(name, stream, _about(record, address), _SUFFIXES[kind])


def _media_type(record: Any) -> tuple[str, str]:
    """(media type, encoding) as the server or the record tells them, "" where it does not."""
    told = record.http_headers.get_header("Content-Type") if record.http_headers else None
    kind, _, rest = str(told or record.content_type or "").partition(";")
    _, _, encoding = rest.lower().partition("charset=")
    return shortened(kind.strip().lower(), 60), encoding.split(";")[0].strip("\"' ")


def _content(record: Any, kind: str, encoding: str) -> IO[bytes]:
    stream: IO[bytes] = record.content_stream()
    if not encoding or not kind.startswith("text/"):
        return stream
    raw = stream.read(max_bytes() + 1)
    if len(raw) > max_bytes():
        raise too_large(len(raw))
    return io.BytesIO(in_utf8(raw, encoding))


def _about(record: Any, address: str) -> About:
    is_web = address.startswith(("https://", "http://"))
    captured = shortened(record.rec_headers.get_header("WARC-Date") or "", 40)
    return About(
        source=host_of(address) if is_web else "",
        url=address if is_web else "",
        notes=(f"captured on {captured}",) if captured else (),
    )


def host_of(address: str) -> str:
    """The host of an address without "www.", "" for none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


class _Limited:
    """A stream that may unpack to no more than is read of its file."""

    def __init__(self, stream: Any, path: Path) -> None:
        self.stream = stream
        self.left = unpacked_limit(path.stat().st_size)
        self.offset = 0
        self.damage = ""

    def read(self, size: int = -1) -> bytes:
        try:
            # what is sound is given before what is damaged raises
            raw: bytes = self.stream.read1(size)
        except (EOFError, OSError, zlib.error) as error:
            self.damage, raw = str(error) or "cut", b""
        self.offset += len(raw)
        self.left -= len(raw)
        if self.left < 0:
            problem = "the archive unpacks to more than is read; what follows is left out"
            raise UnreadableError("", "", problem, "Split it, or unpack it first.")
        return raw

    def tell(self) -> int:
        return self.offset


class _Watched:
    """The bytes of a record as they go by, to see whether its length was a lie."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.tail, self.holds_records = stream, b"", False

    def read(self, size: int | None = None) -> bytes:
        return self._seen(self.stream.read(size))

    def readline(self, size: int | None = None) -> bytes:
        return self._seen(self.stream.readline(size))

    def _seen(self, raw: bytes) -> bytes:
        passing = self.tail + raw
        self.holds_records |= _RECORD in passing
        self.tail = passing[-len(_RECORD) :]
        return raw

    def lies(self, path: Path, number: int, goes_on: bool) -> Iterator[SetAside]:
        """What is wrong with the record's length, once all of it went by; `goes_on`: something
        stands behind it that is no record."""
        missing = getattr(self.stream, "limit", 0)
        where = f"record {number}"
        if self.holds_records:
            problem = "the record's length is wrong: it holds other records, which are not read"
            yield SetAside(str(path), where, "", problem, _REMEDY)
        elif goes_on:
            problem = "the record's length is wrong: what goes past it is not read"
            yield SetAside(str(path), where, "", problem, _REMEDY)
        elif missing:
            value, problem = f"{missing} bytes", "the record is cut, or its length is wrong"
            yield SetAside(str(path), where, value, problem, _REMEDY)
