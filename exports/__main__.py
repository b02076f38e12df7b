"""`python -m exports FORMAT --out FILE [filters]` and `python -m exports pack --out DIR [filters]`.

The same files as from the pages, except for the time stamp.

Exit codes: 0 written, 2 bad filters or arguments, 3 no store or a damaged one, 4 not writable.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from events.query import Query
from events.store import StoreError
from exports import EXPORTERS
from exports.arguments import add_filters, read_filters
from exports.pack.bundle import FILES, write_pack
from exports.receipt import receipt, to_receipt
from exports.selection import Selection, select
from exports.whole_file import write_whole


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    arguments = _parser().parse_args(argv)
    try:
        filters = read_filters(arguments)
    except ValueError as error:
        print(f"bad filter: {error}", file=sys.stderr)
        return 2
    try:
        selection = select(
            Query(),
            filters,
            lang=arguments.lang,
            title=arguments.title,
            marking=arguments.marking,
            may_pass_on=arguments.may_pass_on,
        )
    except StoreError as error:
        print(f"no export: {error}", file=sys.stderr)
        return 3
    try:
        if arguments.format == "pack":
            _write_pack(selection, Path(arguments.out))
        else:
            _write(selection, arguments.format, Path(arguments.out))
    except OSError as error:
        print(f"cannot write {arguments.out}: {error}", file=sys.stderr)
        return 4
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m exports", description=__doc__)
    commands = parser.add_subparsers(dest="format", required=True)
    for name, exporter in EXPORTERS.items():
        command = commands.add_parser(name, help=exporter.title)
        command.add_argument("--out", required=True, help="the file to write")
        add_filters(command)
    pack = commands.add_parser("pack", help="briefing pack: slides, document, PDF, page, workbook")
    pack.add_argument("--out", required=True, help="the folder to write into")
    add_filters(pack)
    return parser


def _write(selection: Selection, name: str, path: Path) -> None:
    """Write the file, and its receipt beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, EXPORTERS[name].write(selection))
    told = receipt(selection)
    beside = path.with_name(path.name + ".receipt.json")
    write_whole(beside, to_receipt(selection))
    print(f"{path}: {told.exported} events of {told.loaded}; receipt in {beside.name}")


def _write_pack(selection: Selection, folder: Path) -> None:
    with tqdm(total=len(FILES), disable=not sys.stderr.isatty(), unit="file") as bar:

        def progress(name: str, done: int, _: int) -> None:
            bar.update(done - bar.n)
            bar.set_description(name)

        write_pack(selection, folder, progress)
    print(f"{folder}: {len(FILES)} files, {len(selection.events)} reports of events")


if __name__ == "__main__":
    sys.exit(main())
