"""Bytes of a file -> text, with limits; whatever can't be read is set aside with the reason."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from events import settings
from loaders.readers.text_encoding import JAPANESE, detected, is_escaped, likely

MAX_CHARACTERS = 300_000  # of one article: a hundred pages; more would hold the run for minutes
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF8_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # it begins as that of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)
_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿ]")  # letters that Latin-1 has beside those of ASCII
_MOST_ACCENTED = 0.5  # of the letters: more is another alphabet


@dataclass(frozen=True)
class SetAside:
    """A file, or one article of a file, that was not read: what, where, which value, what to do."""

    file: str
    where: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.where}" if self.where else self.file
        value = f" ({self.value})" if self.value else ""
        return f"{place}: {self.problem}{value}. {self.remedy}"


class UnreadableError(ValueError):
    """Raised inside a reader; the reader's caller turns it into a `SetAside`."""

    def __init__(self, where: str, value: object, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.where, self.problem, self.remedy = where, problem, remedy
        self.value = shortened(value)

    def set_aside(self, file: Path | str, where: str = "") -> SetAside:
        """The record of it; `where` (such as "line 3") goes before the place inside."""
        places = ", ".join(place for place in (where, self.where) if place)
        return SetAside(str(file), places, self.value, self.problem, self.remedy)


def shortened(value: object, limit: int = 80) -> str:
    """A value as a message can show it: one line, printable, at most `limit` characters."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def max_bytes() -> int:
    """Largest file (or JSON line) in bytes: the setting loading.max_file_mb."""
    return int(settings.number("loading.max_file_mb") * 1_000_000)


def open_regular(path: Path) -> IO[bytes]:
    """A file opened to be read, if it is a regular one or a link to one.

    A FIFO or a device would wait for ever or never end: it is not even opened. Raises
    UnreadableError.
    """
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind):
            raise _no_file(kind)
        # what was put in its place since must not wait either
        file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb")
        kind = os.fstat(file.fileno()).st_mode
    except OSError as error:
        problem = f"the file can't be opened ({error.strerror})"
        raise UnreadableError("", "", problem, "Check the path and its permissions.") from None
    if not stat.S_ISREG(kind):
        file.close()
        raise _no_file(kind)
    return file


def _no_file(kind: int) -> UnreadableError:
    told = next((name for is_kind, name in _KINDS if is_kind(kind)), "another thing")
    return UnreadableError("", told, "this is no regular file", "Give a file, or leave it out.")


def open_container(path: Path) -> IO[bytes]:
    """A file of many articles, to be streamed. Raises UnreadableError where it is no regular file,
    empty, or larger than the setting loading.max_container_mb."""
    file = open_regular(path)
    size = os.fstat(file.fileno()).st_size
    limit = settings.number("loading.max_container_mb")
    if 0 < size <= limit * 1_000_000:
        return file
    file.close()
    if not size:
        raise UnreadableError("", "0 bytes", "the file is empty", "Leave it out.")
    remedy = f"Split it, or set loading.max_container_mb of frise.toml above {size / 1e6:.0f}."
    raise UnreadableError("", f"{size / 1e6:.1f} MB", f"larger than {limit:g} MB", remedy)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableError where it is missing, empty, too large or no
    regular file."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        raw = b"" if size > max_bytes() else file.read(max_bytes() + 1)
    if max(size, len(raw)) > max_bytes():
        raise too_large(max(size, len(raw)))
    if not raw.strip():
        raise UnreadableError("", f"{len(raw)} bytes", "the file is empty", "Leave it out.")
    return raw


def too_large(size: int) -> UnreadableError:
    """The error for a file or a line of more than `max_bytes()` bytes."""
    limit = max_bytes() / 1e6
    remedy = f"Split it, or set loading.max_file_mb of frise.toml above {size / 1e6:.0f}."
    return UnreadableError("", f"{size / 1e6:.1f} MB", f"larger than {limit:g} MB", remedy)


def sha256(raw: bytes) -> str:
    """Hexadecimal SHA-256 of the original bytes."""
    return hashlib.sha256(raw).hexdigest()


def decode(raw: bytes) -> str:
    """Text of the bytes, line ends as "\\n": UTF-8, a BOM's encoding, or one that is detected.

    Raises UnreadableError for binary content and for broken UTF-8, with the byte offset.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _lines(_strict(raw, encoding))
    control = _CONTROL.search(raw)
    if control:
        remedy = "Convert it to text first (UTF-8), or give the original format."
        value = f"byte 0x{raw[control.start()]:02x}"
        raise UnreadableError(f"byte {control.start()}", value, "this is no text", remedy)
    try:
        return _lines(raw.decode(JAPANESE if is_escaped(raw) else "utf-8"))
    except UnicodeDecodeError as error:
        return _lines(_legacy(raw, error))


def encoding_notes(head: bytes) -> tuple[str, ...]:
    """What is doubtful about a text that `decode` makes of bytes that begin so: an encoding that
    nobody told."""
    if head.startswith(tuple(mark for mark, _ in _BOMS)):
        return ()
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # its last letter may be cut
        guessed = JAPANESE if is_escaped(head) else ""
    except UnicodeDecodeError:
        guessed = detected(head)
    told = f"the file does not tell its encoding and was read as {guessed}, by its letters"
    return (told,) if guessed else ()


def decode_declared(raw: bytes, declared: str) -> tuple[str, bool]:
    """(text, whether it is in the encoding that it declares): UTF-8 where its bytes are, else what
    is declared, else what is detected. Raises UnreadableError as `decode` does."""
    try:
        declared = codecs.lookup(declared).name
    except (LookupError, ValueError):
        declared = ""
    for encoding in (declared, "utf-8") if raw.isascii() else ("utf-8", declared):
        try:
            text = raw.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        if encoding != "utf-8" and _is_garbled(text):
            continue
        return _lines(text), encoding == declared
    return decode(raw), False


def _is_garbled(text: str) -> bool:
    """Whether a text that was read as Latin-1 or the like is in another alphabet."""
    letters = sum(map(str.isalpha, text[:20_000]))
    return len(_ACCENTED.findall(text[:20_000])) > _MOST_ACCENTED * letters


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(raw, error.start, encoding) from None


def _legacy(raw: bytes, error: UnicodeDecodeError) -> str:
    """Decode bytes that are not valid UTF-8, unless they clearly are broken UTF-8."""
    multibyte = sum(len(found.group()) for found in _UTF8_MULTIBYTE.finditer(raw))
    high = sum(byte >= 0x80 for byte in raw)
    # mostly valid UTF-8 with an error: a guessed encoding would give wrong letters throughout
    if 2 * multibyte > high:
        raise _undecodable(raw, error.start, "UTF-8")
    for encoding in likely(raw):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    raise _undecodable(raw, error.start, "UTF-8 or any known encoding")


def _undecodable(raw: bytes, offset: int, encoding: str) -> UnreadableError:
    value = "bytes " + raw[offset : offset + 4].hex(" ")
    problem = f"the text can't be decoded as {encoding}"
    return UnreadableError(f"byte {offset}", value, problem, "Save the file as UTF-8.")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
