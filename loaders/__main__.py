"""The command line: `python -m loaders` load, extract, settings, and what looks after the store."""

from __future__ import annotations

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from events import settings
from events.error_words import WordedError

_STORE = "check repair maintain backup restore migrate reread edits withdraw restore-article"
# a module that has the parsers of its commands (add_to) and runs them (run) -> their names; only
# that of the command that is asked for is imported, since some of them take seconds
COMMANDS = {
    "load_command": "load commit mapping",
    "extract_command": "extract",
    "watch_command": "watch",
    "store_commands": _STORE,
    "cases_command": "cases",
    "record_commands": "log outlets",
    "settings_command": "settings",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when everything was read, 1 when something was set aside or failed."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    known = _modules(given)
    asked = _parser(known).parse_args(given)
    try:
        settings.held()  # a bad setting is said before anything is done
        run = next(one.run for one, names in known if asked.command in names)
        return int(run(asked))
    except (WordedError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of a pipe went away: nothing to tell it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk, say: what was reported as kept is in the store
        print(f"error: {error}{_advice(error)}", file=sys.stderr)
        return 1


def _advice(error: OSError) -> str:
    """What to do: "" where the error says it (a device or a pipe was named), or nobody knows."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return ". Check the path, and try again"
    if error.errno == errno.EISDIR:
        return ". Name a file, and try again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ". Change the rights or name another place, and try again"
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return ". Make room, and try again"
    return ""


def _modules(given: Sequence[str]) -> list[tuple[ModuleType, list[str]]]:
    """The module of the command that is asked for, with its commands; all where none is named."""
    rows = [(module, names.split()) for module, names in COMMANDS.items()]
    asked = [row for row in rows if given and given[0] in row[1]]
    return [(importlib.import_module(f"loaders.{name}"), each) for name, each in asked or rows]


def _parser(known: Sequence[tuple[ModuleType, list[str]]]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", epilog=settings.STORE_NAMED)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module, _names in known:
        module.add_to(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
