"""Settings that somebody changed in their file: found with the next act, told before its line.

The file is changed by hand, so the line says what it holds now, and whose process found it. Sources
are not among it: the page of sources tells its own acts. Values of variables are a process's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from events import settings
from events.audit_lines import SETTINGS_NOTICED, digest, newest
from events.settings import SettingsError

AS_THEY_SHIP = "as they ship"
Row = Mapping[str, object]
_known: dict[Path, str] = {}  # store -> digest of the settings that its log has


def noticed(location: Path) -> Sequence[Row] | None:
    """The settings of the file, a row each (`setting`, `value`), where the log of the store does
    not have them yet; None where it has, and where they cannot be read."""
    try:
        told = settings.read_file(settings.settings_file())
        rows = [{"setting": name, "value": value} for name, value in sorted(told.items())]
        now = digest(rows)
        if _known.get(location) == now:
            return None
        last = newest(location, SETTINGS_NOTICED)
    except (SettingsError, OSError):  # said where they are asked for, and by `check`
        return None
    if now != (last.rows if last else ""):
        return rows
    _known[location] = now
    return None


def words(rows: Sequence[Row]) -> str:
    """The subject of the line: "settings: store.keep_days = 30"."""
    return "settings: " + (
        ", ".join(f"{r['setting']} = {r['value']}" for r in rows) or AS_THEY_SHIP
    )
