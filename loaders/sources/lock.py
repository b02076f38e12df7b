"""One process alone watches the sources of a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from events.store import StoreError
from loaders.sources.state import State

PATIENCE = 2.0  # seconds; who only asks whether it is held holds it for a moment


@contextmanager
def only_watcher(state: State) -> Iterator[None]:
    """The right to watch for a store, held by one process. Raises StoreError if it is taken."""
    try:
        lock = _lock(state).acquire(timeout=PATIENCE)
    except Timeout:
        raise StoreError(
            "another process watches the sources of {store} already: end it first",
            store=state.store.location,
        ) from None
    with lock:
        state.attach()
        yield


def is_watched(state: State) -> bool:
    """Whether a process watches the sources of a store now."""
    try:
        with _lock(state).acquire(timeout=0):
            return False
    except Timeout:
        return True
    except OSError:
        return False


def _lock(state: State) -> FileLock:
    return FileLock(f"{state.path}.lock")
