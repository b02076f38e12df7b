"""How reliable each outlet is, A to F: a team's own table, kept beside the tables of the store.

``outlets.csv`` has the columns OUTLET_COLUMNS, one row an outlet. An outlet without a row is F,
"cannot be judged": nobody's reliability is guessed. Names are compared as `events.credits.outlet`
knows them. Who graded what stands in the log too.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from events import audit_log
from events.credits import outlet, same_outlet
from events.error_words import WordedError
from events.grading import CANNOT_BE_JUDGED, RELIABILITIES
from events.plain_text import guarded, unguarded
from events.regular_files import read_bytes, read_text
from events.store_errors import damaged, told_if_not_written, write_beside
from events.store_tables import StoreTables

FILE = "outlets.csv"
OUTLET_COLUMNS: dict[str, str] = {
    "outlet": "name of the outlet",
    "reliability": "A to F",
    "why": "reason",
    "who": "who graded it",
    "at": "when, ISO 8601, UTC",
}
MOST_BYTES, MOST_ROWS, MOST_TEXT = 2_000_000, 20_000, 300


class GradesError(WordedError, ValueError):
    """What is wrong with a table of outlets: which line, which value, what to do."""


@dataclass(frozen=True)
class OutletGrade:
    """A row of the table."""

    outlet: str
    reliability: str
    why: str = ""
    who: str = ""
    at: str = ""


@dataclass(frozen=True)
class OutletGrades:
    """The table, by what names of one outlet have in common."""

    rows: Mapping[str, OutletGrade]

    def reliability(self, name: str) -> str:
        """A to F; F for an outlet that nobody graded."""
        found = self.rows.get(same_outlet(name))
        return found.reliability if found else CANNOT_BE_JUDGED


def read(location: Path) -> OutletGrades:
    """The table of a store; empty where there is none. Raises StoreDamaged."""
    path = location / FILE
    try:
        return OutletGrades({same_outlet(row.outlet): row for row in parsed(read_text(path))})
    except FileNotFoundError:
        return OutletGrades({})
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error


def written(location: Path) -> int:
    """When the table was written, in ns; 0 where there is none."""
    try:
        return (location / FILE).stat().st_mtime_ns
    except OSError:
        return 0


def stamp(location: Path) -> tuple[int, ...]:
    """A number that another table has not; none where there is no table."""
    try:
        return (zlib.crc32(read_bytes(location / FILE)),)
    except (OSError, ValueError):
        return ()


def readable(location: Path) -> list[OutletGrade]:
    """The rows of a damaged table that say which outlet is how reliable."""
    try:
        head, *lines = read_text(location / FILE).splitlines()
    except (OSError, ValueError):
        return []
    found = []
    for line in lines:
        with contextlib.suppress(ValueError):
            found += parsed(f"{head}\n{line}")
    return found


def parsed(text: str) -> list[OutletGrade]:
    """The rows of a table as CSV, between commas or semicolons, with a line of names: outlet and
    reliability, and why, who, at where it has them. Raises GradesError."""
    if len(text) > MOST_BYTES:
        raise GradesError("the table is longer than {most} characters", most=MOST_BYTES)
    try:
        return _rows(text)
    except csv.Error as error:
        raise GradesError("the table is no CSV: {problem}", problem=error) from error


def _rows(text: str) -> list[OutletGrade]:
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    names = {(name or "").strip().casefold(): name for name in rows.fieldnames or ()}
    if not {"outlet", "reliability"} <= names.keys():
        raise GradesError("the first line must name the columns outlet and reliability")
    found = []
    for row in rows:
        told = {n: _cell(row, names.get(n, "")) for n in OUTLET_COLUMNS}
        if any(told.values()):
            found.append(_checked(told, rows.line_num))
        if len(found) > MOST_ROWS:
            raise GradesError("the table has more than {most} rows", most=MOST_ROWS)
    return found


def _cell(row: Mapping[str, str | None], name: str) -> str:
    return unguarded((row.get(name) or "").strip())[:MOST_TEXT]


def _checked(told: Mapping[str, str], line: int) -> OutletGrade:
    grade = told["reliability"].upper()
    if not told["outlet"]:
        raise GradesError("line {line} names no outlet", line=line)
    if grade not in RELIABILITIES:
        raise GradesError(
            "line {line}: {value} is no reliability of {outlet}: write A, B, C, D, E or F",
            line=line, value=repr(told["reliability"]), outlet=told["outlet"],
        )  # fmt: skip
    return OutletGrade(**{**told, "reliability": grade})


def as_csv(rows: Iterable[OutletGrade]) -> str:
    """The table as CSV; what a spreadsheet would run has an apostrophe before it."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, list(OUTLET_COLUMNS), lineterminator="\n")
    table.writeheader()
    table.writerows({n: guarded(cell) for n, cell in vars(row).items()} for row in rows)
    return out.getvalue()


def give(store: StoreTables, grades: Iterable[OutletGrade], who: str) -> int:
    """Add rows to the table, in place of those of the same outlets, signed by `who` where they are
    not signed; how many changed something. Raises GradesError without a name, StoreError."""
    if not who.strip():
        raise GradesError("give your name: others will read who graded it")
    store.check()
    with store.lock("edits"):
        known = dict(read(store.location).rows)
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        changed = [_signed(row, who, now) for row in grades if _differs(row, known)]
        if changed:
            told = ", ".join(f"{row.outlet} {row.reliability}" for row in changed)
            audit_log.record(store, "outlets graded", who, f"outlet {told}", map(vars, changed))
            known |= {same_outlet(row.outlet): row for row in changed}
            table = as_csv(sorted(known.values(), key=lambda row: same_outlet(row.outlet)))
            with told_if_not_written(store.location / FILE):
                write_beside(store.location / FILE, table)
    return len(changed)


def _differs(row: OutletGrade, known: Mapping[str, OutletGrade]) -> bool:
    before = known.get(same_outlet(row.outlet))
    return before is None or (before.reliability, before.why) != (row.reliability, row.why)


def _signed(row: OutletGrade, who: str, now: str) -> OutletGrade:
    name = outlet(row.outlet)
    return OutletGrade(name, row.reliability, row.why, row.who or who.strip(), row.at or now)
