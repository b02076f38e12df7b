"""HTML of a message, a feed's item or a book's chapter -> its text, a line a paragraph.

For whole web pages, which have menus and teasers around the article, see `web_page`.
"""

from __future__ import annotations

import re

from lxml import etree, html

from loaders.readers.web_page import parse_page

_SKIPPED = frozenset(
    ("script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe")
)
_BLOCK_NAMES = (
    "address article aside blockquote caption center dd div dl dt figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset(("td", "th"))
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")  # a no-break space is no white space of markup


def text_of_markup(markup: str) -> str:
    """The words that a reader sees, paragraphs apart by an empty line.

    Raises UnreadableError where it has too many tags or is nested too deep.
    """
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    if not markup.strip():
        return ""
    pieces: list[str] = []
    for action, element in etree.iterwalk(_shown(parse_page(markup)), events=("start", "end")):
        pieces.append(_break(element.tag))
        words = element.text if action == "start" else element.tail
        pieces.append(_SPACE.sub(" ", words or ""))
    return _laid_out("".join(pieces))


def _shown(tree: html.HtmlElement) -> html.HtmlElement:
    """The tree without what is not shown; the text after each such element stays."""
    for element in list(tree.iter()):
        hidden = element.tag in _SKIPPED or _HIDDEN.search(element.get("style") or "")
        if hidden and element.getparent() is not None:
            element.drop_tree()
    return tree


def _break(tag: object) -> str:
    if tag == "br":
        return "\v"  # met at start and end: one line end
    return "\n" if tag in _BLOCKS else " " if tag in _CELLS else ""


def _laid_out(text: str) -> str:
    text = text.replace("\v\v", "\v").replace("\v", "\n")
    lines = [" ".join(line.split(" ")).strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{2,}", "\n\n", re.sub(r" {2,}", " ", "\n".join(lines))).strip()
