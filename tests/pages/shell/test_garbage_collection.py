"""Start-up objects are frozen: the garbage collector skips them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config

from pages.shell import garbage_collection


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.freeze()  # as the run began
    st.cache_resource.clear()


def test_living_objects_are_frozen_once_a_page_and_version() -> None:
    gc.unfreeze()
    assert garbage_collection.freeze("timeline", "1") > 10_000
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()
    garbage_collection.freeze("timeline", "1")
    assert gc.get_freeze_count() == 0
    garbage_collection.freeze("timeline", "2")
    assert gc.get_freeze_count() > 10_000


def test_frozen_garbage_is_freed_with_the_next_version() -> None:
    class Ring:
        gone = False

        def __del__(self) -> None:
            Ring.gone = True

    ring = Ring()
    ring.itself = ring  # type: ignore[attr-defined]
    garbage_collection.freeze("map", "1")
    del ring
    gc.collect()
    assert not Ring.gone
    garbage_collection.freeze("map", "2")
    assert Ring.gone


def test_a_page_that_was_drawn_asks_for_it(
    store: Path, open_page: Any, freezes: list[tuple[str, str]]
) -> None:
    open_page("timeline")
    ((page, version),) = freezes
    assert page.endswith("timeline")
    assert version


def test_streamlit_does_not_collect_after_each_run() -> None:
    assert config.get_option("runner.postScriptGC") is False
