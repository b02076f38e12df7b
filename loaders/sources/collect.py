"""One look at a source: what it brings is loaded in small batches, then marked as seen.

Marked only once it is in the store: a run that is killed repeats a little, and the store knows it.
"""

from __future__ import annotations

import datetime as dt
import errno
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from events import settings
from events.identity import stable_id
from events.model import Article, Extraction
from events.settings import SettingsError
from events.source_settings import Source
from events.store import Store, StoreError
from loaders.load import load_found
from loaders.readers import SetAside
from loaders.sources.errors import SourceError
from loaders.sources.items import Item, Surroundings, articles_of
from loaders.sources.kinds import KINDS
from loaders.sources.state import Run, State, now, problem_of
from loaders.sources.web import Web

WATCH = "watch"  # who loads, for the log
BATCH = 32  # articles loaded at once: then other sources have their turn
MOST_TRIED = 20  # things that a trial shows
# what is wrong here and not with the source: no room, a store or settings that cannot be used
OURS = (StoreError, SettingsError)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LOADING = threading.Lock()


@dataclass
class Look:
    """A look at a source while it runs. `retry_after`: seconds to wait at least; `waiting`: files
    that are still being written; `is_ours`: what went wrong is not the source's fault; `told`: what
    was set aside now, with the reason, and what tables of events brought, a line each."""

    began: float
    kept: int = 0
    known: int = 0
    aside: int = 0
    error: Exception | None = None
    retry_after: float = 0.0
    waiting: int = 0
    is_ours: bool = False
    finished: list[Item] = field(default_factory=list)
    batch: list[tuple[str, Article | SetAside]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def run(self) -> Run:
        """What the ledger keeps of it."""
        problem = None if self.error is None else problem_of(self.error)
        seconds = max(0.0, now() - self.began)
        return Run(self.began, seconds, self.kept, self.known, self.aside, problem)


def collect(source: Source, state: State, web: Web, stop: threading.Event) -> Look:
    """Look at a source and load what is new. Never raises for what a source does."""
    look = Look(now())
    try:
        with tempfile.TemporaryDirectory(prefix="frise-source-") as folder:
            around = Surroundings(state.seen(source.name), web, Path(folder), stop)
            _take(source, state, around, look)
    except Exception as error:  # a source that fails must not end the others
        look.error, look.is_ours = error, _is_ours(error)
        look.retry_after = error.retry_after if isinstance(error, SourceError) else 0.0
    return look


@dataclass(frozen=True)
class Trial:
    """What a source would bring now: its first articles, what would be set aside, what is wrong."""

    articles: tuple[Article, ...] = ()
    aside: tuple[SetAside, ...] = ()
    problem: Exception | None = None


def try_out(source: Source, web: Web, most: int = MOST_TRIED) -> Trial:
    """The first things that a source would bring, as if it had brought nothing yet; nothing is
    stored."""
    found: list[Article | Extraction | SetAside] = []
    problem: Exception | None = None
    with tempfile.TemporaryDirectory(prefix="frise-source-") as folder:
        around = Surroundings({}, web, Path(folder), threading.Event())
        try:
            found += islice(_all(source, around), most)
        except Exception as error:
            problem = error
    rows = (each.article for each in found if isinstance(each, Extraction))
    articles = (*(each for each in found if isinstance(each, Article)), *rows)
    return Trial(articles, tuple(e for e in found if isinstance(e, SetAside)), problem)


def _all(source: Source, around: Surroundings) -> Iterator[Article | Extraction | SetAside]:
    for item in KINDS[source.kind](source, around):
        if item.problem is not None:
            raise item.problem
        yield from articles_of(item, source)


def _take(source: Source, state: State, around: Surroundings, look: Look) -> None:
    """Load what comes; what came before a failure is kept."""
    try:
        for item in KINDS[source.kind](source, around):
            _note(item, look)
            name = item.name or source.name
            for found in (rest := articles_of(item, source)):
                if isinstance(found, Extraction):
                    _load_table(name, chain((found,), rest), state, look)
                    break
                look.batch.append((name, found))
                if len(look.batch) >= BATCH:
                    _load(source, state, around.seen, look)
            look.finished.append(item)
            if around.stop.is_set():
                break
    finally:
        _load(source, state, around.seen, look)


def _load_table(
    name: str, rows: Iterable[Article | Extraction | SetAside], state: State, look: Look
) -> None:
    """A table of events whole, in one load: what a newer export lacks is known at its end."""
    with _LOADING:
        found = ((name, row) for row in rows)
        report = load_found(found, Store(state.store.location), dt.date.today(), who=WATCH)
        state.note_rows()
    look.kept += sum(table.added + len(table.changed) for table in report.tables)
    look.known += sum(table.same for table in report.tables)
    look.aside += len(report.set_aside)
    look.told += [line for table in report.tables for line in table.lines()]
    look.told += [f"set aside: {item}" for item in report.set_aside]


def _note(item: Item, look: Look) -> None:
    look.waiting += not item.ready
    if item.problem is not None:
        look.error = item.problem
        look.retry_after = max(look.retry_after, item.problem.retry_after)


def _load(source: Source, state: State, seen: dict[str, str], look: Look) -> None:
    """Store the batch, then mark the items of which nothing is left to load."""
    if look.batch:
        with _LOADING:  # one after the other: the models and the store are shared
            skip = bool(settings.value("watching.skip_unrelated"))
            store, today = Store(state.store.location), dt.date.today()
            report = load_found(look.batch, store, today, who=WATCH, may_skip=skip)
            state.note_rows()
        look.batch = []
        look.kept += len(report.kept) + len(report.redated)
        look.known += len(report.known) + len(report.repeated)
        _count_aside(report.set_aside, seen, look)
    state.mark(source.name, [(item.key, item.stamp) for item in look.finished if item.key])
    look.finished = []


def _count_aside(found: list[SetAside], seen: dict[str, str], look: Look) -> None:
    """Count what was set aside now: a feed shows the same broken entry at each look."""
    for each in found:
        key = f"aside {stable_id('aside', each)}"
        if key not in seen:
            look.aside += 1
            look.told.append(f"set aside: {each}")
            seen[key] = "told"
            look.finished.append(Item(key, "told"))


def _is_ours(error: Exception) -> bool:
    return isinstance(error, OURS) or (isinstance(error, OSError) and error.errno in _NO_ROOM)
