"""What every answer of the server tells the browser, and who is not answered.

The policy lets a page load from its own server alone. Its looser words are those without which the
browser tests fail (docs/reliability.md lists each with its reason).
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from events import settings
from pages.shell.preload import Preload
from pages.shell.streamlit_files import FromMemory

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self' data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {told}" for name, told in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
REFUSED = (
    "This is no name of this server: give it to FRISE_SERVING_HOSTS, or to serving.hosts in"
    " frise.toml."
)
UNREAD = (
    "The settings cannot be read, so this server does not know the names that they give it: open it"
    " by its address, where every page says what to mend."
)
CLOSED = "/_stcore/metrics"  # Streamlit's counters: nobody here reads them


def is_ours(host: str) -> bool:
    """Whether a request names this machine: by an address, "localhost", its own name, or one of the
    setting `serving.hosts`.

    A page of another site may have its own name lead here (DNS rebinding); the browser would take
    the dashboard for a part of that site and let it read everything.
    """
    name = _name(host)
    own = {"localhost", socket.gethostname().lower(), *_NAMES.told()}
    return bool(name) and (name in own or _is_address(name))


def _name(host: str) -> str:
    """The name of a host and port, "" where it is none."""
    with contextlib.suppress(ValueError):
        parts = urlsplit(f"//{host}")
        if parts.port != 0:
            return (parts.hostname or "").rstrip(".")
    return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class _Names:
    """The names of `serving.hosts`: those of the environment, whatever the file is like, else those
    of the file as it could be read last. `are_known`: whether it can be read now."""

    def __init__(self) -> None:
        self._last: tuple[str, ...] = ()
        self.are_known = True

    def told(self) -> tuple[str, ...]:
        """The names, as a browser tells them."""
        try:
            names = str(settings.value("serving.hosts")).split(", ")
            self._last = tuple(name.encode("idna").decode("ascii") for name in names)
            self.are_known = True
        except settings.SettingsError:  # said on every page
            self.are_known = False
        return self._last


_NAMES = _Names()


class Guard:
    """The headers on every answer; closed addresses are not found; a request that names another
    machine is refused."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with the headers where it is one of HTTP."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        ours = is_ours(Headers(scope=scope).get("host", ""))
        if scope["type"] == "websocket":
            await (self.app if ours else WebSocketClose())(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self.app
        if not ours:
            answer = PlainTextResponse(REFUSED if _NAMES.are_known else UNREAD, 421)
        elif scope["path"].rstrip("/").endswith(CLOSED):
            answer = PlainTextResponse("not found", 404)
        await answer(scope, receive, guarded)


def guard() -> list[Middleware]:
    """The middleware of the app; the names that the settings give now are noted."""
    _NAMES.told()
    return [Middleware(Guard), Middleware(Preload), Middleware(FromMemory)]
