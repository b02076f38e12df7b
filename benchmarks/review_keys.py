"""A hundred decisions of a review, played in a real browser: keys, and how soon the next one shows.

    python -m benchmarks.review_keys               over a copy of the samples, loaded now
    python -m benchmarks.review_keys --store DIR   over a copy of that store

Three decisions of four accept, one of four changes a field first (who, the day, the place, in
turn). Keys are counted by the page that receives them; a time runs from the key that decides to
the next event on the screen. At the end the store must hold what was decided. Needs a Chromium
(FRISE_CHROMIUM, or `chromium` on the path).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.served import ROOT, dashboard
from benchmarks.walk import chromium_path
from events.query import Query
from events.reviews import decided

DECISIONS = 100
CHANGED = ("w", "d", "p")  # the keys of the fields that are changed in turn
MOST_SECONDS = 240
_CARD = "document.querySelector('.fr-rv-fields') && document.querySelector('.fr-rv-card')"
# counts keys as the page gets them, and the time from a decision to the next event on the screen
_WATCH = """() => {
  window.played = { keys: 0, times: [] };
  window.addEventListener("keydown", (event) => {
    window.played.keys += 1;
    if (event.key !== "a") return;
    const began = performance.now(), before = document.querySelector(".fr-rv-card");
    const look = () => {
      const after = document.querySelector(".fr-rv-card");
      if (after && after !== before) window.played.times.push(performance.now() - began);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, true);
}"""


@dataclass
class Played:
    """Keys of each accepted and each corrected event, ms to the next one, what is stored."""

    accepted: list[int] = field(default_factory=list)
    corrected: list[int] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    stored: dict[str, int] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The figures in words."""
        both = zip(("accepted", "corrected"), (self.accepted, self.corrected), strict=True)
        keys = [f"keys of an event {n}: {statistics.mean(told):.2f}" for n, told in both if told]
        slowest = sorted(self.times)[int(0.95 * len(self.times))]
        return [
            *keys,
            f"next event after {statistics.median(self.times):.0f} ms, p95 {slowest:.0f}",
            f"stored: {self.stored}",
        ]


def play(store: Path, decisions: int = DECISIONS) -> Played:
    """Decide about so many events of the store in a browser."""
    from playwright.sync_api import sync_playwright

    found = Played()
    with dashboard(store) as served, sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
        named = {"name": "frise_name", "value": "Ana", "url": served.address}
        context.add_cookies([named])  # type: ignore[list-item]
        page = context.new_page()
        page.goto(f"{served.address}/review?sure=any&rows=reports", timeout=120_000)
        _decide(page, found, decisions)
        told = f"by you {decisions}"
        page.wait_for_function(
            f"() => document.querySelector('.fr-rv-head').textContent.includes('{told}')"
        )
        _settle(store, decisions)
        browser.close()
    states = decided(Query(store))["state"].value_counts()
    found.stored = {str(name): int(n) for name, n in states.items()}
    return found


def _decide(page: Any, found: Played, decisions: int) -> None:
    page.wait_for_function(f"() => {_CARD}", timeout=120_000)
    page.evaluate(_WATCH)
    for number in range(decisions):
        page.wait_for_function(f"() => {_CARD}", timeout=1000 * MOST_SECONDS)
        before = page.evaluate("() => window.played.keys")
        is_changed = number % 4 == 3 and _change(page, CHANGED[number // 4 % len(CHANGED)])
        page.keyboard.press("a")
        page.wait_for_function(f"() => window.played.times.length > {number}")
        keys = page.evaluate("() => window.played.keys") - before
        (found.corrected if is_changed else found.accepted).append(keys)
    found.times = page.evaluate("() => window.played.times")


def _change(page: Any, key: str) -> bool:
    """Choose the second answer of a field; whether there was one."""
    page.keyboard.press(key)
    offered = page.locator(".fr-rv-options button").count()
    page.keyboard.press("2" if offered > 1 else "Escape")
    return bool(page.locator(".fr-rv-changed").count())


def _settle(store: Path, decisions: int) -> None:
    """Wait until the server has stored them all."""
    end = time.monotonic() + MOST_SECONDS
    while len(decided(Query(store))) < decisions and time.monotonic() < end:
        time.sleep(0.5)


def store_in(folder: Path, copied: Path | None) -> Path:
    """A store in this folder: a copy of another one, or the samples, read now."""
    store = folder / "store"
    if copied is not None:
        return Path(shutil.copytree(copied, store))
    command = [sys.executable, "-m", "loaders", "load", "data/samples"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "FRISE_STORE": str(store)}, check=True)
    return store


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.review_keys", description=__doc__)
    parser.add_argument("--store", type=Path, help="a store to copy")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(Path(folder), asked.store)
        print("\n".join(play(store).lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
