"""Adding a source to the settings file: checked as a whole first, the rest is left as it is."""

from __future__ import annotations

import json
import os
import stat
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from events.setting_rules import SettingsError
from events.settings import settings_file
from events.source_settings import TABLE, read_sources

LOCK_SECONDS = 5.0


def add_source(table: Mapping[str, object]) -> None:
    """Write a source behind the others. Raises SettingsError for one that cannot hold (another of
    its name, say), and where the file cannot be written; then nothing is changed."""
    path = settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=LOCK_SECONDS):
            told = path.read_text(encoding="utf-8") if path.exists() else ""
            whole = f"{told.rstrip()}\n\n{block(table)}".lstrip()
            read_sources(tomllib.loads(whole).get(TABLE), str(path))
            _replace(path, whole)
    except (OSError, Timeout, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            "{path} cannot be written: {problem}. Add the source there by hand", path=path,
            problem=error,
        ) from None  # fmt: skip


def block(table: Mapping[str, object]) -> str:
    """A source as TOML."""
    lines = [f"{key} = {_value(value)}" for key, value in table.items()]
    return "\n".join([f"[[{TABLE}]]", *lines, ""])


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    # a basic string of TOML is one of JSON but for this character
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, text: str) -> None:
    """The file at once as a whole, with the rights that it had."""
    rights = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8"
    ) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, rights)
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
