"""The keyboard alone leads to the evidence."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "goal"),
    [
        ("/", '[class*="st-key-item_stories"]'),
        ("/timeline", '[class*="st-key-item_timeline"]'),
        pytest.param("/actors", '[class*="st-key-item_actors"]', marks=pytest.mark.long),
    ],
)
def test_the_keyboard_alone_reaches_the_evidence(visit: Any, path: str, goal: str) -> None:
    """From the top of the page, and from the evidence on into the article."""
    visit.open(path)
    visit.page.wait_for_selector(f"{goal} button")
    _tab_to(visit, goal)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".fr-quote")
    visit.settle()
    quote = visit.page.inner_text(".fr-quote")
    _tab_to(visit, ".st-key-evidence_article")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".fr-asked")
    visit.settle()
    assert "".join(visit.page.locator(".fr-asked").all_inner_texts()) == quote


def test_the_keyboard_alone_reaches_the_events_of_a_place(visit: Any) -> None:
    visit.open("/map")
    visit.page.wait_for_selector(".st-key-map_places canvas")
    visit.page.wait_for_timeout(1500)
    _tab_to(visit, ".st-key-map_places canvas")
    for key in ("ArrowDown", "ArrowUp", "Shift+Space"):  # the place with most events
        visit.page.keyboard.press(key)
        visit.page.wait_for_timeout(250)
    visit.page.wait_for_selector('[class*="st-key-item_map"]')
    visit.settle()
    _tab_to(visit, '[class*="st-key-item_map"]')
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".fr-quote")


def _tab_to(visit: Any, goal: str) -> None:
    """Press Tab until something inside the goal has the focus."""
    for _press in range(150):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("goal => !!document.activeElement.closest(goal)", goal):
            return
    pytest.fail(f"the keyboard does not reach {goal}")
