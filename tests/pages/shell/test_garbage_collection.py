"""Start-up objects are frozen: the garbage collector skips them."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from pages.shell import garbage_collection


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    garbage_collection._pages.clear()
    yield
    gc.freeze()  # as the run began
    garbage_collection._pages.clear()


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


def test_what_a_load_left_behind_is_freed_and_no_edit_costs_it() -> None:
    class Ring:
        """As the events in memory are: it holds what holds it."""

        itself: Ring

    ring = Ring()
    ring.itself = ring
    left = weakref.ref(ring)
    garbage_collection.freeze("map", 1)
    del ring
    garbage_collection.freeze("map", 1)
    gc.collect()
    assert left() is not None
    garbage_collection.freeze("map", 2)
    assert left() is None
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()
    garbage_collection.freeze("map", 2)
    assert gc.get_freeze_count() == 0


def test_a_page_that_was_drawn_asks_for_it(
    store: Path, open_page: Any, freezes: list[tuple[str, int]]
) -> None:
    open_page("timeline")
    ((page, loads),) = freezes
    assert page.endswith("timeline")
    assert loads


def test_streamlit_does_not_collect_after_each_run() -> None:
    assert config.get_option("runner.postScriptGC") is False
