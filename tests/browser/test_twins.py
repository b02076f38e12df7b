"""Every chart says what it shows in words, and has the same content as a table."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("visit", ["en-GB"], indirect=True),
]
CHARTS = (
    "[data-testid='stPlotlyChart'], [data-testid='stEChartsChart'], "
    "[data-testid='stDeckGlJsonChart']"
)
_WORDS = """chart => [chart, ...chart.querySelectorAll('[aria-label]'), chart.parentElement]
  .map(element => element.getAttribute('aria-label') || '')
  .find(words => words.length > 12) || ''"""


@pytest.mark.parametrize(
    ("path", "charts", "tables"),
    [
        ("/", 3, ["The same bars as a table"]),  # main events, their map, events over time
        ("/timeline", 1, ["The same events as a table"]),
        ("/timeline?compare=actor:UKR", 1, ["The same events as a table"]),
        (
            "/map?arcs=1&mentions=1&datelines=1",
            1,
            [
                "The same events as a table",
                "The same arcs as a table",
                "The faint places as a table",
            ],
        ),
        (
            "/actors?together=1&dyad=ISR%7CHEZ",
            2,
            [
                "The same bars as a table",
                "The same pairs as a table",
                "Actors named together as a table",
            ],
        ),
        ("/actors?chart=matrix", 1, ["The same pairs as a table"]),
        ("/actors?chart=flows", 1, ["The same pairs as a table"]),
    ],
)
def test_every_chart_has_words_and_a_table(
    visit: Visit, path: str, charts: int, tables: list[str]
) -> None:
    visit.open(path)
    found = visit.page.locator(CHARTS)
    found.nth(charts - 1).wait_for()
    assert found.count() == charts
    for number in range(charts):
        assert found.nth(number).evaluate(_WORDS), "a chart without an alternative text"
    for words in tables:
        before = visit.page.locator("[data-testid='stDataFrame'] canvas").count()
        visit.page.get_by_text(words, exact=True).click()
        visit.page.wait_for_function(
            "before => document.querySelectorAll(\"[data-testid='stDataFrame'] canvas\").length"
            " > before",
            arg=before,
        )
        visit.settle()
