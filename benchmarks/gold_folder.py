"""The folder of the public gold sets, which are not part of the project: given by the user."""

from __future__ import annotations

import os
from pathlib import Path

ABSENT = "not measured, the set is not in the gold folder (`--gold DIR` or `FRISE_GOLD`)"


def gold_folder(given: str = "") -> Path | None:
    """The folder given, else the one in FRISE_GOLD; None if neither is set.

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
    """A file or folder of the gold folder; None if it is missing."""
    path = folder / name if folder is not None else None
    return path if path is not None and path.exists() else None
