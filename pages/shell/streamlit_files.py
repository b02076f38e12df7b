"""Streamlit's own files for the browser, answered from memory.

A page is made of some hundred of them, and Streamlit looks each up on the disk in another thread:
that took most of a second of a first page. Their names hold what is in them, so they never change.
Who asks from another machine gets them packed.
"""

from __future__ import annotations

import gzip
import mimetypes
import re
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

STATIC = Path(file_util.get_static_dir())
FOREVER = "public, immutable, max-age=31536000"
HERE = ("127.0.0.1", "::1", "::ffff:127.0.0.1")
_PATH = re.compile(r"/static/((?:js|css|media)/[\w-][\w.-]*\.\w+)")
_FOLDERS = ("js", "css", "media")
_PACKED = (".js", ".css", ".svg")


class FromMemory:
    """Answers for the files of Streamlit; all other requests go on. A file is read when it is first
    asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        files = (path for name in _FOLDERS for path in (STATIC / "static" / name).glob("*.*"))
        self._names = frozenset(f"{path.parent.name}/{path.name}" for path in files)
        self._plain: dict[str, bytes] = {}
        self._packed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a file that is there."""
        answer: ASGIApp = self.app
        if scope["type"] == "http" and scope["method"] == "GET":
            answer = self._answer(scope) or self.app
        await answer(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        base = str(st.get_option("server.baseUrlPath") or "").strip("/")
        path = str(scope["path"]).removeprefix(f"/{base}" if base else "")
        found = _PATH.fullmatch(path)
        content = self._content(found[1]) if found else None
        if found is None or content is None:
            return None
        headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        if found[1].endswith(_PACKED) and _wants_packed(scope):
            content, headers["Content-Encoding"] = self._as_packed(found[1], content), "gzip"
        kind = mimetypes.guess_type(found[1])[0] or "application/octet-stream"
        return Response(content, headers=headers, media_type=kind)

    def _content(self, name: str) -> bytes | None:
        """Only what was there at the start: a name that is none is never looked for."""
        if name not in self._names:
            return None
        if name not in self._plain:
            self._plain[name] = (STATIC / "static" / name).read_bytes()
        return self._plain[name]

    def _as_packed(self, name: str, content: bytes) -> bytes:
        if name not in self._packed:
            self._packed[name] = gzip.compress(content, compresslevel=6)
        return self._packed[name]


def _wants_packed(scope: Scope) -> bool:
    """Whether the browser is on another machine: on this one, packing costs more than it saves."""
    accepted = re.sub(r"\s", "", Headers(scope=scope).get("accept-encoding", "")).split(",")
    return (scope.get("client") or HERE)[0] not in HERE and "gzip" in accepted
