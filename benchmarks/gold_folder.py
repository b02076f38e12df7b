"""Where the public gold sets lie. They are measured with and are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "gold"


def gold_folder() -> Path | None:
    """The folder in FRISE_GOLD, else ../shared/gold beside the project; None where neither is."""
    setting = os.environ.get("FRISE_GOLD")
    folder = Path(setting) if setting else BESIDE
    return folder if folder.is_dir() else None
