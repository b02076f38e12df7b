"""Freeze start-up objects, so that the garbage collector skips them.

Modules, schemas and the columns of the store make up nearly all of the heap and live as long as the
server. Scanning them for garbage after every run was half of what a filter change cost the server
(benchmarks.pages: 0.43 s of CPU with it, 0.19 s without). Streamlit's own collection after each run
is switched off in .streamlit/config.toml: Python's automatic collections, now short, are enough.
"""

from __future__ import annotations

import atexit
import functools
import gc

# at exit everything is garbage: libraries would report frozen objects as leaks
atexit.register(gc.unfreeze)


@functools.cache
def freeze(page: str) -> None:
    """Freeze all living objects, once a page, when all that it needs is imported.

    Not again with each version of the store: with edits coming in, that took a fifth of a server's
    time. What a version leaves behind is freed as it comes, except for rings among what was frozen.
    """
    gc.collect()
    gc.freeze()
