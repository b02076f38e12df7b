"""Freeze start-up objects, so that the garbage collector skips them.

Modules, schemas and the columns of the store make up nearly all of the heap and live as long as the
server. Scanning them for garbage after every run was half of what a filter change cost the server
(benchmarks.pages: 0.43 s of CPU with it, 0.19 s without). Streamlit's own collection after each run
is switched off in .streamlit/config.toml: Python's automatic collections, now short, are enough.
"""

from __future__ import annotations

import atexit
import gc
import threading

# at exit everything is garbage: libraries would report frozen objects as leaks
atexit.register(gc.unfreeze)


_LOCK = threading.Lock()
_pages: set[str] = set()  # those that were drawn
_loads = 0  # the load of the last of them


def freeze(page: str, loads: int = 0) -> None:
    """Freeze all living objects, once a page, when all that it needs is imported, and once after a
    load or an erasure (`loads` counts them): what they left behind in rings is freed first.

    Not again with each edit: where a team decides, that took a fifth of a server's time.
    """
    global _loads
    with _LOCK:
        is_later = bool(_pages) and loads != _loads
        if page in _pages and not is_later:
            return
        if is_later:
            gc.unfreeze()
        _pages.add(page)
        _loads = loads
    gc.collect()
    gc.freeze()
