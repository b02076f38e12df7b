"""`python -m exports FORMAT --out FILE [filters]` and `python -m exports pack --out DIR [filters]`.

`python -m exports changes --since MOMENT --out FILE [filters]` says what changed since then; a pack
says it since the last pack of the same filters.

The same files as from the pages, except for the time stamp.

Exit codes: 0 written, 2 bad filters or arguments, 3 no store or a damaged one, 4 not writable.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from tqdm import tqdm

from events.audit_log import login
from events.filters import Filters
from events.packs import last_pack, note_pack
from events.query import Query
from events.settings import SettingsError
from events.store import StoreError
from events.whole_file import write_whole
from exports import EXPORTERS
from exports.arguments import add_filters, read_filters
from exports.changes import to_changes
from exports.logged import log_selection
from exports.pack.bundle import FILES, write_pack
from exports.pack.template import TemplateError, Templates, read_templates
from exports.receipt import receipt, to_receipt
from exports.selection import Selection, select

_MOMENT = "a moment such as 2024-11-30 or 2024-11-30T14:00+01:00; UTC where it names no zone"


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    arguments = _parser().parse_args(argv)
    try:
        filters = read_filters(arguments)
    except ValueError as error:
        print(f"bad filter: {error}", file=sys.stderr)
        return 2
    try:
        templates = read_templates(getattr(arguments, "template", []))
    except (TemplateError, OSError) as error:
        print(f"bad template: {error}", file=sys.stderr)
        return 2
    try:
        query = Query()
        selection = select(
            query,
            filters,
            lang=arguments.lang,
            title=arguments.title,
            marking=arguments.marking,
            since=_since(arguments, query, filters),
            may_pass_on=arguments.may_pass_on,
            notes=getattr(arguments, "notes", False),
        )
    except (SettingsError, StoreError) as error:
        print(f"no export: {error}", file=sys.stderr)
        return 3
    try:
        if arguments.format == "pack":
            log_selection(query.location, "briefing made", login(), arguments.out, selection)
            _write_pack(selection, Path(arguments.out), templates)
            note_pack(query.location, filters, query.version(), dt.datetime.now(dt.UTC))
        elif arguments.format == "changes":
            log_selection(query.location, "export", login(), arguments.out, selection)
            write_whole(Path(arguments.out), to_changes(selection))
        else:
            log_selection(query.location, "export", login(), arguments.out, selection)
            _write(selection, arguments.format, Path(arguments.out))
    except TemplateError as error:
        print(f"bad template: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"cannot write {arguments.out}: {error}", file=sys.stderr)
        return 4
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m exports", description=__doc__)
    commands = parser.add_subparsers(dest="format", required=True)
    for name, exporter in EXPORTERS.items():
        command = commands.add_parser(name, help=exporter.title, description=exporter.title)
        command.add_argument("--out", required=True, help="the file to write")
        add_filters(command)
    pack = commands.add_parser("pack", help="briefing pack: slides, document, PDF, page, workbook")
    pack.add_argument("--out", required=True, help="the folder to write into")
    pack.add_argument("--since", type=_moment, help="tell what changed since then; " + _MOMENT)
    pack.add_argument(
        "--template", type=Path, action="append", default=[], metavar="FILE",
        help="your own .pptx or .docx, whose masters, fonts and colours are used; one of each",
    )  # fmt: skip
    pack.add_argument("--notes", action="store_true", help="with the notes on what is shown")
    add_filters(pack)
    changed = commands.add_parser("changes", help="what changed since a moment, as JSON")
    changed.add_argument("--out", required=True, help="the file to write")
    changed.add_argument("--since", required=True, type=_moment, help=_MOMENT)
    add_filters(changed)
    return parser


def _moment(text: str) -> dt.datetime:
    """A day or moment in ISO 8601; without a zone it is UTC."""
    told = dt.datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=dt.UTC)


def _since(arguments: argparse.Namespace, query: Query, filters: Filters) -> dt.datetime | None:
    """The moment asked for; of a pack without one that of the last pack of these filters."""
    asked: dt.datetime | None = getattr(arguments, "since", None)
    if asked or arguments.format != "pack":
        return asked
    return last_pack(query.location, filters, query.version())


def _write(selection: Selection, name: str, path: Path) -> None:
    """Write the file, and its receipt beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, EXPORTERS[name].write(selection))
    told = receipt(selection)
    beside = path.with_name(path.name + ".receipt.json")
    write_whole(beside, to_receipt(selection))
    counts = f"{told.stories} events in {told.exported} of {told.loaded} reports"
    print(f"{path}: {counts}; receipt in {beside.name}")


def _write_pack(selection: Selection, folder: Path, templates: Templates) -> None:
    with tqdm(total=len(FILES), disable=not sys.stderr.isatty(), unit="file") as bar:

        def progress(name: str, done: int, _: int) -> None:
            bar.update(done - bar.n)
            bar.set_description(name)

        write_pack(selection, folder, progress, templates)
    print(f"{folder}: {len(FILES)} files, {len(selection.events)} reports of events")


if __name__ == "__main__":
    sys.exit(main())
