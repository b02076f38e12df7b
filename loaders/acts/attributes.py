"""Attributes of an act, with their words: killed, wounded, arrested, weapons, amounts."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.acts.lexicon import Lexicon
from loaders.grammar.tokens import Word, Words

Attribute = tuple[str, str, str]  # name, value, words
CASUALTIES = ("killed", "wounded", "missing", "arrested", "displaced")
_NEAR = 4  # words between a figure and what it counts
LONGEST = 15  # digits of a figure that counts something
_NAMED = 2  # words after a figure that may name what it counts
_YEARS = range(1900, 2100)


def attributes_of(words: Words, lexicon: Lexicon) -> tuple[Attribute, ...]:
    """Attributes told in the sentence, in reading order, each name and value once."""
    figures = list(_figures(words, lexicon))
    found = [*_casualties(words, figures, lexicon), *_amounts(words, figures, lexicon)]
    weapons = lexicon.attributes.get("weapon", frozenset())
    found += [("weapon", word.low, word.text) for word in words if word.low in weapons]
    return tuple(dict.fromkeys(found))


def _figures(words: Words, lexicon: Lexicon) -> Iterator[tuple[int, Word, Word]]:
    """(number, first word, last word) of every figure, in digits or in words."""
    i = 0
    while i < len(words):
        value = _value(words[i], lexicon)
        if value is None:
            i += 1
            continue
        last = i
        if last + 1 < len(words) and words[last + 1].low in lexicon.scale:
            last += 1
            value *= lexicon.scale[words[last].low]
        if value not in _YEARS or last > i:
            yield round(value), words[i], words[last]
        i = last + 1


def _value(word: Word, lexicon: Lexicon) -> float | None:
    if word.low[0].isdigit():
        digits = word.low.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
        grouped = digits.replace(",", "") if digits.count(",") else digits
        try:
            return float(grouped) if len(grouped) <= LONGEST else None
        except ValueError:
            return None
    number = lexicon.numbers.get(word.low)
    return float(number) if number is not None and number > 1 else None


def _casualties(
    words: Words, figures: list[tuple[int, Word, Word]], lexicon: Lexicon
) -> Iterator[Attribute]:
    for number, first, last in figures:
        counted = _counted(words, first, last, lexicon)
        if counted is not None:
            name, word = counted
            begin, end = min(first.i, word.i), max(last.i, word.i)
            yield name, str(number), _text(words, begin, end)


def _counted(words: Words, first: Word, last: Word, lexicon: Lexicon) -> tuple[str, Word] | None:
    """What a figure counts: the nearest casualty word ("killed") after it, else before it; nobody
    where it counts weapons ("killed by 85 drones")."""
    weapons = lexicon.attributes.get("weapon", frozenset())
    ahead = words[last.i + 1 : last.i + 2 + _NEAR]
    if any(word.low in weapons for word in ahead[:_NAMED]):
        return None
    behind = words[max(0, first.i - 3) : first.i][::-1]
    for pool in (ahead, behind):
        for word in pool:
            if word.low in (";", ".") or (pool is behind and word.low == ","):
                break
            for name in CASUALTIES:
                if word.low in lexicon.attributes.get(name, ()):
                    return None if _is_downed(word, words, lexicon) else (name, word)
    return None


def _is_downed(word: Word, words: Words, lexicon: Lexicon) -> bool:
    """Whether a word that is said of people and of aircraft ("abattu") may be said of the weapons
    of its sentence."""
    weapons = lexicon.attributes.get("weapon", frozenset())
    either = word.low in lexicon.attributes.get("downed", ())
    return either and any(each.low in weapons for each in words)


def _amounts(
    words: Words, figures: list[tuple[int, Word, Word]], lexicon: Lexicon
) -> Iterator[Attribute]:
    units = lexicon.attributes.get("amount", frozenset())
    for number, first, last in figures:
        around = [*words[max(0, first.i - 1) : first.i], *words[last.i + 1 : last.i + 4]]
        unit = next((word for word in around if word.low in units), None)
        if unit is not None:
            begin, end = min(first.i, unit.i), max(last.i, unit.i)
            yield "amount", f"{number} {unit.low}", _text(words, begin, end)


def _text(words: Words, begin: int, end: int) -> str:
    offset = words.sentence.start
    return words.sentence.text[words[begin].start - offset : words[end].end - offset]
