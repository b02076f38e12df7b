"""What the first reader would wait for, done as the server starts.

The code of all pages is imported before the server answers: two threads that import the same
libraries at once can meet halfway. The store is read beside it; a reader who is there sooner waits
for the same reading instead of beginning a second one.
"""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from events.filters import Filters
from events.store import StoreDamaged, StoreMissing
from pages.parts import detail
from pages.parts.data import query

PAGES = ("overview", "timeline", "map", "actors", "article", "briefing", "left_out", "help")


@asynccontextmanager
async def ahead(_app: st.App) -> AsyncIterator[None]:
    """Import the pages, then read the store while the server begins to answer."""
    for name in ("frame", "navigation", *(f"{page}_page" for page in PAGES)):
        importlib.import_module(f"pages.parts.{name}")
    threading.Thread(target=read_store, name="ahead", daemon=True).start()
    yield


def read_store() -> None:
    """Hold the columns of the store and count them; pages say it when there is no store."""
    every = Filters()
    try:
        query().version()
        query().account(every)
        detail.strip_of(every)
    except (StoreMissing, StoreDamaged) as error:
        logging.info("nothing read ahead: %s", error)
