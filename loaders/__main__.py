"""The command line: `python -m loaders` load, extract, settings, and what looks after the store."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from events import audit_log, settings
from events.settings import SettingsError
from events.store import Store, StoreError, store_location
from loaders import cases_command, pool, record_commands, store_commands, watch_command
from loaders.commit import commit
from loaders.extract import extract_lines, extract_paths, write_lines
from loaders.load import load_paths
from loaders.load_report import LoadReport
from loaders.pool import Driver
from loaders.readers import article_files
from loaders.readers.coded.guess import mapping_of
from loaders.readers.coded.layout import read_layout
from loaders.settings_command import lines, page

_EPILOG = "The store is data/store, or the folder or s3:// address that FRISE_STORE names."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when everything was read, 1 when something was set aside or failed."""
    asked = _parser().parse_args(arguments)
    try:
        settings.held()  # a bad setting is said before anything is done
        if asked.command == "load":
            return _load(asked)
        if asked.command == "commit":
            return _told(commit(asked.folder, Store(store_location()), audit_log.login()))
        if asked.command == "mapping":
            print(mapping_of(asked.table), end="")
            return 0
        if asked.command == "extract":
            return _extract(asked.paths, asked.threshold)
        if asked.command == "watch":
            return watch_command.run(asked)
        if asked.command == "cases":
            return cases_command.run(asked)
        if asked.command == "settings":
            return _settings(asked.markdown)
        if asked.command in ("log", "outlets"):
            return record_commands.run(asked)
        return store_commands.run(asked)
    except (StoreError, SettingsError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe went away: nothing to tell it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk, say: what was reported as kept is in the store
        print(f"error: {error}. Make room or change the rights, and try again", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", epilog=_EPILOG)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    load = commands.add_parser(
        "load", help="read, extract and store articles", epilog=_EPILOG,
        description="Read articles of any format in docs/formats.md, folders with all that lies in"
        " them, and tables of events (ACLED, UCDP, GDELT ...). What is there already is not kept"
        " twice; what cannot be read is listed with what to do (exit code 1).",
    )  # fmt: skip
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    load.add_argument(
        "--mapping", type=Path, metavar="FILE",
        help="the files are event tables: a TOML file says which columns tell what",
    )  # fmt: skip
    load.add_argument(
        "--on", choices=("pool", "dask"), default="pool",
        help="what reads: processes of this machine, or a Dask cluster (docs/scale.md)",
    )  # fmt: skip
    load.add_argument(
        "--scheduler", default="", metavar="ADDRESS",
        help="of the Dask cluster, tcp://host:8786; without one, a cluster of this machine's cores",
    )  # fmt: skip
    load.add_argument(
        "--skip-unrelated", action="store_true",
        help="store and do not read what is hardly about politics or security",
    )  # fmt: skip
    given = commands.add_parser(
        "commit", help="store what a cluster read: a folder of Parquet files (docs/scale.md)"
    )
    given.add_argument("folder", type=Path, metavar="FOLDER")
    extract = commands.add_parser(
        "extract", help="extract only: JSON Lines on standard output, nothing is stored"
    )
    extract.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="file or folder; without one, JSON Lines articles on standard input",
    )  # fmt: skip
    extract.add_argument(
        "--threshold", type=_share, metavar="P",
        help="tell events at least so sure of their type, 0 to 1 (0: all; the default is fitted)",
    )  # fmt: skip
    watch_command.add_to(commands)
    guess = commands.add_parser(
        "mapping", help="print a first mapping of a table of events, to be mended by hand"
    )
    guess.add_argument("table", type=Path, metavar="TABLE", help="CSV or XLSX")
    store_commands.add_to(commands)
    cases_command.add_to(commands)
    record_commands.add_to(commands)
    told = commands.add_parser("settings", help="print the settings and where each comes from")
    told.add_argument("--markdown", action="store_true", help="the page docs/settings.md instead")
    return parser


def _share(text: str) -> float:
    """A number from 0 to 1. Raises ArgumentTypeError for anything else."""
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return share


def _settings(markdown: bool) -> int:
    print(page() if markdown else "\n".join(lines()), end="" if markdown else "\n")
    return 0


def _load(asked: argparse.Namespace) -> int:
    layout = read_layout(asked.mapping) if asked.mapping else None
    driver = _on_dask(asked.scheduler) if asked.on == "dask" else None
    files = [file for path in asked.paths for file in article_files(path)]
    with tqdm(total=len(files), unit="file", disable=not sys.stderr.isatty()) as bar:
        places = {str(file): number for number, file in enumerate(files, start=1)}

        def show(file: str, report: LoadReport) -> None:
            bar.update(places.get(file, bar.n) - bar.n)
            bar.set_postfix(articles=report.read, rows=report.rows, aside=len(report.set_aside))

        store, today, who = Store(store_location()), dt.date.today(), audit_log.login()
        skip = asked.skip_unrelated
        report = load_paths(files, store, today, show, layout, who, driver, skip)
    return _told(report)


def _told(report: LoadReport) -> int:
    """Print a report; the exit code."""
    if report.interrupted:
        pool.end_kept()  # what is being read is of no use now
    for line in report.lines():
        print(line.encode("utf-8", "replace").decode("utf-8"))
    return 130 if report.interrupted else int(bool(report.set_aside))


def _on_dask(scheduler: str) -> Driver:
    """The driver of a Dask cluster. Raises ValueError where Dask is not installed."""
    try:
        from loaders.on_dask import OnDask
    except ImportError as error:
        told = "install it by: .venv/bin/python -m pip install -r requirements-dask.txt"
        raise ValueError(f"--on dask needs Dask ({error.name} is not here); {told}") from error
    return OnDask(scheduler)


def _extract(paths: Sequence[Path], threshold: float | None) -> int:
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n", write_through=True)
    today = dt.date.today()
    if paths:
        records = extract_paths(paths, today, threshold)
    else:
        records = extract_lines(sys.stdin.buffer, today, threshold)
    try:
        return int(bool(write_lines(records, out)))
    finally:
        out.detach()


if __name__ == "__main__":
    sys.exit(main())
