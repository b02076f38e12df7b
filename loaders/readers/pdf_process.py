"""The lines of a PDF with their places on the page: a process of its own, PDF in, JSON out.

PDFium is C++ and reads files from anywhere: what makes it crash, hang or grow costs one file and
no load. It runs no script of a file and opens nothing that a file names. Run as a script by
`loaders.readers.pdf_text`; imports nothing of the project, so that it starts at once.

Out: {"pages", "lines", "heights", "title", "author", "made", "form", "scripts"}; lines[n] holds the
lines of page n as [text, left, bottom, right, top] in points from the lower left corner, heights[n]
its height. Or {"error"} with "password" or the words of PDFium.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

MAX_PAGES = 1_000  # that are read; a report has 300
MAX_CHARACTERS = 3_000_000  # after which no further page is read
MAX_MEMORY = 2_000_000_000  # bytes
MAX_SECONDS = 60  # of work, not of waiting; a full page takes a hundredth
WIDE_GAP = 1.5  # line heights between two characters: another column, or a cell of a table
LINE_HYPHEN = "\u00ad"  # for PDFium's sign of a hyphen at the end of a line
Line = tuple[str, float, float, float, float]


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines of a page in the order of the file; a line ends at a wide gap too."""
    textpage = page.get_textpage()
    found: list[Line] = []
    for characters in _runs(textpage):
        text = "".join(c[0] for c in characters).strip(" \t\0")
        if text:
            left, bottom = min(c[1] for c in characters), min(c[2] for c in characters)
            right, top = max(c[3] for c in characters), max(c[4] for c in characters)
            found.append((text, round(left, 1), round(bottom, 1), round(right, 1), round(top, 1)))
    textpage.close()
    return found


def _runs(textpage: pypdfium2.PdfTextPage) -> Iterator[list[Line]]:
    """Characters with their boxes, a list for each run of a line without a wide gap."""
    run: list[Line] = []
    box = raw.FS_RECTF()
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (10, 13):
            yield run
            run = []
            continue
        if not raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
            continue
        character = (_sign(code), box.left, box.bottom, box.right, box.top)
        if run and character[0] != " " and _is_apart(run[-1], character):
            yield run
            run = []
        if run or character[0] != " ":
            run.append(character)
    yield run


def _sign(code: int) -> str:
    if code in (0, 0xFFFF) or 0xD800 <= code <= 0xDFFF:
        return ""
    return LINE_HYPHEN if code in (2, 0xFFFE) else chr(code)


def _is_apart(before: Line, after: Line) -> bool:
    height = max(before[4] - before[2], after[4] - after[2], 1.0)
    beneath = before[2] - after[4] > -0.5 * height and after[1] < before[1]
    return beneath or after[1] - before[3] > WIDE_GAP * height


def read(content: bytes) -> dict[str, Any]:
    """What the script prints, for the bytes of a PDF."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", 0) == raw.FPDF_ERR_PASSWORD
        return {"error": "password" if is_locked else str(error)}
    about = document.get_metadata_dict()
    pages = list(_pages(document))
    return {
        "pages": len(document),
        "lines": [lines for lines, _ in pages],
        "heights": [height for _, height in pages],
        "title": about.get("Title", ""),
        "author": about.get("Author", ""),
        "made": about.get("CreationDate", ""),
        "form": document.get_formtype() != raw.FORMTYPE_NONE,
        "scripts": raw.FPDFDoc_GetJavaScriptActionCount(document),
    }


def _pages(document: pypdfium2.PdfDocument) -> Iterator[tuple[list[Line], float]]:
    """(lines, height in points) of the pages that are read."""
    left = MAX_CHARACTERS
    for number in range(min(len(document), MAX_PAGES)):
        if left <= 0:
            return
        lines: list[Line] = []
        height = 0.0
        try:
            page = document[number]
            lines, height = lines_of(page), page.get_height()
            page.close()
        except pypdfium2.PdfiumError:
            pass  # a damaged page is one without text
        left -= sum(len(line[0]) for line in lines)
        yield lines, height


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bounds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


if __name__ == "__main__":
    _bound()
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
