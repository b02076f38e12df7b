"""Ways to damage a store, as data: what is done to it, what may be lost by it, what still goes on.

`lost`: tables of which rows may be gone after a repair; of all others every row must be there.
`goes_on`: what is done with the damaged store as if nothing were: read, load, maintain; `may`: what
is done or says that it cannot, by chance (which of the files is read first, what a byte is for).
`found`: whether `check` must find it; what is no damage must not be found.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

TABLES = ("articles", "events", "texts", "edits")
OTHERS = (
    "withdrawals", "alternatives", "mentions", "left_out", "stories", "copies", "rejected",
)  # fmt: skip
ALL = "read load maintain"


class Harm(NamedTuple):
    """One way: `do` harms the store at a folder."""

    name: str
    do: Callable[[Path], object]
    lost: str = ""
    goes_on: str = ""
    may: str = ""
    found: bool = True
    joined: bool = False  # done to a store whose small files were joined: its logs have checkpoints


def data_file(at: Path, table: str, number: int = 0) -> Path:
    """A file of rows."""
    found = (p for p in (at / table).rglob("*.parquet") if "_delta_log" not in p.parts)
    return sorted(found)[number]


def log(at: Path, table: str, number: int = -1) -> Path:
    """An entry of the log, the newest by default."""
    return sorted((at / table / "_delta_log").glob("*.json"))[number]


def stated(at: Path, table: str) -> Path:
    """The manifest of a table."""
    return at / "manifest" / f"{table}.json"


def checkpoint(at: Path, table: str) -> Path:
    """What the log was drawn together to."""
    return sorted((at / table / "_delta_log").glob("*.checkpoint.parquet"))[-1]


def flipped(path: Path) -> None:
    """One byte of the first quarter, in the pages of the file."""
    told = bytearray(path.read_bytes())
    told[len(told) // 4] ^= 0xFF
    path.write_bytes(bytes(told))


def cut(path: Path, end: int) -> None:
    path.write_bytes(path.read_bytes()[:end])


def longer(path: Path, told: bytes) -> None:
    path.write_bytes(path.read_bytes() + told)


def removed(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def all_removed(at: Path, *names: str) -> None:
    for name in names:
        removed(at / name)


def a_file(path: Path) -> None:
    removed(path)
    path.write_text("no table", encoding="utf-8")


def a_folder(path: Path) -> None:
    removed(path)
    path.mkdir()


def a_loop(path: Path) -> None:
    """A link to itself."""
    removed(path)
    path.symlink_to(path.name)


def a_pipe(path: Path) -> None:
    """What is read of it never ends: nobody writes into it."""
    removed(path)
    os.mkfifo(path)


def of_another(path: Path, other: Path) -> None:
    """The file of something else in its place."""
    path.write_bytes(other.read_bytes())


def one_more(at: Path, table: str, told: bytes, step: int = 1) -> None:
    """An entry of the log that nobody wrote."""
    newest = log(at, table)
    newest.with_name(f"{int(newest.stem) + step:020d}.json").write_bytes(told)


def _of_table(t: str) -> Iterator[Harm]:
    """Harm to the log, the files, the folder and the manifest of a table."""
    on, may = {"articles": ("", ""), "events": ("load", ""), "texts": ("load", "read"),
               "edits": ("load", "")}[t]  # fmt: skip
    yield Harm(f"{t}: newest log lost", lambda at: removed(log(at, t)))
    yield Harm(f"{t}: newest log empty", lambda at: cut(log(at, t), 0))
    yield Harm(f"{t}: newest log cut", lambda at: cut(log(at, t), 200))
    yield Harm(f"{t}: newest log garbage", lambda at: log(at, t).write_bytes(b"\x00\xff{"))
    yield Harm(f"{t}: newest log a folder", lambda at: a_folder(log(at, t)))
    yield Harm(f"{t}: newest log a loop", lambda at: a_loop(log(at, t)))
    yield Harm(f"{t}: log gap", lambda at: removed(log(at, t, -2)))
    yield Harm(f"{t}: first log lost", lambda at: removed(log(at, t, 0)))
    yield Harm(f"{t}: all logs lost", lambda at: removed(at / t / "_delta_log"))
    yield Harm(f"{t}: logs a file", lambda at: a_file(at / t / "_delta_log"))
    yield Harm(f"{t}: a log too many", lambda at: one_more(at, t, b"garbage"))
    yield Harm(f"{t}: a log far off", lambda at: one_more(at, t, b"{}", 9))
    yield Harm(f"{t}: file lost", lambda at: removed(data_file(at, t)), t, on, may)
    yield Harm(f"{t}: file empty", lambda at: cut(data_file(at, t), 0), t, on, may)
    yield Harm(f"{t}: file cut", lambda at: cut(data_file(at, t), -40), t, on, may)
    yield Harm(f"{t}: file garbage", lambda at: a_file(data_file(at, t)), t, on, may)
    yield Harm(f"{t}: file a folder", lambda at: a_folder(data_file(at, t)), t, on, may)
    yield Harm(f"{t}: file a loop", lambda at: a_loop(data_file(at, t)), t, on, may)
    yield Harm(f"{t}: a byte flipped", lambda at: flipped(data_file(at, t)), t, "", "read load")
    yield Harm(f"{t}: file of another table",
               lambda at: of_another(data_file(at, t), data_file(at, "left_out")),
               t, "", "read load")  # fmt: skip
    yield Harm(f"{t}: table lost", lambda at: removed(at / t), t)
    yield Harm(f"{t}: table a file", lambda at: a_file(at / t), t)
    yield Harm(f"{t}: table a loop", lambda at: a_loop(at / t), t)
    yield Harm(f"{t}: table an empty folder", lambda at: a_folder(at / t), t)
    yield Harm(f"{t}: manifest lost", lambda at: removed(stated(at, t)))
    yield Harm(f"{t}: manifest garbage", lambda at: stated(at, t).write_text("{"))
    yield Harm(f"{t}: manifest empty", lambda at: cut(stated(at, t), 0))
    yield Harm(f"{t}: manifest a list", lambda at: stated(at, t).write_text("[]"))
    yield Harm(f"{t}: manifest a folder", lambda at: a_folder(stated(at, t)))
    yield Harm(f"{t}: manifest of another table",
               lambda at: of_another(stated(at, t), stated(at, "mentions")))  # fmt: skip


def _of_other(t: str) -> Iterator[Harm]:
    yield Harm(f"{t}: table lost", lambda at: removed(at / t), t)
    yield Harm(f"{t}: newest log garbage", lambda at: log(at, t).write_bytes(b"\x00\xff{"))


def _of_checkpoint(t: str) -> Iterator[Harm]:
    """Harm to what the entries of the log were drawn together to."""
    yield Harm(f"{t}: checkpoint lost", lambda at: removed(checkpoint(at, t)), joined=True)
    yield Harm(f"{t}: checkpoint empty", lambda at: cut(checkpoint(at, t), 0), joined=True)
    yield Harm(f"{t}: checkpoint cut", lambda at: cut(checkpoint(at, t), 300), joined=True)
    yield Harm(f"{t}: checkpoint garbage", lambda at: a_file(checkpoint(at, t)), joined=True)
    yield Harm(f"{t}: checkpoint a folder", lambda at: a_folder(checkpoint(at, t)), joined=True)
    yield Harm(f"{t}: joined, newest log lost", lambda at: removed(log(at, t)), joined=True)
    hint = "_delta_log/_last_checkpoint"
    yield _sound(f"{t}: checkpoint not named", lambda at: removed(at / t / hint), joined=True)
    yield _sound(f"{t}: checkpoint named wrongly", lambda at: a_file(at / t / hint), joined=True)


def _of_marker() -> Iterator[Harm]:
    marker = "store.json"
    yield Harm("marker lost", lambda at: removed(at / marker))
    for name, told in {
        "empty": b"", "garbage": b"\xff\xfe{", "a list": b"[]", "without a schema": b"{}",
        "of schema 0": b'{"schema": 0}', "of schema two": b'{"schema": "two"}',
        "of schema true": b'{"schema": true}', "of schema 2.5": b'{"schema": 2.5}',
    }.items():  # fmt: skip
        yield Harm(f"marker {name}", lambda at, told=told: (at / marker).write_bytes(told))  # type: ignore[misc]
    yield Harm("marker a folder", lambda at: a_folder(at / marker))
    yield Harm("marker a loop", lambda at: a_loop(at / marker))
    yield Harm("marker and all manifests lost", lambda at: all_removed(at, marker, "manifest"))


def _endless() -> Iterator[Harm]:
    """What would hold a reader for ever, or be nested too deeply to be read."""
    yield Harm("marker a pipe", lambda at: a_pipe(at / "store.json"))
    yield Harm("manifest a pipe", lambda at: a_pipe(stated(at, "events")))
    yield Harm("manifest nested deeply", lambda at: stated(at, "events").write_text("[" * 100_000))
    yield Harm("newest log a pipe", lambda at: a_pipe(log(at, "events")))
    yield Harm("file of rows a pipe", lambda at: a_pipe(data_file(at, "events")), "events")
    yield Harm("views a pipe", lambda at: a_pipe(at / "views.json"), "", ALL)


def _of_lock(kind: str) -> Iterator[Harm]:
    lock, on = f"{kind}.lock", "read" if kind == "loading" else "read load"
    yield Harm(f"{lock} a folder", lambda at: a_folder(at / lock), "", on)
    yield Harm(f"{lock} a loop", lambda at: a_loop(at / lock), "", on)
    yield _sound(f"{lock} lost", lambda at: removed(at / lock))
    yield _sound(f"{lock} with words", lambda at: a_file(at / lock))


def _in_turn() -> Iterator[Harm]:
    """Every way on one of the tables that are read and written alike."""
    alike = TABLES[:3]
    for n, harms in enumerate(zip(*map(_of_table, alike), strict=True)):
        yield harms[n % len(alike)]


def _of_all() -> Iterator[Harm]:
    """Harm to several tables at once."""
    rows, logs = (*TABLES[:3], *OTHERS), [f"{t}/_delta_log" for t in (*TABLES, *OTHERS)]
    yield Harm("all manifests lost", lambda at: all_removed(at, "manifest"))
    yield Harm("manifests a file", lambda at: a_file(at / "manifest"))
    yield Harm("all logs lost", lambda at: all_removed(at, *logs))
    yield Harm("all but the edits lost",
               lambda at: all_removed(at, *rows, "manifest", "store.json"),
               " ".join(rows))  # fmt: skip


def _of_the_rest() -> Iterator[Harm]:
    views = "views.json"
    yield Harm("a newer manifest", lambda at: stated(at, "events").write_text(
        '{"version": 99, "at": "2024-12-01", "files": {}}'))  # fmt: skip
    yield Harm("a file more in a manifest", lambda at: stated(at, "copies").write_text(
        '{"version": 0, "at": "2024-12-01", "files": {"part-0.parquet": "0"}}'))  # fmt: skip
    yield Harm("views garbage", lambda at: (at / views).write_bytes(b"\xff{"), "", ALL)
    yield Harm("views a folder", lambda at: a_folder(at / views), "", ALL)
    notes = "annotations.jsonl"
    yield Harm("notes lost", lambda at: (at / notes).unlink(), "", "load")
    yield Harm("a byte of notes flipped", lambda at: flipped(at / notes), "", "load")
    yield _sound("a note that a kill cut", lambda at: longer(at / notes, b'{"number": 9'))
    yield _sound("an older manifest", lambda at: stated(at, "events").write_text(
        '{"version": 0, "at": "", "files": {}}'))  # fmt: skip
    stray = "events/month=2024-11/part-stray.parquet"
    yield _sound("a file of rows that no log names", lambda at: a_file(at / stray))
    yield _sound("backups garbage", lambda at: a_file(at / "backups.json"))
    yield _sound("a file more in the store", lambda at: a_file(at / "notes.txt"))
    yield _sound("a folder more in the store", lambda at: a_folder(at / "copies2"))
    yield _sound("a file more in a table", lambda at: a_file(at / "events" / ".DS_Store"))
    yield _sound("a file more in a log", lambda at: a_file(at / "events/_delta_log/readme.txt"))
    yield _sound("a half-made repair", lambda at: a_folder(at.with_name("store.repairing")))
    yield _sound("a note of nothing", lambda at: a_file(at.with_name("store.swap")))


def _sound(name: str, do: Callable[[Path], object], joined: bool = False) -> Harm:
    """What looks like harm and is none."""
    return Harm(name, do, "", ALL, found=False, joined=joined)


# what is done to another table as well: `make test-long` alone does it to these, too
AS_ELSEWHERE = {
    *(harm.name for n, harm in enumerate(_of_table("edits")) if n % 4),
    *(harm.name for n, harm in enumerate(_in_turn()) if n % 4 == 0),
    *(f"{table}: newest log garbage" for table in OTHERS[1:]),
    *(harm.name for n, harm in enumerate(_of_checkpoint("articles")) if n % 2),
    *(harm.name for n, harm in enumerate(_of_checkpoint("events")) if n % 2 == 0),
    *(harm.name for harm in _of_lock("edits")),
}
HARMS: dict[str, Harm] = {
    harm.name: harm
    for harms in (
        _of_table("edits"),  # what people wrote
        _in_turn(),
        *map(_of_other, OTHERS),
        *map(_of_checkpoint, ("articles", "events")),
        *map(_of_lock, ("loading", "edits")),
        _of_marker(),
        _endless(),
        _of_all(),
        _of_the_rest(),
    )
    for harm in harms
}
