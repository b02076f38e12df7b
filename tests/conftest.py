"""What holds for every test: skips are told and counted (tests/skips.py).

Most tests hold what the words of a text tell, so the learned reader is off; those that are about it
ask for the fixture `learned_reader`. Articles are read in the process of the test, without a clock.
"""

from __future__ import annotations

import os

import pytest

pytest_plugins = ["tests.skips"]
os.environ.setdefault("FRISE_LOADING_READER", "0")
os.environ.setdefault("FRISE_LOADING_ARTICLE_SECONDS", "0")


@pytest.fixture
def learned_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader that ships is on."""
    monkeypatch.setenv("FRISE_LOADING_READER", "1")
