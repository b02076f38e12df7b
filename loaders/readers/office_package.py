"""The parts of an office file (DOCX, ODT, EPUB: a ZIP archive of XML), unpacked within limits.

No entity is resolved, no document type is accepted, no address that a part names is opened.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from loaders.readers.source_file import UnreadableError

MAX_PART = 50_000_000  # bytes of a part unpacked; the text of a thousand pages has 5 MB
MAX_RATIO = 200  # bytes unpacked for a byte packed; XML packs to a twentieth
FREE_BYTES = 10_000_000  # unpacked whatever the ratio
_OLE = b"\xd0\xcf\x11\xe0"  # what Office wraps a file with a password in, and its formats of 1997
_SAVE = "Open it, save it without a password, and load that."


@contextmanager
def package(raw: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive of an office file. Raises UnreadableError where the bytes are none."""
    if raw.startswith(_OLE):
        problem = "the file has a password, or is in a format of before 2007"
        raise UnreadableError("", "", problem, "Save it as .docx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, zlib.error) as error:
        if isinstance(error, UnreadableError):
            raise
        raise _damaged("", error) from None


def part_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part unpacked, b"" where there is none. Raises UnreadableError past the limits."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return b""
    most = min(MAX_PART, max(FREE_BYTES, MAX_RATIO * info.compress_size))
    try:
        with archive.open(info) as part:
            raw = part.read(most + 1)
    except RuntimeError:  # zipfile's word for a part with a password
        raise UnreadableError(name, "", "the file has a password", _SAVE) from None
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error) as error:
        raise _damaged(name, error) from None
    if len(raw) > most:
        told = f"more than {most / 1e6:.0f} MB from {info.compress_size} bytes"
        raise UnreadableError(name, told, "it unpacks to more than is read", "Save it as .txt.")
    return raw


def xml_part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The tree of a part, None where there is none. Raises UnreadableError for XML that is broken,
    too deep, or declares a document type (which could hold an entity bomb)."""
    raw = part_bytes(archive, name)
    return xml_tree(raw, name) if raw else None


def xml_tree(raw: bytes, name: str = "") -> etree._Element:
    """The tree of XML bytes, read as `xml_part` says. Raises UnreadableError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    try:
        tree = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(name, error) from None
    types = tree.getroottree().docinfo.internalDTD
    if types is not None and any(types.iterentities()):
        problem = "the XML declares entities, which are not read"
        raise UnreadableError(name, "", problem, "Save it anew, or save the text as .txt.")
    return tree


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for a comment or an entity."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute by its name without a namespace, "" where there is none."""
    found = (value for key, value in element.items() if key.rpartition("}")[2] == name)
    return str(next(found, ""))


def _damaged(where: str, error: Exception) -> UnreadableError:
    return UnreadableError(where, error, "the file is damaged", "Save it anew from its program.")
