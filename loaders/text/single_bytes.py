"""Cyrillic of one byte a letter that was read in another encoding of one byte a letter.

"Ðîññèÿ" is Windows-1251 read as Latin-1, "тПУУЙС" KOI8 read as Windows-1251. Letter stands for
letter, so the text keeps its length. It is repaired only where the whole text says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIGNS = "¨£¤¦§¯²³´¸¿"  # where Latin-1 has signs, Cyrillic has letters: ё, і, ї, є, ґ
_WORD = re.compile(rf"(?:[^\W\d_]|[{_SIGNS}]){{4,}}")
_LATIN = re.compile(rf"[À-ÿªº{_SIGNS}]{{4,}}")
_TURNED = re.compile(r"[а-яёіїєґ][А-ЯЁІЇЄҐ]{3,}")  # capitals and small letters have changed places
_SMALL = re.compile(r"[а-яёіїєґ]{3,}")
_LEAST = 3  # number of words that must look so
_COMMON = frozenset("оеаинтсрвлі")  # the commonest letters of Russian and Ukrainian
_ENCODINGS = ("cp1251", "koi8_u")


def cyrillic_as_meant(text: str) -> str:
    """The text in Cyrillic letters where its letters are those of a wrong encoding, else as it
    is; of the same length.
    """
    words = _WORD.findall(text)
    latin = [word for word in words if _LATIN.fullmatch(word)]
    if len(latin) >= _LEAST and 2 * len(latin) > len(words):
        return _likeliest(_reread(text, "latin-1", codec) for codec in _ENCODINGS)
    turned = [word for word in words if _TURNED.fullmatch(word)]
    if len(turned) >= _LEAST and not _SMALL.search(text):
        mended = (_reread(text, *pair) for pair in (_ENCODINGS, _ENCODINGS[::-1]))
        return _likeliest((text, *mended))  # "УКРАИНА ... иРАН" may be meant as it is
    return text


def _likeliest(texts: Iterable[str]) -> str:
    return max(texts, key=lambda text: sum(letter in _COMMON for letter in text.lower()))


def _reread(text: str, wrong: str, codec: str) -> str:
    """Each letter that `wrong` holds beyond ASCII as `codec` has it; what is none there stays."""
    return "".join(_letter(character, wrong, codec) for character in text)


def _letter(character: str, wrong: str, codec: str) -> str:
    if character.isascii():
        return character
    try:
        meant = character.encode(wrong).decode(codec)
    except UnicodeError:
        return character
    return meant if meant.isalpha() else character
