"""How a path inside a working copy is told: by the address that a person knows."""

from __future__ import annotations

import os
from pathlib import Path

_addresses: dict[str, str] = {}  # folder of a copy's store -> address


def know(folder: Path, address: str) -> None:
    """From now on paths in the folder are told by the address."""
    _addresses[os.fspath(folder)] = address


def shown(path: object) -> object:
    """``s3://bucket/prefix/events`` for a path, or the text of one, in the copy of a store; all
    else as it is."""
    if not isinstance(path, (str, Path)):
        return path
    text = os.fspath(path)
    for folder, address in _addresses.items():
        if text == folder or text.startswith(folder + os.sep):
            return address + text.removeprefix(folder).replace(os.sep, "/")
    return path
