"""`load`, `commit` and `mapping`: what brings articles and tables of events into the store."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from tqdm import tqdm

from events import audit_log, settings
from events.store import Store, store_location
from loaders import pool
from loaders.commit import commit
from loaders.load import load_paths
from loaders.load_report import LoadReport
from loaders.pool import Driver
from loaders.readers import article_files
from loaders.readers.coded.guess import mapping_of
from loaders.readers.coded.layout import read_layout


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Their parsers."""
    load = commands.add_parser(
        "load", help="read, extract and store articles", epilog=settings.STORE_NAMED,
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
    guess = commands.add_parser(
        "mapping", help="print a first mapping of a table of events, to be mended by hand"
    )
    guess.add_argument("table", type=Path, metavar="TABLE", help="CSV or XLSX")


def run(asked: argparse.Namespace) -> int:
    """One of the commands; 1 where something was set aside. Raises StoreError, ValueError."""
    if asked.command == "mapping":
        print(mapping_of(asked.table), end="")
        return 0
    if asked.command == "commit":
        return _told(commit(asked.folder, Store(store_location()), audit_log.login()))
    return _load(asked)


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
