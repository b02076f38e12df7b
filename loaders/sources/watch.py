"""Watching: a thread a source, so that a slow or broken one never holds the others up."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch as changes

from events import settings
from events.settings import SettingsError
from events.source_settings import Source
from events.store import Store
from loaders.sources import schedule
from loaders.sources.collect import OURS, Look, collect
from loaders.sources.folder import SETTLED
from loaders.sources.lock import only_watcher
from loaders.sources.state import State, now
from loaders.sources.web import Web

LOOK_SECONDS = 2.0  # between two looks at the settings and at what the page asked for
OURS_SECONDS = 60.0  # until the next try where there is no room, say
END_SECONDS = 10.0  # that running looks have to end
LOCAL = ("folder", "maildir")
Told = Callable[[Source, Look], None]


def the_web(stop: threading.Event | None = None) -> Web:
    """The web with what the settings tell of it. Raises SettingsError."""
    own = set(str(settings.value("watching.private_hosts")).split(", "))
    contact = str(settings.value("watching.contact"))
    return Web(contact, own - {""}, settings.number("watching.pause_seconds"), stop=stop)


def look_once(store: Store, told: Told, stop: threading.Event) -> list[Look]:
    """Look at every source that is not paused, once and now. Raises StoreError, SettingsError."""
    state, web, looks = State(store), the_web(stop), []
    with only_watcher(state):
        workers = [
            threading.Thread(
                target=lambda each=each: looks.append(_looked(each, state, web, stop, told)),
                daemon=True,
            )
            for each in settings.sources()
            if not state.entry(each.name).paused
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            while worker.is_alive():
                worker.join(LOOK_SECONDS)
    return looks


def watch(store: Store, told: Told, stop: threading.Event) -> None:
    """Look at the sources of the settings as their schedules tell, until `stop` is set.

    Sources that are added, changed or removed are taken up. Raises StoreError where another process
    watches for this store; SettingsError for settings that do not hold at the start.
    """
    state, web = State(store), the_web(stop)
    with only_watcher(state):
        workers: dict[Source, _Worker] = {}
        wanted = settings.sources()
        while not stop.is_set():
            for source in set(workers) - set(wanted):
                workers.pop(source).end()
            for source in wanted:
                if source not in workers:
                    workers[source] = _Worker(source, state, web, told)
            stop.wait(LOOK_SECONDS)
            try:
                wanted = settings.sources()
            except SettingsError:  # being written: what held goes on
                continue
        for worker in workers.values():
            worker.end()
        for worker in workers.values():
            worker.thread.join(END_SECONDS / max(1, len(workers)))


class _Worker:
    """One source: it waits, looks, and waits again."""

    def __init__(self, source: Source, state: State, web: Web, told: Told) -> None:
        self.source, self.state, self.web, self.told = source, state, web, told
        self.stop, self.wake = threading.Event(), threading.Event()
        if source.kind in LOCAL:  # files may have come while nobody watched
            self.wake.set()
            threading.Thread(target=self._listen, daemon=True).start()
        self.thread = threading.Thread(target=self._run, daemon=True, name=source.name)
        self.thread.start()

    def end(self) -> None:
        """Stop after what is being read."""
        self.stop.set()

    def _run(self) -> None:
        while not self.stop.is_set():
            try:
                self._turn()
            except Exception as error:  # no room for the state, say: the thread must go on
                self.told(self.source, Look(now(), error=error, is_ours=True))
                self.stop.wait(OURS_SECONDS)

    def _turn(self) -> None:
        entry = self.state.entry(self.source.name)
        if entry.paused:
            self.stop.wait(LOOK_SECONDS)
            return
        wait = schedule.due(self.source, entry.next_at, now()) - now()
        if wait > 0 and not self.wake.is_set():
            self._sleep(min(wait, 2 * LOOK_SECONDS))
            return
        self.wake.clear()
        look = _look(self.source, self.state, self.web, self.stop, self.told)
        if look.waiting:  # a file is still being written
            self.stop.wait(SETTLED)
            self.wake.set()

    def _sleep(self, seconds: float) -> None:
        """Until the seconds are over, a file has changed, or the end."""
        end = time.monotonic() + seconds  # a clock that is set back must not lengthen it
        while time.monotonic() < end and not self.wake.is_set() and not self.stop.is_set():
            self.stop.wait(min(0.25, seconds))

    def _listen(self) -> None:
        """Wake up when files change; where the system cannot tell, the interval alone holds."""
        folder = Path(self.source.path).expanduser()
        while not self.stop.is_set():
            try:
                for _ in changes(folder, stop_event=self.stop, debounce=800, raise_interrupt=False):
                    self.wake.set()
            except (OSError, RuntimeError):  # not there yet, or no more watches to be had
                self.stop.wait(5 * LOOK_SECONDS)


def _looked(source: Source, state: State, web: Web, stop: threading.Event, told: Told) -> Look:
    """As `_look`, also where the ledger cannot be written."""
    try:
        return _look(source, state, web, stop, told)
    except OURS as error:
        look = Look(now(), error=error, is_ours=True)
        told(source, look)
        return look


def _look(source: Source, state: State, web: Web, stop: threading.Event, told: Told) -> Look:
    """Look, write it into the ledger with the time of the next look, and tell."""
    failures = state.entry(source.name).failures
    look = collect(source, state, web, stop)
    if look.is_ours:
        next_at = now() + OURS_SECONDS
    else:
        failed = failures + 1 if look.error is not None else 0
        next_at = schedule.next_time(source, now(), failed, look.retry_after)
    if not (stop.is_set() and look.error is not None):  # ended by us: no failure of the source
        state.record(source.name, look.run, next_at)
    told(source, look)
    return look
