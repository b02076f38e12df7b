"""Requests that name another machine are refused, whatever they ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from pages.shell.headers import HEADERS, REFUSED, UNREAD, Guard, is_ours

OURS = ["localhost", "localhost:8501", "LOCALHOST", "127.0.0.1:8501", "[::1]:8501", "192.168.1.5"]
OTHERS = [
    *("evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.evil.example", ""),
    *("localhost@evil.example", "[::1", "localhost:8501:evil", "127.0.0.1\x00.a", "xn--localhost"),
]


async def _page(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("page")


async def _stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("data")
    await socket.close()


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setenv("FRISE_SETTINGS", str(tmp_path / "frise.toml"))
    app = Starlette(routes=[Route("/", _page), WebSocketRoute("/stream", _stream)])
    return TestClient(Guard(app))


@pytest.mark.parametrize("host", OURS)
def test_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert (answer.status_code, answer.text) == (200, "page")
    with client.websocket_connect("/stream", headers={"host": host}) as socket:
        assert socket.receive_text() == "data"


@pytest.mark.parametrize("host", OTHERS)
def test_other_names_are_refused_with_the_headers(client: TestClient, host: str) -> None:
    assert not is_ours(host)
    answer = client.get("/", headers={"host": host.replace("\x00", "")})
    assert answer.status_code == 421
    assert "page" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/stream", headers={"host": host.replace("\x00", "")}),
    ):
        pass


def test_a_name_of_the_settings_is_answered(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRISE_SERVING_HOSTS", "https://frise.agency.example, desk:8501, été")
    for host in ("frise.agency.example", "FRISE.agency.example:443", "desk.", "xn--t-9fab"):
        assert client.get("/", headers={"host": host}).status_code == 200
    assert client.get("/", headers={"host": "agency.example"}).status_code == 421


def test_settings_that_cannot_be_read_open_nothing(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "frise.toml").write_text("[serving\nhosts = 'evil.example'")
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost"}).status_code == 200


WRONG = "[loading]\nwrokers = 2\n"


def test_a_wrong_line_locks_out_nobody_whom_the_environment_names(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "frise.toml").write_text(WRONG)
    monkeypatch.setenv("FRISE_SERVING_HOSTS", "desk.example")
    assert client.get("/", headers={"host": "desk.example"}).status_code == 200
    assert client.get("/", headers={"host": "evil.example"}).text == REFUSED


def test_a_wrong_line_leaves_the_names_that_the_file_gave(
    client: TestClient, tmp_path: Path
) -> None:
    file = tmp_path / "frise.toml"
    file.write_text("[serving]\nhosts = 'desk.example'\n")
    assert client.get("/", headers={"host": "desk.example"}).status_code == 200
    file.write_text(f"{WRONG}[serving]\nhosts = 'desk.example, evil.example'\n")
    assert client.get("/", headers={"host": "desk.example"}).status_code == 200
    answer = client.get("/", headers={"host": "evil.example"})
    assert (answer.status_code, answer.text) == (421, UNREAD)
    file.write_text("[serving]\nhosts = ''\n")
    assert client.get("/", headers={"host": "desk.example"}).text == REFUSED
