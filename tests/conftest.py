"""What holds for every test: skips are told and counted (tests/skips.py).

Articles are read in the process of the test, without a clock.
"""

from __future__ import annotations

import os

pytest_plugins = ["tests.skips", "tests.object_store"]
os.environ.setdefault("FRISE_LOADING_ARTICLE_SECONDS", "0")
