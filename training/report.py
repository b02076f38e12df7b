"""Figures of the program as it ships on a part of the real news, by the gold folder's scorer."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from training.corpus import part_of, real_units


def report(part: str, python: Path) -> str:
    """What the scorer prints for the units of a part ("test", or a fold)."""
    ids = [unit["id"] for unit in real_units() if part_of(unit) == part]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(ids))
        file.flush()
        scorer = Path(os.environ["FRISE_GOLD"]) / "real" / "score.py"
        done = subprocess.run(
            [python, scorer, "--ids", file.name], capture_output=True, text=True, check=True
        )
    return done.stdout
