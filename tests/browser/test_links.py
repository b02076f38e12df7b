"""The address holds the view: in another browser, over pages, and one press of Back a step."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
RUSSIA = {"v": ["2"], "actor": ["RUS"]}
ENGLISH = pytest.mark.parametrize("visit", ["en-GB"], indirect=True)


def _place(visit: Visit) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(visit.page.url)
    return parts.path, parse_qs(parts.query)


def _turn_to(visit: Visit, name: str) -> None:
    visit.page.get_by_role("link", name=name, exact=True).click()
    visit.settle()


def _filter_by_russia(visit: Visit) -> None:
    visit.page.get_by_role("combobox", name="Actor …").click()
    visit.page.keyboard.type("Kremlin")
    visit.page.wait_for_timeout(400)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function("() => location.search.includes('actor=RUS')")
    visit.settle()


def _seen(visit: Visit) -> dict[str, Any]:
    """What a reader sees of a view: chips, lanes, days, evidence."""
    page = visit.page
    page.wait_for_selector(".js-plotly-plot .scatterlayer .points path")
    return {
        "account": page.inner_text(".fr-account"),
        "chips": page.locator(".st-key-frise_chips button").all_inner_texts(),
        "lanes": page.locator(".st-key-lanes_choice [aria-checked=true]").all_inner_texts(),
        "days": page.evaluate(
            "document.querySelector('.js-plotly-plot').layout.xaxis.range.map(String)"
        ),
        "quote": page.inner_text(".fr-quote"),
    }


@ENGLISH
def test_a_link_restores_the_view_in_another_browser(visit: Visit, chromium: Any) -> None:
    visit.open("/timeline?view=2024-11-15..2024-11-30&lanes=type&status=reported")
    _filter_by_russia(visit)
    visit.page.get_by_role("button", name="+", exact=True).click()
    visit.page.wait_for_function("() => !location.search.includes('2024-11-15..')")
    visit.settle()
    visit.page.locator('[class*="st-key-item_timeline"] button').first.click()
    visit.page.wait_for_selector(".fr-quote")
    visit.settle()
    mine = _seen(visit)
    assert mine["lanes"] == ["Type"]
    assert {"Russia ×", "Reported ×"} < set(mine["chips"])
    context = chromium.new_context(locale="en-GB", viewport={"width": 1280, "height": 720})
    try:
        other = Visit(context.new_page(), visit.address)
        other.page.goto(visit.page.url)
        other.page.wait_for_selector(".fr-quote")
        other.settle()
        assert _seen(other) == mine
        assert _place(other) == _place(visit)
    finally:
        context.close()


@ENGLISH
def test_one_press_of_back_goes_back_one_page(visit: Visit) -> None:
    visit.open("/timeline?actor=RUS")
    for name in ("Actors", "Articles"):
        _turn_to(visit, name)
        visit.page.wait_for_function("() => location.search.includes('actor=RUS')")
    for path in ("/actors", "/timeline"):
        visit.page.go_back()
        visit.settle()
        assert _place(visit) == (path, RUSSIA)
        assert visit.page.locator(".st-key-frise_chips button").count()
    visit.page.go_forward()
    visit.settle()
    assert _place(visit) == ("/actors", RUSSIA)


@ENGLISH
def test_a_link_of_before_is_rewritten_without_another_step_of_back(visit: Visit) -> None:
    visit.page.goto("about:blank")
    visit.open("/timeline?actor=RUS&lang=fr&hl=fr")
    visit.page.wait_for_function("() => location.search.includes('v=2')")
    visit.tells("Russie ×")
    today = {**RUSSIA, "article_lang": ["fr"], "lang": ["fr"]}
    assert _place(visit) == ("/timeline", today)
    visit.page.go_back()
    visit.page.wait_for_function("() => location.href === 'about:blank'")


@ENGLISH
def test_back_takes_the_last_filter_away(visit: Visit) -> None:
    visit.open("/timeline")
    _filter_by_russia(visit)
    _turn_to(visit, "Actors")
    visit.page.go_back()
    visit.settle()
    assert _place(visit) == ("/timeline", RUSSIA)
    visit.page.go_back()
    visit.page.wait_for_function("() => !location.search")
    visit.settle()
    assert _place(visit) == ("/timeline", {})
    assert not visit.page.locator(".st-key-frise_chips button").count()
    assert "hidden by filters" not in visit.page.inner_text(".fr-account")


@ENGLISH
def test_the_start_page_answers_under_its_name(visit: Visit) -> None:
    visit.open("/overview?type=ASSAULT")
    visit.tells("Main events")
    assert not visit.page.get_by_role("dialog").count()
    assert _place(visit) == ("/overview", {"v": ["2"], "type": ["ASSAULT"]})
    _turn_to(visit, "Timeline")
    assert _place(visit)[0] == "/timeline"
