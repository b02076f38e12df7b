"""What every answer of the server tells the browser, and which addresses answer nobody.

The policy lets a page load from its own server alone. Its looser words are those without which the
browser tests fail (docs/reliability.md lists each with its reason).
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
CLOSED = "/_stcore/metrics"  # Streamlit's counters: nobody here reads them


class Guard:
    """The headers on every answer; closed addresses are not found."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with the headers where it is one of HTTP."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        closed = scope["path"].rstrip("/").endswith(CLOSED)
        answer = PlainTextResponse("not found", 404) if closed else self.app
        await answer(scope, receive, guarded)


def guard() -> list[Middleware]:
    """The middleware of the app."""
    return [Middleware(Guard)]
