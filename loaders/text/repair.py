"""Characters that arrive damaged, repaired where that is sure, with the way back to the original.

Sure are: HTML entities, UTF-8 that was read as another encoding ("Ã©", "â€™", "√©", "РљРёРµРІ"),
also twice, Cyrillic in a wrong encoding (single_bytes.py), soft hyphens and zero-width spaces,
letters with their accents apart, letters of mathematics. Characters that are lost (U+FFFD) cannot
be repaired and are counted.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from loaders.text.single_bytes import cyrillic_as_meant

LOST = "\ufffd"
_LETTER = "[A-Za-zÀ-\u024fЀ-ӿ]"  # joiners between such letters say nothing
_INVISIBLE = f"[\u00ad\u200b\u2060\ufeff]+|(?<={_LETTER})[\u200c\u200d]+(?={_LETTER})"
_ENTITY = (
    r"&(?:amp;)*(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,24});"
    r"|&[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash)"
)
_ACCENTS = r"[^\W\d_][\u0300-\u036f]+"
# leads and followers of UTF-8 as Windows-1252 shows them; a follower stands for 80 to BF
_AFTER = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_AFTER_MAC = "[ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø]"
_LATIN = f"(?:[ÂÃÄÅ]{_AFTER}|â[\u0080\u20ac]{_AFTER})+"
_CYRILLIC = f"(?:[ÐÑ]{_AFTER}){{2,}}"
_MAC = f"(?:[√¬](?![π∞∑∏Ω]){_AFTER_MAC}|(?<=[A-Za-z])√π|[ƒ≈][^\\W\\d_]|‚[ÄÇ]{_AFTER_MAC})+"
_CYRILLIC_KOI8 = "(?:[пя][\u00a0-\u00f7\u2219-\u25a0ёЁ]){3,}"
_CYRILLIC_1251 = "(?:[РС][\u0080-\u00bf\u0401-\u040f\u0451-\u045f\u0490\u0491\u2010-\u2122]){3,}"
_DAMAGED = re.compile(
    f"(?P<entity>{_ENTITY})|(?P<invisible>{_INVISIBLE})|(?P<accents>{_ACCENTS})"
    f"|(?P<letters>[\U0001d400-\U0001d7ff]+)"
    f"|(?P<cp1252>{_LATIN}|{_CYRILLIC})|(?P<cp1251>{_CYRILLIC_1251})"
    f"|(?P<koi8_r>{_CYRILLIC_KOI8})|(?P<mac_roman>{_MAC})"
)
_TOLD = {
    "entity": "HTML entities",
    "invisible": "soft hyphens and zero-width characters",
    "accents": "letters with their accents apart",
    "letters": "letters of mathematics",
}
_ENCODING = "characters of a wrong encoding"
_CODECS = ("cp1252", "cp1251", "koi8_r", "mac_roman")
_MOST_TIMES = 3  # that a text was read in a wrong encoding


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
    given, text = text, cyrillic_as_meant(text)
    if text != given:
        counts[_ENCODING] = sum(a != b for a, b in zip(given, text, strict=True))
    for found in _DAMAGED.finditer(text):
        kind = found.lastgroup or ""
        meant = _mended(found.group(), kind)
        if meant == found.group():
            continue
        told = _TOLD.get(kind, _ENCODING)
        counts[told] = counts.get(told, 0) + 1
        _keep(text[begin : found.start()], begin, pieces, starts, ends)
        pieces.append(meant)
        starts += [found.start()] * len(meant)
        ends += [found.end()] * len(meant)
        begin = found.end()
    _keep(text[begin:], begin, pieces, starts, ends)
    notes = [f"read as meant: {told} ({count})" for told, count in counts.items()]
    if lost := text.count(LOST):
        notes.append(f"characters lost in a wrong encoding ({lost}): words with them are unread")
    return Repaired("".join(pieces), tuple(starts), tuple(ends), tuple(notes))


def _keep(piece: str, begin: int, pieces: list[str], starts: list[int], ends: list[int]) -> None:
    pieces.append(piece)
    starts += range(begin, begin + len(piece))
    ends += range(begin + 1, begin + len(piece) + 1)


def _mended(piece: str, kind: str) -> str:
    """The piece as it was meant; as it is where that is not sure."""
    if kind in _CODECS:
        return _reread(piece, kind)
    return _MENDERS[kind](piece)


def _unescaped(piece: str) -> str:
    """An entity whose ampersand was escaped in its turn ("&amp;eacute;") is read through."""
    for _ in range(_MOST_TIMES):
        piece = html.unescape(piece)
    return piece


def _reread(piece: str, codec: str, times: int = _MOST_TIMES) -> str:
    """The piece read as UTF-8, again where that is damaged still; as it is where it was not."""
    try:
        meant = b"".join(_byte(c, codec) for c in piece).decode("utf-8")
    except UnicodeError:
        return piece
    again = _DAMAGED.fullmatch(meant)
    return _reread(meant, codec, times - 1) if again and again[codec] and times > 1 else meant


def _byte(character: str, codec: str) -> bytes:
    """Its byte; Windows-1252 leaves five bytes without a character, which keep their number."""
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        return character.encode("latin-1")


_MENDERS: dict[str, Callable[[str], str]] = {
    "entity": _unescaped,
    "invisible": lambda _: "",
    "accents": lambda piece: unicodedata.normalize("NFC", piece),
    "letters": lambda piece: unicodedata.normalize("NFKC", piece),
}
