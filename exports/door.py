"""The door that every text of a file passes: what no format may hold is dropped, and counted.

XML 1.0 forbids most control characters and U+FFFE, RFC 5545 all but the tab, a terminal obeys ESC.
One rule holds for all formats, so that a file is the same whatever program opens it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

# controls but tab and line feed, halves of surrogate pairs, and what is no character for good
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
LINKS = ("url",)  # columns that hold an address


class Door:
    """Lets texts through and counts: `dropped` characters, `links` that were no web address."""

    def __init__(self) -> None:
        self.dropped = self.links = 0

    def text(self, value: str) -> str:
        """The text without what files forbid; all line ends as line feeds."""
        kept, dropped = FORBIDDEN.subn("", _LINE_ENDS.sub("\n", value))
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
                passed[name] = self._column(column, self.link if name in LINKS else self.text)
        return passed

    def _column(self, column: pd.Series, passes: Callable[[str], str]) -> pd.Series:
        return pd.Series(
            [_each(value, passes) for value in column.tolist()],
            index=column.index,
            dtype=column.dtype,
            name=column.name,
        )


def _each(value: Any, passes: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return passes(value)
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_each(item, passes) for item in value]
    return value
