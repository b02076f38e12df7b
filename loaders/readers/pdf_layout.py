"""Lines of a PDF page in the order one reads them: columns found by their gutters, lines that stand
across them in between, running heads and page numbers taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from loaders.readers.pdf_text import Line

_BIN = 2.0  # points: width of the strips in which lines are counted
_MIN_GUTTER = 6.0  # points
_MOST_LINES = 2_000  # of a page; a newspaper has 800. The work grows with their square
_WIDEST = 20_000.0  # points: seven metres
_MIN_ROWS = 4  # lines that stand beside each other before a gap is a gutter
_CROSSED = 0.15  # share of the lines that may stand across a gutter: headings, pictures' captions
_EDGE_ROWS = 2  # rows at the top and at the bottom of a page that may be running heads
_MARGIN = 0.075  # of the height of a page: above and below it no text is set
_APART = 0.5  # line heights between a head and the text, at the least
_MOST_HEAD_WORDS = 15
_OFTEN = 3  # pages from which a line at the edge is a running head
_FEW_PAGES = 4  # in a file of so few pages, two will do
_SAME_HEIGHT = 6.0  # points
_NUMBERS = re.compile(r"\d+")

Column = list[Line]  # lines of one column between two lines across, from top to bottom


def columns(lines: Sequence[Line]) -> list[Column]:
    """The lines of a page in reading order, a list for each stretch of a column."""
    gutters = _gutters(lines)
    found: list[Column] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if any(line.left < middle < line.right for middle in gutters):
            found += [*_parted(band, gutters), [line]]
            band = []
        else:
            band.append(line)
    found += _parted(band, gutters)
    return [_rows(each) for each in _joined(found, gutters)]


def _joined(found: Iterable[Column], gutters: Sequence[float]) -> Iterator[Column]:
    """Without gutters all lines are one column; else the stretches as they are."""
    if gutters:
        yield from found
    elif all_lines := [line for column in found for line in column]:
        yield all_lines


def _parted(band: Sequence[Line], gutters: Sequence[float]) -> list[Column]:
    """The lines of a band by column, from left to right."""
    number = {id(line): sum(line.left >= middle for middle in gutters) for line in band}
    ordered = sorted(band, key=lambda line: (number[id(line)], -line.top))
    return [list(group) for _, group in groupby(ordered, key=lambda line: number[id(line)])]


def _gutters(lines: Sequence[Line]) -> list[float]:
    """The middles of the gaps between columns, from left to right."""
    start = min((line.left for line in lines), default=0.0)
    width = max((line.right for line in lines), default=0.0) - start
    if not 2 * _MIN_ROWS <= len(lines) <= _MOST_LINES or width > _WIDEST:
        return []
    counts = [0] * (int(width / _BIN) + 1)
    for line in lines:
        for at in range(int((line.left - start) / _BIN), int((line.right - start) / _BIN) + 1):
            counts[at] += 1
    most = _CROSSED * max(counts)
    found, at = [], 0
    for is_gap, strips in groupby(counts, key=lambda count: count <= most):
        count = len(list(strips))
        left, right = start + at * _BIN, start + (at + count) * _BIN
        if is_gap and count * _BIN >= _MIN_GUTTER and _are_beside(lines, left, right):
            found.append((left + right) / 2)
        at += count
    return found


def _are_beside(lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether enough lines on the left of a gap have one on its right at the same height."""
    before = [line for line in lines if line.right <= left + _BIN]
    after = [line for line in lines if line.left >= right - _BIN]
    beside = sum(any(_same_row(one, other) for other in after) for one in before)
    return beside >= _MIN_ROWS


def _same_row(one: Line, other: Line) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.5 * min(one.height, other.height)


def _rows(column: Sequence[Line]) -> Column:
    """What stands at one height in a column is one line: cells, marks of footnotes."""
    rows: list[list[Line]] = []
    for line in column:
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(row, key=lambda line: line.left)) for row in rows]


def _row(row: Sequence[Line]) -> Line:
    return replace(
        max(row, key=lambda line: len(line.text)),
        text=" ".join(line.text for line in row),
        left=row[0].left,
        right=max(line.right for line in row),
    )


def without_running_heads(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[str]]:
    """(the pages without their running heads and numbers, the heads as the first page has them).

    A head is a line at the top or the bottom that comes back on other pages, its numbers apart, or
    a short one in the margin, well apart from the text. heights: of the pages, in points.
    """
    edges = [_edge_lines(page) for page in pages]
    counts = Counter(key for page in edges for key in {_key(line) for line in page})
    often = 2 if len(pages) <= _FEW_PAGES else _OFTEN
    heads: dict[str, str] = {}
    kept: list[list[Line]] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        out = {id(e) for e in edge if counts[_key(e)] >= often or _is_number(e, number)}
        out |= {id(line) for line in _in_margin(page, heights[number - 1])}
        for line in page:
            if id(line) in out and not _is_number(line, number):
                heads.setdefault(_key(line), line.text)
        kept.append([line for line in page if id(line) not in out])
    return kept, list(heads.values())


def _page_rows(page: Sequence[Line]) -> list[list[Line]]:
    """The lines of a page by their height on it, from the top down."""
    rows: list[list[Line]] = []
    for line in sorted(page, key=lambda line: -line.top):
        if rows and _same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _edge_lines(page: Sequence[Line]) -> list[Line]:
    """The lines of the first and the last rows of a page."""
    rows = _page_rows(page)
    most = min(_EDGE_ROWS, max(1, len(rows) // 3))
    outer = rows if len(rows) <= 2 * most else rows[:most] + rows[-most:]
    return [line for row in outer for line in row]


def _in_margin(page: Sequence[Line], height: float) -> list[Line]:
    """The first and the last row, where they are no sentence and stand apart in the margin."""
    rows = _page_rows(page)
    if len(rows) < _MIN_ROWS:
        return []
    found: list[Line] = []
    for row, gap in (
        (rows[0], rows[0][0].bottom - rows[1][0].top),
        (rows[-1], rows[-2][0].bottom - rows[-1][0].top),
    ):
        is_outside = not _MARGIN * height < row[0].bottom < (1 - _MARGIN) * height
        words = sum(len(line.text.split()) for line in row)
        is_sentence = words > _MOST_HEAD_WORDS or row[-1].text.endswith((".", "!", "?", "»"))
        if is_outside and gap > _APART * row[0].height and not is_sentence:
            found += row
    return found


def _key(line: Line) -> str:
    """What makes two heads alike: their words, and their height on the page within a few points."""
    return f"{_NUMBERS.sub('#', line.text.casefold())} at {line.top / _SAME_HEIGHT:.0f}"


def _is_number(line: Line, page: int) -> bool:
    """Whether a line is the number of its page alone: "3", "- 3 -"."""
    return line.text.strip(" -–—.|[]()") == str(page)
