"""Streamlit's files from memory are those on the disk, and nothing else is answered."""

from __future__ import annotations

import gzip

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shell.streamlit_files import FOREVER, STATIC, FromMemory

FILES = [
    next(path for path in sorted((STATIC / "static").rglob(f"*.{ending}")))
    for ending in ("js", "css", "woff2")
]


async def _other(request: Request) -> PlainTextResponse:
    return PlainTextResponse("other")


def client(address: str = "127.0.0.1") -> TestClient:
    app = FromMemory(Starlette(routes=[Route("/{path:path}", _other, methods=["GET", "POST"])]))
    return TestClient(app, client=(address, 50_000))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.suffix)
def test_a_file_is_told_as_it_is_and_kept_for_ever(path: object) -> None:
    name = str(path).removeprefix(str(STATIC))
    for asking in (client(), client("192.0.2.7")):
        first, again = asking.get(name), asking.get(name)
        assert first.content == again.content == (STATIC / name[1:]).read_bytes()
        assert first.headers["cache-control"] == FOREVER


def test_code_is_packed_for_other_machines_alone() -> None:
    name = f"/static/js/{FILES[0].name}"
    assert "content-encoding" not in client().get(name).headers
    far = client("192.0.2.7")
    assert far.get(name).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in far.get(name, headers={"accept-encoding": "br"}).headers
    with far.stream("GET", name) as raw:
        assert gzip.decompress(b"".join(raw.iter_raw())) == FILES[0].read_bytes()
    font = f"/static/{FILES[2].parent.name}/{FILES[2].name}"
    assert "content-encoding" not in far.get(font).headers


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/timeline", "/static/js/none.js", "/static/js/", "/static/index.html"),
        *("/app/static/js/index.js", "/static/js/%2e%2e/%2e%2e/index.html", "/static/js/..%2f.js"),
    ],
)
def test_all_else_goes_on(path: str) -> None:
    assert client().get(path).text == "other"


def test_only_reading_is_answered() -> None:
    assert client().post(f"/static/js/{FILES[0].name}").text == "other"


@pytest.mark.parametrize("name", [f"{'a' * 300}.js", "none.js", "con.js"])
def test_a_name_that_is_none_goes_on_unlooked(name: str) -> None:
    """A name too long for the disk ended in an error without the headers of every answer."""
    assert client().get(f"/static/js/{name}").text == "other"


def test_who_refuses_packed_answers_gets_none() -> None:
    name = f"/static/js/{FILES[0].name}"
    asked = client("192.0.2.7").get(name, headers={"accept-encoding": "gzip;q=0"})
    assert "content-encoding" not in asked.headers
