"""Commands that look after the store, from check and repair to reread and withdraw."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tqdm import tqdm

from events import audit_log, edit_lines
from events.backup import backup, known_backups, restore
from events.bucket.shown import shown
from events.filter_arguments import add_filters, read_filters
from events.gold_lines import gold_lines
from events.integrity import check, repair
from events.maintenance import maintain
from events.migration import migrate
from events.plain_text import counted
from events.query import Query
from events.regular_files import read_text
from events.store import SCHEMA_VERSION, Store, store_location
from events.tables import SCHEMAS
from events.whole_file import write_whole
from events.withdrawal import articles_of, erase, restore_articles, withdraw, withdrawn
from loaders.grouping import stories_follow
from loaders.older_articles import older_articles
from loaders.reread import Reread, reread


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Their parsers."""
    commands.add_parser(
        "check", help="say what is damaged; exit code 1 where something is",
        description="Read the whole store and say what is damaged; exit code 1 where something is."
        " Nothing is changed; `repair` mends.",
    )  # fmt: skip
    commands.add_parser("repair", help="keep all that can be kept of a damaged store")
    commands.add_parser("maintain", help="join the store's small files, delete old ones")
    saved = commands.add_parser("backup", help="write the store into one file")
    saved.add_argument("file", type=Path, metavar="FILE")
    again = commands.add_parser("restore", help="put the store of a backup in the store's place")
    again.add_argument("file", type=Path, metavar="FILE")
    newer = commands.add_parser("migrate", help="bring an older store up to this version")
    newer.add_argument("--yes", action="store_true", help="a backup has been made: do not ask")
    again = commands.add_parser("reread", help="read stored texts again with the present reader")
    again.add_argument("--all", action="store_true", help="articles that it read already, too")
    again.add_argument(
        "--skipped", action="store_true", help="the articles that were stored and not read"
    )
    add_filters(again)
    edits = commands.add_parser(
        "edits", help="persons' edits to a file, or from one",
        description="Carry persons' corrections, splits and added events to another store.",
    )  # fmt: skip
    edits.add_argument(
        "action", choices=("export", "apply", "gold"),
        help="export: write all edits of the store to FILE; apply: make those of FILE here; "
        "gold: write what was decided as annotated articles, to learn from",
    )  # fmt: skip
    edits.add_argument("file", type=Path, metavar="FILE", help="JSON Lines, an edit a line")
    edits.add_argument("--who", default="", help="who signs edits that nobody signed")
    out = commands.add_parser("withdraw", help="take articles out of every page, count and export")
    out.add_argument("articles", nargs="*", metavar="ARTICLE|URL", help="id or address")
    out.add_argument("--run", default="", help="all articles of a load, by the name it printed")
    out.add_argument("--erase", action="store_true", help="also remove their words, for good")
    back = commands.add_parser("restore-article", help="put a withdrawn article back")
    back.add_argument("articles", nargs="*", metavar="ARTICLE|URL", help="id or address")
    back.add_argument("--run", default="", help="all withdrawn articles of a load, by its name")
    for command in (out, back):
        command.add_argument("--why", required=True, help="the reason, which others will read")
        command.add_argument("--who", default="", help="your name")


def run(asked: argparse.Namespace) -> int:
    """One of the commands. Raises StoreError."""
    return _COMMANDS[asked.command](asked)


def _check(_asked: argparse.Namespace) -> int:
    found = check(store_location())
    for damage in found:
        print(damage)
    if not found:
        print(f"the store at {shown(store_location())} is sound")
    return int(bool(found))


def _repair(_asked: argparse.Namespace) -> int:
    done = repair(store_location(), audit_log.login())
    for line in done.lines:
        print(line)
    if done.kept:
        print(f"the damaged store is kept at {done.kept}; delete it when nothing is missed")
    return 0


def _backup(asked: argparse.Namespace) -> int:
    files = backup(store_location(), asked.file, audit_log.login())
    print(f"{asked.file}: {files} files of the store, read back and sound")
    return 0


def _restore(asked: argparse.Namespace) -> int:
    kept = restore(asked.file, store_location(), audit_log.login())
    print(f"the store of {asked.file} is at {shown(store_location())}")
    if kept:
        print(f"the one that stood there is kept at {kept}; delete it when nothing is missed")
    if Store(store_location()).schema() < SCHEMA_VERSION:
        print("it is of an older schema: run 'python -m loaders migrate'")
    return 0


def _migrate(asked: argparse.Namespace) -> int:
    location = store_location()
    version = Store(location).schema()
    if version != SCHEMA_VERSION and not (asked.yes or _agreed(location)):
        print(
            f"the store at {shown(location)} has schema {version}, this version has "
            f"{SCHEMA_VERSION}. Nothing was done: run 'python -m loaders backup FILE' first, then "
            "migrate --yes"
        )
        return 1
    with tqdm(total=len(SCHEMAS), unit="table", disable=not sys.stderr.isatty()) as bar:

        def show(_table: str) -> None:
            bar.update()

        done = migrate(location, show, audit_log.login())
    if not done.kept:
        print(f"the store at {shown(location)} is of this version: nothing to do")
        return 0
    print("rows carried over: " + ", ".join(f"{n} {rows}" for n, rows in done.rows.items()))
    if done.unnamed:
        print(
            f"not carried over: {', '.join(done.unnamed)}. No log names them: a load that was "
            "killed leaves such files, but so does a log entry that is lost"
        )
    print(f"the old store is kept at {done.kept}; delete it when nothing is missed")
    print("'python -m loaders reread' reads the texts again with the present reader")
    return 0


def _agreed(location: Path) -> bool:
    """Whether the person at the terminal says yes; nobody there: no."""
    if not sys.stdin.isatty():
        return False
    told = f"The store at {shown(location)} is made anew; the old one stays beside it. "
    return input(f"{told}Is there a backup of it? [y/N] ").strip().lower() in (
        "y",
        "yes",
        "o",
        "oui",
    )


def _maintain(_asked: argparse.Namespace) -> int:
    left = maintain(Store(store_location()))
    print("files left: " + ", ".join(f"{name} {count}" for name, count in left.items()))
    return 0


def _reread(asked: argparse.Namespace) -> int:
    store = Store(store_location())
    query = Query(store.location)
    articles = older_articles(query, read_filters(asked), asked.all, asked.skipped)
    if not articles:
        print("no article to read: the present reader read them (--all takes those, too)")
        return 0
    with tqdm(total=len(articles), unit="article", disable=not sys.stderr.isatty()) as bar:

        def show(done: int, _whole: int) -> None:
            bar.update(done - bar.n)

        done, interrupted = Reread(), False
        try:
            reread(store, articles, dt.date.today(), show, done, audit_log.login())
        except KeyboardInterrupt:
            interrupted = True
    for line in done.lines():
        print(line)
    if interrupted:
        print("interrupted: run reread again, it goes on with the rest")
    return 130 if interrupted else int(bool(done.failed))


def _edits(asked: argparse.Namespace) -> int:
    query = Query(store_location())
    if asked.action == "export":
        told = list(edit_lines.lines(query))
        _leaves(query, asked.file)
        write_whole(asked.file, _lines(told))
        print(f"{asked.file}: {counted(len(told), 'standing edit')}")
        return 0
    if asked.action == "gold":
        units = list(gold_lines(query))
        _leaves(query, asked.file, f": {len(units)} articles")
        write_whole(asked.file, _lines(units))
        print(f"{asked.file}: {counted(len(units), 'article')} with decisions")
        return 0
    done = edit_lines.read(query, read_text(asked.file).split("\n"), asked.who.strip())
    with stories_follow(Store(query.location), done.events):
        edit_lines.store(query, done)
    print(f"{counted(len(done.edits), 'edit')} applied, {done.known} stood already")
    for problem in done.problems:
        print(f"{asked.file}: {problem}")
    return int(bool(done.problems))


def _leaves(query: Query, file: Path, what: str = "") -> None:
    audit_log.record_leaving(query.location, audit_log.login(), f"{file}{what}")


def _lines(told: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in told).encode()


def _withdraw(asked: argparse.Namespace) -> int:
    store = Store(store_location())
    found = articles_of(store, asked.articles, asked.run)
    take_out = erase if asked.erase else withdraw
    take_out(store, found, asked.why, asked.who or audit_log.login())
    print(f"{counted(len(found), 'article')} {'erased' if asked.erase else 'withdrawn'}")
    if not asked.erase:
        words = [f"--run {asked.run}"] if asked.run else [*map(str, found)]
        print(f"put back with: python -m loaders restore-article {' '.join(words)} --why ...")
    if asked.erase:
        for path in known_backups(store.location):
            print(f"{path} still holds their words")
        print("delete backups and exports that were made before, or make them anew")
    return 0


def _withdrawn_ids(store: Store, named: Sequence[str], run: str) -> list[int]:
    """Ids as they are given, those of addresses, and those of a load that are out now."""
    out = withdrawn(store)
    ids = [int(name) for name in named if name.isdecimal() and int(name) in out]
    others = [name for name in named if not (name.isdecimal() and int(name) in out)]
    if others or not named:
        found = articles_of(store, others, run)
        ids += [i for i in found if i in out or not run]
    return ids


def _restore_article(asked: argparse.Namespace) -> int:
    store = Store(store_location())
    ids = _withdrawn_ids(store, asked.articles, asked.run)
    restore_articles(store, ids, asked.why, asked.who or audit_log.login())
    print(f"{counted(len(ids), 'article')} put back")
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "repair": _repair,
    "backup": _backup,
    "restore": _restore,
    "migrate": _migrate,
    "maintain": _maintain,
    "reread": _reread,
    "edits": _edits,
    "withdraw": _withdraw,
    "restore-article": _restore_article,
}
