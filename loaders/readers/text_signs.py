"""How ordinary the signs of a text are where they stand: bytes in a wrong encoding make signs where
no hand puts them."""

from __future__ import annotations

import math
import re
from unicodedata import category

UNKNOWN = math.log(1e-5)  # a sign that texts have not, or not there
RARE = math.log(1e-3)
_AT_HOME = math.log(4e-3)  # typography in its place
_QUIET = "'’ʼ/@:.,&()-–—«»“”\"!?;…°²³´"  # signs that may stand at a word, or in it
_SEEN = frozenset("’‘“”„«»‹›–—…€£°№ºª•·§©®™²³½¼¾±×،؛؟־׳״¿¡\xa0\xad\u202f\u200c\u200e\u200f")
_L = r"[^\W\d_]"  # a letter
_PLACES = re.compile(
    rf"(?<={_L})[’\u200c](?={_L})|(?<=[lL])·(?=[lL])|(?<=[\w.,!?…\")»”])[’”“](?!\w)"
    r"|(?<![\w’])[“„‘‹](?=\w)|(?<=[^\W_])[›](?!\w)"
    rf"|(?<!\w)[«»](?=[\w\"…])|(?<=[\w.,!?…\")])[«»](?!\w)|«(?=[\xa0\u202f])|(?<=[\xa0\u202f])»"
    r"|(?<=[\s\d])[–—](?=[\s\d])|^[–—](?=\s)"
    r"|(?<=[^\W\d_])…(?!\w)|(?<=[.!?)»”\"])…|(?<=\s)…(?=\s)"
    r"|(?<=\d)[€£°]|(?<=\d\s)[€£°]|[€£](?=\d)|№(?=\s?\d)|§(?=\s?\d)|(?<=[\dNnDM.])[ºª°]"
    rf"|(?<!{_L})[\xa0\u202f]|[\xa0\u202f](?!{_L})"
    rf"|(?<={_L})[،؛؟](?!\w)|(?<={_L})[־׳״](?={_L}|\b)",
    re.MULTILINE,
)
_MISPLACED = re.compile(  # of those of _SEEN
    rf"(?<={_L})(?<![lL])·(?={_L})|(?<={_L})[«»„‹›€£•§©¿¡°½¼¾±×№“”](?={_L})|[¿¡](?![\w¿¡])|(?<=\w)[¿¡]|(?<!\w)’(?=\w)"
    r"|(?<!\S)[’”›](?!\S)|(?<!\w)[šžœŠŽŒŸ](?!\w)|ς(?=[^\W\d_])|σ(?![^\W\d_])"
)
_UNUSUAL = re.compile(rf"(?<={_L})…(?={_L})|(?<=[a-z])[–—](?=[a-z])")  # a blank is missing


def _class(first: int, last: int, kinds: str) -> str:
    """The characters of these kinds (categories of Unicode), for a set of a pattern."""
    every = (chr(code) for code in range(first, last))
    return "".join(re.escape(c) for c in every if category(c) in kinds.split() and c not in _QUIET)


_SYMBOLS = _class(0x80, 0x2600, "Sk So Sc Sm No Cc Cf Co Cn").replace("\u200c", "")
_SMALL, _CAPITAL = _class(0x41, 0x530, "Ll"), _class(0x41, 0x530, "Lu")
_ODD = re.compile(
    rf"(?<={_L})[{_SYMBOLS}²³]+(?={_L})|(?<!{_L})[{_SYMBOLS}](?={_L})"
    rf"|(?<={_L})[{_SYMBOLS}](?!\w)"  # a sign in a word, before or after one
    r"|(?<=[^\W\d_])[^\w\s'’ʼ/@:.,&()\-–—«»“”\"!?;…´·\u0300-\u0e4e\u200c]+(?=[^\W\d_])"
    rf"|(?<=[{_SMALL}])(?!(?<=\b[hnt])[AEIOUÁÉÍÓÚ])(?=[{_CAPITAL}])"  # a capital after a small one
    rf"|(?<=[{_CAPITAL}])[{_SMALL}](?=[{_CAPITAL}])"  # a small letter in a word of capitals
    rf"|(?<=[{_CAPITAL}][{_CAPITAL}])(?![a-z])[{_SMALL}](?!\w)"  # or at its end
    r"|(?<=[a-zA-Z])(?=[\u0370-\u06ff])|(?<=[\u0370-\u06ff])(?=[a-zA-Z])"  # two alphabets in a word
    r"|[\x80-\x9f\ufffd\u2500-\u25ff]"
)


def is_sign(character: str) -> bool:
    """Whether it is neither ASCII nor a letter, nor a mark of one."""
    return not character.isascii() and (character in "ªº" or category(character)[0] not in "LM")


def likeliness_of_signs(text: str) -> float:
    """The logarithm of how likely the signs of a text are, all together; ASCII costs nothing, but
    for what a word does not have within it."""
    signs = [c for c in text if is_sign(c)]
    seen = sum(c in _SEEN for c in signs)
    placed = len(_PLACES.findall(text))
    wrong = len(_MISPLACED.findall(text))
    unusual = len(_UNUSUAL.findall(text))
    odd = len(_ODD.findall(text)) + wrong
    rare = max(0, seen - placed)
    whole = placed * _AT_HOME + (rare + 0.7 * unusual) * RARE
    return whole + (len(signs) - seen + odd) * UNKNOWN
