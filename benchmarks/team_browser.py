"""The people of benchmarks.team: two who review by keys, one who reads and makes briefings."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.walk import chromium_path

WAIT_MS = 240_000
QUEUE = "review?sure=any&rows=reports"
# what is done with the event on the card, in turn; the key of the field that is changed
TURNS = ("accept", "change s", "reject", "accept", "retell", "change p", "later", "change d")
_CARD = "document.querySelector('.fr-rv-card')?.dataset.event || ''"


@dataclass
class Reviewer:
    """told: event -> accepted, corrected or rejected, as the person said it last. tellings: how
    often the person decided about it."""

    name: str
    page: Any
    address: str
    told: dict[int, str] = field(default_factory=dict)
    tellings: Counter[int] = field(default_factory=Counter)

    def begin(self) -> None:
        """Open the queue, or load its page again."""
        self.page.goto(f"{self.address}/{QUEUE}", timeout=WAIT_MS)
        self.card()

    def has_card(self) -> bool:
        """Whether an event is on the card now."""
        return bool(self.page.evaluate(f"() => {_CARD}"))

    def card(self) -> int:
        """The event on the card."""
        self.page.wait_for_function(f"() => {_CARD} !== ''", timeout=WAIT_MS)
        return int(self.page.evaluate(f"() => {_CARD}"))

    def turn(self, number: int) -> None:
        """Do one thing with the event on the card, and wait for the next one."""
        kind, _space, key = TURNS[number % len(TURNS)].partition(" ")
        event = self.card()
        if kind == "later":
            self._press("n", event)
        elif kind == "reject":
            self._tell("x", event, "rejected")
        elif kind == "retell":
            self._tell("a", event, "accepted")
            self.page.keyboard.press("u")
            self.page.wait_for_function(f"() => {_CARD} === '{event}'", timeout=WAIT_MS)
            self._tell("x", event, "rejected")
        else:
            is_changed = kind == "change" and self._change(key)
            self._tell("a", event, "corrected" if is_changed else "accepted")

    def counts(self) -> dict[str, int]:
        """How many the line above the queue says to be accepted, corrected and rejected."""
        line = self.page.inner_text(".fr-rv-head span").replace(",", "")
        return {
            word: int(n) for word, n in re.findall(r"(accepted|corrected|rejected) (\d+)", line)
        }

    def _tell(self, key: str, event: int, verdict: str) -> None:
        self.told[event] = verdict
        self.tellings[event] += 1
        self._press(key, event)

    def _press(self, key: str, event: int) -> None:
        self.page.keyboard.press(key)
        self.page.wait_for_function(f"() => {_CARD} !== '{event}'", timeout=WAIT_MS)

    def _change(self, key: str) -> bool:
        """Choose the second answer of a field; whether that changes it."""
        self.page.keyboard.press(key)
        offered = self.page.locator(".fr-rv-options button").count()
        self.page.keyboard.press("2" if offered > 1 else "Escape")
        return bool(self.page.locator(".fr-rv-changed").count())


@dataclass
class Reader:
    """Makes briefings of everything, and looks at events."""

    page: Any
    address: str

    def briefing(self) -> dict[str, Any]:
        """Make one; its "what changed since the last one", as the file of the pack tells it."""
        self.page.goto(f"{self.address}/briefing?sure=any", timeout=WAIT_MS)
        self.page.get_by_role("button", name="Make the briefing").click(timeout=WAIT_MS)
        button = ".st-key-pack_changes\\.json button, [class*='pack_changes'] button"
        self.page.wait_for_selector(button, timeout=WAIT_MS)
        with self.page.expect_download(timeout=WAIT_MS) as loaded:
            self.page.click(button)
        told: dict[str, Any] = json.loads(Path(loaded.value.path()).read_text(encoding="utf-8"))
        return told

    def sees(self, event: int, words: str) -> bool:
        """Whether the evidence of an event says these words."""
        self.page.goto(f"{self.address}/timeline?sure=any&event={event}", timeout=WAIT_MS)
        found = (
            "words => [...document.querySelectorAll('.fr-note')]"
            ".some(n => n.innerText.includes(words))"
        )
        try:
            self.page.wait_for_function(found, arg=words, timeout=WAIT_MS / 4)
        except Exception:  # a time-out of the browser's tools: it is not there
            return False
        return True


@contextmanager
def people(address: str, browser: Any = None) -> Iterator[tuple[Reviewer, Reviewer, Reader]]:
    """Ana and Ben, who review, and Cleo, who reads; each with a browser profile of her own.
    `browser`: one of Playwright that runs already, None to start one."""
    with nullcontext(browser) if browser else _chromium() as running:
        contexts = [_context(running, address, name) for name in ("Ana", "Ben", "Cleo")]
        pages = [context.new_page() for context in contexts]
        yield (
            Reviewer("Ana", pages[0], address),
            Reviewer("Ben", pages[1], address),
            Reader(pages[2], address),
        )
        for context in contexts:
            context.close()


def _context(browser: Any, address: str, name: str) -> Any:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "frise_name", "value": name, "url": address}])
    return context


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        yield browser
        browser.close()
