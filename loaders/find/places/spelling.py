"""Look-up keys of place names, and Cyrillic names spelt the French, German, English, Spanish way.

The transliteration follows newsroom practice (French: ч tch, ш ch, у ou, х kh, ж j, в final v;
German: ч tsch, ш sch, в w; English: BGN/PCGN without marks; Spanish: х j). It is applied when the
gazetteer is built, so that "Tchassiv Iar" and "Wowtschansk" are found without a list.
"""

from __future__ import annotations

import functools
import unicodedata

_LETTERS = {
    "fr": "а a б b в v г g ґ g д d е e є ie ж j з z и i і i ї ï й i к k л l м m н n о o п p р r "
    "с s т t у ou ф f х kh ц ts ч tch ш ch щ chtch ъ _ ы y ь _ э e ю iou я ia ё io",
    "de": "а a б b в w г g ґ g д d е e є je ж sch з s и i і i ї ji й j к k л l м m н n о o п p р r "
    "с s т t у u ф f х ch ц z ч tsch ш sch щ schtsch ъ _ ы y ь _ э e ю ju я ja ё jo",
    "en": "а a б b в v г g ґ g д d е e є ie ж zh з z и i і i ї i й i к k л l м m н n о o п p р r "
    "с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю iu я ia ё e",
    "es": "а a б b в v г g ґ g д d е e є ie ж zh з z и i і i ї i й i к k л l м m н n о o п p р r "
    "с s т t у u ф f х j ц ts ч ch ш sh щ shch ъ _ ы y ь _ э e ю iu я ia ё io",
}
# Ukrainian reads two letters otherwise
_UKRAINIAN = {"и": {"fr": "y", "en": "y", "de": "y", "es": "i"}, "г": dict.fromkeys(_LETTERS, "h")}
_VOWELS = "аеєиіїоуыэюяё"
_TABLES = {
    lang: dict(zip(pairs.split()[::2], pairs.split()[1::2], strict=True))
    for lang, pairs in _LETTERS.items()
}
_DROPPED = str.maketrans("", "", "'’ʼʹ`´‘ʻ.")
_SPACED = str.maketrans(dict.fromkeys("-‐‑–—/ \u00a0\u202f", " "))
# letters that carry no combining mark but are spelt plainly elsewhere
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
)


@functools.lru_cache(maxsize=50_000)
def key(name: str) -> str:
    """The look-up key: case folded, marks and apostrophes dropped, hyphens as spaces.

    Й and Ї keep their marks: they are letters of their own in Russian and Ukrainian.
    """
    if name.isascii() and (name.isalpha() or _is_plain(name)):
        return name.lower()
    folded = name.casefold().translate(_SPACED).translate(_DROPPED).translate(_PLAIN)
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded)
        folded = "".join(map(_bare, folded))
    return " ".join(folded.split())


def _is_plain(name: str) -> bool:
    """Words of letters, one blank between them."""
    return all(map(str.isalpha, name.split(" ")))


def _bare(letter: str) -> str:
    if letter.isascii() or letter in "йїё":
        return "е" if letter == "ё" else letter
    split = unicodedata.normalize("NFD", letter)
    return "".join(mark for mark in split if not unicodedata.combining(mark))


# articles of Arabic names as newsrooms write them, before sun letters too
_ARTICLES = frozenset(
    ["al", "el", "ul", "as", "es", "ad", "ed", "ar", "er", "az", "ez", "ash", "esh", "ech", "an"]
    + ["en", "at", "et", "ath"]
)
_GENERIC = {
    word: words.split()[0]
    for words in ("tal tall tell tel", "ain ayn ein aain", "deir dayr dair der", "beit bayt bait")
    for word in words.split()
} | {"ras": "ras", "bab": "bab", "umm": "umm", "oum": "umm", "wadi": "wadi", "oued": "wadi"}
_SOUNDS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("ch", "sh"), ("dj", "j"), ("q", "k"))


def arabic(text: str) -> str:
    """The loose key of an Arabic name of several words, "" where it shows no Arabic word.

    Articles dropped, vowels and double letters levelled: "ras al ain", "ras el ayn" are one.
    `text` is a look-up key.
    """
    words = text.split()
    if len(words) < 2 or not any(word in _ARTICLES or word in _GENERIC for word in words):
        return ""
    levelled = [_levelled(_GENERIC.get(word, word)) for word in words if word not in _ARTICLES]
    joined = " ".join(levelled)
    return f"~{joined}" if len(joined) > 5 else ""


def _levelled(word: str) -> str:
    for sound, plain in _SOUNDS:
        word = word.replace(sound, plain)
    word = word.translate(_VOWEL_LEVELS).removesuffix("h")
    return "".join(a for a, b in zip(word, word[1:] + " ", strict=True) if a != b)


_VOWEL_LEVELS = str.maketrans("eoy", "iui")


def transliterations(name: str, ukrainian: bool) -> set[str]:
    """A Cyrillic name in French, German, English and Spanish spelling, as look-up keys.

    Ukrainian words are read by Ukrainian rules; an intervocalic с doubles in French and German.
    """
    lower = unicodedata.normalize("NFC", name).casefold()
    ukrainian = ukrainian and not set(lower) & set("ыэёъ")
    return {key(_spelt(lower, lang, ukrainian)) for lang in _TABLES}


def _spelt(lower: str, lang: str, ukrainian: bool) -> str:
    table, out = _TABLES[lang], []
    for i, letter in enumerate(lower):
        spelling = table.get(letter, letter)
        if ukrainian and letter in _UKRAINIAN:
            spelling = _UKRAINIAN[letter][lang]
        if letter == "с" and lang in ("fr", "de") and _between_vowels(lower, i):
            spelling = "ss"
        if letter == "е" and not ukrainian and lang == "en" and _starts(lower, i):
            spelling = "ye"
        out.append(spelling)
    return _tidy("".join(out).replace("_", ""), lang)


def _tidy(word: str, lang: str) -> str:
    """Final -ий, -ый and the like: one i or y is written."""
    for long, short in (("yi ", "y "), ("ii ", "i "), ("yj ", "y "), ("ij ", "i ")):
        word = (word + " ").replace(long, short).rstrip()
    return word


def _between_vowels(lower: str, at: int) -> bool:
    before, after = lower[at - 1 : at], lower[at + 1 : at + 2]
    return bool(before and after) and before in _VOWELS and after in _VOWELS


def _starts(lower: str, at: int) -> bool:
    return at == 0 or not lower[at - 1].isalpha()


def is_cyrillic(name: str) -> bool:
    """Whether the name is written in Cyrillic letters."""
    return any("\u0400" <= letter <= "\u04ff" for letter in name)
