"""What stands under a name and is no regular file: to be made at a path, never to be read."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def _link_to_fifo(path: Path) -> None:
    os.mkfifo(f"{path}.fifo")
    path.symlink_to(f"{path}.fifo")


# a device is never written to: a fault would take it from the machine
SPECIAL: dict[str, Callable[[Path], object]] = {
    "FIFO": os.mkfifo,
    "socket": _socket,
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "link to itself": lambda path: path.symlink_to(path),
    "link to nothing": lambda path: path.symlink_to("not there"),
    "link to a FIFO": _link_to_fifo,
}
