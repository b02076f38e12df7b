"""The log: who did what, one line an act, each chained to the one before.

A line of ``log.jsonl`` beside the tables holds its number `n`, the moment, who, the act, its
subject (ids, names of fields and files, counts: never words of an article), `rows`, the SHA-256 of
the rows that the act wrote, its own `hash` and the `chain`: SHA-256 over the chain before and the
hash. So a line that is changed, left out or put between is found without any text, and what is
erased elsewhere breaks nothing. How many lines there are stands in ``manifest/log.json``.

A line is written before the act, under a lock: an act without a line there is not. A kill may leave
a line without its act, and half a line, which the next one replaces.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from events import manifest
from events.error_words import Words
from events.plain_text import one_line
from events.store_errors import StoreError, StoreMissing, damaged, told_if_not_written, write_beside
from events.store_tables import StoreTables

FILE = "log.jsonl"
_STATED = f"{manifest.FOLDER}/log.json"
BESIDE = (_STATED, FILE)  # in this order: a log that is newer than what is stated of it is sound
BREAK_NOTED = "break noted"
# act -> kind, by which the page "Log" filters
ACTS: dict[str, str] = {
    "load begun": "load",
    "load done": "load",
    "reread": "load",
    "date of publication chosen": "load",
    "edit": "edit",
    "edit taken back": "edit",
    "accepted": "review",
    "rejected": "review",
    "second reading": "review",
    "review taken back": "review",
    "note written": "note",
    "note changed": "note",
    "note deleted": "note",
    "note put back": "note",
    "tag set": "note",
    "tag removed": "note",
    "tag changed": "note",
    "tag deleted": "note",
    "tag put back": "note",
    "bookmark set": "note",
    "bookmark removed": "note",
    "case made": "note",
    "case changed": "note",
    "case deleted": "note",
    "case put back": "note",
    "notes taken over": "note",
    "withdrawn": "withdraw",
    "restored": "withdraw",
    "erased": "withdraw",
    "export": "export",
    "briefing made": "export",
    "source added": "settings",
    "source changed": "settings",
    "source removed": "settings",
    "view saved": "settings",
    "view changed": "settings",
    "view deleted": "settings",
    "view put back": "settings",
    "outlets graded": "grade",
    "story graded": "grade",
    "backup made": "store",
    "store restored": "store",
    "store migrated": "store",
    "store repaired": "store",
    BREAK_NOTED: "store",
}
KINDS = tuple(dict.fromkeys(ACTS.values()))
_MOST = 400  # characters of a subject or a name
_TAIL = 1 << 16  # bytes in which the last line stands


@dataclass(frozen=True)
class Entry:
    """A line of the log. `at`: ISO 8601, UTC. `rows`: SHA-256 of what was written, "" for none."""

    n: int
    at: str
    who: str
    act: str
    of: str
    rows: str
    hash: str
    chain: str

    @property
    def kind(self) -> str:
        """One of KINDS; "" for an act that this version does not know."""
        return ACTS.get(self.act, "")


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
        raise ValueError(f"the log knows no act {act!r}: add it to ACTS in events/audit_log.py")
    now = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
    who, of = one_line(who)[:_MOST], one_line(of)[:_MOST]
    told = {"at": now, "who": who, "act": act, "of": of, "rows": digest(rows)}
    with store.lock("log"), told_if_not_written(store.location / FILE):
        n, chain = _last(store.location)
        if not n:
            _state(store.location, n, chain)  # before the first line: a log without it is damage
        _append(store.location, _line({"n": n + 1, **told}, chain))


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
    return [entry for _number, entry in _read(location) if entry]


def breaks(location: Path) -> list[Break]:
    """Where the chain does not hold; what a person noted by `repair` is not told again."""
    found: list[Break] = []
    n, chain, line = 0, "", 0
    for line, entry in _read(location):
        wrong = _wrong(entry, n, chain)
        if entry and entry.act == BREAK_NOTED and _hash_of(entry) == entry.hash:
            found = []  # those before it, and the gap that it may follow
        elif wrong:
            found.append(Break(line, wrong))
        n, chain = (entry.n, entry.chain) if entry else (n + 1, "")
    stated = _stated(location)[0]
    if line and not (location / _STATED).is_file():
        found.append(Break(line, Words("{file} is missing, which counts the lines", file=_STATED)))
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


def digest(rows: Iterable[Mapping[str, object]]) -> str:
    """SHA-256 of rows as JSON lines with sorted keys, "" without any."""
    lines = [_json(dict(row)) for row in rows]
    return _sha256("\n".join(lines)) if lines else ""


def _line(told: Mapping[str, object], chain: str) -> Entry:
    own = _sha256(_json(told))
    return Entry(**told, hash=own, chain=_sha256(chain + own))  # type: ignore[arg-type]


def _wrong(entry: Entry | None, n: int, chain: str) -> Words | None:
    """What does not fit a line that follows number `n` with that chain."""
    if entry is None:
        return Words("it cannot be read")
    if _hash_of(entry) != entry.hash:
        return Words("it was changed after it was written")
    if entry.n != n + 1:
        return Words("it is number {n}, {wanted} should follow", n=entry.n, wanted=n + 1)
    if _sha256(chain + entry.hash) != entry.chain:
        return Words("it does not follow the line before")
    return None


def _hash_of(entry: Entry) -> str:
    told = asdict(entry)
    del told["hash"], told["chain"]
    return _sha256(_json(told))


def _read(location: Path) -> Iterator[tuple[int, Entry | None]]:
    """(number of the line in the file, entry or None): whole lines only."""
    try:
        with (location / FILE).open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.endswith(b"\n"):  # else it is being written, or was cut by a kill
                    yield number, _entry(line)
    except FileNotFoundError:
        return
    except OSError as error:
        raise damaged(location / FILE, error) from error


def _entry(line: bytes) -> Entry | None:
    try:
        told = json.loads(line)
        texts = {key: str(told[key]) for key in ("at", "who", "act", "of", "rows", "hash", "chain")}
        return Entry(n=int(told["n"]), **texts)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def _last(location: Path) -> tuple[int, str]:
    """Number and chain of the newest line, by the file and by what is stated of it."""
    tail = b""
    if (location / FILE).exists():
        with (location / FILE).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL))
            tail = file.read()
    whole = tail[: tail.rfind(b"\n") + 1].splitlines()
    entry = _entry(whole[-1]) if whole else None
    stated = _stated(location)
    return max(stated, (entry.n, entry.chain)) if entry else stated


def _stated(location: Path) -> tuple[int, str]:
    try:
        told = json.loads((location / _STATED).read_text(encoding="utf-8"))
        return int(told["n"]), str(told["chain"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""


def _append(location: Path, entry: Entry) -> None:
    """Write the line in one go, then how many there are. Half a line of a kill is cut off first."""
    with (location / FILE).open("ab+") as file:
        _cut_half_a_line(file)
        file.write(_json(asdict(entry)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    _state(location, entry.n, entry.chain)


def _state(location: Path, n: int, chain: str) -> None:
    """State how many lines there are, and the chain of the newest."""
    (location / _STATED).parent.mkdir(exist_ok=True)
    write_beside(location / _STATED, json.dumps({"n": n, "chain": chain}))


def _cut_half_a_line(file: BinaryIO) -> None:
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _TAIL)
    file.seek(start)
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.truncate(start + tail.rfind(b"\n") + 1)
    file.seek(0, os.SEEK_END)


def _json(told: Mapping[str, object]) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
