"""What has come to stay is left out of the collector's rounds.

Modules, schemas and the columns of the store make up nearly all of the heap and stay. Looking
through them for garbage after every run was half of what a change of the filters cost the server
(benchmarks.pages: 0.43 s of CPU with it, 0.19 s without). Streamlit's own round after each run is
switched off in .streamlit/config.toml: Python's own rounds, now short, do its work.
"""

from __future__ import annotations

import atexit
import gc

import streamlit as st

# as the process ends all is garbage: libraries would report what is set apart as leaks
atexit.register(gc.unfreeze)


@st.cache_resource(max_entries=64, show_spinner=False)
def settle(page: str, version: str) -> int:
    """Set apart what is alive, once a page and version of the store: after it all is imported.

    Returns the number of objects set apart in this process.
    """
    _let_go(version)
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()


@st.cache_resource(max_entries=1, show_spinner=False)
def _let_go(version: str) -> None:
    """Once a version: what was set apart with the one before may be garbage by now.

    The round over all of it takes 0.2 s over a million events.
    """
    gc.unfreeze()
