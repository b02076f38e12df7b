"""`load`: read, extract, store. Articles already in the store are skipped."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from events import audit_log, originals, settings, token_table
from events.certainty import is_sure_enough, reading
from events.maintenance import maintain, most_files
from events.model import Article, Extraction, Published
from events.store import Store
from events.tables import Row, rejected_row
from events.withdrawal import withdrawn
from events.wording import format_tenths
from loaders.coded_rows import CodedRows, TableReport
from loaders.grouping import Touched, group_stories, join_coded
from loaders.guarded import extract
from loaders.pipeline import EVERY_EVENT, StageError
from loaders.readers import Item, Layout, SetAside, article_files, read_path

MAX_LISTED = 20  # names of a kind in the report; what was set aside is listed whole
ROWS_SHOWN = 500  # rows of tables between two looks at the progress
LARGE_LOAD = 32  # small files in one month after which they are worth joining


def _new_run() -> str:
    """A name for this load, by which all that it brought can be withdrawn."""
    return f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"


@dataclass
class LoadReport:
    """What a load did. `kept`: ids now in the store; `known`: were there before; `redated`: of
    these, those with a new given publication date, extracted again; `repeated`: given twice in
    this load; `set_aside` says what, where, which value and what to do. `events`: stored with
    them; `less_sure`: of these, not shown by default. `rows` of event tables were read, which are
    no articles; `tables`: what was done with them.
    read = kept + redated + known + repeated + the articles among `set_aside`.
    """

    read: int = 0
    kept: list[int] = field(default_factory=list)
    redated: list[int] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    events: int = 0
    less_sure: int = 0
    interrupted: bool = False
    run: str = field(default_factory=_new_run)
    rows: int = 0
    tables: list[TableReport] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report in words, a line each."""
        told = [
            f"{self.read} articles read: {len(self.kept)} kept, {len(self.redated)} resolved "
            f"again with the date given now, {len(self.known)} already in the store, "
            f"{len(self.repeated)} given twice; {len(self.set_aside)} set aside; "
            f"{events_in_words(self.events, self.less_sure)}; run {self.run}"
        ]
        told += [line for table in self.tables for line in table.lines()]
        told += _listed("already in the store", self.known)
        told += _listed("given twice", self.repeated)
        told += [f"set aside: {item}" for item in self.set_aside]
        return told + (["interrupted: the rest was not read"] if self.interrupted else [])


def events_in_words(events: int, less_sure: int) -> str:
    """The events that were stored, and how many of them are not shown by default."""
    least = format_tenths(reading().threshold, "en")
    told = f", {less_sure} of them less sure of their type than {least}" if less_sure else ""
    return f"{events} events{told}"


def _listed(what: str, names: list[str]) -> list[str]:
    """One line per name; past `MAX_LISTED`, a line with the number of the others."""
    lines = [f"{what}: {name}" for name in names[:MAX_LISTED]]
    more = len(names) - MAX_LISTED
    return [*lines, f"{what}: {more} more"] if more > 0 else lines


Progress = Callable[[str, LoadReport], None]
Found = tuple[str, Item]


def load_paths(
    paths: Iterable[Path],
    store: Store,
    today: dt.date,
    progress: Progress | None = None,
    layout: Layout | None = None,
    who: str = "",
) -> LoadReport:
    """Load files and folders. `progress(file, report)` is called after each article. With `layout`
    they are event tables of it. `who` loads, for the log."""
    found = (
        (str(file), item)
        for path in paths
        for file in article_files(path)
        for item in read_path(file, layout)
    )
    return load_found(found, store, today, progress, who)


def load_found(
    found: Iterable[Found],
    store: Store,
    today: dt.date,
    progress: Progress | None = None,
    who: str = "",
) -> LoadReport:
    """Load what readers found: (name of the file, article, row of a table or what was set aside).

    Articles reported as kept are committed to the store, even if the process dies. `who` loads, for
    the log. Raises
    StoreError where the store cannot be written. Ctrl-C stores what is ready and stops.
    """
    store.create()
    run = _Run(store, today, LoadReport(), who)
    try:
        for name, item in found:
            run.take(name, item)
            if progress and run.report.rows % ROWS_SHOWN == 0:
                progress(name, run.report)
    except KeyboardInterrupt:
        run.report.interrupted = True
    run.finish()
    if run.report.kept or run.report.redated:
        group_stories(store, run.touched)
    elif run.coded.stored:
        join_coded(store, run.touched)
    if run.touched.rows:
        _look_after(store)
    return run.report


def load_again(
    article: Article, published: Published, store: Store, today: dt.date, who: str = ""
) -> int:
    """Extract an article again with another publication date and store it as a new revision.

    Every relative date is resolved again. Returns the number of events that are sure enough;
    raises StageError.
    """
    extraction = extract(replace(article, published=published), today, EVERY_EVENT)
    touched = Touched(store)
    touched.add([extraction])
    audit_log.record(store, "date of publication chosen", who, f"article {article.id}")
    store.append([extraction], revise=True)
    touched.rows += 1
    group_stories(store, touched)
    return sum(map(is_sure_enough, extraction.events))


def _look_after(store: Store) -> None:
    if most_files(store) > LARGE_LOAD or token_table.lacks_words(store, withdrawn(store)):
        maintain(store)


class _Run:
    """A running load: articles waiting to be stored, and the report."""

    def __init__(self, store: Store, today: dt.date, report: LoadReport, who: str) -> None:
        self.store, self.today, self.report = store, today, report
        self._who, self._begun = who, False
        self._stored = store.published_bases()
        self._withdrawn = withdrawn(store)
        self.touched = Touched(store)
        self.coded = CodedRows(store, report.run)
        self._seen: set[int] = set()
        self._ready: list[Extraction] = []
        self._rejected: list[Row] = []
        self._flushed = time.monotonic()

    def take(self, name: str, item: Item) -> None:
        """Extract an article, or note why not; store the batch when it is due."""
        if not self._begun:
            self._log("load begun", f"run {self.report.run}")
        self._begun = True
        if isinstance(item, Extraction):
            self.report.rows += 1
            self.coded.take(name, item)
            return
        if isinstance(item, SetAside):
            self._put_aside(item)
        else:
            self.report.read += 1
            self._take_article(name, item)
        late = time.monotonic() - self._flushed > settings.number("loading.batch_seconds")
        if late or len(self._ready) >= settings.number("loading.batch_articles"):
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
        self.touched.add(self._ready)
        known = [e for e in self._ready if e.article.id in self._stored]
        fresh = [e for e in self._ready if e.article.id not in self._stored]
        run = self.report.run
        added = set(self.store.append(fresh, run=run).added) if fresh else set()
        if known:
            self.store.append(known, revise=True, run=run)
        if self._rejected:
            self.store.append_rejected(self._rejected)
        self.touched.rows += len(added) + len(known)
        self.report.kept += added
        self.report.redated += [e.article.id for e in known]
        # another load stored these in the meantime
        self.report.known += [e.article.title for e in fresh if e.article.id not in added]
        stored = added | {e.article.id for e in known}
        told = [event for e in self._ready if e.article.id in stored for event in e.events]
        self.report.events += len(told)
        self.report.less_sure += len(told) - sum(map(is_sure_enough, told))
        self._ready, self._rejected = [], []
        self._flushed = time.monotonic()

    def _take_article(self, name: str, article: Article) -> None:
        told = f"{name} ({article.title})" if article.title else name
        if article.id in self._withdrawn:
            self._refuse(name, article)
        elif article.id in self._seen:
            self.report.repeated.append(told)
        elif article.id in self._stored and not self._is_redated(article):
            self.report.known.append(told)
        else:
            self._extract(name, article)
        self._seen.add(article.id)

    def _is_redated(self, article: Article) -> bool:
        """Whether the article now has a given date and had none; given or chosen ones stay."""
        return article.published.basis == "given" and self._stored[article.id] != "given"

    def _refuse(self, name: str, article: Article) -> None:
        """An article that a person took out does not come back with the next load."""
        told = f"it was {self._withdrawn[article.id]}"
        remedy = f"Put it back with: python -m loaders restore-article {article.id}"
        if self._withdrawn[article.id].action == "erased":
            remedy = "An erased article is not loaded again."
        self._put_aside(SetAside(name, "", article.title[:80], told, remedy))

    def _extract(self, name: str, article: Article) -> None:
        try:
            read = extract(article, self.today, EVERY_EVENT)
            kept = originals.keep(self.store.location, article)
            told = (*read.notes, *kept.notes[len(article.notes) :])
            file = replace(read.article, sha256=kept.sha256)
            self._ready.append(replace(read, article=file, notes=told))
        except StageError as error:
            self._put_aside(SetAside(name, "", article.title[:80], str(error), error.remedy))

    def _put_aside(self, item: SetAside) -> None:
        self.report.set_aside.append(item)
        row = rejected_row(item.file, item.problem, item.where, item.value, item.remedy)
        self._rejected.append(row)
