"""An Outlook message (MSG): subject, sender, date, text, attachments."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path

import olefile
from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.domain.constants import PID_HTML

from events.model import Article, Published
from loaders.readers.fields import make_article, published_field
from loaders.readers.format import About, Enclosed, Found, Head
from loaders.readers.mail import sent_on
from loaders.readers.markup import text_of_markup
from loaders.readers.source_file import (
    SetAside,
    UnreadableError,
    decode_declared,
    read_bytes,
    sha256,
    shortened,
)
from loaders.readers.wrapped_lines import unwrapped

_PROPERTIES = "__properties_version1.0"  # a stream that every message has


def detect(head: Head) -> bool:
    """Whether it is a compound file that holds the properties of a message."""
    if not head.raw.startswith(olefile.MAGIC):
        return False
    try:
        with olefile.OleFileIO(head.path) as compound:
            return bool(compound.exists(_PROPERTIES))
    except (OSError, ValueError, IndexError):  # damaged: the suffix may still tell
        return False


def read(path: Path) -> Iterator[Found]:
    """The message, then its attachments."""
    raw = read_bytes(path)
    try:
        message = Message.load(raw)
        attached = list(message.attachments)
    except Exception as error:  # the library raises whatever damaged bytes lead to
        raise _damaged(error) from None
    try:
        yield _article(message, sha256(raw))
    except UnreadableError as error:
        if error.where != "text" or not attached:  # a message that only carries files is none
            yield error.set_aside(path)
    except Exception as error:
        yield _damaged(error).set_aside(path)
    about = About(notes=("attached to an Outlook message",))
    for number, each in enumerate(attached, start=1):
        yield _attachment(each, about, f"attachment {number}", path)


def _damaged(error: Exception) -> UnreadableError:
    remedy = "Open it in Outlook and save it anew, or save its text as .txt."
    value = type(error).__name__
    return UnreadableError("", value, "the Outlook message is damaged", remedy)


def _article(message: Message, digest: str) -> Article:
    headers = {name.lower(): value for name, value in message.message_headers.items()}
    sender = message.sender or ""
    name, address = parseaddr(sender)
    identity = headers.get("message-id", "").strip("<> ")
    text = unwrapped((message.body or "").replace("\r\n", "\n")).strip()
    return make_article(
        text or text_of_markup(_markup(message)),
        title=message.subject,
        source=name or address or sender,
        published=_published(message, headers.get("date", "")),
        sha256=digest,
        reader="outlook_message",
        author=sender,
        locator=f"message {identity}" if identity else "",
    )


def _markup(message: Message) -> str:
    """The HTML body; the encoding that a message names for it is often not its own."""
    raw = message.properties.binary_prop_value(PID_HTML)
    if raw is None:
        return message.html_body or ""
    return decode_declared(raw, message.properties.body_encoding)[0]


def _published(message: Message, header: str) -> Published:
    """The day of the header, in the sender's zone; else the day on which it was sent, in UTC."""
    if header or message.sent_date is None:
        return sent_on(header, "mail header Date")
    return published_field(message.sent_date.date().isoformat(), "sent, UTC")


def _attachment(each: Attachment, about: About, place: str, path: Path) -> Enclosed | SetAside:
    try:
        name, raw = shortened(each.file_name or place, 200), each.file_bytes
    except Exception as error:
        return _damaged(error).set_aside(path, place)
    if raw is None:
        problem = "an attachment that is a message itself or a link, which is not read"
        return SetAside(str(path), name, "", problem, "Open it in Outlook and save it by itself.")
    return Enclosed(name, io.BytesIO(raw), about)
