"""What a worker of pytest-xdist takes as one: a whole file, and all browser tests together.

It is a plugin of pytest. One server and one Chromium serve all browser tests, and a page that one
of them opened is ready for the next; they are the longest unit, so they are begun first.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

BROWSER = "tests/browser/"


def unit_of(nodeid: str) -> str:
    """The unit that a test belongs to, by its id: its file, or the folder of the browser tests."""
    return BROWSER if nodeid.startswith(BROWSER) else nodeid.partition("::")[0]


class Units(LoadFileScheduling):  # type: ignore[misc]  # xdist tells no types
    """Hands whole units to the workers, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Units | None:
    """Units where whole files were asked for (`--dist loadfile`)."""
    return Units(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser tests before all others, which keep their order."""
    items.sort(key=lambda item: unit_of(item.nodeid) != BROWSER)
