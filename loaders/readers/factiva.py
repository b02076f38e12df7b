"""Factiva exports in HTML and RTF: several articles a file, with codes of fields (HD, PD, SN ...:
"Full Article plus Indexing") or without them (lines in a fixed order).

Every article ends with its accession number, the same in all languages of the interface.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from lxml import html

from events.model import Article
from loaders.readers.format import Head
from loaders.readers.page_text import first_with_class, paragraphs_of, text_of, with_class
from loaders.readers.press_article import Piece, press_article, read_each, stretches
from loaders.readers.rtf_text import is_rtf, rtf_text
from loaders.readers.source_file import SetAside, max_bytes, read_bytes
from loaders.readers.web_page import decode_page, parse_page
from loaders.readers.written_date import written_date

# "Document IINM000020171113edbd0000d": source in eight signs, day of delivery, number
_NUMBER = re.compile(r"\S{1,20}\s+(?P<number>[A-Z0-9]{8}\d{8}[a-z][a-z0-9]{8})")
_CODE = re.compile(
    "AN|ART|BY|CLM|CO|CR|CT|CX|CY|DF|ED|ET|GC|HD|IN|IPC|IPD|LA|LP|NGC|NS|PD|PG|PUB|RE|RF|RST|SC|SE|"
    "SN|TD|TM|UR|VOL|WC"
)
_ARTICLE = re.compile(r"<div\b[^>]*\bclass=[\"']article [a-z]{2}Article\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"\b([a-z]{2})Article\b")
_WORDS = re.compile(r"[\d.,\s]+[^\W\d_]+")  # "808 words", "1.285 Wörter"
_TIME = re.compile(r"\d{1,2}[:h.]\d{2}(?:\s?[AP]M)?|[\d:]+ GMT", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,8}")
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_COUNTED = re.compile(r"^\d+\)\s+")
_MOST_HEAD = 16  # lines before the text
_NAME_WORDS = 10
_SECTION_WORDS = 3  # of a section; a title alone with an author has more
_RTF_NUMBER = re.compile(rb"\b[A-Z0-9]{8}\d{8}[a-z][a-z0-9]{8}\b")


@dataclass(frozen=True)
class _Found:
    """An article's fields as written."""

    title: str
    text: Sequence[str]
    lang: str = ""
    source: str = ""
    date: str = ""
    author: str = ""
    section: str = ""
    page: str = ""
    number: str = ""


def detect(head: Head) -> bool:
    """Whether a page is an export of Factiva."""
    return bool(_ARTICLE.search(head.text)) or "<title>Factiva</title>" in head.text


def detect_rtf(head: Head) -> bool:
    """Whether an RTF file holds the number of an article, as exports of Factiva do."""
    if not is_rtf(head.raw) or head.size > max_bytes():
        return False
    # the number stands at the end of an article, past the beginning
    return bool(_RTF_NUMBER.search(read_bytes(head.path)))


def read(path: Path) -> Iterator[Article | SetAside]:
    """The articles of a page, in its order."""
    return read_each(path, _pages)


def read_rtf(path: Path) -> Iterator[Article | SetAside]:
    """The articles of an RTF file, in its order."""
    return read_each(path, _documents)


def _pages(raw: bytes) -> Iterator[Piece]:
    page = decode_page(raw)
    for number, part in enumerate(stretches(page, _ARTICLE), start=1):
        yield f"article {number}", partial(_article_of_page, part)


def _article_of_page(part: str) -> Article:
    tree = parse_page(part)
    whole = with_class(tree, "article")[0]
    lines = paragraphs_of(whole)
    codes = _by_code(lines)
    if codes:
        return _article(replace(_coded(codes), lang=_language(whole)))
    title = text_of(next((e for e in whole.iter("span") if _is_headline(e)), None))
    found = _plain(lines, title)
    author = text_of(first_with_class(whole, "author"))
    text = [text_of(each) for each in with_class(whole, "articleParagraph")]
    return _article(replace(found, text=text, author=author, lang=_language(whole)))


def _is_headline(element: html.HtmlElement) -> bool:
    return any(name.endswith("Headline") for name in str(element.get("class", "")).split())


def _language(whole: html.HtmlElement) -> str:
    """The language in the class of the article ("frArticle")."""
    found = _LANGUAGE.search(str(whole.get("class", "")))
    return found.group(1) if found else ""


def _documents(raw: bytes) -> Iterator[Piece]:
    lines: list[str] = []
    count = 0
    for line in rtf_text(raw).paragraphs:
        lines.append(line)
        if _NUMBER.fullmatch(line):
            count += 1
            yield f"article {count}", partial(_article_of_lines, lines)
            lines = []


def _article_of_lines(lines: Sequence[str]) -> Article:
    codes = _by_code(lines)
    return _article(_coded(codes) if codes else _plain(lines))


def _by_code(lines: Iterable[str]) -> dict[str, list[str]]:
    """The lines beneath each code of a field; {} where the codes were not exported."""
    found: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if _CODE.fullmatch(line):
            code = line
            found.setdefault(code, [])
        elif code:
            found[code].append(line)
    return found if {"HD", "PD"} <= set(found) else {}


def _coded(codes: dict[str, list[str]]) -> _Found:
    def told(code: str) -> str:
        return " ".join(codes.get(code, ()))

    return _Found(
        title=told("HD"),
        text=[*codes.get("LP", ()), *codes.get("TD", ())],
        source=told("SN"),
        date=told("PD"),
        author=told("BY"),
        section=told("SE"),
        page=told("PG"),
        number=told("AN"),
    )


def _plain(lines: Sequence[str], title: str = "") -> _Found:
    """The fields by their order: section, title, author, count of words, day, time, outlet, code of
    the outlet, edition, page, language, rights, text, publisher, number."""
    head = lines[:_MOST_HEAD]
    dated = (n for n, line in enumerate(head) if n and _WORDS.fullmatch(head[n - 1]))
    day = next((n for n in dated if written_date(head[n], "")), None)
    if day is None:  # cut, or in an order of its own
        return _Found(title or "".join(lines[:1]), lines[1:-1], number="".join(lines[-1:]))
    section, told_title, author = _before_words(head[: day - 1], title)
    after = [line for line in head[day + 1 :] if not _TIME.fullmatch(line)]
    rights = next((n for n, line in enumerate(lines) if n > day and _RIGHTS.match(line)), day)
    code = next((n for n, line in enumerate(after) if _SOURCE_CODE.fullmatch(line)), -1)
    pages = [line for line in lines[day + 1 : rights] if line.isdigit()]
    return _Found(
        title=told_title,
        text=_without_publisher(lines[rights + 1 :]),
        source=after[code - 1] if code > 0 else "".join(filter(_is_name, after[:1])),
        date=lines[day],
        author=author,
        section=section,
        page=pages[0] if pages else "",
        number=lines[-1],
    )


def _before_words(lines: Sequence[str], title: str) -> tuple[str, str, str]:
    """(section, title, author) of the lines before the count of words."""
    if title in lines:
        at = lines.index(title)
        return " ".join(lines[:at]), title, " ".join(lines[at + 1 :])
    if len(lines) > 2:
        return lines[0], lines[1], lines[2]
    if len(lines) == 2 and len(lines[0].split()) <= _SECTION_WORDS < len(lines[1].split()):
        return lines[0], lines[1], ""
    return "", lines[0] if lines else "", lines[1] if len(lines) == 2 else ""


def _without_publisher(lines: Sequence[str]) -> Sequence[str]:
    """The text without the number and the name of the publisher before it."""
    text = lines[:-1]
    return text[:-1] if len(text) > 1 and _is_name(text[-1]) else text


def _is_name(line: str) -> bool:
    """Whether a line may be the name of an outlet or a publisher, and is no sentence."""
    is_sentence = line.endswith((".", "!", "?", "»", '"', "”"))
    return not is_sentence and len(line.split()) <= _NAME_WORDS


def _article(found: _Found) -> Article:
    number = _NUMBER.search(found.number)
    return press_article(
        found.text,
        reader="factiva",
        title=_COUNTED.sub("", found.title),
        lang=found.lang,
        source=found.source,
        published=written_date(found.date, "head of the document"),
        author=found.author,
        locator=f"document {number['number']}" if number else "",
        section=found.section,
        page=found.page,
    )
