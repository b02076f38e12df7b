"""The door that every text of a file passes: what no format may hold is dropped, and counted.

XML 1.0 forbids most control characters and U+FFFE, RFC 5545 all but the tab, a terminal obeys ESC.
One rule holds for all formats, so that a file is the same whatever program opens it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from events.plain_text import FORBIDDEN, LINE_ENDS

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
LINKS = ("url",)  # columns that hold an address
T = TypeVar("T")


class Door:
    """Lets texts through and counts: `dropped` characters, `links` that were no web address."""

    def __init__(self) -> None:
        self.dropped = self.links = 0

    def text(self, value: str) -> str:
        """The text without what files forbid; all line ends as line feeds."""
        kept, dropped = FORBIDDEN.subn("", LINE_ENDS.sub("\n", value))
        self.dropped += dropped
        return kept

    def link(self, value: str) -> str:
        """A web address, or ""."""
        told = self.text(value).strip()
        if not told or _WEB.fullmatch(told):
            return told
        self.links += 1
        return ""

    def table(self, table: pd.DataFrame) -> pd.DataFrame:
        """A table whose texts, and texts in lists, came through the door."""
        passed = table.copy(deep=False)
        for name, column in table.items():
            if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
                passed[name] = self._column(column, self._passing(name))
        return passed

    def _column(self, column: pd.Series, passing: Callable[[Any], Any]) -> pd.Series:
        return pd.Series(
            [passing(value) for value in column.tolist()],
            index=column.index,
            dtype=column.dtype,
            name=column.name,
        )

    def record(self, value: T) -> T:
        """A value whose texts came through the door, however deep in records, rows and lists."""
        passed: Any = value
        if isinstance(value, str):
            passed = self.text(value)
        elif isinstance(value, dict):
            passed = {name: self._passing(name)(each) for name, each in value.items()}
        elif isinstance(value, tuple):
            passed = tuple(map(self.record, value))
        elif isinstance(value, (list, np.ndarray)):
            passed = list(map(self.record, value))
        elif is_dataclass(value) and not isinstance(value, type):
            told = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
            passed = replace(value, **{name: self.record(each) for name, each in told.items()})
        return cast(T, passed)

    def _passing(self, name: object) -> Callable[[Any], Any]:
        if name not in LINKS:
            return self.record
        return lambda value: self.link(value) if isinstance(value, str) else value
