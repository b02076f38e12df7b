"""Where the public gold sets lie. They are no part of the project: the one who measures says it."""

from __future__ import annotations

import os
from pathlib import Path

ABSENT = "not measured, the set is not in the gold folder (`--gold DIR` or `FRISE_GOLD`)"


def gold_folder(given: str = "") -> Path | None:
    """The folder given, else the one that FRISE_GOLD names; None where neither is.

    Raises NotADirectoryError where the folder named does not exist.
    """
    named = given or os.environ.get("FRISE_GOLD", "")
    if not named:
        return None
    folder = Path(named)
    if not folder.is_dir():
        raise NotADirectoryError(
            f"the gold folder {named!r} is no folder: name another by --gold or FRISE_GOLD, "
            "or leave both out and the public sets are not measured"
        )
    return folder


def gold_set(folder: Path | None, name: str) -> Path | None:
    """A file or folder of the gold folder; None where it is not there."""
    path = folder / name if folder is not None else None
    return path if path is not None and path.exists() else None
