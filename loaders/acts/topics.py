"""The topic of a sentence: PLOVER contexts, and fields that veto an event.

Sport, culture and business use the words of conflict ("attaquant", "battle for the title"): in a
sentence with words of such a field, a trigger is no event.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from events.model import ActorMention
from loaders.acts.lexicon import Lexicon
from loaders.grammar.tokens import Word, Words
from loaders.text.document import by_sentence

VETO_AT = 2  # a sentence with this many different words of a field is about that field


def contexts_of(words: Words, lexicon: Lexicon) -> tuple[str, ...]:
    """PLOVER contexts that the words indicate, sorted."""
    return tuple(sorted(name for name, group in lexicon.topics.items() if _hits(words, group)))


def vetoes_of(
    words: Words, lexicon: Lexicon, names: Sequence[tuple[int, int]] = ()
) -> dict[str, int]:
    """Field -> number of its different words in the sentence, if any.

    Words inside `names` (offsets of actors) do not count: the Arab League is no football league.
    """
    outside = _outside(words, names)
    counts = {name: len(_hits(outside, group)) for name, group in lexicon.veto.items()}
    for name, group in lexicon.veto_strong.items():
        counts[name] = counts.get(name, 0) + VETO_AT * len(_hits(outside, group))
    return {name: count for name, count in counts.items() if count}


def field_of(
    sentences: Sequence[Words], lexicon: Lexicon, actors: Sequence[ActorMention] = ()
) -> str:
    """ "sport" or "culture" if the article is about it, else "": at least two of its words, and
    one for every six sentences."""
    named = by_sentence([w.sentence for w in sentences], (a for a in actors if a.form == "name"))
    outside = [
        _outside(words, [(a.start, a.end) for a in names])
        for words, names in zip(sentences, named, strict=True)
    ]
    for field in ("sport", "culture"):
        group, found = lexicon.veto.get(field, frozenset()), set()
        for words in outside:
            found |= _hits(words, group)
        if len(found) >= max(2, len(sentences) / 6):
            return field
    return ""


def _outside(words: Sequence[Word], names: Sequence[tuple[int, int]]) -> list[Word]:
    return [word for word in words if not any(s <= word.start and word.end <= e for s, e in names)]


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
