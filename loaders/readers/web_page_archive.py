"""A web page saved in one file (MHTML, "web archive, single file"): the page in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from loaders.readers.format import About, Enclosed, Found, Head
from loaders.readers.mail import header, parse_message
from loaders.readers.source_file import UnreadableError, read_bytes, shortened
from loaders.readers.web_archive import host_of
from loaders.readers.web_page import in_utf8

_SAVED = re.compile(r"^snapshot-content-location:|^from:.*saved by", re.IGNORECASE | re.MULTILINE)
_SUFFIXES = (".mht", ".mhtml")


def detect(head: Head) -> bool:
    """Whether its headers say that a browser saved it."""
    headers = head.text.replace("\r\n", "\n").partition("\n\n")[0]
    related = "multipart/related" in headers.lower()
    return related and (bool(_SAVED.search(headers)) or head.suffix in _SUFFIXES)


def read(path: Path) -> Iterator[Found]:
    """The page; pictures and styles that were saved with it are passed over."""
    message = parse_message(read_bytes(path))
    page = _page(message)
    if page is None:
        problem = "no page stands in the saved file"
        raise UnreadableError("", "", problem, "Save the page anew as HTML.")
    raw = page.get_payload(decode=True)
    if not isinstance(raw, bytes) or not raw.strip():
        raise UnreadableError("", "", "the saved page is empty", "Save the page anew as HTML.")
    content = in_utf8(raw, page.get_content_charset("") or "")
    yield Enclosed("page", io.BytesIO(content), _about(message, page), ".html")


def _page(message: EmailMessage) -> EmailMessage | None:
    """The first part of HTML: browsers write the page itself before its frames."""
    parts = (part for part in message.walk() if part.get_content_type() == "text/html")
    found = next(parts, None)
    return found if isinstance(found, EmailMessage) else None


def _about(message: EmailMessage, page: EmailMessage) -> About:
    places = (header(message, "snapshot-content-location"), header(page, "content-location"))
    address = next((each for each in places if each.startswith(("https://", "http://"))), "")
    saved = header(message, "date")
    return About(
        title=header(message, "subject"),
        source=host_of(address),
        url=address,
        notes=(f"saved on {shortened(saved)}",) if saved else (),
    )
