"""Warm-up: import the pages and read the store before the server answers its first reader.

The code of all pages is imported first: two threads that import the same libraries at once can meet
halfway. The store is read next. The server answers when both are done, so that its first page comes
as fast as any other. A store that takes longer than MOST_SECONDS to read is still being read when
the first readers come; they wait for that reading instead of starting a second one.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from charts.registry import figure_of
from charts.timeline.scene_model import TimelineOptions
from events.filters import Filters
from events.settings import SettingsError
from events.store import StoreError
from pages.shared import detail
from pages.shell import counting, garbage_collection
from pages.shell.at_once import send_at_once
from pages.shell.linked_files import say_refused
from pages.shell.navigation import PAGES
from pages.shell.preload import head_of
from pages.shell.store_access import query
from pages.sources_parts import child

MOST_SECONDS = 15.0


@asynccontextmanager
async def warm_up(_app: st.App) -> AsyncIterator[None]:
    """Import the pages and read the store before the server answers; then watch the sources, if
    there are any, as long as the server runs."""
    send_at_once()
    say_refused()
    for name in ("shell.app", "shell.frame", *PAGES):
        importlib.import_module(f"pages.{name}")
        head_of(name)
    reading = threading.Thread(target=read_store, name="warm_up", daemon=True)
    reading.start()
    await asyncio.to_thread(reading.join, MOST_SECONDS)
    child.start()
    try:
        yield
    finally:
        await asyncio.to_thread(child.end)


def read_store() -> None:
    """Read the columns of the store, count them and draw one chart, since names, languages and
    fonts are loaded at first use. Without a store nothing happens: the pages say it.
    """
    every = Filters()
    try:
        with counting.fixed(counting.EVENTS):
            query().account(every)
            query().options(every)
            first = detail.for_timeline(every, "actor")
        options = TimelineOptions(view=first.shown, bins=first.bins, density=first.density)
        figure_of("timeline")(first.table, options)
        # both take a second of the first page: the second looks at the path of every module, as
        # Streamlit does for the first element that it draws
        garbage_collection.freeze("start", query().loads)
        inspect.stack()
    except (StoreError, SettingsError) as error:
        logging.info("no warm-up: %s", error)
