"""How much work one article may cost: counted, and so the same on every machine.

Work is words and marks, with something for each sentence; very long words count by their
characters. Long articles stay below: 100,000 characters of prose are read whole. What is past the
limit is listed as left out, with the reason. The clock is another thing, and the last guard
(loaders/worker.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, takewhile

from events.model import LeftOut

SENTENCE = 2_000  # characters of one sentence; a longer one is read in pieces
WORK = 20_000  # of one article
EACH = 4  # work of a sentence beside its words: it is searched by itself
LETTERS = 6  # characters that count as a word at least
REASON = "past the limit of work for one article"
_WORD = re.compile(r"\w+|[^\w\s]")


def work(sentence: str) -> int:
    """What a sentence costs, in words."""
    return max(len(_WORD.findall(sentence)), len(sentence) // LETTERS) + EACH


def affordable(sentences: Sequence[str]) -> int:
    """How many sentences, from the first, are read."""
    return sum(1 for _ in takewhile(lambda done: done <= WORK, accumulate(map(work, sentences))))


def past_limit(text: str, unread: Sequence[tuple[int, int]]) -> list[LeftOut]:
    """What of a text is not read, given (start, end) of the sentences left over; mostly []."""
    if not unread:
        return []
    start, end = unread[0][0], unread[-1][1]
    return [LeftOut(REASON, text[start:end], "text", start, end)]


def budget_note(unread: Sequence[LeftOut]) -> str:
    """A plain sentence where a text is not read to its end, else ""."""
    if not unread:
        return ""
    return f"the text is read to character {unread[0].start}: the rest is past the limit of work"
