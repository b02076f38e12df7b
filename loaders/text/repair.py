"""Characters that arrive damaged, repaired where that is sure, with the way back to the original.

Sure are: HTML entities, UTF-8 that was read as another encoding ("Ã©", "â€™", "РљРёРµРІ"), soft
hyphens and zero-width spaces, letters with their accents apart. Characters that are lost (U+FFFD)
cannot be repaired and are counted.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

LOST = "\ufffd"
_INVISIBLE = "[\u00ad\u200b\u2060\ufeff]+"
_ENTITY = r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});"
_ACCENTS = r"[^\W\d_][\u0300-\u036f]+"
# leads and followers of UTF-8 as Windows-1252 shows them; a follower stands for 80 to BF
_AFTER = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_LATIN = f"(?:[ÂÃÄÅ]{_AFTER}|â[\u0080\u20ac]{_AFTER})+"
_CYRILLIC = f"(?:[ÐÑ]{_AFTER}){{2,}}"
_CYRILLIC_1251 = "(?:[РС][\u0080-\u00bf\u0401-\u040f\u0451-\u045f\u0490\u0491\u2010-\u2122]){3,}"
_DAMAGED = re.compile(
    f"(?P<entity>{_ENTITY})|(?P<invisible>{_INVISIBLE})|(?P<accents>{_ACCENTS})"
    f"|(?P<encoding>{_LATIN}|{_CYRILLIC}|{_CYRILLIC_1251})"
)
_TOLD = {
    "entity": "HTML entities",
    "invisible": "soft hyphens and zero-width characters",
    "accents": "letters with their accents apart",
    "encoding": "characters of a wrong encoding",
}


@dataclass(frozen=True)
class Repaired:
    """A repaired text; `starts` and `ends`: where each of its characters stood in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    notes: tuple[str, ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of start:end in the repaired text."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else self.ends[-1]
            return at, at
        return self.starts[start], self.ends[end - 1]


def repaired(text: str) -> Repaired:
    """The text as it was meant; the same text and no notes where nothing is damaged."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    counts: dict[str, int] = {}
    begin = 0
    for found in _DAMAGED.finditer(text):
        meant = _MENDERS[found.lastgroup or ""](found.group())
        if meant == found.group():
            continue
        counts[found.lastgroup or ""] = counts.get(found.lastgroup or "", 0) + 1
        _keep(text[begin : found.start()], begin, pieces, starts, ends)
        pieces.append(meant)
        starts += [found.start()] * len(meant)
        ends += [found.end()] * len(meant)
        begin = found.end()
    _keep(text[begin:], begin, pieces, starts, ends)
    notes = [f"read as meant: {_TOLD[name]} ({count})" for name, count in counts.items()]
    if lost := text.count(LOST):
        notes.append(f"characters lost in a wrong encoding ({lost}): words with them are unread")
    return Repaired("".join(pieces), tuple(starts), tuple(ends), tuple(notes))


def _keep(piece: str, begin: int, pieces: list[str], starts: list[int], ends: list[int]) -> None:
    pieces.append(piece)
    starts += range(begin, begin + len(piece))
    ends += range(begin + 1, begin + len(piece) + 1)


def _reread(piece: str) -> str:
    """The piece read as UTF-8; as it is where that is not what it was."""
    codec = "cp1251" if piece[0] in "РС" else "cp1252"
    try:
        return b"".join(_byte(c, codec) for c in piece).decode("utf-8")
    except UnicodeError:
        return piece


def _byte(character: str, codec: str) -> bytes:
    """Its byte; Windows-1252 leaves five bytes without a character, which keep their number."""
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return character.encode("latin-1")


_MENDERS: dict[str, Callable[[str], str]] = {
    "entity": html.unescape,
    "invisible": lambda _: "",
    "accents": lambda piece: unicodedata.normalize("NFC", piece),
    "encoding": _reread,
}
