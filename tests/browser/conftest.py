"""A dashboard on a free port of localhost with a small store, and a browser that stays at home."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import TimeoutError, sync_playwright

from tests.hand_made import make_store
from tests.skips import skip

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
CHROMIUM = os.environ.get("FRISE_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
# no script runs, no element waits for its code, and for half a second nothing came or went
AT_REST = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const main = document.querySelector('[data-testid="stMainBlockContainer"]');
  const busy = !app || !main || app.dataset.testScriptState !== 'notRunning'
    || main.querySelector('[data-testid="stSkeleton"]');
  const seen = busy ? null : main.innerText.length + '/' + main.querySelectorAll('*').length;
  if (seen === null || seen !== window.friseSeen) {
    window.friseSeen = seen;
    window.friseSince = performance.now();
    return false;
  }
  return performance.now() - window.friseSince >= 500;
}"""

# whether the script began to run, or drew something, since it was asked
WATCHED = """() => {
  window.friseBegan = false;
  const drawn = change => change.addedNodes.length
    && change.target.closest('[data-testid="stMainBlockContainer"]');
  new MutationObserver((changes, watching) => {
    const state = document.querySelector('[data-testid="stApp"]').dataset.testScriptState;
    if (state === 'notRunning' && !changes.some(drawn)) return;
    window.friseBegan = true;
    watching.disconnect();
  }).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['data-test-script-state'],
  });
}"""
# what the browser does where Back or Forward lead to an address of the same document
TURN = """path => {
  history.pushState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate', {state: {}}));
  document.querySelector('[data-testid="stMain"]').scrollTop = 0;
}"""


@dataclass
class Visit:
    """A page of a browser and what went wrong in it."""

    page: Any
    address: str
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> None:
        """Open an address of the dashboard and wait until it is drawn."""
        self.page.goto(self.address + path)
        self.settle()

    def turn(self, path: str) -> None:
        """Go to an address of the dashboard in the same session, as Back and Forward do.

        Nothing is loaded again: a third of the work of `open`.
        """
        with self.run():
            self.page.evaluate(TURN, path)

    @contextmanager
    def run(self) -> Iterator[None]:
        """Around what makes the script run: wait until it began, and until its page is drawn."""
        self.page.evaluate(WATCHED)
        yield
        # a short run that draws nothing new may be over before the browser shows that it began
        with suppress(TimeoutError):
            self.page.wait_for_function("() => window.friseBegan", timeout=5_000, polling=100)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and its elements are drawn."""
        self.page.wait_for_selector('[data-testid="stMainBlockContainer"]', timeout=60_000)
        self.page.evaluate("window.friseSeen = null")
        self.page.wait_for_function(AT_REST, timeout=60_000, polling=100)

    def tells(self, words: str) -> None:
        """Wait until the page has these words: a text is drawn later than its frame."""
        self.page.wait_for_function(
            "words => document.querySelector('[data-testid=stMainBlockContainer]')"
            ".innerText.includes(words)",
            arg=words,
        )

    def params(self) -> dict[str, list[str]]:
        """The parameters of the page's address."""
        return parse_qs(urlsplit(self.page.evaluate("location.href")).query)

    def check(self) -> None:
        """Nothing may have left localhost or failed in the page so far."""
        outside, errors = self.outside[:5], self.errors[:3]
        self.outside.clear()
        self.errors.clear()
        assert not outside, f"requests left localhost: {outside}"
        assert not errors, errors

    def text(self) -> str:
        """All words of the page."""
        return str(self.page.inner_text('[data-testid="stMainBlockContainer"]'))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running dashboard over the hand-made store."""
    store = tmp_path_factory.mktemp("browser") / "store"
    make_store(store)
    with serve(store, tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address


@contextmanager
def serve(store: Path, log: Path) -> Iterator[str]:
    """The address of a dashboard over a store, which runs until the block ends."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", f"--server.port={port}"]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "FRISE_STORE": str(store)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(f"http://localhost:{port}", process, log)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the dashboard did not start: {log.read_text()[-800:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium; the test is skipped where there is none."""
    if not Path(CHROMIUM).exists():
        skip("chromium")
    with sync_playwright() as driver:
        # root in a container has no sandbox
        arguments = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(request: pytest.FixtureRequest, chromium: Any, server: str) -> Iterator[Visit]:
    """A fresh visitor, French where the test names no locale; no request may leave localhost."""
    locale = getattr(request, "param", "fr-FR")
    context = chromium.new_context(
        locale=locale, viewport={"width": 1280, "height": 720}, accept_downloads=True
    )
    with watched(context, server) as found:
        yield found


@pytest.fixture(scope="session")
def english(chromium: Any, server: str) -> Iterator[Visit]:
    """One English visitor for many tests."""
    context = chromium.new_context(
        locale="en-GB", viewport={"width": 1280, "height": 720}, accept_downloads=True
    )
    with watched(context, server) as found:
        found.open("/help")
        yield found


@pytest.fixture
def tab(english: Visit) -> Iterator[Visit]:
    """A tab that stays open: for tests that `turn` to an address which says all that they need.

    A visitor who comes anew costs 4 seconds of processor time, a turn less than one.
    """
    yield english
    english.turn("/help")  # nothing that stands open on a page goes on into the next test
    english.check()


@contextmanager
def watched(context: Any, address: str) -> Iterator[Visit]:
    """A page of a context, closed at the end; nothing may have left localhost or failed in it."""
    page = context.new_page()
    found = Visit(page, address)
    page.on("request", lambda asked: _note(found, asked.url))
    page.on("websocket", lambda socket: _note(found, socket.url))
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.set_default_timeout(30_000)
    yield found
    context.close()
    found.check()


def _note(visit: Visit, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "localhost":
        visit.outside.append(url)
