"""The topic of a sentence: PLOVER contexts, and fields that veto an event.

Sport, culture and business use the words of conflict ("attaquant", "battle for the title"): in a
sentence with words of such a field, a trigger is no event.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from loaders.acts.lexicon import Lexicon
from loaders.grammar.tokens import Word, Words

VETO_AT = 2  # a sentence with this many different words of a field is about that field


def contexts_of(words: Words, lexicon: Lexicon) -> tuple[str, ...]:
    """PLOVER contexts that the words indicate, sorted."""
    return tuple(sorted(name for name, group in lexicon.topics.items() if _hits(words, group)))


def vetoes_of(words: Words, lexicon: Lexicon) -> dict[str, int]:
    """Field -> number of its different words in the sentence, if any."""
    counts = {name: len(_hits(words, group)) for name, group in lexicon.veto.items()}
    for name, group in lexicon.veto_strong.items():
        counts[name] = counts.get(name, 0) + VETO_AT * len(_hits(words, group))
    return {name: count for name, count in counts.items() if count}


def _hits(words: Sequence[Word], group: Iterable[str]) -> set[str]:
    """Entries of the group that occur in the sentence; an entry may be several words."""
    lows = [word.low for word in words]
    present = set(lows)
    found = {entry for entry in group if entry in present}
    long = (entry.split() for entry in group if " " in entry)
    return found | {" ".join(e) for e in long if e[0] in present and _runs(lows, e)}


def _runs(lows: list[str], entry: list[str]) -> bool:
    size = len(entry)
    return any(lows[i : i + size] == entry for i in range(len(lows) - size + 1))
