"""What the index names for the browser to read before the server asks for it."""

from __future__ import annotations

import json
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shell.preload import CHARTS, FIELDS, Preload, code_of
from pages.shell.streamlit_files import STATIC

CODE = STATIC / "static" / "js"
PAGE = "<html><head><title>é</title></head><body></head></body></html>"
LINK = re.compile(r'<link rel="modulepreload" crossorigin href="\./static/js/([\w.-]+)">')


async def _index(_request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE, headers={"etag": "x", "last-modified": "y"})


async def _data(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("<head></head>")


async def _pieces(_request: Request) -> StreamingResponse:
    return StreamingResponse(iter([PAGE[:20], PAGE[20:]]), media_type="text/html")


async def _missing(_request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE, 404)


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/data", _data), Route("/pieces", _pieces), Route("/missing", _missing)]
    app = Starlette(routes=[*routes, Route("/{page:path}", _index)])
    return TestClient(Preload(GZipMiddleware(app, minimum_size=1)))


def added(client: TestClient, path: str) -> tuple[list[str], list[str]]:
    """The files that the answer names: at once, and when the page is connected."""
    answer = client.get(path)
    text = answer.text
    assert answer.headers["content-length"] == str(len(answer.content))
    assert not {"etag", "last-modified", "content-encoding"} & {*answer.headers}
    small = re.search(r"for \(const href of (\[.*?\])\)", text)
    assert small is not None
    assert text.count("<script") == 1
    assert text.index("<script") < text.index("</head>")
    assert re.sub(r"<link .*?>\n|<script.*</script>\n", "", text, flags=re.DOTALL) == PAGE
    named = [address.removeprefix("./static/js/") for address in json.loads(small[1])]
    return LINK.findall(text), named


COMPONENTS = sorted({*FIELDS, *(name for names in CHARTS.values() for name in names)})


@pytest.mark.parametrize("component", COMPONENTS)
def test_streamlit_has_the_code_of_each_component(component: str) -> None:
    assert len(list(CODE.glob(f"{component}.*.js"))) == 1


def test_a_page_names_what_it_is_drawn_with(client: TestClient) -> None:
    paths = ("/", "/timeline", "/map/", "/help")
    named = {path: {file.split(".")[0] for file in added(client, path)[0]} for path in paths}
    charts = {path: names.intersection(COMPONENTS) for path, names in named.items()}
    plotly, deck = "PlotlyChart", "DeckGlJsonChart"
    assert charts == {"/": {plotly, deck}, "/timeline": {plotly}, "/map/": {deck}, "/help": set()}


@pytest.mark.parametrize("path", ["/", "/timeline", "/help", "/pieces", "/a/b?c=d"])
def test_each_file_is_there_and_named_once(client: TestClient, path: str) -> None:
    large, small = added(client, path)
    index = (STATIC / "index.html").read_text("utf-8")
    files = [*large, *small]
    assert small
    assert len({*files}) == len(files)
    assert all((CODE / file).is_file() and file not in index for file in files)


def test_what_a_component_imports_is_named_too() -> None:
    files = code_of(["PlotlyChart"])
    plotly = next(file for file in files if file.startswith("PlotlyChart."))
    imported = re.findall(r'from"\./([\w.-]+\.js)"', (CODE / plotly).read_text("utf-8")[:20_000])
    index = (STATIC / "index.html").read_text("utf-8")
    assert {file for file in imported if file not in index} <= {*files}
    assert len(imported) > 5


@pytest.mark.parametrize(("path", "text"), [("/data", "<head></head>"), ("/missing", PAGE)])
def test_other_answers_stay_as_they_are(client: TestClient, path: str, text: str) -> None:
    answer = client.get(path)
    assert answer.text == text
    assert answer.headers["content-encoding"] == "gzip"


def test_an_answer_without_a_page_stays_as_it_is(client: TestClient) -> None:
    answer = client.head("/timeline", headers={"accept-encoding": "identity"})
    assert answer.headers["content-length"] == str(len(PAGE.encode()))


@pytest.mark.parametrize(
    "path", ["/media/abc.html", "/component/x/index.html", "/app/static/a.html"]
)
def test_a_file_that_is_html_stays_as_it_is(client: TestClient, path: str) -> None:
    assert client.get(path).text == PAGE
