"""A walk through the dashboard in a real browser: pages, filters, links, marks, keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import Visit
from tests.hand_made import extractions

pytestmark = pytest.mark.browser
ENGLISH = pytest.mark.parametrize("visit", ["en-GB"], indirect=True)

WORDS = {
    "en": {
        "pages": [
            "Overview",
            "Timeline",
            "Map",
            "Actors",
            "Articles",
            "Review",
            "Sources",
            "Notes",
            "Outlets",
            "Briefing",
            "Left out",
            "Log",
            "Help",
        ],
        "actor": "Actor …",
        "read": "Read it in the article",
        "origin": "Where it comes from",
        "hidden": "hidden by filters",
        "not understood": "was not understood",
        "download": "Download",
    },
    "fr": {
        "pages": [
            "Aperçu",
            "Chronologie",
            "Carte",
            "Acteurs",
            "Articles",
            "Relecture",
            "Sources",
            "Notes",
            "Médias",
            "Dossier",
            "Laissé de côté",
            "Journal",
            "Aide",
        ],
        "actor": "Acteur …",
        "read": "Lire dans l’article",
        "origin": "D’où cela vient",
        "hidden": "masqués par les filtres",
        "not understood": "n’a pas été comprise",
        "download": "Télécharger",
    },
}
LONG_ENOUGH = (
    "() => document.querySelector('[data-testid=stMainBlockContainer]').innerText.length > 80"
)
SETTINGS = (
    "arcs=1&mentions=1&datelines=1&colour=type&pov=recognised",
    "pov=held&step=week&sum=1&country=UKR",
)
MARKS = ".js-plotly-plot .scatterlayer .points path"


def _words(visit: Any) -> dict[str, Any]:
    return WORDS[str(visit.page.evaluate("navigator.language"))[:2]]


def _page_link(visit: Any, name: str) -> Any:
    return visit.page.get_by_role("link", name=name, exact=True)


def _click_mark(visit: Any) -> None:
    """Click marks of the timeline until one opens its evidence."""
    page = visit.page
    page.wait_for_selector(MARKS)
    page.wait_for_timeout(800)
    for number in range(page.locator(MARKS).count()):
        box = page.locator(MARKS).nth(number).bounding_box()
        if box is None or box["y"] > 690:
            continue
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(200)
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(1500)
        visit.settle()
        if "event" in visit.params():
            return
    pytest.fail("no mark opened its evidence")


def test_a_filter_holds_on_all_pages_and_in_the_link(visit: Any) -> None:
    words = _words(visit)
    visit.open("/timeline")
    visit.page.get_by_role("combobox", name=words["actor"]).click()
    visit.page.keyboard.type("Kremlin")
    visit.page.wait_for_timeout(400)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function("() => location.search.includes('actor=RUS')")
    visit.settle()
    shown = re.search(r"\d+", visit.text())
    visit.tells(words["hidden"])
    _page_link(visit, words["pages"][3]).click()
    visit.page.wait_for_function("() => location.search.includes('actor=RUS')")
    visit.settle()
    visit.tells(words["hidden"])
    link = visit.page.evaluate("location.pathname + location.search")
    visit.open(link)
    visit.page.wait_for_function(LONG_ENOUGH)
    assert visit.params()["actor"] == ["RUS"]
    visit.tells(words["hidden"])
    assert shown is not None
    visit.page.get_by_role("button", name=re.compile("^Russi")).first.click()
    visit.page.wait_for_function("() => !location.search.includes('actor=RUS')")
    visit.settle()
    assert words["hidden"] not in visit.text()


@ENGLISH
def test_a_mark_leads_to_its_sentence(visit: Any) -> None:
    words = _words(visit)
    visit.open("/timeline")
    _click_mark(visit)
    visit.tells(words["origin"])
    quote = visit.page.inner_text(".fr-quote")
    visit.page.get_by_role("button", name=words["read"]).click()
    visit.page.wait_for_selector(".fr-asked")
    visit.settle()
    asked = "".join(visit.page.locator(".fr-asked").all_inner_texts())
    assert asked == quote
    assert visit.page.locator(".fr-asked").first.is_visible()
    assert {"article", "event"} <= set(visit.params())
    _correct_and_take_back(visit)
    _note_and_copy(visit)


def _correct_and_take_back(visit: Any) -> None:
    """The headline of the event in the panel is changed, signed, and taken back by one key."""
    visit.page.locator(".st-key-correct_open label").first.click()
    visit.page.wait_for_selector(".st-key-fix_save")
    visit.settle()
    visit.page.locator('[class*="st-key-fix_"][class*="_headline"] input').fill("A line by hand")
    visit.page.locator(".st-key-fix_who input").fill("Ana")
    visit.page.keyboard.press("Tab")
    visit.page.wait_for_function(
        "() => document.querySelector('.st-key-fix_save button')?.disabled === false"
    )
    visit.settle()
    visit.page.locator(".st-key-fix_save button").click()
    visit.tells("→ A line by hand")
    visit.page.wait_for_function("() => !document.querySelector('.st-key-fix_save')")
    visit.settle()
    visit.page.locator(".fr-line").first.click()
    visit.page.keyboard.press("u")
    visit.tells("A line by hand → ")


def _note_and_copy(visit: Any) -> None:
    """A note is written by keyboard in the name given above; the citation is copied."""
    visit.page.locator(".st-key-noted_open input").focus()
    visit.page.keyboard.press("Space")
    visit.page.wait_for_selector(".st-key-noted_text textarea")
    visit.settle()
    visit.page.locator(".st-key-noted_text textarea").focus()
    visit.page.keyboard.type("Seen on film")
    visit.page.locator(".st-key-noted_save button").focus()
    visit.page.keyboard.press("Enter")
    visit.tells("Seen on film")
    visit.page.get_by_role("button", name="Copy citation").click()
    visit.page.get_by_text("Copied", exact=True).wait_for()


def test_the_map_in_every_setting_stays_at_home(visit: Any) -> None:
    missing: list[str] = []
    visit.page.on(
        "response",
        lambda got: (
            missing.append(got.url) if "/app/static" in got.url and got.status >= 400 else None
        ),
    )
    visit.open("/help")
    for query in SETTINGS:
        visit.turn(f"/map?{query}")
        visit.page.wait_for_selector(".stDeckGlJsonChart canvas")
        visit.page.wait_for_timeout(1500)
        box = visit.page.locator(".stDeckGlJsonChart").bounding_box()
        assert box is not None
        visit.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        for _ in range(3):
            visit.page.mouse.wheel(0, -200)
            visit.page.wait_for_timeout(300)
        assert not missing
        for value in query.split("&"):
            assert value in visit.page.evaluate("location.search")


def test_the_map_plays_and_stops(tab: Visit) -> None:
    tab.turn("/map?step=day")
    tab.page.locator(".st-key-step_play button").click()
    line = tab.page.locator(".st-key-frise_steps .fr-line")
    tab.page.wait_for_function(
        "before => document.querySelector('.st-key-frise_steps .fr-line')?.innerText !== before",
        arg=line.inner_text(),
    )
    tab.page.locator(".st-key-step_play button").click()
    tab.settle()
    tab.page.wait_for_timeout(1000)
    after = line.inner_text()
    tab.page.wait_for_timeout(3000)
    assert line.inner_text() == after
    step, last = re.findall(r"\d+", after.partition("(")[2])[:2]
    assert step != last  # it was stopped, it did not come to its end


def test_an_invalid_link_says_so(tab: Visit) -> None:
    tab.turn("/timeline?from=2024-13-45&type=PARTY&actor=RUS")
    # the words are drawn a moment after the script has come to rest
    tab.page.wait_for_selector(".fr-problem", timeout=15_000)
    tab.tells(_words(tab)["not understood"])
    assert tab.params() == {"v": ["2"], "actor": ["RUS"]}


def test_an_article_never_becomes_html(tab: Visit) -> None:
    (tagged,) = (made.article for made in extractions() if "<script>" in made.article.text)
    tab.turn(f"/articles?article={tagged.id}")
    tab.page.wait_for_selector(".fr-text")
    assert '<script>alert("x")</script>' in tab.page.inner_text(".fr-text")


def test_a_file_is_what_the_filters_show(tab: Visit) -> None:
    words = _words(tab)
    tab.turn("/timeline?type=ASSAULT")
    tab.page.get_by_role("button", name=words["download"]).click()
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("button", name="CSV", exact=True).first.click()
    lines = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 3  # four strikes of tests/cases/pages/articles.toml, two are one act
