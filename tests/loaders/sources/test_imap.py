"""A mailbox on a server: over TLS with a certificate that is checked, read and left as it was."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from events.source_settings import Source
from loaders.sources.state import State
from loaders.sources.web import Web
from tests.loaders.sources.conftest import Shelf
from tests.loaders.sources.test_kinds import look_at, looked, message
from tests.skips import skip


@dataclass
class Mail:
    """A server with one mailbox: `messages` by their number (UID), what it was told in `heard`."""

    port: int
    messages: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    heard: list[str] = field(default_factory=list)

    def answer(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as file:
            file.write(b"* OK ready\r\n")
            file.flush()
            for line in file:
                tag, _, told = line.decode().strip().partition(" ")
                self.heard.append(told)
                file.write(self._told(told) + f"{tag} {self._end(told)}\r\n".encode())
                file.flush()

    def _end(self, told: str) -> str:
        wrong = told.startswith("LOGIN") and '"right"' not in told
        return "NO who are you" if wrong else "OK done"

    def _told(self, told: str) -> bytes:
        if told == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if told.startswith("EXAMINE"):
            return (
                f"* {len(self.messages)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}]\r\n".encode()
            )
        if found := re.match(r"UID SEARCH UID (\d+):", told):
            first = int(found.group(1))
            fitting = [uid for uid in self.messages if uid >= first] or [*self.messages][-1:]
            return f"* SEARCH {' '.join(map(str, fitting))}\r\n".encode()
        if found := re.match(r"UID FETCH (\d+) \((\S+)\)", told):
            raw = self.messages[int(found.group(1))]
            head = f"* 1 FETCH (UID {found.group(1)} "
            if found.group(2) == "RFC822.SIZE":
                return f"{head}RFC822.SIZE {len(raw)})\r\n".encode()
            return f"{head}BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"
        return b""


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mail]:
    """The server, with a certificate of its own that this process trusts."""
    if shutil.which("openssl") is None:
        skip("openssl")
    paper, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    )
    command = ["openssl", *made.split(), "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command, "-keyout", key, "-out", paper], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(paper, key)
    listening = socket.create_server(("127.0.0.1", 0))
    found = Mail(listening.getsockname()[1])

    def serve() -> None:
        while True:
            try:
                plain, _ = listening.accept()
                found.answer(context.wrap_socket(plain, server_side=True))
            except ssl.SSLError:
                continue
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    monkeypatch.setenv("SSL_CERT_FILE", str(paper))
    monkeypatch.setenv("FRISE_SECRET_DESK", "right")
    yield found
    listening.close()


@pytest.fixture
def at_home() -> Web:
    return Web(own={"localhost"})


def source(mail: Mail, host: str = "localhost") -> Source:
    url = f"imaps://{host}:{mail.port}/Presse%20du%20jour"
    return Source("mail", "imap", url=url, user="desk", secret="desk")


def test_new_messages_come_once_and_stay_unread(
    mail: Mail, state: State, shelf: Shelf, at_home: Web
) -> None:
    mail.messages = {3: message(1), 4: message(2)}
    assert looked(source(mail), state, at_home) == (2, 0, 0)
    assert [each.title for each in shelf.articles.values()] == ["Dépêche 1", "Dépêche 2"]
    assert 'EXAMINE "Presse du jour"' in mail.heard
    mail.heard.clear()
    assert looked(source(mail), state, at_home) == (0, 0, 0)
    mail.messages[9] = message(3)
    assert looked(source(mail), state, at_home) == (1, 0, 0)
    assert not [told for told in mail.heard if "FETCH 3" in told or "STORE" in told]
    mail.validity = 8  # the server numbered its messages anew
    assert looked(source(mail), state, at_home) == (0, 3, 0)


def test_what_is_wrong_with_a_mailbox_is_said_without_its_password(
    mail: Mail, state: State, at_home: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is not asked: it is this machine" in str(look_at(source(mail), state, Web()).error)
    monkeypatch.setenv("FRISE_SECRET_DESK", "wrong password")
    told = str(look_at(source(mail), state, at_home).error)
    assert "who are you" in told
    assert "wrong password" not in told
    monkeypatch.delenv("FRISE_SECRET_DESK")
    assert "no password" in str(look_at(source(mail), state, at_home).error)
    monkeypatch.setenv("FRISE_SECRET_DESK", "right")
    at_home.own = {"127.0.0.1"}  # not the name that the certificate is for
    heard = len(mail.heard)
    assert "certificate" in str(look_at(source(mail, "127.0.0.1"), state, at_home).error)
    monkeypatch.delenv("SSL_CERT_FILE")
    at_home.own = {"localhost"}
    assert "certificate" in str(look_at(source(mail), state, at_home).error)
    assert len(mail.heard) == heard
