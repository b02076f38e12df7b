"""A server on this machine that answers as it is told to, and writes down what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from events.model import Article
from events.store import Store
from loaders.load_report import LoadReport
from loaders.readers import SetAside
from loaders.sources.state import State
from loaders.sources.web import Limits, Web

Behaviour = bytes | Callable[[socket.socket], None]
LIMITS = Limits(bytes=20_000, seconds=0.4, redirects=5)


@dataclass
class Server:
    """`pages`: path -> raw answer, or what is done with the connection. `asked`: (path, head)."""

    port: int
    pages: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def answer(self, connection: socket.socket) -> None:
        with connection:
            head = b""
            while b"\r\n\r\n" not in head and (piece := connection.recv(65_536)):
                head += piece
            path = head.split(b" ")[1].decode() if head.count(b" ") > 1 else ""
            self.asked.append((path, head.decode("latin-1")))
            found = self.pages.get(path, reply(b"nothing here", "404 Not Found"))
            try:
                if isinstance(found, bytes):
                    connection.sendall(found)
                else:
                    found(connection)
            except OSError:  # the other side had enough
                pass


def reply(
    body: bytes = b"", status: str = "200 OK", *headers: str, kind: str = "text/html"
) -> bytes:
    """A sound answer with these headers."""
    usual = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*usual, "", ""]).encode() + body


@pytest.fixture
def server() -> Iterator[Server]:
    listening = socket.create_server(("127.0.0.1", 0))
    found = Server(listening.getsockname()[1])
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=found.answer, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield found
    ended.set()
    listening.close()


@pytest.fixture
def web() -> Web:
    """The web that may ask this machine, in a hurry."""
    return Web("desk@example.org", {"127.0.0.1"}, 0.0, LIMITS)


@dataclass
class Shelf:
    """Stands for the load, which has tests of its own: what was loaded, in order."""

    articles: dict[int, Article] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)

    def load(
        self, found: Iterable[tuple[str, Article | SetAside]], *_: object, **__: object
    ) -> LoadReport:
        report = LoadReport()
        for name, item in found:
            if isinstance(item, SetAside):
                report.set_aside.append(item)
                self.aside.append(item)
            elif item.id in self.articles:
                report.known.append(name)
            else:
                report.kept.append(item.id)
                self.articles[item.id] = item
        return report


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    found = Shelf()
    monkeypatch.setattr("loaders.sources.collect.load_found", found.load)
    return found


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> State:
    """The state beside a new store."""
    monkeypatch.setenv("FRISE_STORE", str(tmp_path / "store"))
    found = State(Store(tmp_path / "store"))
    found.attach()
    return found
