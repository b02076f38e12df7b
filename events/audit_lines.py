"""The lines of the log: what an act is called, how a line is chained, read and appended.

`events.audit_log` says what a line holds, and records who did what.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from events import manifest
from events.error_words import Words
from events.store_errors import damaged, write_beside

FILE = "log.jsonl"
STATED = f"{manifest.FOLDER}/log.json"
BREAK_NOTED, SETTINGS_NOTICED = "break noted", "settings noticed"
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
    SETTINGS_NOTICED: "settings",
    BREAK_NOTED: "store",
}
KINDS = tuple(dict.fromkeys(ACTS.values()))
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


def digest(rows: Iterable[Mapping[str, object]]) -> str:
    """SHA-256 of rows as JSON lines with sorted keys, "" without any."""
    lines = [_json(dict(row)) for row in rows]
    return _sha256("\n".join(lines)) if lines else ""


def line_of(told: Mapping[str, object], chain: str) -> Entry:
    """The line of what is told (n, at, who, act, of, rows) behind one with that chain."""
    own = _sha256(_json(told))
    return Entry(**told, hash=own, chain=_sha256(chain + own))  # type: ignore[arg-type]


def wrong(entry: Entry | None, n: int, chain: str) -> Words | None:
    """What does not fit a line that follows number `n` with that chain."""
    if entry is None:
        return Words("it cannot be read")
    if hash_of(entry) != entry.hash:
        return Words("it was changed after it was written")
    if entry.n != n + 1:
        return Words("it is number {n}, {wanted} should follow", n=entry.n, wanted=n + 1)
    if _sha256(chain + entry.hash) != entry.chain:
        return Words("it does not follow the line before")
    return None


def hash_of(entry: Entry) -> str:
    """What its `hash` should be."""
    told = asdict(entry)
    del told["hash"], told["chain"]
    return _sha256(_json(told))


def read(location: Path) -> Iterator[tuple[int, Entry | None]]:
    """(number of the line in the file, entry or None): whole lines only. Raises StoreDamaged."""
    try:
        with (location / FILE).open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.endswith(b"\n"):  # else it is being written, or was cut by a kill
                    yield number, _entry(line)
    except FileNotFoundError:
        return
    except OSError as error:
        raise damaged(location / FILE, error) from error


def newest(location: Path, act: str, head: str = "") -> Entry | None:
    """The newest line of an act on what begins with `head`, found by its bytes: a log may be long.
    Raises OSError."""
    raw = (location / FILE).read_bytes() if (location / FILE).exists() else b""
    wanted = f'"act":{json.dumps(act)}'.encode()
    at = raw.rfind(b"\n") + 1
    while (at := raw.rfind(wanted, 0, at)) >= 0:
        entry = _entry(raw[raw.rfind(b"\n", 0, at) + 1 : raw.find(b"\n", at)])
        if entry and entry.act == act and entry.of.startswith(head):
            return entry
    return None


def _entry(line: bytes) -> Entry | None:
    try:
        told = json.loads(line)
        texts = {key: str(told[key]) for key in ("at", "who", "act", "of", "rows", "hash", "chain")}
        return Entry(n=int(told["n"]), **texts)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def last(location: Path) -> tuple[int, str]:
    """Number and chain of the newest line, by the file and by what is stated of it."""
    tail = b""
    if (location / FILE).exists():
        with (location / FILE).open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL))
            tail = file.read()
    whole = tail[: tail.rfind(b"\n") + 1].splitlines()
    entry = _entry(whole[-1]) if whole else None
    told = stated(location)
    return max(told, (entry.n, entry.chain)) if entry else told


def stated(location: Path) -> tuple[int, str]:
    """Number and chain of the newest line as stated beside the log; (0, "") where nothing is."""
    try:
        told = json.loads((location / STATED).read_text(encoding="utf-8"))
        return int(told["n"]), str(told["chain"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, ""


def append(location: Path, entry: Entry) -> None:
    """Write the line in one go, then how many there are. Half a line of a kill is cut off first."""
    with (location / FILE).open("ab+") as file:
        _cut_half_a_line(file)
        file.write(_json(asdict(entry)).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    state(location, entry.n, entry.chain)


def state(location: Path, n: int, chain: str) -> None:
    """State how many lines there are, and the chain of the newest."""
    (location / STATED).parent.mkdir(exist_ok=True)
    write_beside(location / STATED, json.dumps({"n": n, "chain": chain}))


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
