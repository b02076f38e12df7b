"""Archives and office files that somebody made to break a reader: PACKED.

A row is a name, the file's suffix, what makes its bytes, and how many articles it holds for a
patient reader; None where any number will do, as long as nothing is silent.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable

TEXT = "Russia struck the Ukrainian city of Kharkiv on Monday, officials said."
Written = tuple[str, Callable[[], bytes], int | None]


def _zip(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def _linked() -> bytes:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    return _zip((link, b"/etc/passwd"), ("a.txt", TEXT.encode()))


def _lying(size: int) -> bytes:
    """An archive whose list gives another size than its file has."""
    packed = _zip(("a.txt", TEXT.encode() * 50))
    at = packed.index(b"PK\x01\x02") + 24
    return packed[:at] + struct.pack("<I", size) + packed[at + 4 :]


def _sealed() -> bytes:
    """An archive that says its file is encrypted."""
    packed = bytearray(_zip(("a.txt", TEXT.encode()), ("b.txt", TEXT.encode())))
    for mark, ahead in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + ahead] |= 1
    return bytes(packed)


def _word(document: str, *others: tuple[str, bytes]) -> bytes:
    kinds = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    return _zip(
        ("[Content_Types].xml", kinds.encode()), ("word/document.xml", document.encode()), *others
    )


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'
PARAGRAPH = f"<w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body>"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'

PACKED: dict[str, Written] = {
    # archives
    "a way up": (
        ".zip",
        lambda: _zip(("../../../up.txt", TEXT.encode()), ("/etc/a.txt", TEXT.encode())),
        2,
    ),
    "a name twice": (
        ".zip",
        lambda: _zip(
            ("a.txt", TEXT.encode()), ("A.TXT", TEXT.encode()), ("a.txt/b.txt", TEXT.encode())
        ),
        3,
    ),
    "a link in it": (".zip", _linked, None),
    "a size too small": (".zip", lambda: _lying(10), None),
    "a size too large": (".zip", lambda: _lying(2**31), None),
    "sealed": (".zip", _sealed, None),
    "names of control characters": (
        ".zip",
        lambda: _zip(("a\x1b[31m\n\u202e.txt", TEXT.encode())),
        1,
    ),
    "a name without end": (".zip", lambda: _zip(("a" * 60_000 + ".txt", TEXT.encode())), 1),
    "cut": (".zip", lambda: _zip(("a.txt", TEXT.encode() * 100))[:-30], None),
    "rubbish before it": (".zip", lambda: b"x" * 1000 + _zip(("a.txt", TEXT.encode())), None),
    "nothing in it": (".zip", lambda: _zip(), 0),
    "folders alone": (".zip", lambda: _zip(("a/", b""), ("a/b/", b"")), 0),
    "gzip, cut": (".gz", lambda: gzip.compress(TEXT.encode() * 100)[:-10], None),
    "gzip of zeros": (".gz", lambda: gzip.compress(bytes(60_000_000)), 0),
    "gzip in gzip": (
        ".gz",
        lambda: gzip.compress(gzip.compress(gzip.compress(TEXT.encode()))),
        None,
    ),
    # office files
    "entities that multiply": (
        ".docx",
        lambda: _word(
            BOMB + WORD.format(f"<w:body><w:p><w:r><w:t>&a11;{TEXT}</w:t></w:r></w:p></w:body>")
        ),
        None,
    ),
    "a file from outside": (
        ".docx",
        lambda: _word(
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            + WORD.format(PARAGRAPH.replace(TEXT, f"&a; {TEXT}"))
        ),
        None,
    ),
    "paragraphs in paragraphs": (
        ".docx",
        lambda: _word(
            WORD.format(
                "<w:body>"
                + "<w:p>" * 5_000
                + f"<w:r><w:t>{TEXT}</w:t></w:r>"
                + "</w:p>" * 5_000
                + "</w:body>"
            )
        ),
        None,
    ),
    "no document": (".docx", lambda: _zip(("[Content_Types].xml", b"<Types/>")), 0),
    "an empty book": (
        ".epub",
        lambda: _zip(
            ("mimetype", b"application/epub+zip"), ("META-INF/container.xml", b"<container/>")
        ),
        0,
    ),
    "a table without end": (
        ".xlsx",
        lambda: _zip(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")),
        0,
    ),
    "RTF that claims bytes": (
        ".rtf",
        lambda: b"{\\rtf1\\ansi \\bin2147483647 abc " + TEXT.encode() + b"}",
        None,
    ),
    "RTF of signs that are none": (
        ".rtf",
        lambda: b"{\\rtf1\\ansi \\u-99999 \\u999999999 \\'zz " + TEXT.encode() + b"}",
        None,
    ),
    "PDF, cut": (
        ".pdf",
        lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n",
        0,
    ),
}
