"""What holds for every test: skips are told and counted (tests/skips.py), workers take units
(tests/units.py).

Articles are read in the process of the test, without a clock. What was imported and collected is
frozen: the garbage collector need not look through it again and again.
"""

from __future__ import annotations

import gc
import os

pytest_plugins = ["tests.skips", "tests.units", "tests.object_store"]
os.environ.setdefault("FRISE_LOADING_ARTICLE_SECONDS", "0")


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()  # libraries would report frozen objects as leaks
