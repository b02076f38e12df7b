"""How much work one article may cost: counted, and so the same on every machine.

Real articles stay far below: 300,000 characters of prose hold about 2,500 sentences, and a sentence
of news has under 1,000 characters. What is past a limit is listed as left out, with the reason. The
clock is another thing, and the last guard (loaders/guarded.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from events.model import LeftOut

SENTENCE = 2_000  # characters of one sentence; a longer one is read in pieces
SENTENCES = 5_000  # of the text of one article
REASON = "past the limit of sentences that are read of one article"


def past_limit(text: str, sentences: Sequence[tuple[int, int]]) -> list[LeftOut]:
    """What of a text is not read, given (start, end) of all its sentences; mostly []."""
    unread = sentences[SENTENCES:]
    if not unread:
        return []
    start, end = unread[0][0], unread[-1][1]
    return [LeftOut(REASON, text[start:end], "text", start, end)]


def budget_note(unread: Sequence[LeftOut]) -> str:
    """A plain sentence where a text is not read to its end, else ""."""
    if not unread:
        return ""
    return f"the text is read to character {unread[0].start}, its first {SENTENCES} sentences"
