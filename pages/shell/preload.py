"""What a page is drawn with, named in the index that Streamlit answers to its first request.

The index names the code that every page needs. That of charts, tables and fields is asked for only
when the server sends the first of them, after the socket is open and the script has run. Here that
of charts, which is large, is read from the beginning; that of fields, many small files, when the
page is connected, so that it delays nothing.
"""

from __future__ import annotations

import functools
import gzip
import json
import re
from collections.abc import Iterable, Iterator

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shell.navigation import FIRST
from pages.shell.streamlit_files import STATIC

# components of Streamlit that all pages are drawn with, beside those of a page
FIELDS = (
    *("BidiComponent", "Button", "ButtonGroup", "Checkbox", "DateInput", "DownloadButton", "Html"),
    *("MenuButton", "Multiselect", "PageLink", "Pagination", "Selectbox", "TextInput"),
)
PLOTLY, MAP = "PlotlyChart", "DeckGlJsonChart"
CHARTS = {FIRST: (PLOTLY, MAP), "timeline": (PLOTLY,), "map": (MAP,), "actors": (PLOTLY,)}
FILES = ("/media/", "/component/", "/app/static/")  # what lies there is no page
_CODE = STATIC / "static" / "js"
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["'`]\./([\w.-]+\.js)["'`]""")
_NAMED = re.compile(r'(?:href|src)="\./static/js/([^"]+)"')
_DROPPED = ("content-encoding", "content-length", "etag", "last-modified")
_FETCH = """<script type="module">
const connected = '[data-test-connection-state="CONNECTED"]';
new MutationObserver((_, watch) => {
  if (!document.querySelector(connected)) return;
  watch.disconnect();
  for (const href of %s) {
    const link = Object.assign(document.createElement("link"), {rel: "modulepreload", href});
    link.crossOrigin = "";
    document.head.append(link);
  }
}).observe(document, {
  subtree: true, childList: true, attributeFilter: ["data-test-connection-state"],
});
</script>"""


class Preload:
    """Middleware: the index names what the page that is asked for is drawn with."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer that is a page of HTML is added to."""
        held: list[Message] = []

        async def added(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
            elif held and message["type"] == "http.response.body":
                await _send_whole(held, message, str(scope["path"]), send)
            else:
                await send(message)

        is_read = scope["type"] == "http" and scope["method"] == "GET"
        is_read = is_read and not any(part in scope["path"] for part in FILES)
        await self.app(scope, receive, added if is_read else send)


async def _send_whole(held: list[Message], message: Message, path: str, send: Send) -> None:
    """Hold the pieces of a page; send it, with what is added, after the last one."""
    held.append(message)
    if message.get("more_body"):
        return
    start, body = held[0], b"".join(each.get("body", b"") for each in held[1:])
    headers = MutableHeaders(scope=start)
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    body = body.replace(b"</head>", f"{head_of(path)}</head>".encode(), 1)
    for name in _DROPPED:  # a copy that the browser keeps may be of another version of this
        del headers[name]
    headers["content-length"] = str(len(body))
    held.clear()
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _is_page(message: Message) -> bool:
    """Whether an answer is the index: a file that is HTML stays as it is."""
    headers = MutableHeaders(scope=message)
    is_html = headers.get("content-type", "").startswith("text/html")
    return message["status"] == 200 and is_html and "content-disposition" not in headers


def head_of(path: str) -> str:
    """What is added to the head of the index for a page by its path."""
    page = path.rstrip("/").rpartition("/")[2] or FIRST
    return _head_of(CHARTS.get(page, ()))


@functools.cache
def _head_of(charts: tuple[str, ...]) -> str:
    large = code_of(charts)
    links = (f'<link rel="modulepreload" crossorigin href="{_address(file)}">' for file in large)
    small = [_address(file) for file in code_of((*charts, *FIELDS)) if file not in large]
    return "\n".join([*links, _FETCH % json.dumps(small), ""])


def _address(file: str) -> str:
    return f"./static/js/{file}"


def code_of(components: Iterable[str]) -> list[str]:
    """The files of components and all that they import, but for what the index names itself."""
    known = set(_NAMED.findall((STATIC / "index.html").read_text("utf-8")))
    named = (file for component in components for file in _files_of(component))
    return [file for name in named for file in _with_imports(name, known)]


def _files_of(component: str) -> list[str]:
    return sorted(path.name for path in _CODE.glob(f"{component}.*.js"))


def _with_imports(name: str, known: set[str]) -> Iterator[str]:
    """A file and those that it imports, and so on; what is `known` is passed over and grows."""
    if name in known or not (_CODE / name).is_file():
        return
    known.add(name)
    yield name
    for other in _IMPORTED.findall((_CODE / name).read_text("utf-8")):
        yield from _with_imports(other, known)
