"""The timeline is zoomed by wheel and drag, and a hasty press loses nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_walk import MARKS

pytestmark = pytest.mark.browser
NOVEMBER = "2024-11-01..2024-11-30"


def _november(tab: Visit, more: str = "") -> Any:
    """The timeline of a month, drawn: where its chart stands."""
    tab.turn(f"/timeline?view={NOVEMBER}{more}")
    tab.page.wait_for_selector(MARKS)
    tab.page.wait_for_timeout(800)
    return tab.page.locator(".js-plotly-plot").first.bounding_box()


def _other_days(tab: Visit) -> list[str]:
    """First and last day shown, once they are others than the month's."""
    tab.page.wait_for_function(f"() => !location.search.includes('{NOVEMBER}')")
    return tab.params()["view"][0].split("..")


def test_the_wheel_zooms_to_the_pointer(tab: Visit) -> None:
    box = _november(tab)
    tab.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 120)
    tab.page.keyboard.down("Control")
    tab.page.mouse.wheel(0, -120)
    tab.page.keyboard.up("Control")
    first, last = _other_days(tab)
    assert "2024-11-01" < first < last < "2024-11-30"


# the panels with days: the strip stands above the lanes
PANELS = """() => Object.values(document.querySelector(".js-plotly-plot")._fullLayout._plots)
  .map(({ xaxis, yaxis }) => ({ top: yaxis._offset, height: yaxis._length, days: xaxis.range }))
  .sort((a, b) => a.top - b.top)"""


@pytest.mark.parametrize("panel", [0, -1], ids=["strip", "lanes"])
def test_a_dragged_stretch_is_zoomed_to(tab: Visit, panel: int) -> None:
    box = _november(tab)
    found = tab.page.evaluate(PANELS)[panel]
    low, high = (dt.date(1970, 1, 1) + dt.timedelta(days=day) for day in found["days"])
    y = box["y"] + found["top"] + found["height"] / 2
    tab.page.mouse.move(box["x"] + box["width"] * 0.5, y)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + box["width"] * 0.8, y, steps=5)
    tab.page.mouse.up()
    first, last = _other_days(tab)
    assert low.isoformat() < first < last < high.isoformat()


def test_escape_ends_a_drag_and_a_click_still_opens_its_mark(tab: Visit) -> None:
    box = _november(tab)
    tab.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 230)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 230, steps=5)
    tab.page.keyboard.press("Escape")
    tab.page.mouse.up()
    tab.page.locator(MARKS).first.click(force=True)
    tab.page.wait_for_function("() => location.search.includes('event=')")
    assert tab.params()["view"] == [NOVEMBER]


_MIDDLE = """selector => {
  const button = document.querySelector(selector);
  button.scrollIntoView({ block: "center", behavior: "instant" });
  const box = button.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


def test_a_hasty_or_second_press_does_not_lose_the_article(visit: Any) -> None:
    """Pressed at once where the button stands: the form must not move beneath the pointer."""
    visit.open("/articles")
    visit.page.get_by_role("tab").nth(1).click()
    text = "La Russie a frappé la ville de Soumy mardi 12 novembre 2024."
    visit.page.locator(".st-key-paste_text textarea").fill(text)
    x, y = visit.page.evaluate(_MIDDLE, '[data-testid="stFormSubmitButton"] button')
    visit.page.mouse.dblclick(x, y, delay=120)
    visit.page.wait_for_selector(".fr-text", timeout=60_000)
    visit.settle()
    assert text[:-1] in visit.page.inner_text(".fr-text").replace("\n", " ")
