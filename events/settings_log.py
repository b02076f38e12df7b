"""Settings that somebody changed in their file: found with the next act, told before its line.

The file is changed by hand, so the line says what it holds now, and whose process found it. A store
may be written with more than one file (machines with one bucket, FRISE_SETTINGS): the line names
one that does not lie beside the store, and each is compared with its own newest line. Sources are
not among it: the page of sources tells its own acts. Values of variables are a process's own.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

from events import settings
from events.audit_lines import SETTINGS_NOTICED, digest, newest
from events.plain_text import one_line
from events.settings import SettingsError

AS_THEY_SHIP = "as they ship"
_MOST = 200  # characters of a file's name, its end: the line holds 400
Row = Mapping[str, object]


def noticed(location: Path) -> Sequence[Row] | None:
    """The settings of the file, a row each (`setting`, `value`), where the newest line that the log
    of the store has of this file does not say them; None where it does, and where they cannot be
    read. Call it under the lock of the log."""
    try:
        told = settings.read_file(settings.settings_file())
        last = newest(location, SETTINGS_NOTICED, _head(location))
    except (SettingsError, OSError):  # said where they are asked for, and by `check`
        return None
    rows = [{"setting": name, "value": value} for name, value in sorted(told.items())]
    return rows if digest(rows) != (last.rows if last else "") else None


def words(location: Path, rows: Sequence[Row]) -> str:
    """The subject of the line: "settings: store.keep_days = 30", with machine and path of a file
    that does not lie beside the store: "settings desk:/etc/frise.toml: as they ship"."""
    told = ", ".join(f"{row['setting']} = {row['value']}" for row in rows)
    return _head(location) + (told or AS_THEY_SHIP)


def _head(location: Path) -> str:
    """How the lines of this file begin."""
    file = settings.settings_file()
    if file == location.absolute().parent / settings.FILE_NAME:
        return "settings: "
    return f"settings {one_line(f'{platform.node()}:{file}')[-_MOST:]}: "
