"""axe-core finds nothing serious of ours: every page, both languages, both themes, what unfolds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import axe
from tests.browser.conftest import Visit, watched
from tests.skips import skip_without

pytestmark = [
    pytest.mark.browser,
    skip_without(axe.SCRIPT.exists(), "axe"),
]
PAGES = (
    "/",
    "/timeline",
    "/map",
    "/actors",
    "/actors?chart=matrix",
    "/actors?chart=flows",
    "/articles",
    "/review",
    "/sources",
    "/notes?desk=cases",
    "/briefing",
    "/left_out",
    "/log",
    "/help",
)
# each page once more in the other theme and language, the large ones with other things in them
VIEWS = (
    "/",
    "/actors?chart=matrix",
    "/actors?chart=flows",
    "/articles",
    "/sources",
    "/notes",
    "/outlets",
    "/briefing",
    "/help",
    "/timeline?compare=before",
    "/timeline?q=zzzz",
    "/timeline?from=2024-13-45&actor=RUS",
    "/map?step=week&arcs=1",
    "/actors?dyad=RUS%7CUKR&together=1",
    "/left_out?list=text",
)
STILL = "() => document.getAnimations().every(moving => moving.playState !== 'running')"
LOOKS = [("fr-FR", "light"), ("en-GB", "dark"), ("en-GB", "light")]
FRENCH, DARK, LIGHT = (
    pytest.mark.parametrize("look", [look], ids="-".join, indirect=True) for look in LOOKS
)


@pytest.fixture
def look(request: pytest.FixtureRequest, chromium: Any, server: str) -> Iterator[Visit]:
    """A visitor in one language and theme."""
    locale, theme = request.param
    context = chromium.new_context(
        locale=locale, color_scheme=theme, viewport={"width": 1280, "height": 720}
    )
    with watched(context, server) as found:
        yield found


def _told(path: str, visit: Visit) -> list[str]:
    return [f"{path}: {violation}" for violation in axe.ours(visit.page)]


@FRENCH
def test_no_serious_violation_on_any_page(look: Visit) -> None:
    found = []
    for path in PAGES:
        look.open(path)
        found += _told(path, look)
    assert not found, "\n".join(found)


@DARK
def test_no_serious_violation_in_other_views(look: Visit) -> None:
    found = []
    for path in VIEWS:
        look.open(path)
        found += _told(path, look)
    assert not found, "\n".join(found)


@FRENCH
def test_no_serious_violation_in_what_unfolds(look: Visit) -> None:
    """Evidence, an article at its sentence, the lists and tables that open on demand."""
    look.open("/timeline?actor=RUS")
    found = _open_each(look, "[data-testid='stPopover'] button")
    look.page.locator("[data-testid='stExpander'] summary").first.click()
    look.settle()
    look.page.locator('[class*="st-key-item_timeline"] button').first.click()
    look.page.wait_for_selector(".fr-quote")
    look.settle()
    look.page.locator(".st-key-noted_open label").first.click()
    look.page.wait_for_selector(".st-key-noted_save")
    look.settle()
    found += _told("evidence", look)
    look.page.locator(".st-key-evidence_article button").click()
    look.page.wait_for_selector(".fr-asked")
    look.settle()
    found += _told("article", look)
    named = {"name": "frise_name", "value": "Ana", "url": look.address}
    look.page.context.add_cookies([named])
    look.open("/review")
    look.page.wait_for_selector(".fr-rv-fields")
    look.page.keyboard.press("w")
    found += _told("review", look)
    look.open("/map")
    found += _open_each(look, "[data-testid='stPopover'] button")
    assert not found, "\n".join(found)


def _open_each(visit: Visit, selector: str) -> list[str]:
    found = []
    for number in range(visit.page.locator(selector).count()):
        button = visit.page.locator(selector).nth(number)
        button.click()
        visit.page.wait_for_timeout(300)
        visit.page.wait_for_function(STILL)  # half faded in, every word is pale
        found += _told(f"{visit.page.url} with “{button.inner_text()}” open", visit)
        visit.page.keyboard.press("Escape")
        visit.page.wait_for_timeout(150)
    return found


@LIGHT
def test_a_violation_would_be_found(look: Visit) -> None:
    look.open("/help")
    look.page.evaluate(
        "document.querySelector('.fr-title').innerHTML = "
        "'<span style=\"color:#777;background:#888\">words nobody can read</span><button></button>'"
    )
    assert {"color-contrast", "button-name"} <= {v.rule for v in axe.ours(look.page)}
