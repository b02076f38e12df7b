"""Escaping of text from articles: for Markdown, for HTML, as an address.

No text of an article is ever interpreted as Markdown or HTML; it is shown literally.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from charts.sheet.measure import SPACES

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Text for a Markdown label: all punctuation escaped, line breaks replaced by spaces."""
    return _literal(text.strip())


def with_marks(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """Text for a Markdown label as `plain`, its stretches (start, end) on coloured ground."""
    told, at = "", 0
    for start, end in marks:
        told += _literal(text[at:start]) + f":orange-background[**{_literal(text[start:end])}**]"
        at = end
    return (told + _literal(text[at:])).strip()


def _literal(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", SPACES.sub(" ", text))


def escaped(text: str) -> str:
    """Text for our own HTML."""
    return html.escape(text, quote=True)


def shortened(text: str, length: int) -> str:
    """The text cut after a word, with an ellipsis, if it is longer than `length`."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:") + "…"


def web_address(url: str) -> str:
    """The address when it is plain http or https without a user name, else ""."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    safe = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return url.strip() if safe else ""


def address_html(url: str) -> str:
    """An address as an HTML link if it is a web address, else as text."""
    text = escaped(shortened(url, 90))
    address = web_address(url)
    if not address:
        return text
    return f'<a href="{escaped(address)}" target="_blank" rel="noopener noreferrer">{text}</a>'
