"""LexisNexis and Nexis Uni exports in DOCX, RTF and TXT: several articles a file.

Nexis Uni puts title, outlet and day first and ends an article with a line of its own; the older
text files count the articles ("2 of 10 DOCUMENTS") and put the outlet first. The labels in all
languages of the interface stand in data/reference/nexis_labels.toml.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.office_package import package
from loaders.readers.press_article import Piece, one_line, press_article, read_each
from loaders.readers.rtf_text import is_rtf, rtf_text
from loaders.readers.source_file import (
    SetAside,
    UnreadableError,
    decode,
    max_bytes,
    read_bytes,
)
from loaders.readers.word_text import word_text
from loaders.readers.written_date import written_date

LABELS = Path(__file__).resolve().parents[2] / "data" / "reference" / "nexis_labels.toml"
_LABELLED = re.compile(r"(?P<label>[^\W\d_][\w -]{1,30}):\s*(?P<value>.*)", re.DOTALL)
_PAGE = re.compile(r"\bPg?\.\s*([\w-]+)")
_PLACE = re.compile(r"\s*\([^)]*\)|\.$")  # "The Guardian(London)", "Guardian.com."
_ADDRESS = re.compile(r"https?://\S+")
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_CENTRED = " " * 8
_MOST_CAPTIONS = 3  # lines beneath a label after the text
_MOST_HEAD = 30  # lines between the day and the text


@functools.cache
def labels() -> Mapping[str, frozenset[str]]:
    """The labels by what they stand before, in lower case."""
    with LABELS.open("rb") as file:
        return {key: frozenset(map(str.casefold, told)) for key, told in tomllib.load(file).items()}


@functools.cache
def _opening() -> re.Pattern[str]:
    return re.compile("|".join(labels()["open"]), re.IGNORECASE)


def detect(head: Head) -> bool:
    """Whether a text counts its articles as LexisNexis does."""
    lines = (line.strip() for line in head.text.split("\n"))
    return any(_opening().fullmatch(line) for line in lines)


def detect_document(head: Head) -> bool:
    """Whether a DOCX holds a line that ends an article of Nexis Uni."""
    if not any(name.startswith("word/document") for name in head.members):
        return False
    try:
        return any(map(_is_end, _docx_lines(read_bytes(head.path))))
    except UnreadableError:
        return False  # the reader of DOCX says what is wrong


def detect_rtf(head: Head) -> bool:
    """Whether an RTF file holds a line that ends an article of Nexis Uni."""
    if not is_rtf(head.raw) or head.size > max_bytes():
        return False
    raw = read_bytes(head.path).lower()
    return any(label.encode() in raw for label in labels()["end"])


def read(path: Path) -> Iterator[Article | SetAside]:
    """The articles of a text file, in its order."""
    return read_each(path, _texts)


def read_document(path: Path) -> Iterator[Article | SetAside]:
    """The articles of a DOCX, in its order."""
    return read_each(path, lambda raw: _documents(_docx_lines(raw)))


def read_rtf(path: Path) -> Iterator[Article | SetAside]:
    """The articles of an RTF file, in its order."""
    return read_each(path, lambda raw: _documents(rtf_text(raw).paragraphs))


def _docx_lines(raw: bytes) -> list[str]:
    with package(raw) as archive:
        return [each.text for each in word_text(archive).paragraphs]


def _is_end(line: str) -> bool:
    return line.strip().casefold() in labels()["end"]


def _documents(lines: Sequence[str]) -> Iterator[Piece]:
    """Nexis Uni: a piece for each article, the list of contents before the first left out."""
    held: list[str] = []
    count = 0
    for line in lines:
        if not _is_end(line):
            held.append(line.replace("\N{NO-BREAK SPACE}", " ").strip())
            continue
        count += 1
        yield f"article {count}", partial(_document, held, count == 1)
        held = []


def _document(lines: Sequence[str], is_first: bool) -> Article:
    """Title, outlet, day; labels; text; labels."""
    day = _day_line(lines)
    if day is None:
        problem, remedy = "no title, outlet and day before the text", "Save its text as .txt."
        raise UnreadableError("", one_line(" ".join(lines[:3])), problem, remedy)
    # before the first article stand the list of contents and the search
    title = lines[max(0, day - 2) : day - 1] if is_first else lines[: day - 1]
    return _article(" ".join(title), lines[day - 1], lines[day], lines[day + 1 :])


def _day_line(lines: Sequence[str]) -> int | None:
    """The index of the line with the day: the third, after title and outlet; "Correction Appended"
    and the like may stand there, before the rights and the labels."""
    begin = _body_begins(lines)
    places = range(max(2, begin - _MOST_HEAD), begin)
    marked = [n for n in places if _label(lines[n]) or _is_rights(lines[n])]
    dated = (n for n in places if n not in marked and written_date(lines[n], ""))
    return next(dated, marked[0] - 1 if marked and marked[0] > 2 else None)


def _body_begins(lines: Sequence[str]) -> int:
    """The index of the first line of the text: after "Body", else after the length."""
    bodies = (n for n, line in enumerate(lines) if line.casefold() in labels()["body"])
    lengths = (n for n, line in enumerate(lines) if _label(line) in labels()["length"])
    found = next(bodies, None)
    found = next(lengths, None) if found is None else found
    return len(lines) if found is None else found + 1


def _texts(raw: bytes) -> Iterator[Piece]:
    """LexisNexis: a piece for each article of a text file; what stands before the first is the
    search."""
    pieces = re.split(rf"(?im)^[ \t]*(?:{_opening().pattern})[ \t]*$", decode(raw))
    for number, text in enumerate(pieces[1:], start=1):
        blocks = [block for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]
        yield f"article {number}", partial(_text, blocks)


def _text(blocks: Sequence[str]) -> Article:
    """Outlet, day, title; labels; text; labels."""
    lines = [one_line(block) for block in blocks]
    day = next((n for n, line in enumerate(lines[:_MOST_HEAD]) if n and written_date(line, "")), 0)
    if not day:
        problem, remedy = "no outlet and day before the text", "Save its text as .txt."
        raise UnreadableError("", " ".join(lines[:3]), problem, remedy)
    labelled = (n for n in range(day + 1, len(lines)) if _label(lines[n]))
    end = min(next(labelled, day + 2), len(lines))
    # the edition is centred, as outlet and day are; the title is not
    title = [lines[n] for n in range(day + 1, end) if not blocks[n].startswith(_CENTRED)]
    return _article(
        " ".join(title or lines[day + 1 : end]), lines[day - 1], lines[day], lines[end:]
    )


def _article(title: str, outlet: str, day: str, lines: Sequence[str]) -> Article:
    """An article from the lines after its head: labels, text, labels."""
    told = dict(_labels(lines))
    text = list(_body(lines))
    page = _PAGE.search(told.get("section", ""))
    published = written_date(day, "head of the document")
    loaded = f"the database took it in on {told.get('loaded')}, which is no date of publication"
    address = text.pop() if len(text) > 1 and _ADDRESS.fullmatch(text[-1]) else ""
    return press_article(
        text,
        reader="nexis",
        title=title,
        source=_PLACE.sub("", outlet),
        url=told.get("url", address),
        published=published,
        author=told.get("author", ""),
        section=told.get("section", "").partition(";")[0],
        page=page.group(1) if page else "",
        notes=[] if published or "loaded" not in told else [loaded],
    )


def _body(lines: Sequence[str]) -> Iterator[str]:
    """The lines of the text: from its beginning to the labels after it, without rights."""
    rest = lines[_body_begins(lines) % (len(lines) + 1) :]
    for line in rest[: _foot_begins(rest)]:
        if not _is_rights(line) and _label(line) not in _head_labels():
            yield line


def _foot_begins(lines: Sequence[str]) -> int:
    """The index of the first label after the text. All that follows is labels too, and captions
    beneath theirs; a text may hold a line that begins as a label ("Update: ...")."""
    found = len(lines)
    captions = 0
    for n in range(len(lines) - 1, -1, -1):
        label, line = _label(lines[n]), lines[n].casefold()
        if label in _foot_labels() or line in labels()["after"]:
            if captions and not {label, line} & labels()["captions"]:
                break
            found, captions = n, 0
        elif not _is_rights(lines[n]):
            captions += 1
        if captions > _MOST_CAPTIONS:
            break
    return found


def _labels(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(what a label stands before, its value) of the lines that have one; the last one counts."""
    for line in lines:
        found = _LABELLED.fullmatch(line)
        for name in ("author", "section", "url", "loaded"):
            if found and found["label"].casefold() in labels()[name]:
                yield name, found["value"]


@functools.cache
def _head_labels() -> frozenset[str]:
    told = labels()
    return told["length"] | told["author"] | told["section"] | told["before"]


@functools.cache
def _foot_labels() -> frozenset[str]:
    return labels()["after"] | labels()["url"] | labels()["loaded"]


def _label(line: str) -> str:
    """The label of a line in lower case, "" for a line without one of ours."""
    found = _LABELLED.match(line)
    told = found["label"].casefold().replace(" ", "-") if found else ""
    return told if any(told in names for names in labels().values()) else ""


def _is_rights(line: str) -> bool:
    return bool(_RIGHTS.match(line)) and len(line) < 400
