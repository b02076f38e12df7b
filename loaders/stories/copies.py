"""Near-duplicate texts: wire copies count as one source.

Exact Jaccard similarity of sets of five-word shingles (Broder 1997), computed for texts that share
a shingle; shingles shared by too many texts (a legal notice, a byline) are ignored for that.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

LIKE = 0.6  # similarity from which a text is a copy, also with another headline or closing line
SHINGLE = 5  # words
COMMON = 50  # a shingle in more texts than this is not used to find candidates

_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)


def copies(texts: Sequence[str], threshold: float = LIKE) -> list[int]:
    """Index of the first near-duplicate of each text (its own index where there is none).

    The first text is the original; a copy of a copy is a copy of the original. Texts of fewer
    than five words have no shingle and copy nobody.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    origin = list(range(len(texts)))
    for index, text in enumerate(texts):
        mine = _shingles(text)
        found = _like(mine, holders, sizes, threshold)
        if found is not None:
            origin[index] = found
            continue
        sizes[index] = len(mine)
        for shingle in mine:
            holders[shingle].append(index)
    return origin


def _like(
    mine: frozenset[int], holders: dict[int, list[int]], sizes: dict[int, int], threshold: float
) -> int | None:
    """The first original with a similar set of shingles."""
    shared: Counter[int] = Counter()
    for shingle in mine:
        held = holders.get(shingle, ())
        if len(held) <= COMMON:
            shared.update(held)
    for other in sorted(shared):
        union = len(mine) + sizes[other] - shared[other]
        if shared[other] / union >= threshold:
            return other
    return None


def _shingles(text: str) -> frozenset[int]:
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    runs = zip(*(tokens[shift:] for shift in range(SHINGLE)), strict=False)
    return frozenset(map(hash, runs))
