"""Loaders are tested on the rule path: fast, and the same on every machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from loaders.text import models


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No language model is found, in this process and in those that it starts."""
    monkeypatch.setenv("FRISE_NO_MODELS", "1")
    models._load.cache_clear()
    yield
    models._load.cache_clear()
