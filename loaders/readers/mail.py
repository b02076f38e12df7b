"""A mail message (EML): subject, sender, date, text; attachments are files of their own."""

from __future__ import annotations

import base64
import codecs
import io
import mimetypes
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import InvalidBase64LengthDefect
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import cast

from events.model import Article, Published
from loaders.readers.fields import DOUBTFUL, make_article, published_field
from loaders.readers.format import About, Enclosed, Found, Head, suffix_of
from loaders.readers.forwarded import Forwarded, forwarded
from loaders.readers.markup import text_of_markup
from loaders.readers.source_file import (
    SetAside,
    UnreadableError,
    decode_declared,
    encoding_notes,
    read_bytes,
    sha256,
    shortened,
)
from loaders.readers.wrapped_lines import unwrapped
from loaders.readers.written_date import written_date

_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]*\S?")
# a file with one of these, or with all of the others, in its first lines is a message
_SURE = frozenset(("mime-version", "message-id", "received", "return-path", "delivered-to"))
_TOGETHER = frozenset(("from", "date", "subject"))
# attachments that hold no text and are only counted
_NO_TEXT = re.compile(r"(?:image|audio|video|font)/|application/(?:pgp-signature|(?:x-)?pkcs7-sig)")
_UUENCODED = re.compile(r"^begin [0-7]{3,4} .+\n(?:[ -`]+\n)*?end[ \t]*$", re.MULTILINE)
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_DATE_WITHIN = "date of the forwarded message"
LONGER_MARKUP = 2  # times the plain text at which the HTML is read: "your program shows no HTML"


def detect(head: Head) -> bool:
    """Whether the file begins with headers that make a message."""
    names = set()
    for line in head.text.split("\n")[:200]:
        found = _HEADER.match(line)
        if found:
            names.add(found.group(1).lower())
        elif not line.startswith((" ", "\t")):
            break
    return len(names) > 1 and (bool(names & _SURE) or names >= _TOGETHER)


def read(path: Path) -> Iterator[Found]:
    """The message, then its attachments."""
    yield from message_items(read_bytes(path), path)


def message_items(raw: bytes, path: Path, where: str = "") -> Iterator[Found]:
    """The article of a message and what is attached to it; `where` in the file it stands."""
    message = parse_message(raw)
    parts = list(_attachments(message))
    inline = [part for part in parts if _goes_on(part)]
    attached = [part for part in parts if not _goes_on(part)]
    try:
        yield _article(message, inline, sha256(raw), where, _counted(attached))
    except UnreadableError as error:
        # a message that only carries files is none
        if error.where != "text" or all(map(_has_no_text, attached)):
            yield error.set_aside(path, where)
    about = About(notes=(f"attached to the message '{shortened(header(message, 'subject'))}'",))
    for part in attached:
        yield from _attachment(part, about, path, where)


def parse_message(raw: bytes) -> EmailMessage:
    """The parsed message. Raises UnreadableError where it is nested too deep to be parsed."""
    try:
        # what stands before the headers (a byte-order mark, empty lines) would end them
        beginning = raw.removeprefix(codecs.BOM_UTF8).lstrip()
        return message_from_bytes(beginning, policy=policy.default)
    except RecursionError:
        problem = "messages nested too deep"
        raise UnreadableError("", "", problem, "Take the inner messages out.") from None


def _article(
    message: EmailMessage, inline: list[MIMEPart], digest: str, where: str, notes: tuple[str, ...]
) -> Article:
    if message.get_content_type() in _ENCRYPTED:
        remedy = "Decrypt it in the mail program and save it anew."
        raise UnreadableError("", "", "the message is encrypted", remedy)
    text, doubts = _text(message)
    for part in inline:
        more, doubt = _decoded(part)
        text, doubts = f"{text}\n\n{unwrapped(more).strip()}".strip(), (*doubts, *doubt)
    sender, date, subject = (header(message, each) for each in ("from", "date", "subject"))
    own = Forwarded(sender, date, subject, text)
    told = forwarded(text, subject) or own
    name, address = parseaddr(told.sender.partition(" [mailto:")[0])
    archived = header(message, "archived-at").strip("<>")
    identity = header(message, "message-id").strip("<>")
    return make_article(
        told.text,
        title=told.subject or own.subject,
        lang=header(message, "content-language"),
        source=name or address,
        url=archived if archived.startswith(("https://", "http://")) else "",
        published=sent_on(told.date, "mail header Date" if told is own else _DATE_WITHIN),
        sha256=digest,
        reader="mail",
        author=told.sender,
        locator=" ".join(filter(None, (where, identity and f"message {identity}"))),
        notes=(*notes, *doubts, *_passed_on(own, told)),
    )


def _passed_on(own: Forwarded, told: Forwarded) -> tuple[str, ...]:
    """A note where the message only forwards another one."""
    if told is own:
        return ()
    sent = sent_on(own.date, "").date
    day = f" on {sent}, which is no date of publication" if sent else ""
    return (f"forwarded by {shortened(own.sender)}{day}",)


def header(message: EmailMessage, name: str) -> str:
    """A header decoded, on one line; "" where it is missing."""
    written = next((str(v) for k, v in message.raw_items() if k.lower() == name), "")
    if any("\udc80" <= c <= "\udcff" for c in written):  # bytes that no header may have
        raw = written.encode("utf-8", "surrogateescape")
        return " ".join(decode_declared(raw, "cp1252")[0].split())
    try:
        told = str(message.get(name, ""))
    except Exception:  # the library's parser of headers fails on some broken ones
        told = written
    return " ".join(told.encode("utf-8", "replace").decode("utf-8").split())


def sent_on(value: str, evidence: str) -> Published:
    """The day of a date in the style of mail and RSS, as written; a wrong one is doubtful."""
    if not value:
        return Published.unknown("no publication date given")
    try:
        return published_field(parsedate_to_datetime(value).date().isoformat(), evidence)
    except (ValueError, TypeError, IndexError, OverflowError):
        # "mar., 06 août 2024": the names of another language
        told = written_date(value, evidence)
        if told is not None and told.precision == "day":
            return told
        return Published.unknown(f"{DOUBTFUL}: {shortened(value)} ({evidence})")


def _text(message: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """(text, notes): the plain text, or the HTML where that is all or says far more."""
    plain, doubt = _decoded(message.get_body(("plain",)))
    plain, packed = _UUENCODED.subn("", plain)
    doubt += (f"files in the text in an old code (uuencode), not read: {packed}",) if packed else ()
    markup, other_doubt = _decoded(message.get_body(("html",)))
    shown = text_of_markup(markup)
    if len(shown) > LONGER_MARKUP * len(plain):
        plain, doubt = shown, other_doubt
    else:
        plain = unwrapped(plain)
    defects = [type(each).__name__ for part in message.walk() for each in part.defects]
    damage = [f"the message is damaged: {', '.join(sorted(set(defects)))}"] if defects else []
    return plain.strip(), (*doubt, *damage)


def _decoded(part: MIMEPart | None) -> tuple[str, tuple[str, ...]]:
    """(text of a part, notes on its encoding)."""
    if part is None:
        return "", ()
    raw = _bytes(part)
    declared = part.get_content_charset("") or ""
    text, as_declared = decode_declared(raw, declared)
    if not declared:
        return text, encoding_notes(raw)
    note = f"the message declares the encoding {shortened(declared)}, which it is not in"
    return text, () if as_declared else (note,)


def _bytes(part: MIMEPart) -> bytes:
    """The bytes of a part; base64 that is cut is read to where it is whole (the library gives the
    letters of the code instead)."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return b""
    if any(isinstance(each, InvalidBase64LengthDefect) for each in part.defects):
        code = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        return base64.b64decode(code[: len(code) - len(code) % 4])
    return raw


def _attachments(message: EmailMessage) -> Iterator[MIMEPart]:
    """Parts that are neither the text nor another form of it, however they are wrapped: a signed
    message has all its parts in one."""
    if not message.is_multipart() or message.get_content_type() == "message/rfc822":
        return
    told = [message.get_body((kind,)) for kind in ("plain", "html")]
    yield from _apart(message, {id(part) for part in told if part is not None})


def _apart(whole: MIMEPart, bodies: set[int]) -> Iterator[MIMEPart]:
    try:
        parts = list(whole.iter_parts())
    except (AttributeError, KeyError, TypeError):  # multipart in name alone
        return
    forms = whole.get_content_type() == "multipart/alternative"
    for part in parts:
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            yield from _apart(part, bodies)
        elif id(part) not in bodies and not forms:
            yield part


def _goes_on(part: MIMEPart) -> bool:
    """Whether a part is text of the message itself: plain text that is no file."""
    is_file = part.get_filename() or part.is_attachment()
    return part.get_content_type() == "text/plain" and not is_file


def _counted(attached: list[MIMEPart]) -> tuple[str, ...]:
    """A note on the attachments without text."""
    names = [part.get_content_type() for part in attached if _has_no_text(part)]
    if not names:
        return ()
    return (f"{len(names)} attachments that hold no text: {', '.join(sorted(set(names)))}",)


def _has_no_text(part: MIMEPart) -> bool:
    return bool(_NO_TEXT.match(part.get_content_type()))


def _attachment(
    part: MIMEPart, about: About, path: Path, where: str
) -> Iterator[Enclosed | SetAside]:
    kind = part.get_content_type()
    name = shortened(part.get_filename() or kind, 200)
    place = ", ".join(filter(None, (where, name)))
    if _has_no_text(part):
        return
    if kind in _TNEF or name.lower() == "winmail.dat":
        problem = "a message in Outlook's own wrapping, which is not read"
        remedy = "Save the message in Outlook as .msg, or ask for it as HTML or plain text."
        yield SetAside(str(path), place, "", problem, remedy)
    elif kind == "message/rfc822" or part.is_multipart():
        yield Enclosed(place, io.BytesIO(_inner(part)), about, ".eml")
    else:
        suffix = "" if suffix_of(name) else mimetypes.guess_extension(kind) or ""
        yield Enclosed(place, io.BytesIO(_bytes(part)), about, suffix)


def _inner(part: MIMEPart) -> bytes:
    """The bytes of a message in a message, as they came as far as the library keeps them."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else part
    return cast(MIMEPart, inner).as_bytes(policy=policy.compat32)
