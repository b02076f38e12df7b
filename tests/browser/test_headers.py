"""What every answer tells the browser; test_walk opens every page under it."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from pages.shell.headers import HEADERS

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
