"""Fetching over http(s), within limits: one address, from a source's own hosts, as robots.txt lets.

The address of the machine is checked before (`addresses.py`) and the connection goes to it, after
every redirect again. Proxies of the environment are not used: they would resolve the names.
"""

from __future__ import annotations

import email.utils
import http.client
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from events.error_words import Words
from loaders.sources import robots
from loaders.sources.errors import SourceError
from loaders.sources.request import Reply, ascii_host, ask, host_name

AGENT = "frise"  # as robots.txt names us
REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (429, 503)
PASSING = (408, 425, *BUSY)  # a refusal that may be another one soon, as those from 500 on
MOST_WAIT = 86_400.0  # seconds that a server may ask to wait
ROBOTS_BYTES, ROBOTS_KEPT, ROBOTS_RETRY = 500_000, 86_400.0, 600.0


@dataclass(frozen=True)
class Limits:
    """Bounds of one fetch: bytes (unpacked), seconds of asking, redirects."""

    bytes: int = 10_000_000
    seconds: float = 20.0
    redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """What a server gave. `url` is where the redirects led; `unchanged`: it is as it was when
    `etag` and `modified` were told."""

    url: str
    body: bytes = b""
    kind: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


@dataclass
class Host:
    """What is known of one host: when it may be asked next, and its robots.txt."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0  # monotonic
    paused_until: float = 0.0
    robots: robots.Robots | None = None
    robots_until: float = 0.0


class Web:
    """The web as sources see it: shared by all, so that a host's pause holds for every source."""

    def __init__(
        self,
        contact: str = "",
        own: Collection[str] = (),
        pause_seconds: float = 1.0,
        limits: Limits | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self.contact, self.own, self.pause_seconds = contact, own, pause_seconds
        self.limits, self.stop = limits or Limits(), stop or threading.Event()
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()

    @property
    def agent(self) -> str:
        """The User-Agent: what reads, and who runs it."""
        who = self.contact.encode("ascii", "ignore").decode() or "no contact given"
        return f"Frise/1.0 (event timeline of news; {who})"

    def fetch(self, url: str, hosts: Collection[str], etag: str = "", modified: str = "") -> Answer:
        """The answer to one address. Raises SourceError for all that is none.

        hosts: the only ones that are asked, redirects and robots.txt included.
        """
        marks = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._follow(url, frozenset(map(ascii_host, hosts)), marks)

    def _follow(
        self, url: str, hosts: frozenset[str], marks: dict[str, str], obey: bool = True
    ) -> Answer:
        left = self.limits.seconds
        for _ in range(self.limits.redirects + 1):
            _check(url, hosts)
            host = self._host(url)
            if obey and not self._robots(url, hosts).allow(url):
                raise SourceError(
                    "robots.txt of {host} asks not to read {url}", host=host_name(url), url=url,
                    lasting=True,
                )  # fmt: skip
            self._wait(host, url)
            began = time.monotonic()
            found = self._answer(
                url, ask(url, self._headers(marks), self.own, left, self.limits.bytes)
            )
            left -= time.monotonic() - began
            if isinstance(found, Answer):
                return found
            if urlsplit(url).scheme == "https" and urlsplit(found).scheme == "http":
                raise SourceError("{url} leads from https to http, which is not followed", url=url)
            url = found
        raise SourceError(
            "{url} is redirected more than {n} times", url=url, n=self.limits.redirects
        )

    def _host(self, url: str) -> Host:
        parts = urlsplit(url)
        with self._lock:
            return self._hosts.setdefault(f"{parts.scheme}://{parts.netloc.lower()}", Host())

    def _wait(self, host: Host, url: str) -> None:
        """Wait for the host's turn. Raises SourceError where the host asked to be left alone."""
        with host.lock:
            now = time.monotonic()
            if host.paused_until > now:
                left = host.paused_until - now
                raise SourceError(
                    "{host} asked to be left alone for another {n} s", host=host_name(url),
                    n=f"{left:.0f}", retry_after=left,
                )  # fmt: skip
            at = max(now, host.free_at)
            delay = host.robots.delay if host.robots else 0.0
            host.free_at = at + max(self.pause_seconds, delay)
        if self.stop.wait(max(0.0, at - now)):
            raise SourceError("stopped before {url} was read", url=url)

    def _robots(self, url: str, hosts: frozenset[str]) -> robots.Robots:
        """The host's rules, read once a day."""
        host = self._host(url)
        if host.robots is None or time.monotonic() > host.robots_until:
            host.robots = self._read_robots(url, host, hosts)
            host.robots_until = time.monotonic() + ROBOTS_KEPT
        return host.robots

    def _read_robots(self, url: str, host: Host, hosts: frozenset[str]) -> robots.Robots:
        """RFC 9309: where there is no such file all may be read, on a broken server nothing."""
        try:
            text = self._follow(urljoin(url, "/robots.txt"), hosts, {}, obey=False).body
        except _Refused as error:
            if error.status < 500 and error.status not in BUSY:
                return robots.ALL
            host.paused_until = max(host.paused_until, time.monotonic() + ROBOTS_RETRY)
            raise SourceError(
                "robots.txt of {host} cannot be read ({status}): nothing is read there for now",
                host=host_name(url), status=error.status, retry_after=ROBOTS_RETRY,
            ) from None  # fmt: skip
        return robots.parse(text[:ROBOTS_BYTES].decode("utf-8", "replace"), AGENT)

    def _headers(self, marks: dict[str, str]) -> dict[str, str]:
        return {"User-Agent": self.agent} | {name: told for name, told in marks.items() if told}

    def _answer(self, url: str, reply: Reply) -> Answer | str:
        """An answer, or the address that it leads to."""
        status, header = reply.status, reply.headers
        if status in REDIRECTS:
            return _joined(url, header.get("Location", ""))
        if status == 304:
            return Answer(url, unchanged=True)
        if status not in (200, 203):
            raise self._refused(url, status, header.get("Retry-After", ""))
        return Answer(
            url,
            reply.body,
            header.get_content_type(),
            header.get_content_charset("") or "",
            header.get("ETag", "")[:500],
            header.get("Last-Modified", "")[:100],
        )

    def _refused(self, url: str, status: int, told: str) -> SourceError:
        """The error for a status; a host that is busy is left alone as long as it asks."""
        wait = _seconds(told) if status in BUSY else 0.0
        if status in BUSY:
            host = self._host(url)
            host.paused_until = time.monotonic() + (wait or 60.0)
        return _Refused(url, status, wait)


class _Refused(SourceError):
    """A server's answer that is no page."""

    def __init__(self, url: str, status: int, wait: float) -> None:
        reason = http.client.responses.get(status, "")
        words = Words("{url} answers {status} {reason}", url=url, status=status, reason=reason)
        super().__init__(
            words, retry_after=wait, lasting=400 <= status < 500 and status not in PASSING
        )
        self.status = status


def hosts_of(url: str) -> set[str]:
    """The host of an address, with and without "www."."""
    host = host_name(url)
    return {host, host.removeprefix("www."), f"www.{host}"}


def _joined(url: str, place: str) -> str:
    """Where a redirect leads. Raises SourceError for what is no address."""
    try:
        return urljoin(url, place).partition("#")[0]
    except ValueError:
        raise SourceError(
            "{url} leads to {place}, which is no address", url=url, place=place[:200]
        ) from None


def _check(url: str, hosts: frozenset[str]) -> None:
    """Raises SourceError for an address that is none of the web, or of another host."""
    try:
        parts = urlsplit(url)
        host, _port = host_name(url), parts.port
    except ValueError:
        raise SourceError("{url} is no address", url=url[:200], lasting=True) from None
    if parts.scheme not in ("http", "https") or not host:
        raise SourceError(
            "{url} is no address of the web (http or https)", url=url[:200], lasting=True
        )
    if "@" in parts.netloc:
        raise SourceError(
            "the address on {host} holds a name or password, which is never sent", host=host,
            lasting=True,
        )  # fmt: skip
    if host not in hosts:
        raise SourceError(
            "{url} is on another host than the source: name {host} in its hosts to read there",
            url=url[:200], host=host, lasting=True,
        )  # fmt: skip


def _seconds(told: str) -> float:
    """A Retry-After in seconds: a number, or a date. 0 for none."""
    if told.strip().isdigit():
        return min(MOST_WAIT, float(told.strip()[:9]))
    try:
        return min(
            MOST_WAIT, max(0.0, email.utils.parsedate_to_datetime(told).timestamp() - time.time())
        )
    except (ValueError, TypeError, OverflowError):
        return 0.0
