"""Fetching, against a server that misbehaves: each case ends in time, with words that say why."""

from __future__ import annotations

import gzip
import itertools
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from loaders.sources.addresses import checked_addresses, refusal
from loaders.sources.errors import SourceError
from loaders.sources.robots import parse
from loaders.sources.web import Web
from tests.loaders.sources.conftest import LIMITS, Behaviour, Server, reply

HOST = {"127.0.0.1"}
BIG = b"a" * 30_000


def dripping(first: bytes, piece: bytes = b"a") -> Callable[[socket.socket], None]:
    """Goes on for ever, a little at a time."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        for _ in range(100):
            connection.sendall(piece)
            time.sleep(0.05)

    return answer


def endless(first: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    """Goes on for ever, as fast as it can."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(piece)

    return answer


def silent(connection: socket.socket) -> None:
    time.sleep(2)


def to(place: str, status: str = "302 Found") -> bytes:
    return reply(b"", status, f"Location: {place}")


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
# name -> (what the server does at /page, words of the error)
MISBEHAVIOUR: dict[str, tuple[Behaviour, str]] = {
    "says nothing": (silent, "no whole answer within"),
    "hangs up": (b"", "broken"),
    "speaks no http": (b"220 mail ready\r\n", "broken"),
    "speaks binary": (bytes(range(256)) * 20, "broken"),
    "drips its head": (dripping(b"HTTP/1.1 200 OK\r\nX: "), "no whole answer within"),
    "drips its body": (dripping(OK + b"Content-Length: 500\r\n\r\n"), "no whole answer within"),
    "drips chunks": (dripping(CHUNKED, b"1\r\na\r\n"), "no whole answer within"),
    "says go on for ever": (dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "no whole answer"),
    "never ends": (endless(OK + b"\r\n", BIG), "larger than"),
    "never ends its chunks": (endless(CHUNKED, b"7530\r\n" + BIG + b"\r\n"), "larger than"),
    "never ends its head": (endless(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 99), "broken"),
    "has a line without end": (endless(b"HTTP/1.1 200 OK\r\nX: ", BIG), "broken"),
    "is too large": (reply(BIG), "larger than"),
    "is a bomb": (
        reply(gzip.compress(b"a" * 9_000_000), "200 OK", "Content-Encoding: gzip"), "larger than",
    ),
    "is packed by another": (reply(b"x", "200 OK", "Content-Encoding: br"), "packed by br"),
    "is packed and no gzip": (reply(b"text", "200 OK", "Content-Encoding: gzip"), "broken"),
    "is packed and cut": (
        reply(gzip.compress(b"a b c " * 99)[:-9], "200 OK", "Content-Encoding: gzip"), "broken",
    ),
    "is cut": (OK + b"Content-Length: 500\r\n\r\nhalf a pa", "broken"),
    "is cut in a chunk": (CHUNKED + b"1f4\r\nhalf a pa", "broken"),
    "lies of its chunks": (CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n", "broken"),
    "has an impossible length": (OK + b"Content-Length: -5\r\n\r\n" + BIG, "larger than"),
    "turns in a circle": (to("/page"), "redirected more than 5"),
    "leads to a file": (to("file:///etc/passwd"), "no address of the web"),
    "leads to another scheme": (to("gopher://127.0.0.1/x"), "no address of the web"),
    "leads to another host": (to("http://example.org/"), "another host"),
    "leads to a metadata host": (to("http://169.254.169.254/latest/"), "another host"),
    "leads nowhere": (reply(b"", "301 Moved"), "redirected more than 5"),
    "leads to a broken address": (to("http://[::1/"), "no address"),
    "leads to a name and password": (to("http://me:pw@127.0.0.1/"), "name or password"),
    "leads to a closed port": (to("http://127.0.0.1:1/"), "no connection"),
    "asks for a password": (reply(b"", "401 Unauthorized"), "answers 401"),
    "is gone": (reply(b"", "410 Gone"), "answers 410"),
    "is broken inside": (reply(b"", "500 Internal Server Error"), "answers 500"),
    "knows no such status": (reply(b"", "999 Denied"), "answers 999"),
    "gives a part alone": (reply(b"x", "206 Partial Content"), "answers 206"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISBEHAVIOUR)
def test_a_server_that_misbehaves_is_said_in_time(case: str, server: Server, web: Web) -> None:
    server.pages["/page"], words = MISBEHAVIOUR[case]
    began = time.monotonic()
    with pytest.raises(SourceError, match=words):
        web.fetch(server.url("/page"), HOST)
    assert time.monotonic() - began < 4 * LIMITS.seconds
    assert set(server.paths) <= {"/robots.txt", "/page"}


def test_a_sound_answer_tells_who_asked_and_what_is_known(server: Server, web: Web) -> None:
    body = gzip.compress("été".encode())
    marks = ('ETag: "v1"', "Last-Modified: Sat, 28 Nov 2026 08:00:00 GMT", "Content-Encoding: gzip")
    server.pages["/%C3%A9t%C3%A9?a=b%20c"] = reply(body, "200 OK", *marks)
    server.pages["/old"] = to("/%C3%A9t%C3%A9?a=b%20c", "308 Permanent Redirect")
    answer = web.fetch(server.url("/old"), HOST)
    assert (answer.body.decode(), answer.etag, answer.kind) == ("été", '"v1"', "text/html")
    head = server.asked[-1][1]
    assert "Frise/1.0" in head
    assert "desk@example.org" in head
    server.pages["/old"] = reply(b"", "304 Not Modified")
    assert web.fetch(server.url("/old"), HOST, answer.etag, answer.modified).unchanged
    assert 'If-None-Match: "v1"' in server.asked[-1][1]
    assert "If-Modified-Since: Sat, 28 Nov 2026" in server.asked[-1][1]


@pytest.mark.parametrize("told", ["120", "Sun, 29 Nov 2099 08:00:00 GMT", "soon", "-4"])
def test_a_busy_host_is_left_alone_as_long_as_it_asks(told: str, server: Server, web: Web) -> None:
    server.pages["/page"] = reply(b"", "429 Too Many Requests", f"Retry-After: {told}")
    with pytest.raises(SourceError, match="answers 429"):
        web.fetch(server.url("/page"), HOST)
    asked = len(server.asked)
    with pytest.raises(SourceError, match="left alone for another") as error:
        web.fetch(server.url("/other"), HOST)
    assert len(server.asked) == asked
    wait = {"120": 120.0, "soon": 60.0, "-4": 60.0}.get(told, 86_400.0)
    assert error.value.retry_after == pytest.approx(wait, abs=5)


ROBOTS = """
User-agent: other
Disallow: /

User-agent: *
Disallow: /

User-Agent: Frise
User-agent: another
Disallow: /private/
Disallow: /*?print=
Disallow: /*.pdf$
Allow: /private/press$
Crawl-delay: 7
"""


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/", True), ("/private/x", False), ("/private/press", True), ("/private/press2", False),
        ("/a?print=1", False), ("/a?b=1&print=1", True), ("/a.pdf", False), ("/a.pdf?x", True),
        ("/%70rivate/x", False),
    ],
)  # fmt: skip
def test_robots_are_obeyed_by_the_longest_rule(path: str, may: bool) -> None:
    told = parse(ROBOTS, "frise")
    assert told.delay == 7
    assert told.allow(f"http://example.org{path}") is may
    assert not parse(ROBOTS, "nobody").allow("http://example.org/")


@pytest.mark.parametrize(
    ("robots", "words"),
    [
        (reply(ROBOTS.encode(), kind="text/plain"), "asks not to read"),
        (reply(b"", "503 Busy"), "nothing is read there"),
        (to("http://example.org/robots.txt"), "another host"),
        (reply(b"<html>no such page", "404 Not Found"), ""),
        (b"", "broken"),
    ],
)
def test_robots_are_read_first(robots: bytes, words: str, server: Server, web: Web) -> None:
    server.pages |= {"/robots.txt": robots, "/private/x": reply(b"text")}
    if words:
        with pytest.raises(SourceError, match=words):
            web.fetch(server.url("/private/x"), HOST)
        assert "/private/x" not in server.paths
    else:
        assert web.fetch(server.url("/private/x"), HOST).body == b"text"


REFUSED = """
127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
255.255.255.255
192.0.2.1 198.18.0.1 240.0.0.1
168.63.129.16 100.100.100.200 :: ::1
fe80::1 fc00::1 fd00:ec2::254 ff02::1
::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 2002:7f00:1::
2001:0:7f00:1:: 2001:db8::1 64:ff9b:1::a00:1 fec0::1
"""


@pytest.mark.parametrize("address", REFUSED.split())
def test_addresses_that_are_never_asked(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_asked(address: str) -> None:
    assert refusal(address) is None


def test_a_host_of_the_own_network_may_be_private_and_nothing_worse() -> None:
    assert refusal("10.0.0.1", own=True) is None
    assert refusal("169.254.169.254", own=True)
    assert refusal("fd00:ec2::254", own=True)


@pytest.mark.parametrize(
    "host", ["localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_no_spelling_of_this_machine_is_asked(host: str, server: Server) -> None:
    url = server.url("/page", host)
    with pytest.raises(SourceError, match="is not asked|is not known"):
        Web(limits=LIMITS).fetch(url, {host.strip("[]")})
    assert not server.asked


def test_the_connection_goes_to_the_address_that_was_checked(
    server: Server, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere the second time (DNS rebinding) is asked for once a request."""
    server.pages["/page"] = reply(b"text")
    answers = itertools.chain(["127.0.0.1"] * 2, itertools.repeat("10.9.9.9"))
    wanted: list[str] = []

    real = socket.getaddrinfo

    def resolve(host: str, port: int, *more: Any, **named: Any) -> list[Any]:
        if not host.endswith("example"):  # an address: nobody is asked
            return real(host, port, *more, **named)
        wanted.append(host)
        return [(2, 1, 6, "", (next(answers), port))]

    monkeypatch.setattr("loaders.sources.addresses.socket.getaddrinfo", resolve)
    web.own = {"news.example"}
    assert web.fetch(server.url("/page", "News.Example."), {"NEWS.example"}).body == b"text"
    assert wanted.count("news.example") == 2  # robots.txt and the page
    assert f"Host: news.example:{server.port}" in server.asked[-1][1]
    web.own = set()
    with pytest.raises(SourceError, match=r"10\.9\.9\.9"):
        checked_addresses("news.example", 80)
