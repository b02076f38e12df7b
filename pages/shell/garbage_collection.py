"""Freeze start-up objects, so that the garbage collector skips them.

Modules, schemas and the columns of the store make up nearly all of the heap and live as long as the
server. Scanning them for garbage after every run was half of what a filter change cost the server
(benchmarks.pages: 0.43 s of CPU with it, 0.19 s without). Streamlit's own collection after each run
is switched off in .streamlit/config.toml: Python's automatic collections, now short, are enough.
"""

from __future__ import annotations

import atexit
import gc

import streamlit as st

# at exit everything is garbage: libraries would report frozen objects as leaks
atexit.register(gc.unfreeze)


@st.cache_resource(max_entries=64, show_spinner=False)
def freeze(page: str, version: str) -> int:
    """Freeze all living objects, once a page and version of the store, when all is imported.

    Returns the number of frozen objects in this process.
    """
    _unfreeze(version)
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()


@st.cache_resource(max_entries=1, show_spinner=False)
def _unfreeze(version: str) -> None:
    """Once a version of the store: objects frozen with the version before may be garbage by now.

    The full collection that follows takes 0.2 s over a million events.
    """
    gc.unfreeze()
