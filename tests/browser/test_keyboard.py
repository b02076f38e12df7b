"""The keyboard alone leads to the evidence."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""


@pytest.mark.parametrize(
    ("path", "goal"),
    [
        ("/", '[class*="st-key-item_stories"]'),
        ("/timeline", '[class*="st-key-item_timeline"]'),
        pytest.param("/actors", '[class*="st-key-item_actors"]', marks=pytest.mark.long),
    ],
)
def test_the_keyboard_alone_reaches_the_evidence(tab: Visit, path: str, goal: str) -> None:
    """From the top of the page, and from the evidence on into the article."""
    _begin(tab, path)
    tab.page.wait_for_selector(f"{goal} button")
    _tab_to(tab, goal)
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector(".fr-quote")
    tab.settle()
    quote = tab.page.inner_text(".fr-quote")
    _tab_to(tab, ".st-key-evidence_article")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector(".fr-asked")
    tab.settle()
    assert "".join(tab.page.locator(".fr-asked").all_inner_texts()) == quote


def test_the_keyboard_alone_reaches_the_events_of_a_place(tab: Visit) -> None:
    _begin(tab, "/map")
    tab.page.wait_for_selector(".st-key-map_places canvas")
    tab.page.wait_for_timeout(1500)
    _tab_to(tab, ".st-key-map_places canvas")
    for key in ("ArrowDown", "ArrowUp", "Shift+Space"):  # the place with most events
        tab.page.keyboard.press(key)
        tab.page.wait_for_timeout(250)
    tab.page.wait_for_selector('[class*="st-key-item_map"]')
    tab.settle()
    _tab_to(tab, '[class*="st-key-item_map"]')
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector(".fr-quote")


def _begin(tab: Visit, path: str) -> None:
    """Turn to an address; the next Tab begins at the top of the page."""
    tab.turn(path)
    tab.page.evaluate(TOP)


def _tab_to(tab: Visit, goal: str) -> None:
    """Press Tab until something inside the goal has the focus."""
    for _press in range(150):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate("goal => !!document.activeElement.closest(goal)", goal):
            return
    pytest.fail(f"the keyboard does not reach {goal}")
