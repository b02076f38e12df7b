"""Rows of event tables into the store: what a newer export adds, changes and no longer has.

A row is an article of its own, with its coder's id; its revision counts up where its words change.
A row that the newer export of its table lacks is withdrawn, if the export covers it: it has rows of
the same country and type, and of days around its day. So an export of other countries, days or
types takes nothing out. Rows that it does not cover go too where they are very few and it has most
of the others: the last of a rare type, the first day.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from events.coded_rows import Staged, StoredRow, known_rows, rows_of_table
from events.coders import coder
from events.model import Event, Extraction
from events.store import Store
from events.withdrawal import restore_articles, withdraw, withdrawn
from loaders.readers.coded.event import NO_TYPE, UNDATED, UNKNOWN_TYPE

CHUNK = 2_000  # rows turned into columns at once
BATCH = 50_000  # rows of a commit: twice as many take 0.4 GB more, fewer leave many small files
GONE = "the newer export of its table no longer has it"
MAX_LISTED = 20
FEW, FEW_SHARE, MOST_SHARE = 2, 0.01, 0.5  # rows not covered that go too; rows that stay then


@dataclass
class TableReport:
    """What a load did with one table. `added`, `changed`, `withdrawn`, `back`: titles of rows, the
    last those that a newer export has again; `without_type` and `without_day`: how many;
    `uncovered`: rows that it neither has nor covers, which stay."""

    coder: str
    table: str
    same: int = 0
    repeated: int = 0
    without_type: int = 0
    without_day: int = 0
    refused: int = 0
    added: int = 0
    changed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    unknown_types: Counter[str] = field(default_factory=Counter)
    incomplete: bool = False
    uncovered: int = 0

    def lines(self) -> list[str]:
        """The report in words, a line each."""
        counts = {
            "added": self.added, "changed": len(self.changed), "as before": self.same,
            "withdrawn": len(self.withdrawn), "back again": len(self.back),
            "given twice": self.repeated, "taken out by a person before": self.refused,
            "without a type of Frise": self.without_type, "without a day": self.without_day,
        }  # fmt: skip
        told = ", ".join(f"{n} {what}" for what, n in counts.items() if n or what == "added")
        lines = [f"{self.coder} ({self.table}): {told}"]
        lines += [f"terms: {terms}" for terms in [coder(self.coder).terms_in("en")] if terms]
        for name, n in self.unknown_types.most_common(MAX_LISTED):
            lines.append(f"type in no table of correspondences: {name or 'none'} ({n} rows)")
        for what in ("changed", "withdrawn", "back"):
            titles = getattr(self, what)
            lines += [f"{what}: {title}" for title in titles[:MAX_LISTED]]
            more = len(titles) - MAX_LISTED
            lines += [f"{what}: {more} more"] if more > 0 else []
        if self.uncovered:
            lines.append(
                f"{self.uncovered} rows stored before are not in it, nor in the countries, types "
                "and days that it covers: they stay"
            )
        if self.incomplete:
            lines.append("rows that it lacks were not withdrawn: some of it could not be read")
        return lines


@dataclass
class _Covered:
    """What the rows of a table in this load cover."""

    first: dt.date | None = None
    last: dt.date | None = None
    kinds: set[tuple[str, str]] = field(default_factory=set)

    def add(self, event: Event) -> None:
        place = event.place.place if event.place else None
        self.kinds.add((place.country if place else "", event.source_type))
        day = event.date.first if event.date else None
        if day:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)

    def holds(self, row: StoredRow) -> bool:
        if (row.country, row.source_type) not in self.kinds:
            return False
        first, last = self.first, self.last
        return row.day is None or bool(first and last and first <= row.day <= last)


class CodedRows:
    """The rows of a load: taken one by one, stored fifty thousand at a time."""

    def __init__(self, store: Store, run: str) -> None:
        self.store, self.run = store, run
        self.reports: dict[str, TableReport] = {}  # by the reader of their articles
        self.stored = 0  # article rows that were appended
        self.days: set[int] = set()  # first days (ordinals) of the rows that were stored
        self._known: dict[int, tuple[int, str]] | None = None
        self._out: Mapping[int, str] = {}  # withdrawn rows, and why
        self._seen: set[int] = set()
        self._waiting: list[tuple[Extraction, int]] = []
        self._staged = Staged()
        self._covered: dict[str, _Covered] = defaultdict(_Covered)
        self._files: dict[str, str] = {}
        self._back: list[int] = []

    def take(self, file: str, row: Extraction) -> None:
        """One row: stored later, or known as it is."""
        reader, article = row.article.reader, row.article.id
        report = self.reports.get(reader) or self._new_report(reader)
        self._files[file] = reader
        self._covered[reader].add(row.events[0])
        if article in self._seen:
            report.repeated += 1
            return
        self._seen.add(article)
        self._count(report, row)
        if article in self._out and not self._out[article].startswith(GONE):
            report.refused += 1
        else:
            self._compare(report, row)

    def flush(self) -> None:
        """Store what waits."""
        self._staged.add(self._waiting, self.run)
        self._waiting = []
        self.stored += self._staged.write(self.store)

    def finish(self, set_aside: Iterable[str], interrupted: bool) -> None:
        """Store the rest, and withdraw what newer exports no longer have; not of a table of which
        something was `set_aside` (names of files)."""
        self.flush()
        if self._back:
            restore_articles(self.store, self._back, "the newer export of its table has it again")
        broken = {self._files[name] for name in set_aside if name in self._files}
        for reader, report in self.reports.items():
            gone, report.uncovered = self._gone(reader)
            report.incomplete = bool(gone) and (interrupted or reader in broken)
            if gone and not report.incomplete:
                withdraw(self.store, dict.fromkeys(gone, ""), f"{GONE} (load {self.run})")
                report.withdrawn = list(gone.values())

    def _new_report(self, reader: str) -> TableReport:
        if self._known is None:
            self._known = known_rows(self.store)
            self._out = {article: told.why for article, told in withdrawn(self.store).items()}
        _, name, table = reader.split("/", 2)
        self.reports[reader] = TableReport(name, table)
        return self.reports[reader]

    def _count(self, report: TableReport, row: Extraction) -> None:
        report.without_type += UNKNOWN_TYPE in row.notes or NO_TYPE in row.notes
        report.without_day += UNDATED in row.notes
        if UNKNOWN_TYPE in row.notes:
            report.unknown_types[row.events[0].source_type] += 1

    def _compare(self, report: TableReport, row: Extraction) -> None:
        """Store the row where it is new or its words changed; put it back where it was withdrawn
        for a newer export that lacked it."""
        article = row.article
        is_back = article.id in self._out
        if is_back:
            report.back.append(article.title)
            self._back.append(article.id)
        revision, digest = (self._known or {}).get(article.id, (0, ""))
        if digest == article.sha256:
            report.same += not is_back
            return
        if not revision:
            report.added += 1
        elif not is_back:
            report.changed.append(article.title)
        self._waiting.append((row, revision + 1))
        date = row.events[0].date
        if date and date.first:
            self.days.add(date.first.toordinal())
        if len(self._waiting) >= CHUNK:
            self._staged.add(self._waiting, self.run)
            self._waiting = []
        if self._staged.rows >= BATCH:
            self.flush()

    def _gone(self, reader: str) -> tuple[dict[int, str], int]:
        """Id -> title of rows of a table that were stored before, that this load covers and has
        not; and how many others it has not."""
        if not self._known:  # nothing was stored before
            return {}, 0
        out = set(self._out) - set(self._back)
        stored = [row for row in rows_of_table(self.store, reader) if row.article not in out]
        left = [row for row in stored if row.article not in self._seen]
        covered = self._covered[reader]
        gone = {row.article: row.title for row in left if covered.holds(row)}
        others = {row.article: row.title for row in left if row.article not in gone}
        has_most = len(stored) - len(left) >= MOST_SHARE * len(stored)
        if has_most and len(others) <= max(FEW, FEW_SHARE * len(stored)):
            return gone | others, 0
        return gone, len(others)
