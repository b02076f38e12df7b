"""Sources of the settings file as they are added, changed and removed: checked as a whole first;
the rest of the file is left as it is."""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from events.setting_rules import SettingsError
from events.settings import settings_file
from events.source_settings import TABLE, read_sources
from events.whole_file import place_of

LOCK_SECONDS = 5.0
_HEADER = re.compile(r"\s*\[\[?[^\[\]]+\]\]?\s*(?:#.*)?")
_SOURCE = re.compile(rf"\s*\[\[\s*{TABLE}\s*\]\]\s*(?:#.*)?")
Table = Mapping[str, object]


def add_sources(tables: Sequence[Table]) -> None:
    """Write sources behind the others, all of them or none. Raises SettingsError for one that
    cannot hold (another of its name, say), and where the file cannot be written."""
    _rewrite(lambda told: _with_blocks(told, tables))


def change_source(name: str, table: Table) -> None:
    """Write another table in the place of the source of this name. Raises SettingsError as
    `add_sources`, where there is no such source, and where its lines cannot be told."""
    _rewrite(lambda told: _replaced(told, name, dict(table)))


def remove_source(name: str) -> None:
    """Delete the table of a source. Raises SettingsError as `change_source`."""
    _rewrite(lambda told: _replaced(told, name, None))


def source_table(name: str) -> dict[str, object]:
    """The table of a source as it stands in the file; {} where there is none. Raises
    SettingsError."""
    return dict(next((t for t in _tables(_text(settings_file())) if _named(t, name)), {}))


def block(table: Table) -> str:
    """A source as TOML."""
    lines = [f"{key} = {_value(value)}" for key, value in table.items()]
    return "\n".join([f"[[{TABLE}]]", *lines, ""])


def _rewrite(change: Callable[[str], str]) -> None:
    path = settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=LOCK_SECONDS):
            whole = change(_text(path))
            read_sources(_tables(whole), str(path))
            _replace(path, whole)
    except (OSError, Timeout, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            "{path} cannot be written: {problem}. Change the sources there by hand", path=path,
            problem=error,
        ) from None  # fmt: skip


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.exists() else ""


def _tables(told: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(told).get(TABLE, [])
    return found


def _with_blocks(told: str, tables: Sequence[Table]) -> str:
    return "\n\n".join([told.rstrip(), *(block(each) for each in tables)]).lstrip()


def _replaced(told: str, name: str, table: dict[str, object] | None) -> str:
    """The text with another table for the source, or without it.

    Its lines are found by the headers; that nothing else changes is checked by reading both texts.
    """
    named = _tables(told)
    position = next((n for n, each in enumerate(named) if _named(each, name)), None)
    if position is None:
        raise SettingsError(
            "no source is named {name} any more: look at the page again", name=repr(name)
        )
    lines = told.splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if _SOURCE.fullmatch(line)]
    if len(starts) == len(named):
        first, end = starts[position], _end(lines, starts[position])
        written = [] if table is None else [block(table)]
        whole = "".join([*lines[:first], *written, *lines[end:]])
        wanted = [*named[:position], *([] if table is None else [table]), *named[position + 1 :]]
        if _read(whole) == _read(told) | {TABLE: wanted}:
            return whole
    raise SettingsError(
        "{path} is written so that the lines of {name} cannot be told from the others. Change it "
        "there by hand", path=settings_file(), name=repr(name),
    )  # fmt: skip


def _end(lines: list[str], first: int) -> int:
    """The line behind the table: comments at its end are not its own."""
    following = (n for n in range(first + 1, len(lines)) if _HEADER.fullmatch(lines[n]))
    end = next(following, len(lines))
    while end > first + 1 and (not (line := lines[end - 1].strip()) or line.startswith("#")):
        end -= 1
    return end


def _read(text: str) -> dict[str, Any]:
    """The whole file; one without a source names none, as an empty list does."""
    try:
        return {TABLE: []} | tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _named(table: Table, name: str) -> bool:
    return str(table.get("name", "")).strip().casefold() == name.casefold()


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    # a basic string of TOML is one of JSON but for this character
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, text: str) -> None:
    """The file at once as a whole, with the rights that it had."""
    path = place_of(path)
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
