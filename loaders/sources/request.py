"""One request over http(s): to a checked address, within seconds and bytes, the answer whole."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from urllib.parse import quote, urlsplit

from loaders.sources.addresses import checked_addresses
from loaders.sources.errors import SourceError

MOST_TRIED = 3  # addresses of one host
CONNECT_SECONDS = 10.0
PORTS = {"http": 80, "https": 443, "imaps": 993}
BROKEN = (http.client.HTTPException, OSError, ValueError, zlib.error)


@dataclass(frozen=True)
class Reply:
    """A server's answer; `body` is unpacked, and empty where the status tells that it is none."""

    status: int
    headers: Message
    body: bytes


def ask(
    url: str, headers: dict[str, str], own: Collection[str], seconds: float, most: int
) -> Reply:
    """The answer to one request; redirects are not followed.

    own: hosts of the user's own network; most: bytes of the body. Raises SourceError.
    """
    seconds = max(0.1, seconds)
    sock, cut = connected(url, own, seconds), threading.Event()
    try:
        with _clock(sock, seconds, cut):
            reply = _exchange(url, sock, headers, most)
        if cut.is_set():  # the end of a head that was cut looks like its end
            raise TimeoutError
        return reply
    except BROKEN as error:
        if cut.is_set() or isinstance(error, TimeoutError):
            raise SourceError(
                "{url} gave no whole answer within {n} s", url=url, n=f"{seconds:.3g}"
            ) from None
        raise SourceError(
            "the answer of {url} is broken: {problem}", url=url, problem=_told(error)
        ) from None
    finally:
        sock.close()


def connected(url: str, own: Collection[str], seconds: float) -> socket.socket:
    """A connection to a checked address of the host; TLS, for the host's own name, where the scheme
    ends with s. Raises SourceError."""
    parts, host = urlsplit(url), host_name(url)
    port = parts.port or PORTS[parts.scheme]
    problem: OSError = OSError()
    for address in checked_addresses(host, port, own)[:MOST_TRIED]:
        try:
            plain = socket.create_connection((address, port), min(seconds, CONNECT_SECONDS))
            plain.settimeout(seconds)
            return _secured(plain, host, seconds) if parts.scheme.endswith("s") else plain
        except OSError as error:  # the next address may answer
            problem = error
    raise SourceError(
        "no connection to {host}: {problem}. It is tried again", host=host, problem=_told(problem)
    )


def _exchange(url: str, sock: socket.socket, headers: dict[str, str], most: int) -> Reply:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(host_name(url))
    connection.sock = sock
    target = quote(parts.path or "/", safe="%/:=&~+!$,;'@()*[]")
    target += f"?{quote(parts.query, safe='%/:=&?~+!$,;@()*[]')}" if parts.query else ""
    usual = {"Host": _host_header(url), "Accept": "*/*", "Accept-Encoding": "gzip"}
    connection.request("GET", target, headers=usual | {"Connection": "close"} | headers)
    with connection.getresponse() as response:
        body = _body(response, most, url) if response.status in (200, 203) else b""
        return Reply(response.status, response.headers, body)


def host_name(url: str) -> str:
    """The host in ASCII and lower case, "" for none. Raises ValueError."""
    return ascii_host((urlsplit(url).hostname or "").rstrip("."))


def ascii_host(host: str) -> str:
    """A host's name in ASCII and lower case. Raises ValueError."""
    return host.lower() if host.isascii() else host.encode("idna").decode("ascii")


def _host_header(url: str) -> str:
    host, port = host_name(url), urlsplit(url).port
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{port}" if port else shown


@contextmanager
def _clock(
    sock: socket.socket, seconds: float, cut: threading.Event | None = None
) -> Iterator[None]:
    """End the connection when the seconds are over, whatever trickles in."""

    def end() -> None:
        if cut is not None:
            cut.set()
        with contextlib.suppress(OSError):  # under the feet of whoever waits for it
            socket.socket.shutdown(sock, socket.SHUT_RDWR)

    clock = threading.Timer(seconds, end)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _secured(plain: socket.socket, host: str, seconds: float) -> socket.socket:
    """TLS with the host's certificate checked; the whole handshake within the seconds."""
    context = ssl.create_default_context()
    try:
        secured = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
    except BaseException:
        plain.close()
        raise
    try:
        with _clock(secured, seconds):
            secured.do_handshake()
    except BaseException:
        secured.close()
        raise
    return secured


def _body(response: http.client.HTTPResponse, most: int, url: str) -> bytes:
    """The bytes, unpacked. Raises SourceError past the limit, and for what is cut or not known."""
    packing = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise SourceError(
            "{url} is packed by {packing}, which is not read", url=url, packing=packing[:40]
        )
    unpacker = zlib.decompressobj(31) if packing != "identity" else None
    found, size = [], 0
    while chunk := response.read(65_536):
        piece = unpacker.decompress(chunk, most + 1 - size) if unpacker else chunk
        found.append(piece)
        size += len(piece)
        if size > most:
            raise SourceError(
                "{url} is larger than {n} MB", url=url, n=f"{most / 1e6:g}", lasting=True
            )
    if response.length or (unpacker and not unpacker.eof):
        raise http.client.IncompleteRead(b"", response.length or 0)
    return b"".join(found)


def _told(error: Exception) -> str:
    text = " ".join((str(error) or type(error).__name__).split())
    return text if len(text) < 120 else text[:119] + "…"
