"""Characters that no file may hold as they are, and JSON that holds them as escapes alone.

XML 1.0 forbids most control characters and U+FFFE, RFC 5545 all but the tab, a terminal obeys ESC
and what begins with U+009B, editors break a line of JSON Lines at U+2028. Exports drop them
(`exports.door`); files that are read back, character for character, have them as escapes.
"""

from __future__ import annotations

import json
import re
from typing import Any

# controls but tab and line feed, halves of surrogate pairs, and what is no character for good
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
    + "]"
)
# cells that a spreadsheet runs, those with full-width signs too
FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")


def as_json(value: Any, indent: int | None = None) -> str:
    """JSON of a value, letters of every script as they are; in one line without `indent`."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return FORBIDDEN.sub(_escaped, LINE_ENDS.sub(_escaped, text))


def one_line(text: str) -> str:
    """A text on one line, without what cannot be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its English noun: "1 article", "3 articles"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def guarded(text: str) -> str:
    """A cell of a CSV without what files may not hold; a leading apostrophe keeps spreadsheets
    from running it as a formula."""
    kept = FORBIDDEN.sub("", LINE_ENDS.sub("\n", text))
    return f"'{kept}" if FORMULA.match(kept.lstrip("'")) else kept


def unguarded(cell: str) -> str:
    """The text of a cell that `guarded` wrote."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell.lstrip("'")) else cell


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
