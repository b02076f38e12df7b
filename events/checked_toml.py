"""Checked reading of TOML tables: every error names the file, the table and the key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from events.regular_files import read_text


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises ValueError, with file and line, where it is not TOML;
    OSError for what is no regular file."""
    try:
        return tomllib.loads(read_text(path).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is no valid TOML: {error}; mend it there") from error


@dataclass(frozen=True)
class TomlTable:
    """One table. `where` is its file and name, for errors; `cells` are the keys not read yet;
    `asked` are the keys that the code has read, that is, the allowed ones."""

    where: str
    cells: dict[str, Any]
    asked: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path, name: str, cells: object) -> TomlTable:
        """The table `name` of a file. Raises ValueError where it is something else."""
        return cls(str(path), {}).inner(name, cells)

    def inner(self, name: str, cells: object) -> TomlTable:
        """A table in this one, with the same errors."""
        if not isinstance(cells, dict):
            raise ValueError(f"{self.where}: {name} is {cells!r}; make it a table or remove it")
        return TomlTable(f"{self.where}: {name}", dict(cells))

    def table(self, key: str) -> TomlTable:
        """The table under a required key."""
        return self.inner(key, self.take(key, lambda v: isinstance(v, dict), "a table"))

    def tables(self, key: str) -> dict[str, TomlTable]:
        """The tables under a key, by name, in file order; {} where the key is missing."""
        rows = self.take(key, lambda v: isinstance(v, dict), "a table of tables", {})
        return {name: self.inner(name, row) for name, row in rows.items()}

    def take(
        self, key: str, fits: Callable[[Any], bool], wanted: str, default: object = None
    ) -> Any:
        """The value of a key; `default` where the key is missing (None: the key is required).

        Raises ValueError for a missing or invalid value; `wanted` says what to write instead.
        """
        self.asked.append(key)
        if key not in self.cells:
            if default is None:
                raise ValueError(f"{self.where}: {key} is missing; write {wanted}")
            return default
        value = self.cells.pop(key)
        if not fits(value):
            raise ValueError(f"{self.where}: {key} is {value!r}; write {wanted}")
        return value

    def text(self, key: str) -> str:
        """The text under a required key."""
        return str(self.take(key, lambda v: isinstance(v, str) and bool(v.strip()), "a text"))

    def choice(self, key: str, known: Collection[str]) -> str:
        """One of the known values, "" where the key is missing."""
        return str(self.take(key, lambda v: v in known, f"one of {', '.join(known)}", ""))

    def choices(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """A list of known values, () where the key is missing."""
        wanted = f"a list of some of {', '.join(known)}"
        return tuple(self.take(key, lambda v: _all_in(v, known), wanted, ()))

    def texts_by_language(self) -> dict[str, str]:
        """The texts under two-letter keys (ISO 639-1 codes); "en" is required."""
        languages = [key for key in self.cells if len(key) == 2 and key != "en"]
        return {lang: self.text(lang) for lang in ("en", *languages)}

    def close(self) -> None:
        """Raises ValueError for a key that was never read, so a misspelt key is not ignored."""
        for key in self.cells:
            known = ", ".join(self.asked)
            raise ValueError(f"{self.where}: nothing reads the key {key}; the keys are {known}")


def _all_in(value: object, known: Collection[str]) -> bool:
    return isinstance(value, list) and all(one in known for one in value)
