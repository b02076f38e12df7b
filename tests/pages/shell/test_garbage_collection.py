"""What stays alive is set apart from the rounds of the garbage collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit import config

from pages.shell import garbage_collection


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    st.cache_resource.clear()


def test_what_is_alive_is_set_apart_once_a_page_and_version() -> None:
    gc.unfreeze()
    assert garbage_collection.settle("timeline", "1") > 10_000
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()
    garbage_collection.settle("timeline", "1")
    assert gc.get_freeze_count() == 0
    garbage_collection.settle("timeline", "2")
    assert gc.get_freeze_count() > 10_000


def test_garbage_that_was_set_apart_goes_with_the_next_version() -> None:
    class Ring:
        gone = False

        def __del__(self) -> None:
            Ring.gone = True

    ring = Ring()
    ring.itself = ring  # type: ignore[attr-defined]
    garbage_collection.settle("map", "1")
    del ring
    gc.collect()
    assert not Ring.gone
    garbage_collection.settle("map", "2")
    assert Ring.gone


def test_the_dashboard_does_without_a_round_after_each_run() -> None:
    assert config.get_option("runner.postScriptGC") is False
