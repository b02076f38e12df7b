"""A ZIP archive: each file in it is read by its own format. Nothing is written where names say."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from loaders.readers.format import MAX_DIRECTORY, Enclosed, Found, Head, directory_size, suffix_of
from loaders.readers.source_file import SetAside, UnreadableError, open_container, shortened

_UTF8_NAME = 0x800  # flags of a member
_ENCRYPTED = 0x1
# what marks an archive as one document: of OpenDocument and EPUB, of Microsoft's formats
_DOCUMENTS = frozenset(("mimetype", "[Content_Types].xml"))
_REMEDY = "Unpack it and load the folder."


def detect(head: Head) -> bool:
    """Whether it is an archive of files, and not one document (DOCX, ODT, EPUB ...)."""
    return head.raw.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not head.members & _DOCUMENTS


def read(path: Path) -> Iterator[Found]:
    """The files in the archive's order; hidden ones are passed over as in folders."""
    with open_container(path) as file:
        if directory_size(path) > MAX_DIRECTORY:
            raise UnreadableError("", "", "the archive lists too many files", _REMEDY)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
            raise UnreadableError("", error, "the ZIP archive is damaged", _REMEDY) from None
        members = [each for each in archive.infolist() if not _is_passed_over(each)]
        if not members:
            raise UnreadableError("", "0 files", "the archive is empty", "Leave it out.")
        for member in members:
            yield _item(archive, member, path)


def _is_passed_over(member: zipfile.ZipInfo) -> bool:
    parts = [part for part in re.split(r"[/\\]", member.filename) if part]
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    return member.is_dir() or hidden or parts[:1] == ["__MACOSX"]


def _item(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> Enclosed | SetAside:
    name = shortened(member_name(member), 200)
    if stat.S_ISLNK(member.external_attr >> 16):
        problem, remedy = "a link in the archive, which is not followed", "Put the file itself in."
        return SetAside(str(path), name, "", problem, remedy)
    if member.flag_bits & _ENCRYPTED:
        return SetAside(str(path), name, "", "it has a password", _REMEDY)
    try:
        return Enclosed(name, archive.open(member), suffix=suffix_of(member_name(member)))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        problem = "the file can't be unpacked"
        return SetAside(str(path), name, shortened(error), problem, _REMEDY)


def member_name(member: zipfile.ZipInfo) -> str:
    """The name as it was meant: old programs wrote UTF-8 without saying so; else code page 437."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename
