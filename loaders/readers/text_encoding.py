"""Which encoding the bytes of a text are in where nobody tells it: by the letters that it makes.

Encodings of two bytes a letter (Chinese, Japanese, Korean) make common signs of their language or
none. Those of one byte make letters as often as a language has them, and no signs within words. The
table is data/reference/encodings.toml.
"""

from __future__ import annotations

import codecs
import functools
import math
import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import Any
from unicodedata import category

from charset_normalizer.constant import FREQUENCIES

from events.checked_toml import read_toml
from events.reference import REFERENCE_DIR
from loaders.readers.text_signs import UNKNOWN, is_sign, likeliness_of_signs

JAPANESE = "iso2022_jp"  # of mail: ASCII bytes, with words between escapes
LOOKED_AT, SAMPLE = 1_000_000, 20_000  # bytes at the beginning, and of those of lines with letters
_TAGS = re.compile(rb"<[^<>]{0,2000}>")
_ESCAPES = re.compile(rb"\x1b\$[@B]")  # how ISO-2022-JP begins a Japanese word
_LEAST_WIDE = 0.25  # of the bytes that are no ASCII in a text of two bytes a letter
_LEAST_COMMON = 0.7  # of its letters, those that are common in its language
_JOINED = re.compile(r"(?<=[a-z])[^\x00-\u10ff]|[^\x00-\u10ff](?=[a-zA-Z][a-z])")
_WIDE_LANGUAGES = ("Chinese", "Japanese", "Korean")
_FIRST = -4.5  # the mean logarithm of how frequent their first signs are
_SIGN = -7.5  # the logarithm of how frequent a sign is that is common, but not among the first
_ASCII = 0.5  # what a letter of ASCII weighs: it is the same in every encoding
_MOST_ASCII = 12  # what they weigh together for each byte that is none, at most
_LATIN = frozenset("abdhlmnrst")
_LAST = math.log(2e-3)  # one of the rarest letters of a language
_NAME = math.log(3e-3)  # a Latin letter in another alphabet: of a name, a mark of a format
_FOREIGN = math.log(1e-4)  # a letter of another language of the encoding
_LEAST_LIKELY = -4.5  # mean logarithm under which a text is none of the language
_FREE = 40.0  # what any text may have of unlikely letters, beyond that mean
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
    """The likeliest encoding of a text that is not UTF-8 and may be cut at its end, "" where none
    makes words of it."""
    return next((name for name in likely(raw) if _begins(raw, name)), "")


def likely(raw: bytes) -> list[str]:
    """The encodings in which the first lines with letters that are no ASCII make words, the
    likeliest first."""
    lines = _TAGS.sub(b" ", raw[:LOOKED_AT]).splitlines()
    sample = b"\n".join(line for line in lines if not line.isascii())[:SAMPLE]
    wide, single = _of_two_bytes(sample), _of_one_byte(sample)
    if wide and single and _of_signs(sample, wide[0]) < single[0][1]:
        return [*(name for name, _ in single), *wide]
    return [*wide, *(name for name, _ in single)]


def _begins(raw: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(raw)  # its last letter may be cut
    except UnicodeDecodeError:
        return False
    return True


def is_escaped(raw: bytes) -> bool:
    """Whether ASCII bytes are Japanese in ISO-2022-JP."""
    return bool(_ESCAPES.search(raw[:LOOKED_AT]))


def _of_two_bytes(raw: bytes) -> list[str]:
    high = sum(byte >= 0x80 for byte in raw)
    if high < _LEAST_WIDE * len(raw.replace(b" ", b"")):
        return []
    found = {
        name: share for name, *kinds in _WIDE if (share := _share_of_common(raw, name, *kinds))
    }
    return sorted(found, key=lambda name: (-found[name], -_of_signs(raw, name)))


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


def _of_signs(raw: bytes, encoding: str) -> float:
    """The logarithm of how likely the signs of two bytes are, to compare with those of one."""
    text = _decoded(raw, encoding)
    told = Counter(c for c in text if c.isalpha() or not c.isascii())
    joined = len(_JOINED.findall(text))
    whole = sum(n * _of_sign(c) for c, n in told.items())
    return whole + joined * _NAME - float(_table()["rarity"][encoding])


@functools.lru_cache(maxsize=20_000)
def _of_sign(sign: str) -> float:
    if sign.isascii():
        return _ASCII * _NAME
    if sign in _first_signs():
        return _FIRST
    is_common = ord(sign) < 0x4E00 or any(_is_in(sign, *level) for level in (*_LEVELS, _HANGUL))
    return _SIGN if is_common else UNKNOWN


@functools.cache
def _first_signs() -> frozenset[str]:
    """The most frequent signs of Chinese, Japanese and Korean."""
    told = (signs for name, signs in FREQUENCIES.items() if name.startswith(_WIDE_LANGUAGES))
    more = (_table()["frequent"][name] for name in _WIDE_LANGUAGES)
    return frozenset(sign for sign in chain(*told, *more) if ord(sign) > 0x3000)


_HANGUL = ("euc_kr", b"\xb0\xa1", b"\xc8\xfe")
_LEVELS = (("gb2312", b"\xb0\xa1", b"\xd7\xf9"), ("big5", b"\xa4\x40", b"\xc6\x7e"),
           ("shift_jis", b"\x88\x9f", b"\x98\x72"))  # fmt: skip


@functools.lru_cache(maxsize=20_000)
def _is_in(sign: str, encoding: str, first: bytes, last: bytes) -> bool:
    try:
        return first <= sign.encode(encoding) <= last
    except UnicodeEncodeError:
        return False


def _decoded(raw: bytes, encoding: str) -> str:
    """The text; the last letter of a sample may be cut."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if len(raw) < SAMPLE or error.start < len(raw) - 3:
            raise
        return raw[: error.start].decode(encoding)


def _of_one_byte(raw: bytes) -> list[tuple[str, float]]:
    """Encodings that make words, the likeliest first, and the logarithm of how likely each is."""
    told = {name: found for name in _languages() if (found := _likeliness(raw, name)) is not None}
    rarity = _table()["rarity"]
    scores = {
        name: whole - rarity.get(name, 0.0)
        for name, (whole, items) in told.items()
        if whole >= _LEAST_LIKELY * items - _FREE
    }
    return sorted(scores.items(), key=lambda each: -each[1])


def _likeliness(raw: bytes, encoding: str) -> tuple[float, float] | None:
    """The logarithm of how likely its letters and signs are in the likeliest language of the
    encoding, and how much they weigh; None where a byte is no letter of it."""
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    folded = text.replace("İ", "i").lower()
    letters = Counter(c for c in folded if category(c)[0] in "LM" and not is_sign(c))
    ascii_letters = sum(n for c, n in letters.items() if c.isascii())
    told = sum(byte >= 0x80 for byte in raw)
    weight = min(_ASCII, _MOST_ASCII * told / max(1, ascii_letters))
    weights = {c: n * weight if c.isascii() else n for c, n in letters.items()}
    best = max(_of_letters(weights, encoding, each) for each in _languages()[encoding])
    return best + likeliness_of_signs(text), sum(weights.values()) + sum(map(is_sign, text))


def _of_letters(weights: Mapping[str, float], encoding: str, language: str) -> float:
    known, others = _letters(language), _alphabet(encoding)
    ascii_letter = UNKNOWN if known.keys() >= _LATIN else _NAME

    def cost(c: str) -> float:
        return known.get(c, ascii_letter if c.isascii() else others.get(c, UNKNOWN))

    rarity = float(_table()["rarity"].get(language, 0.0))
    return sum(n * cost(c) for c, n in weights.items()) - rarity


@functools.cache
def _table() -> dict[str, Any]:
    return read_toml(REFERENCE_DIR / "encodings.toml")


@functools.cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Languages of each encoding, the common encodings first."""
    return {name: tuple(row["languages"]) for row in _table()["encoding"] for name in row["names"]}


@functools.cache
def _alphabet(encoding: str) -> dict[str, float]:
    """Every letter of the languages of an encoding, as a foreign one."""
    return {c: _FOREIGN for each in _languages()[encoding] for c in _letters(each)}


@functools.cache
def _letters(language: str) -> dict[str, float]:
    """Logarithm of the frequency of each letter: it falls with the rank."""
    told = _table()["frequent"].get(language) or FREQUENCIES[language]
    whole = sum(math.exp(-rank / 7) for rank in range(len(told)))
    known = dict.fromkeys(_table()["rare"].get(language, ""), _LAST)
    ranked = {c: max(_LAST, math.log(math.exp(-n / 7) / whole)) for n, c in enumerate(told)}
    return known | ranked
