"""A mailbox on a server, by IMAP over TLS, opened for reading alone: nothing is marked as read."""

from __future__ import annotations

import imaplib
import re
import socket
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from events import settings
from events.source_settings import Source
from loaders.readers.source_file import SetAside, max_bytes
from loaders.sources.errors import SourceError
from loaders.sources.items import Item, Surroundings, kept_file
from loaders.sources.request import connected, host_name

LATEST = "newest"  # key of the newest message seen, with the mailbox's validity


def bring(source: Source, around: Surroundings) -> Iterator[Item]:
    """Messages that came since the last look. Raises SourceError."""
    password = settings.secret(source.secret)
    if password is None:
        raise SourceError(
            "no password: write it as {name} in secrets.toml, or set {variable}",
            name=source.secret, variable=f"FRISE_SECRET_{source.secret.upper()}", lasting=True,
        )  # fmt: skip
    try:
        mailbox = _Mailbox(source, around)
        try:
            mailbox.login(source.user, password)
            yield from _messages(source, mailbox, around)
        finally:
            mailbox.shutdown()
    except (imaplib.IMAP4.error, OSError, ValueError) as error:
        told = " ".join(str(error).replace(password, "…").split())[:120]
        raise SourceError("{url}: {problem}", url=source.url, problem=told) from None


class _Mailbox(imaplib.IMAP4):
    """A connection to a checked address, with the host's certificate checked."""

    def __init__(self, source: Source, around: Surroundings) -> None:
        self._source, self._around = source, around
        super().__init__(host_name(source.url), urlsplit(source.url).port or 993)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        web = self._around.web
        return connected(self._source.url, web.own, web.limits.seconds)


def _messages(source: Source, mailbox: _Mailbox, around: Surroundings) -> Iterator[Item]:
    name = unquote(urlsplit(source.url).path.strip("/")) or "INBOX"
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    _told(mailbox.select(quoted, readonly=True))
    validity = (mailbox.response("UIDVALIDITY")[1] or [b"0"])[0] or b"0"
    known, _, latest = around.seen.get(LATEST, "").partition(" ")
    first = int(latest) + 1 if known == validity.decode() and latest else 1
    found = _told(mailbox.uid("SEARCH", f"UID {first}:*"))
    for uid in sorted(int(each) for each in (found[0] or b"").split()):
        if around.stop.is_set():
            return
        if uid >= first:  # "5:*" names the last message even where it is the fourth
            yield _message(source, mailbox, uid, around)
            yield Item(LATEST, f"{validity.decode()} {uid}")


def _message(source: Source, mailbox: _Mailbox, uid: int, around: Surroundings) -> Item:
    name = f"{source.url} message {uid}"
    told = _told(mailbox.uid("FETCH", str(uid), "(RFC822.SIZE)"))
    size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(e for e in told if isinstance(e, bytes)))
    if size and int(size.group(1)) > max_bytes():
        problem = f"larger than {max_bytes() / 1e6:g} MB"
        return Item("", "", aside=SetAside(name, "", "", problem, "Save it and load the file."))
    parts = _told(mailbox.uid("FETCH", str(uid), "(BODY.PEEK[])"))
    raw = next((each[1] for each in parts if isinstance(each, tuple)), b"")
    return Item("", "", kept_file(raw, ".eml", around), name, temporary=True)


def _told(answer: tuple[str, list]) -> list:  # type: ignore[type-arg]
    """What the server gave. Raises IMAP4.error for a refusal."""
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"the server refuses: {data[0]!r}"[:120])
    return data
