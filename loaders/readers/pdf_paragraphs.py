"""Paragraphs and title from the lines of a PDF: hyphens at the ends of lines undone, indents, gaps,
sizes and short last lines end a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from loaders.readers.pdf_text import Line

LINE_HYPHEN = "\N{SOFT HYPHEN}"  # at the end of a line, as the lines of `pdf_text` have it
_SIZE = 1.15  # line heights differ by more: another paragraph
_HEADING = 1.05  # the same, where the line before is short
_TITLE = 1.25  # times the height of the text, from which a line is a title
_TITLE_CHARACTERS = 8
_MOST_SIZES = 20  # that are tried for a title
_GAP = 1.35  # times the usual distance between lines
_INDENT = 0.7  # line heights
_SHORT = 0.85  # of the column: a line that ends a paragraph
_ENDS = (".", "!", "?", "…", "»", '"', "”", ":", ")")
_WORD = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")


@dataclass(frozen=True)
class Vocabulary:
    """Words of a document that stand whole within a line, and compounds with hyphens."""

    words: frozenset[str]
    compounds: frozenset[str]


def vocabulary(lines: Iterable[Line]) -> Vocabulary:
    """The words that tell what a hyphen at the end of a line was, without those that it has cut."""
    texts = list(_uncut(lines))
    return Vocabulary(
        frozenset(word for text in texts for word in _WORD.findall(text)),
        frozenset(word for text in texts for word in _COMPOUND.findall(text)),
    )


def _uncut(lines: Iterable[Line]) -> Iterator[str]:
    is_cut = False
    for line in lines:
        text = line.text.casefold()
        text = text.partition(" ")[2] if is_cut else text
        is_cut = text.endswith(LINE_HYPHEN)
        yield text.rpartition(" ")[0] if is_cut else text


def text_height(lines: Iterable[Line]) -> float:
    """The height of the lines that most of the text is set in; 0 without lines."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.height, 1)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def title_lines(columns: Sequence[Sequence[Line]], height: float) -> list[Line]:
    """The lines of the largest size on the first page that are more than an initial or a number,
    [] where none is larger than the text."""
    lines = [line for column in columns for line in column]
    sizes = {line.height for line in lines if line.height >= _TITLE * height}
    for size in sorted(sizes, reverse=True)[:_MOST_SIZES]:
        found = _run_of_size(lines, size)
        if sum(len(line.text) for line in found) >= _TITLE_CHARACTERS:
            return found
    return []


def _run_of_size(lines: Sequence[Line], size: float) -> list[Line]:
    """The first lines beside each other of about a size."""
    rest = dropwhile(lambda line: not size / _SIZE <= line.height <= size, lines)
    return list(takewhile(lambda line: size / _SIZE <= line.height <= size, rest))


def paragraphs(
    pages: Sequence[Sequence[Sequence[Line]]], known: Vocabulary
) -> list[tuple[int, str]]:
    """(number of the page where it begins, paragraph) from the columns of pages in reading order; a
    paragraph may go on in the next column or page."""
    found: list[tuple[int, list[str]]] = []
    before: Sequence[Line] = ()
    for number, column in ((n, c) for n, page in enumerate(pages, start=1) for c in page if c):
        begins = [not before or not _goes_on(before, column[0]), *_beginnings(column)]
        for is_new, line in zip(begins, column, strict=True):
            if is_new:
                found.append((number, []))
            found[-1][1].append(line.text)
        before = column
    return [(number, joined(lines, known)) for number, lines in found]


def _beginnings(column: Sequence[Line]) -> list[bool]:
    """For each line of a column but the first, whether it begins a paragraph."""
    pitch = _pitch(column)
    left = min((line.left for line in column), default=0.0)
    right = max((line.right for line in column), default=0.0)
    pairs = zip(column, column[1:], strict=False)
    return [_begins(before, line, pitch, left, right) for before, line in pairs]


def _pitch(column: Sequence[Line]) -> float:
    """The usual distance from line to line in points."""
    steps = sorted(a.top - b.top for a, b in zip(column, column[1:], strict=False))
    return steps[len(steps) // 4] if steps else 0.0  # of short paragraphs, half the steps are gaps


def _begins(before: Line, line: Line, pitch: float, left: float, right: float) -> bool:
    if not _same_size(before, line, _SIZE) or before.top - line.top > _GAP * pitch:
        return True
    is_short = before.right < left + _SHORT * (right - left)
    if is_short and (before.text.endswith(_ENDS) or not _same_size(before, line, _HEADING)):
        return True
    step = _INDENT * line.height
    return line.left > left + step and before.left <= left + step


def _same_size(one: Line, other: Line, times: float) -> bool:
    return 1 / times < one.height / max(other.height, 0.1) < times


def _goes_on(before: Sequence[Line], line: Line) -> bool:
    """Whether the first line of a column or page goes on with the column before it: that ends
    within a word, or with a full line that closes no sentence."""
    last = before[-1]
    if not _same_size(last, line, _SIZE) or last.text.endswith(_ENDS):
        return False
    if last.text.endswith(LINE_HYPHEN) or line.text[:1].islower():
        return True
    left, right = min(each.left for each in before), max(each.right for each in before)
    return len(before) > 1 and last.right > left + _SHORT * (right - left)


def joined(lines: Sequence[str], known: Vocabulary) -> str:
    """The lines of a paragraph as one; a word that a line end has cut is whole again."""
    text = ""
    for line in lines:
        if text.endswith(LINE_HYPHEN):
            text = text[:-1] + _hyphen(text[:-1], line, known) + line
        else:
            text = f"{text} {line}" if text else line
    return text.replace(LINE_HYPHEN, "-")


def _hyphen(before: str, after: str, known: Vocabulary) -> str:
    """ "-" where the hyphen belongs to the word, "" where the end of the line has made it.

    It belongs to a compound that stands elsewhere too, to two words that stand alone elsewhere
    ("a dit-il"), to names and to figures.
    """
    ends, begins = re.search(r"[\w-]*$", before), re.match(r"[\w-]*", after)
    first, second = (ends.group() if ends else "", begins.group() if begins else "")
    if not first or not second or not second[0].islower():
        return "-"
    last, next_word = first.casefold().rpartition("-")[2], second.casefold().partition("-")[0]
    if len(last) == 1:  # "a-t-elle": no line is cut after one letter
        return "-"
    if f"{first}{second}".casefold() in known.words:
        return ""
    is_compound = f"{first}-{second}".casefold() in known.compounds
    return "-" if is_compound or {last, next_word} <= known.words else ""
