"""A reader in a headless Chromium whose steps are measured: time until stable, and bytes.

A step ends with the last change of the document, once the script is idle and nothing has
changed for QUIET seconds; the quiet time itself does not count.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

QUIET = 0.4
LONGEST = 90.0
SIZE: Any = {"width": 1280, "height": 720}
# no background work of the browser itself on network or CPU while measuring
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
# records the time of the document's last change, by the clock of the page
_WATCH = """() => {
  if (window.friseWatch) return;
  window.friseWatch = {changed: performance.now()};
  new MutationObserver(() => { window.friseWatch.changed = performance.now(); })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
}"""
_AT_REST = """quiet => {
  const app = document.querySelector('[data-testid="stApp"]');
  const page = document.querySelector('[data-testid="stMainBlockContainer"]');
  const rest = app && page && page.innerText.length > 60
    && app.getAttribute('data-test-script-state') === 'notRunning'
    && !page.querySelector('[data-testid="stSkeleton"]');
  return rest && performance.now() - window.friseWatch.changed > quiet;
}"""
_FRAMES = """seconds => new Promise(done => {
  const times = []; const end = performance.now() + 1000 * seconds; let last = performance.now();
  const frame = now => {
    times.push((now - last) / 1000); last = now;
    if (now < end) requestAnimationFrame(frame); else done(times.slice(2));
  };
  requestAnimationFrame(frame);
})"""


@dataclass
class Step:
    """Seconds of a step, kB received over the socket and in files."""

    seconds: float
    socket: float
    files: float


@dataclass
class Walk:
    """One reader: a page of a browser, the address of the dashboard, bytes received so far."""

    browser: Any
    address: str
    page: Any = None
    received: dict[str, float] = field(default_factory=lambda: {"socket": 0.0, "files": 0.0})

    def open(self, path: str) -> Step:
        """Open an address; the step begins with the request."""

        def action() -> None:
            self.page.goto(self.address + path, wait_until="commit")

        return self._timed(action, loads=True)

    def fresh(self, path: str) -> Step:
        """A new reader (empty cache, new session) opens an address."""
        if self.page is not None:
            self.page.context.close()
        context = self.browser.new_context(locale="en-GB", viewport=SIZE)
        context.add_init_script(f"({_WATCH})()")
        self.page = context.new_page()
        self.page.set_default_timeout(1000 * LONGEST)
        self._count_bytes()
        return self.open(path)

    def go(self, name: str) -> Step:
        """Change the page by the navigation. `name` is the end of its address."""
        ends = [f"/{name}", f"/{name}?"] if name != "overview" else ["/", "/?"]
        link = self.page.locator(
            f'[data-testid="stTopNavLink"][href$="{ends[0]}"], '
            f'[data-testid="stTopNavLink"][href*="{ends[1]}"]'
        ).first
        return self._timed(link.click)

    def press(self, key: str) -> Step:
        """Press the button of a Streamlit key."""
        return self._timed(self.page.locator(f".st-key-{key} button").first.click)

    def add_actor(self, code: str) -> Step:
        """Add an actor to the filters; timed from Enter on, without the typing."""
        box = self.page.locator(".st-key-add_actors input").first
        box.click()
        box.fill(code)
        self.page.wait_for_timeout(400)
        return self._timed(lambda: self.page.keyboard.press("Enter"))

    def drag_map(self, seconds: float = 3.0) -> list[float]:
        """Seconds of each frame while the map is dragged back and forth; empty without a map."""
        canvas = self.page.locator('[data-testid="stDeckGlJsonChart"] canvas').first
        box = canvas.bounding_box() if canvas.count() else None
        if box is None:
            return []
        self.page.wait_for_timeout(3000)  # wait until the base map is loaded and drawn
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.evaluate(f"seconds => {{ window.friseFrames = ({_FRAMES})(seconds); }}", seconds)
        for number in range(24):
            self.page.mouse.move(x + (number % 8 - 4) * 25, y + (number % 5 - 2) * 10)
        frames: list[float] = self.page.evaluate("() => window.friseFrames")
        self.page.mouse.up()
        return frames

    def _timed(self, action: Callable[[], object], loads: bool = False) -> Step:
        before = dict(self.received)
        began = 0.0 if loads else float(self.page.evaluate("() => performance.now()"))
        action()
        # the script starts shortly after the click
        self.page.wait_for_timeout(60 if loads else 150)
        self.page.wait_for_function(_AT_REST, arg=1000 * QUIET, polling=50)
        changed = float(self.page.evaluate("() => window.friseWatch.changed"))
        grown = {name: (self.received[name] - before[name]) / 1024 for name in before}
        return Step(max(0.0, changed - began) / 1000, grown["socket"], grown["files"])

    def _count_bytes(self) -> None:
        def files(told: dict[str, Any]) -> None:
            self.received["files"] += told.get("encodedDataLength") or 0

        def socket(told: dict[str, Any]) -> None:
            frame = told["response"]
            # binary frames are reported in base 64
            share = 0.75 if frame["opcode"] == 2 else 1.0
            self.received["socket"] += share * len(frame["payloadData"])

        watched = self.page.context.new_cdp_session(self.page)
        watched.send("Network.enable")
        watched.on("Network.dataReceived", files)
        watched.on("Network.webSocketFrameReceived", socket)


def chromium_path() -> str:
    """The Chromium to use, "" where there is none."""
    return os.environ.get("FRISE_CHROMIUM") or shutil.which("chromium") or ""


@contextmanager
def walking(address: str) -> Iterator[Walk]:
    """A reader in a new browser, with no page open."""
    from playwright.sync_api import sync_playwright

    # root in a container cannot use the sandbox
    root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium_path(), args=[*root, *ARGUMENTS])
        yield Walk(browser, address)
        browser.close()
