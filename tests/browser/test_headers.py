"""What every answer tells the browser, and when; test_accessibility opens every page under it."""

from __future__ import annotations

import http.client
import statistics
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from pages.shell.headers import HEADERS
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "path", ["/", "/map", "/_stcore/health", "/_stcore/host-config", "/app/static/frise.svg", "/x"]
)
def test_every_answer_has_the_headers(server: str, path: str) -> None:
    with urllib.request.urlopen(server + path) as answer:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "//_stcore/metrics"])
def test_metrics_are_closed(server: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(server + path)
    assert refused.value.code == 404
    assert {name: refused.value.headers[name] for name in HEADERS} == HEADERS


def test_no_foreign_host_is_in_the_policy() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "//" not in policy
    assert "*" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_server_answers_small_requests_without_waiting(server: str) -> None:
    """40 ms each where head and body wait for each other."""
    connection = http.client.HTTPConnection(str(urlsplit(server).netloc))
    seconds = []
    for _ in range(30):
        began = time.perf_counter()
        connection.request("GET", "/_stcore/health")
        connection.getresponse().read()
        seconds.append(time.perf_counter() - began)
    assert statistics.median(seconds) < 0.03


def test_the_code_of_charts_is_read_once_and_before_the_server_works(visit: Visit) -> None:
    visit.open("/timeline")
    told = visit.page.evaluate(
        "performance.getEntriesByType('resource').map(e => [e.name.split('/').pop(), e.startTime])"
    )
    plotly = [start for name, start in told if name.startswith("PlotlyChart.")]
    health = [start for name, start in told if name == "health"]
    assert len(plotly) == 1
    assert plotly[0] < min(health), "the page asks for its socket before"
