"""Rows of a table file as texts by column: CSV and its kin, XLSX; streamed, whatever its size."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any, Literal
from xml.etree.ElementTree import ParseError

import openpyxl

from loaders.readers.format import Head
from loaders.readers.source_file import UnreadableError, open_container, shortened
from loaders.readers.text_encoding import SAMPLE, likely

MOST_CELL = 1_000_000  # characters of a cell
_DELIMITERS = ("\t", ",", ";", "|")
_CHUNK = 1_000_000
NOT_TOLD = "NA"  # what statistical tables write in an empty cell
MAX_RATIO, FREE_BYTES = 100, 50_000_000  # of a workbook: bytes unpacked for a byte, and any way
Cells = tuple[str, list[str]]  # where in the file, and the cells of a row
IsHeader = Callable[[Sequence[str]], bool]
MOST_ABOVE = 10  # rows above the header of a table: its title, say
_TELLS_DELIMITER = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)  # Excel's own first line


def header_of(head: Head) -> list[str]:
    """The cells of the first line of a text file; [] for a ZIP (an XLSX is one) and the like."""
    if head.raw.startswith(b"PK"):
        return []
    line, _, rest = head.text.partition("\n")
    if told := _TELLS_DELIMITER.fullmatch(line):
        return parted(rest.partition("\n")[0].rstrip("\r"), told.group(1))
    line = line.rstrip("\r")
    return parted(line, delimiter_of(line))


def delimiter_of(line: str) -> str:
    """What stands most often between the cells of a line."""
    return max(_DELIMITERS, key=line.count)


def parted(line: str, delimiter: str) -> list[str]:
    """The cells of one line, without the spaces around them."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    except csv.Error:
        return []


def is_workbook(path: Path) -> bool:
    """Whether the file is a ZIP archive: of the tables, only an XLSX is."""
    with open_container(path) as file:
        return file.read(4) == b"PK\x03\x04"


def cells_of(path: Path, is_header: IsHeader = bool) -> Iterator[Cells]:
    """Every row of a table file that is not empty, from its header on, where one of the first rows
    is one; of a workbook those of the sheet that has it, else of the first. Raises UnreadableError
    where it cannot be read on; rows before were given."""
    rows = _workbook_cells(path, is_header) if is_workbook(path) else _text_cells(path)
    above: list[Cells] = []
    for where, cells in rows:
        above.append((where, cells))
        if is_header(cells):
            return chain(above[-1:], rows)
        if len(above) == MOST_ABOVE:
            break
    return chain(above, rows)


def _text_cells(path: Path) -> Iterator[Cells]:
    encoding = _encoding(path)
    csv.field_size_limit(MOST_CELL)
    with open_container(path) as file:
        text = io.TextIOWrapper(file, encoding, "replace", newline="")
        first = text.readline(MOST_CELL)
        told = _TELLS_DELIMITER.fullmatch(first)
        delimiter = told.group(1) if told else delimiter_of(first)
        # a quote mark in a tab-separated file is a letter: none of those tables quotes its cells
        quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        text.seek(0)
        above = 1 if told and text.readline() else 0
        rows = csv.reader(text, delimiter=delimiter, quoting=quoting)
        try:
            for row in rows:
                if any(row):
                    yield f"line {rows.line_num + above}", row
        except csv.Error as error:
            remedy = "Mend the line, or export the table anew."
            problem = "the table is broken; what follows is not read"
            where = f"line {rows.line_num + above}"
            raise UnreadableError(where, error, problem, remedy) from None


def _encoding(path: Path) -> str:
    """UTF-8, with its mark or without, where the whole file is; a UTF-16 mark; else the likeliest
    by its lines with letters that are no ASCII in which the whole file can be, else cp1252."""
    with open_container(path) as file:
        mark = file.read(2)
        if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        if _is_in(file, "utf-8"):
            return "utf-8-sig"
        told = likely(_told(file))
        return next((name for name in told if _is_in(file, name)), "cp1252")


def _told(file: IO[bytes]) -> bytes:
    """The first lines of a whole file that are not ASCII, as many as are looked at."""
    file.seek(0)
    lines, size = [], 0
    while size < SAMPLE and (line := file.readline(_CHUNK)):
        if not line.isascii():
            lines.append(line)
            size += len(line)
    return b"".join(lines)


def _is_in(file: IO[bytes], encoding: str) -> bool:
    """Whether a whole file is text of an encoding."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def has_sheet(path: Path, columns: Collection[str]) -> bool:
    """Whether a sheet of a workbook has the columns in its header. Raises UnreadableError."""
    with _workbook(path) as book:
        return any(_has_header(sheet, set(columns).issubset) for sheet in book.worksheets)


def _workbook_cells(path: Path, is_header: IsHeader) -> Iterator[Cells]:
    """The rows of the sheet that has the header, else of the first; formulas give the value that
    was stored with them."""
    with _workbook(path) as book:
        sheets = book.worksheets
        sheet = next((each for each in sheets if _has_header(each, is_header)), sheets[0])
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_as_text(value) for value in row]
            if any(cells):
                yield f"row {number}", cells


def _has_header(sheet: Any, is_header: IsHeader) -> bool:
    rows = sheet.iter_rows(max_row=MOST_ABOVE, values_only=True)
    return any(is_header([_as_text(value).strip() for value in row]) for row in rows)


@contextmanager
def _workbook(path: Path) -> Iterator[Any]:
    """A workbook, to be streamed. Raises UnreadableError for one that is damaged or a bomb."""
    remedy = "Save it again as XLSX or CSV."
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive, path.stat().st_size)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        if not book.worksheets:
            raise UnreadableError("", "", "the workbook has no sheet with cells", remedy)
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl raises what its parsers raise
        raise UnreadableError("", error, "the workbook cannot be opened", remedy) from None
    try:
        yield book
    except (ParseError, SyntaxError, zipfile.BadZipFile, zlib.error, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        problem = "the workbook is damaged; what follows is not read"
        raise UnreadableError("", error, problem, remedy) from None
    finally:
        book.close()


def _check_parts(archive: zipfile.ZipFile, size: int) -> None:
    """Raises UnreadableError for parts that unpack to too much or declare entities."""
    whole = sum(part.file_size for part in archive.infolist())
    if whole > max(FREE_BYTES, MAX_RATIO * size):
        told = f"{whole / 1e6:.0f} MB from {size / 1e6:.1f} MB"
        raise UnreadableError("", told, "it unpacks to more than is read", "Save it as CSV.")
    for part in archive.infolist():
        if part.filename.endswith(".xml") and b"<!" in archive.open(part).read(4_000):
            problem = "the XML declares entities, which are not read"
            raise UnreadableError(part.filename, "", problem, "Save it anew from its program.")


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return shortened(value, 32_767) if not isinstance(value, str) else value


def fitted(row: Sequence[str], columns: Sequence[str]) -> list[str]:
    """The cells of a row for its columns; empty ones at its end may be missing or too many.

    Raises UnreadableError where they do not fit.
    """
    cells = list(row)
    while len(cells) > len(columns) and not cells[-1].strip():
        cells.pop()
    if len(cells) > len(columns) or len(cells) < len(columns) // 2:
        told = f"{len(row)} cells, {len(columns)} columns"
        remedy = "Mend the row: a quote mark or a delimiter too many, perhaps."
        raise UnreadableError("", told, "the row does not fit its header", remedy)
    return cells + [""] * (len(columns) - len(cells))
