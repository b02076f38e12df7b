"""Start-up objects are frozen: the garbage collector skips them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from pages.shell import garbage_collection


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    garbage_collection.freeze.cache_clear()
    yield
    gc.freeze()  # as the run began
    garbage_collection.freeze.cache_clear()


def test_living_objects_are_frozen_once_a_page() -> None:
    gc.unfreeze()
    garbage_collection.freeze("timeline")
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()
    garbage_collection.freeze("timeline")
    assert gc.get_freeze_count() == 0
    garbage_collection.freeze("map")
    assert gc.get_freeze_count() > 10_000


def test_garbage_is_freed_before_anything_is_frozen() -> None:
    class Ring:
        gone = False

        def __del__(self) -> None:
            Ring.gone = True

    ring = Ring()
    ring.itself = ring  # type: ignore[attr-defined]
    del ring
    garbage_collection.freeze("map")
    assert Ring.gone


def test_a_page_that_was_drawn_asks_for_it(store: Path, open_page: Any, freezes: list[str]) -> None:
    open_page("timeline")
    (page,) = freezes
    assert page.endswith("timeline")


def test_streamlit_does_not_collect_after_each_run() -> None:
    assert config.get_option("runner.postScriptGC") is False
