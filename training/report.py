"""Figures of the program as it ships on a part of the real news, by the gold folder's scorer."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path


def report(ids: Sequence[str], python: Path) -> str:
    """What the scorer prints for the program as it stands on these units of the real news; without
    a clock, since an article that a busy machine sets aside would count as missed."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(ids))
        file.flush()
        scorer = Path(os.environ["FRISE_GOLD"]) / "real" / "score.py"
        done = subprocess.run(
            [python, scorer, "--ids", file.name],
            env={**os.environ, "FRISE_LOADING_ARTICLE_SECONDS": "0"},
            capture_output=True,
            text=True,
            check=True,
        )
    return done.stdout
