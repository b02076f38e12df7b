"""Bytes of a file -> text, with limits; whatever can't be read is set aside with the reason."""

from __future__ import annotations

import codecs
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from events import settings

MAX_CHARACTERS = 300_000  # of one article: a hundred pages; more would hold the run for minutes
_MAX_CHAOS = 0.2  # share of unlikely characters at which a guess of the encoding is none
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF8_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KINDS = (
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)
# The single-byte and double-byte encodings that occur in news archives.
_LEGACY_ENCODINGS = ["cp1252", "iso8859_15", "cp1251", "koi8_r", "cp1250", "utf_16", "gb18030"]
# what old programs of DOS and the Macintosh wrote; in another encoding signs stand within words
_OLD_ENCODINGS = ("cp850", "mac_roman")
_ODD = re.compile(
    r"(?<=[^\W\d_])[^\w\s'’/@:.,&()-]+(?=[^\W\d_])"  # a sign in a word
    r"|(?<=[a-zA-Z])[\u0400-\u04ff]|[\u0400-\u04ff](?=[a-zA-Z])"  # two alphabets in a word
    r"|(?<=[a-z])[À-ÖØ-ÞŒŠŸŽŁĄĘĆŃŚŹŻČĎĚŇŘŤŮ]"  # a capital after a small letter
    r"|[\x80-\x9f\ufffd]"
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
        return _lines(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _lines(_legacy(raw, error))


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
    encoding = _detected(raw[:200_000])
    if not encoding:
        raise _undecodable(raw, error.start, "UTF-8 or any known encoding")
    return _strict(raw, _plausible(raw, encoding))


def _plausible(raw: bytes, encoding: str) -> str:
    """The encoding that was detected, or an old one that leaves fewer odd signs within words."""
    odd = {}
    for name in (encoding, *_OLD_ENCODINGS):
        try:
            odd[name] = len(_ODD.findall(raw.decode(name)))
        except UnicodeDecodeError:
            continue
    least = min(odd.values(), default=0)
    return encoding if 2 * least >= odd.get(encoding, 0) else min(odd, key=lambda name: odd[name])


def _detected(raw: bytes) -> str:
    """The most plausible encoding, "" for none. Among near equals the more common one wins."""
    matches = [
        match
        for match in from_bytes(raw, cp_isolation=_LEGACY_ENCODINGS)
        if match.chaos <= _MAX_CHAOS
    ]
    if not matches:
        return ""
    least = min(match.chaos for match in matches)
    most = max(match.coherence for match in matches)
    near = [m for m in matches if m.chaos <= least + 0.03 and m.coherence >= most - 0.15]
    encodings = {name for m in near or matches for name in (m.encoding, *m.could_be_from_charset)}
    return next((name for name in _LEGACY_ENCODINGS if name in encodings), matches[0].encoding)


def _undecodable(raw: bytes, offset: int, encoding: str) -> UnreadableError:
    value = "bytes " + raw[offset : offset + 4].hex(" ")
    problem = f"the text can't be decoded as {encoding}"
    return UnreadableError(f"byte {offset}", value, problem, "Save the file as UTF-8.")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
