"""Text of an HTML tree as paragraphs, for pages whose layout is known (exports, chapters).

A saved web page of unknown layout is read by `loaders.readers.web_page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import html

_BREAK = re.compile(
    "address|article|aside|blockquote|body|br|center|dd|div|dl|dt|figcaption|figure|footer|form|"
    "h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|td|th|tr|ul"
)
_NO_TEXT = ("head", "noscript", "script", "style", "template", "title")


def paragraphs_of(element: html.HtmlElement) -> list[str]:
    """The paragraphs of an element in its order, without empty ones, with single spaces.

    Block elements and <br> end a paragraph; line breaks of the source are spaces.
    """
    return _paragraphs(_pieces(element))


def paragraphs_after(element: html.HtmlElement) -> list[str]:
    """The paragraphs that follow an element inside the one that holds it."""
    pieces = [_flat(element.tail)]
    for sibling in element.itersiblings():
        pieces += [*_pieces(sibling), _flat(sibling.tail)]
    return _paragraphs(pieces)


def text_of(element: html.HtmlElement | None) -> str:
    """All text of an element on one line, "" where there is no element."""
    return "" if element is None else " ".join(paragraphs_of(element))


def with_class(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    """The elements beneath that bear a class, upper and lower case alike, in their order."""
    wanted = name.casefold()
    return [e for e in element.iter() if wanted in str(e.get("class", "")).casefold().split()]


def first_with_class(element: html.HtmlElement, *names: str) -> html.HtmlElement | None:
    """The first element that bears the first of the classes that occurs with text, or None."""
    found = (each for name in names for each in with_class(element, name))
    return next((each for each in found if text_of(each)), None)


def _paragraphs(pieces: Iterable[str]) -> list[str]:
    lines = "".join(pieces).split("\n")
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Text in document order, "\\n" where a block begins or ends."""
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
        return
    edge = "\n" if _BREAK.fullmatch(element.tag) else ""
    yield edge + _flat(element.text)
    for child in element:
        yield from _pieces(child)
        yield _flat(child.tail)
    yield edge


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
