"""The log: who did what, one line an act, each chained to the one before.

A line of ``log.jsonl`` beside the tables holds its number `n`, the moment, who, the act, its
subject (ids, names of fields and files, counts: never words of an article), `rows`, the SHA-256 of
the rows that the act wrote, its own `hash` and the `chain`: SHA-256 over the chain before and the
hash. So a line that is changed, left out or put between is found without any text, and what is
erased elsewhere breaks nothing. How many lines there are stands in ``manifest/log.json``.

A line is written before the act, under a lock: an act without a line there is not. A kill may leave
a line without its act, and half a line, which the next one replaces. Where the file of settings
says something else than the log has, a line tells it before that of the next act (`settings_log`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from events import audit_lines, settings_log
from events.audit_lines import (
    ACTS,
    BREAK_NOTED,
    FILE,
    KINDS,
    SETTINGS_NOTICED,
    STATED,
    Entry,
    digest,
)
from events.error_words import Words
from events.plain_text import one_line
from events.store_errors import StoreError, StoreMissing, told_if_not_written
from events.store_tables import StoreTables

BESIDE = (STATED, FILE)  # in this order: a log that is newer than what is stated of it is sound
_MOST = 400  # characters of a subject or a name
__all__ = [
    "ACTS", "BESIDE", "BREAK_NOTED", "FILE", "KINDS", "Break", "Entry", "breaks", "carry", "digest",
    "entries", "login", "note_breaks", "record", "record_leaving",
]  # fmt: skip


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the line (counted in the file), and what is wrong there."""

    line: int
    words: Words


def record(
    store: StoreTables,
    act: str,
    who: str = "",
    of: str = "",
    rows: Iterable[Mapping[str, object]] = (),
) -> None:
    """Append a line: who did which of ACTS to what. Call it before the rows are written.

    Raises ValueError for an unknown act, StoreMissing, StoreBusy, StoreNotWritten.
    """
    if not store.exists():
        raise StoreMissing("there is no store at {path}", path=store.location)
    if act not in ACTS:
        raise ValueError(f"the log knows no act {act!r}: add it to ACTS in events/audit_lines.py")
    with store.lock("log"), told_if_not_written(store.location / FILE):
        noticed = settings_log.noticed(store.location)
        if noticed is not None:
            told = settings_log.words(store.location, noticed)
            _write(store.location, SETTINGS_NOTICED, login(), told, noticed)
        _write(store.location, act, who, of, rows)


def _write(
    location: Path, act: str, who: str, of: str, rows: Iterable[Mapping[str, object]]
) -> None:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    who, of = one_line(who)[:_MOST], one_line(of)[:_MOST]
    told = {"at": now, "who": who, "act": act, "of": of, "rows": digest(rows)}
    n, chain = audit_lines.last(location)
    if not n:
        audit_lines.state(location, n, chain)  # before the first line: a log without it is damage
    audit_lines.append(location, audit_lines.line_of({"n": n + 1, **told}, chain))


def record_leaving(
    location: Path,
    who: str,
    file: str,
    act: str = "export",
    rows: Iterable[Mapping[str, object]] = (),
) -> None:
    """The same of a file that leaves the store; of a store that cannot be written it leaves too."""
    with contextlib.suppress(StoreError):
        record(StoreTables(location), act, who, f"file {file}", rows)


def login() -> str:
    """Who is signed in to the machine: the person of a command that names nobody."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def entries(location: Path) -> list[Entry]:
    """The lines that can be read, oldest first; [] for a store that has no log yet. Raises
    StoreDamaged, as `breaks`."""
    return [entry for _number, entry in audit_lines.read(location) if entry]


def breaks(location: Path) -> list[Break]:
    """Where the chain does not hold; what a person noted by `repair` is not told again."""
    found: list[Break] = []
    n, chain, line = 0, "", 0
    for line, entry in audit_lines.read(location):
        wrong = audit_lines.wrong(entry, n, chain)
        if entry and entry.act == BREAK_NOTED and audit_lines.hash_of(entry) == entry.hash:
            found = []  # those before it, and the gap that it may follow
        elif wrong:
            found.append(Break(line, wrong))
        n, chain = (entry.n, entry.chain) if entry else (n + 1, "")
    stated = audit_lines.stated(location)[0]
    if line and not (location / STATED).is_file():
        found.append(Break(line, Words("{file} is missing, which counts the lines", file=STATED)))
    if stated > n:
        told = Words("{n} lines were written, {found} are there", n=stated, found=n)
        found.append(Break(line + 1, told))
    return found


def note_breaks(store: StoreTables, who: str) -> int:
    """Write into the log where its chain does not hold: nothing of it is changed. How many."""
    found = breaks(store.location)
    if found:
        lines = ", ".join(str(each.line) for each in found)
        record(store, BREAK_NOTED, who, f"line {lines}", [{"words": str(b.words)} for b in found])
    return len(found)


def carry(old: Path, fresh: StoreTables) -> None:
    """Copy the log into the folder that will stand in the store's place."""
    for name in BESIDE:
        if (old / name).is_file():
            (fresh.location / name).parent.mkdir(exist_ok=True)
            shutil.copy2(old / name, fresh.location / name)
