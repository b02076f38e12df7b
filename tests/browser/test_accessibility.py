"""Every page and many views, looked at once each: nothing fails, the policy of the answers refuses
nothing, axe-core finds nothing serious of ours, and every chart has words and a table.

In both languages and both themes, what unfolds too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.browser import axe
from tests.browser.conftest import Visit, watched
from tests.browser.test_walk import LONG_ENOUGH, WORDS
from tests.skips import skip, skip_without

pytestmark = pytest.mark.browser
NEEDS_AXE = skip_without(axe.SCRIPT.exists(), "axe")
# beside the pages that the navigation names
MORE = ("/actors?chart=matrix", "/actors?chart=flows", "/notes?desk=cases")
EVENTS, BARS, PAIRS = (f"The same {what} as a table" for what in ("events", "bars", "pairs"))
# (address, its charts, the tables that it offers): pages once more in the other theme and
# language. Others come between two views of one page, so that a table that was opened is closed.
VIEWS = (
    ("/", 3, (BARS,)),  # main events, their map, events over time
    ("/actors?chart=matrix", 1, (PAIRS,)),
    ("/timeline", 1, (EVENTS,)),
    ("/actors?chart=flows", 1, (PAIRS,)),
    (
        "/map?arcs=1&mentions=1&datelines=1",
        1,
        (EVENTS, "The same arcs as a table", "The faint places as a table"),
    ),
    (
        "/actors?together=1&dyad=ISR%7CHEZ",
        2,
        (BARS, PAIRS, "Actors named together as a table"),
    ),
)
# pages of words, and charts with a setting more, whose kinds are among those above
LATER = (
    ("/articles", 0, ()),
    ("/timeline?q=zzzz", 0, ()),
    ("/timeline?from=2024-13-45&actor=RUS", 1, ()),
    ("/left_out?list=unsure", 0, ()),
    ("/timeline?compare=before", 1, (EVENTS,)),
    ("/map?step=week&arcs=1", 1, ()),
    ("/sources", 0, ()),
    ("/notes", 0, ()),
    ("/outlets", 0, ()),
    ("/briefing", 0, ()),
    ("/left_out?list=text", 0, ()),
    ("/left_out?list=rejected", 0, ()),
    ("/help", 0, ()),
)
# what a page says in the place of what fails (pages.shell.states.broken), and Streamlit
BROKEN = (
    "This part of the page could not be drawn",
    "Cette partie de la page n’a pas pu être dessinée",
    "Traceback",
)
CHARTS = (
    "[data-testid='stPlotlyChart'], [data-testid='stEChartsChart'], "
    "[data-testid='stDeckGlJsonChart']"
)
# what a screen reader says of a chart
_WORDS = """chart => [chart, ...chart.querySelectorAll('[aria-label]'), chart.parentElement]
  .map(element => element.getAttribute('aria-label') || '')
  .find(words => words.length > 12) || ''"""
_TABLES = """() => document.querySelectorAll("[data-testid='stDataFrame'] canvas").length"""
# what the content security policy refused, noted by the page itself
REFUSED = """
window.friseRefused = [];
document.addEventListener('securitypolicyviolation', e =>
    window.friseRefused.push(`${e.effectiveDirective}: ${e.blockedURI} ${e.sample}`));
"""
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
        found.page.add_init_script(REFUSED)
        yield found


def _told(path: str, visit: Visit) -> list[str]:
    """What is wrong with a page as it stands."""
    visit.page.wait_for_function(LONG_ENOUGH)
    found = [str(each) for each in axe.ours(visit.page)] if axe.SCRIPT.exists() else []
    if any(words in visit.text() for words in BROKEN):
        found.append("the page failed")
    return [f"{path}: {told}" for told in found]


def _hold(visit: Visit, found: list[str]) -> None:
    """Nothing is wrong; where axe-core is missing, its rules were not asked."""
    found += sorted(set(visit.page.evaluate("window.friseRefused")))
    assert not found, "\n".join(found)
    if not axe.SCRIPT.exists():
        skip("axe")


@FRENCH
def test_nothing_is_wrong_on_any_page(look: Visit) -> None:
    """Each by its name in the navigation."""
    look.open()
    found = _told("/", look)
    for name in WORDS["fr"]["pages"][1:]:
        with look.run():
            look.page.get_by_role("link", name=name, exact=True).click()
        found += _told(name, look)
    for path in MORE:
        look.turn(path)
        found += _told(path, look)
    _hold(look, found)


@DARK
@pytest.mark.parametrize("views", [VIEWS, pytest.param(LATER, marks=pytest.mark.long)])
def test_nothing_is_wrong_in_other_views(
    look: Visit, views: Sequence[tuple[str, int, tuple[str, ...]]]
) -> None:
    look.open("/help")
    found = []
    for path, charts, tables in views:
        look.turn(path)
        if charts:
            look.page.locator(CHARTS).nth(charts - 1).wait_for()
        found += _told(path, look)
        found += [f"{path}: {told}" for told in _untold(look, charts, tables)]
    _hold(look, found)


def _untold(visit: Visit, charts: int, tables: tuple[str, ...]) -> list[str]:
    """Charts that are missing or have no words, tables that do not open."""
    drawn = visit.page.locator(CHARTS)
    found = [] if drawn.count() == charts else [f"{drawn.count()} charts"]
    said = [drawn.nth(number).evaluate(_WORDS) for number in range(drawn.count())]
    found += ["a chart without an alternative text"] * said.count("")
    for words in tables:
        before = visit.page.evaluate(_TABLES)
        visit.page.get_by_text(words, exact=True).click()
        visit.page.wait_for_function(f"before => ({_TABLES})() > before", arg=before)
        visit.settle()
    return found


@NEEDS_AXE
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
    look.turn("/map")
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


@NEEDS_AXE
@LIGHT
def test_a_violation_would_be_found(look: Visit) -> None:
    look.open("/help")
    look.page.evaluate(
        "document.querySelector('.fr-title').innerHTML = "
        "'<span style=\"color:#777;background:#888\">words nobody can read</span><button></button>'"
    )
    assert {"color-contrast", "button-name"} <= {v.rule for v in axe.ours(look.page)}
