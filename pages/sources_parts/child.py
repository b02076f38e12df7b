"""The process that watches the sources: started with the dashboard, it ends with it."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from events import settings
from events.settings import SettingsError
from events.store import Store, StoreError
from loaders.sources.lock import is_watched
from loaders.sources.state import State

ROOT = Path(__file__).resolve().parents[2]
END_SECONDS = 10.0
_KEPT: list[subprocess.Popen[bytes]] = []


def start() -> None:
    """Start it where the settings name sources and nobody watches yet.

    It ends when its standard input does: so it cannot outlive this process, however this one ends.
    """
    try:
        if _is_alive() or not settings.sources() or watched():
            return
    except (SettingsError, StoreError) as error:
        logging.warning("the sources are not watched: %s", error)
        return
    command = [sys.executable, "-m", "loaders", "watch", "--child"]
    _KEPT[:] = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)]


def end() -> None:
    """End it, after what it is reading just now."""
    while _KEPT:
        child = _KEPT.pop()
        assert child.stdin is not None
        child.stdin.close()
        try:
            child.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def watched() -> bool:
    """Whether a process watches the sources of this store, this dashboard's or another."""
    return is_watched(State(Store()))


def _is_alive() -> bool:
    return bool(_KEPT) and _KEPT[0].poll() is None
