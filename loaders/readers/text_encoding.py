"""Which encoding the bytes of a text are in where nobody tells it: by the letters that it makes.

Encodings of two bytes a letter (Chinese, Japanese, Korean) make common signs of their language or
none. Those of one byte make letters as often as a language has them, and no signs within words. The
table is data/reference/encodings.toml.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from charset_normalizer.constant import FREQUENCIES

from events.checked_toml import read_toml
from events.reference import REFERENCE_DIR

JAPANESE = "iso2022_jp"  # of mail: ASCII bytes, with words between escapes
LOOKED_AT, SAMPLE = 1_000_000, 20_000  # bytes at the beginning, and of those of lines with letters
_TAGS = re.compile(rb"<[^<>]{0,2000}>")
_ESCAPES = re.compile(rb"\x1b\$[@B]")  # how ISO-2022-JP begins a Japanese word
_LEAST_WIDE = 0.25  # of the bytes that are no ASCII in a text of two bytes a letter
_LEAST_COMMON = 0.7  # of its letters, those that are common in its language
_LATIN = frozenset("abdhlmnrst")
_UNKNOWN = math.log(1e-5)  # a letter that the language has not, or a sign within a word
_RARE = math.log(1e-3)
_NAME = math.log(0.01)  # a Latin letter in another alphabet: of a name, a mark of a format
_LEAST_LIKELY = -4.0  # mean logarithm under which a text is none of the language
_QUIET = "'’ʼ/@:.,&()-–—«»“”\"!?;…°²³´"  # signs that may stand at a word, or in it


def _class(first: int, last: int, kinds: str) -> str:
    """The characters of these kinds (categories of Unicode), for a set of a pattern."""
    every = (chr(code) for code in range(first, last))
    return "".join(re.escape(c) for c in every if category(c) in kinds.split() and c not in _QUIET)


_SYMBOLS = _class(0x80, 0x2600, "Sk So Sc Sm No Cc Cf Co Cn")
_SMALL, _CAPITAL = _class(0x41, 0x530, "Ll"), _class(0x41, 0x530, "Lu")
_ODD = re.compile(
    rf"(?<=[^\W\d_])[{_SYMBOLS}²³]+(?=[^\W\d_])|(?<![^\W\d_])[{_SYMBOLS}](?=[^\W\d_])"
    rf"|(?<=[^\W\d_])[{_SYMBOLS}](?!\w)"  # a sign in a word, before or after one
    r"|(?<=[^\W\d_])[^\w\s'’ʼ/@:.,&()\-–—«»“”\"!?;…´·\u0300-\u0e4e]+(?=[^\W\d_])"
    rf"|(?<=[{_SMALL}])(?=[{_CAPITAL}])"  # a capital after a small letter
    r"|(?<=[a-zA-Z])(?=[\u0370-\u06ff])|(?<=[\u0370-\u06ff])(?=[a-zA-Z])"  # two alphabets in a word
    r"|[\x80-\x9f\ufffd\u2500-\u25ff]"
)
# letters of each encoding that are common in its language, and those that are foreign to it
_KANA, _KANJI = r"\u3041-\u30fe", r"\u4e00-\u9fff"
_SIGNS = r"\u3001-\u3011\uff01-\uff5e"
_WIDE = (
    # encoding, what is common, what its language needs at least of that, what it has not
    ("cp932", rf"[{_KANA}{_KANJI}{_SIGNS}]", rf"[{_KANA}]", r"[\uff61-\uff9f\ue000-\uf8ff]"),
    ("euc_jp", rf"[{_KANA}{_KANJI}{_SIGNS}]", rf"[{_KANA}]", r"[\uff61-\uff9f]"),
    ("cp949", r"[\uac00-\ud7a3]", r"[\uac00-\ud7a3]", rf"[{_KANJI}{_KANA}\u0400-\u04ff]"),
    ("gb18030", rf"[{_KANJI}{_SIGNS}]", rf"[{_KANJI}]", rf"[{_KANA}\ue000-\uf8ff\u3400-\u4dbf]"),
    ("big5hkscs", rf"[{_KANJI}{_SIGNS}]", rf"[{_KANJI}]", rf"[{_KANA}\ue000-\uf8ff\u3400-\u4dbf]"),
)


def detected(raw: bytes) -> str:
    """The likeliest encoding of a text that is not UTF-8, "" where none makes words of it."""
    lines = _TAGS.sub(b" ", raw[:LOOKED_AT]).splitlines()
    sample = b"\n".join(line for line in lines if not line.isascii())[:SAMPLE]
    return _of_two_bytes(sample) or _of_one_byte(sample)


def is_escaped(raw: bytes) -> bool:
    """Whether ASCII bytes are Japanese in ISO-2022-JP."""
    return bool(_ESCAPES.search(raw[:LOOKED_AT]))


def _of_two_bytes(raw: bytes) -> str:
    high = sum(byte >= 0x80 for byte in raw)
    if high < _LEAST_WIDE * len(raw.replace(b" ", b"")):
        return ""
    found = {
        name: share for name, *kinds in _WIDE if (share := _share_of_common(raw, name, *kinds))
    }
    return max(found, key=lambda name: found[name], default="")


def _share_of_common(raw: bytes, encoding: str, common: str, needed: str, foreign: str) -> float:
    """The share of common letters among those that are no ASCII; 0 where it is too low."""
    try:
        text = _decoded(raw, encoding)
    except UnicodeDecodeError:
        return 0.0
    wide = re.sub(r"[\x00-\x7f]", "", text)
    if len(re.findall(needed, wide)) < 0.2 * len(wide):
        return 0.0
    told = len(re.findall(common, wide)) - 2 * len(re.findall(foreign, wide))
    share = told / max(1, len(wide)) - _rare_signs(text)
    return share if share >= _LEAST_COMMON else 0.0


def _rare_signs(text: str) -> float:
    """The share of Chinese signs that are not among the 6,763 of GB 2312 or the first 5,401 of
    Big5, the common ones."""
    signs = re.findall(rf"[{_KANJI}]", text)
    rare = min(sum(not _is_in(sign, *level) for sign in signs) for level in _LEVELS)
    return rare / len(signs) if signs else 0.0


_LEVELS = (("gb2312", b"\xb0\xa1", b"\xd7\xf9"), ("big5", b"\xa4\x40", b"\xc6\x7e"),
           ("shift_jis", b"\x88\x9f", b"\x98\x72"))  # fmt: skip


@functools.lru_cache(maxsize=20_000)
def _is_in(sign: str, encoding: str, first: bytes, last: bytes) -> bool:
    try:
        return first <= sign.encode(encoding) <= last
    except UnicodeEncodeError:
        return False


def _decoded(raw: bytes, encoding: str) -> str:
    """The text; the last letter may be cut."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(raw) - 3:
            raise
        return raw[: error.start].decode(encoding)


def _of_one_byte(raw: bytes) -> str:
    scores = {name: score for name in _languages() if (score := _likeliness(raw, name)) is not None}
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] >= _LEAST_LIKELY else ""


def _likeliness(raw: bytes, encoding: str) -> float | None:
    """The mean logarithm of how frequent its letters are in the likeliest language of the
    encoding; None where a byte is no letter of it."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = len(_ODD.findall(text))
    letters = Counter(filter(str.isalnum, text.casefold()))
    return max(_mean(letters, odd, each) for each in _languages()[encoding])


def _mean(letters: Mapping[str, int], odd: int, language: str) -> float:
    known = _letters(language)
    ascii_letter = _UNKNOWN if known.keys() >= _LATIN else _NAME
    mine = {c: n for c, n in letters.items() if not c.isdecimal()}
    told = sum(n * known.get(c, ascii_letter if c.isascii() else _UNKNOWN) for c, n in mine.items())
    return (told + 2 * odd * _UNKNOWN) / max(1, sum(mine.values()) + odd)


@functools.cache
def _table() -> dict[str, Any]:
    return read_toml(REFERENCE_DIR / "encodings.toml")


@functools.cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Languages of each encoding, the common encodings first."""
    return {name: tuple(row["languages"]) for row in _table()["encoding"] for name in row["names"]}


@functools.cache
def _letters(language: str) -> dict[str, float]:
    """Logarithm of the frequency of each letter: it falls with the rank."""
    told = FREQUENCIES[language]
    whole = sum(math.exp(-rank / 7) for rank in range(len(told)))
    known = dict.fromkeys(_table()["rare"].get(language, ""), _RARE)
    ranked = {c: math.log(math.exp(-n / 7) / whole) for n, c in enumerate(told)}
    return known | ranked
