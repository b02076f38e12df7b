"""`load`: read, extract, store. Articles already in the store are skipped."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from events import audit_log, originals, settings
from events.batches import EXTRACTED
from events.model import Article, Extraction, Published
from events.store import Store
from events.withdrawal import withdrawn
from loaders import pool
from loaders.batch import articles_batch, failures, sound
from loaders.coded_rows import CodedRows
from loaders.grouping import Touched, group_stories, join_coded
from loaders.load_report import LoadReport
from loaders.once import Once
from loaders.pool import Driver
from loaders.readers import Item, Layout, SetAside, article_files, read_path
from loaders.storing import look_after, store_aside, store_read, sure_events

ROWS_SHOWN = 500  # rows of tables between two looks at the progress

Progress = Callable[[str, LoadReport], None]
Found = tuple[str, Item]


def load_paths(
    paths: Iterable[Path],
    store: Store,
    today: dt.date,
    progress: Progress | None = None,
    layout: Layout | None = None,
    who: str = "",
    driver: Driver | None = None,
    may_skip: bool = False,
) -> LoadReport:
    """`load_found` of files and folders; with `layout` they are event tables of it."""
    found = (
        (str(file), item)
        for path in paths
        for file in article_files(path)
        for item in read_path(file, layout)
    )
    return load_found(found, store, today, progress, who, driver, may_skip)


def load_found(
    found: Iterable[Found],
    store: Store,
    today: dt.date,
    progress: Progress | None = None,
    who: str = "",
    driver: Driver | None = None,
    may_skip: bool = False,
) -> LoadReport:
    """Load what readers found: (name of the file, article, row of a table or what was set aside).
    `progress(file, report)` is called after each article.

    Articles reported as kept are committed to the store, even if the process dies. Raises
    StoreError where the store cannot be written. Ctrl-C stores what is ready and stops. `who`
    loads, for the log. `driver` reads the articles, each text once; None: that of the settings.
    `may_skip`: what is hardly about politics or security is stored and not read.
    """
    store.create()
    run = _Run(store, today, LoadReport(), who)
    reads = Once(driver or pool.driver())
    batches = run.batches(found, progress, reads.size, may_skip)
    try:
        with closing(reads.map(batches)) as done:
            for batch in done:
                run.keep(batch)
    except KeyboardInterrupt:
        run.report.interrupted = True
    run.finish()
    if run.report.kept or run.report.redated:
        group_stories(store, run.touched)
    elif run.coded.stored:
        join_coded(store, run.touched)
    if run.touched.rows:
        look_after(store)
    return run.report


def load_again(
    article: Article, published: Published, store: Store, today: dt.date, who: str = ""
) -> int:
    """Extract an article again with another publication date and store it as a new revision.

    Every relative date is resolved again. Returns the number of events that are sure enough;
    raises StageError.
    """
    read = pool.read([replace(article, published=published)], today)
    if (failed := failures(read)[0]) is not None:
        raise failed
    touched = Touched(store)
    touched.add(read)
    audit_log.record(store, "date of publication chosen", who, f"article {article.id}")
    store.append_read(read, revise=True)
    touched.rows += 1
    group_stories(store, touched)
    return sure_events(read)


class _Run:
    """A running load: articles that wait to be read and to be stored, and the report."""

    def __init__(self, store: Store, today: dt.date, report: LoadReport, who: str) -> None:
        self.store, self.today, self.report = store, today, report
        self._who, self._begun = who, False
        self._stored = store.published_bases()
        self._withdrawn = withdrawn(store)
        self.touched = Touched(store)
        self.coded = CodedRows(store, report.run)
        self._names: dict[int, tuple[str, str]] = {}  # of articles being read: file, title
        self._seen: set[int] = set()
        self._ready: list[pa.RecordBatch] = []
        self._aside: list[SetAside] = []  # of these, what is not recorded yet
        self._flushed = time.monotonic()

    def batches(
        self, found: Iterable[Found], progress: Progress | None, size: int, may_skip: bool
    ) -> Iterator[pa.RecordBatch]:
        """Batches of what must be read, `size` articles each; the rest is noted in the report."""
        size = min(size, int(settings.number("loading.batch_articles")))
        waiting: list[Article] = []
        for name, item in found:
            if not self._begun:
                self._log("load begun", f"run {self.report.run}")
            self._begun = True
            waiting += self._taken(name, item)
            if len(waiting) >= size:
                yield articles_batch(waiting, self.today, may_skip)
                waiting = []
            if progress and self.report.rows % ROWS_SHOWN == 0:
                progress(name, self.report)
        if waiting:
            yield articles_batch(waiting, self.today, may_skip)

    def keep(self, batch: pa.RecordBatch) -> None:
        """Take what was read; store it when it is due."""
        errors = failures(batch)
        for article, error in zip(batch.column("article_id").to_pylist(), errors, strict=True):
            name, title = self._names.pop(article)
            if error:
                self._put_aside(SetAside(name, "", title[:80], str(error), error.remedy))
        self._ready.append(sound(batch))
        late = time.monotonic() - self._flushed > settings.number("loading.batch_seconds")
        ready = sum(each.num_rows for each in self._ready)
        if late or ready >= settings.number("loading.batch_articles"):
            self.flush()

    def finish(self) -> None:
        """Store what waits, rows of tables too."""
        self.flush()
        aside = [item.file for item in self.report.set_aside]
        self.coded.finish(aside, self.report.interrupted)
        self.touched.rows += self.coded.stored
        self.touched.coded_days |= self.coded.days
        self.report.tables = list(self.coded.reports.values())
        if self._begun:
            kept, rows = len(self.report.kept) + len(self.report.redated), self.coded.stored
            told = f"{kept} articles, {self.report.events} events, {rows} rows"
            self._log("load done", f"run {self.report.run}: {told}")

    def _log(self, act: str, of: str) -> None:
        audit_log.record(self.store, act, self._who, of)

    def flush(self) -> None:
        """Store the waiting articles; only then are they reported as kept."""
        store_aside(self._aside, self.store)
        read = pa.Table.from_batches(self._ready, EXTRACTED)
        ids = read.column("article_id").to_pylist()
        is_known = pa.array([article in self._stored for article in ids], pa.bool_())
        self.report.kept += self._now(read.filter(pc.invert(is_known)))
        self.report.redated += self._now(read.filter(is_known), revise=True)
        self._ready, self._aside = [], []
        self._flushed = time.monotonic()

    def _now(self, read: pa.Table, revise: bool = False) -> list[int]:
        return store_read(read, self.store, self.report, self.touched, revise)

    def _taken(self, name: str, item: Item) -> list[Article]:
        """The article where it must be read; none where there is nothing to read."""
        if isinstance(item, Extraction):
            self.report.rows += 1
            self.coded.take(name, item)
        elif isinstance(item, SetAside):
            self._put_aside(item)
        else:
            self.report.read += 1
            if self._is_new(name, item):
                self._names[item.id] = name, item.title
                return [originals.keep(self.store.location, item)]
        return []

    def _is_new(self, name: str, article: Article) -> bool:
        told = f"{name} ({article.title})" if article.title else name
        is_repeated = article.id in self._seen
        self._seen.add(article.id)
        if article.id in self._withdrawn:
            self._refuse(name, article)
        elif is_repeated:
            self.report.repeated.append(told)
        elif article.id in self._stored and not self._is_redated(article):
            self.report.known.append(told)
        else:
            return True
        return False

    def _is_redated(self, article: Article) -> bool:
        """Whether the article now has a given date and had none; given or chosen ones stay."""
        return article.published.basis == "given" and self._stored[article.id] != "given"

    def _refuse(self, name: str, article: Article) -> None:
        """An article that a person took out does not come back with the next load."""
        told = f"it was {self._withdrawn[article.id]}"
        remedy = f"Put it back with: python -m loaders restore-article {article.id}"
        if self._withdrawn[article.id].action == "erased":
            remedy = "An erased article is not loaded again."
        # by its id: of what is erased, now or later, no word is stored, its title neither
        self._put_aside(SetAside(name, "", f"article {article.id}", told, remedy))

    def _put_aside(self, item: SetAside) -> None:
        self.report.set_aside.append(item)
        self._aside.append(item)
