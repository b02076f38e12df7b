"""Names of uploaded files as names on this disk."""

from __future__ import annotations

import re
from pathlib import Path


def plain_name(name: str) -> str:
    """The letters of a name and its suffix: a table is known by the letters of its file's name."""
    stem = re.sub(r"[^a-zA-Z]+", "_", Path(name).stem)[:40].strip("_") or "article"
    suffix = Path(name).suffix.lower()
    return f"{stem}{suffix}" if re.fullmatch(r"\.\w{1,10}", suffix) else stem
