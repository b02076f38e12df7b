"""A document: an article cut into sentences that know their offsets in the text as stored.

The text is never changed. Page noise is marked as regions with a reason; the finders read
`sentences` only, so an offset of a mention is always an offset of the stored text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from events.model import Article, LeftOut, Part
from loaders.text.models import Name


@dataclass(frozen=True)
class Sentence:
    """One sentence of the body or the title. `paragraph` counts from 0; the title's is -1.

    `names`: what the language's model marks as a name, offsets in `text`; None without a model.
    """

    part: Part
    start: int
    end: int
    text: str
    paragraph: int
    index: int
    names: tuple[Name, ...] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Document:
    """An article ready for the finders: `sentences` in reading order, title first.

    `read_to`: the offset in the text at which reading ends, None where all of it is read.
    """

    article: Article
    lang: str
    sentences: tuple[Sentence, ...]
    noise: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    read_to: int | None = None

    def source_text(self, part: Part) -> str:
        """The stored text that offsets of `part` count in."""
        return self.article.title if part == "title" else self.article.text


class Standing(Protocol):
    """What stands somewhere in an article: a mention, or what was left out."""

    @property
    def part(self) -> Part: ...
    @property
    def start(self) -> int: ...


PARTS: tuple[Part, ...] = ("title", "text")
S = TypeVar("S", bound=Standing)


def by_sentence(sentences: Sequence[Sentence], items: Iterable[S]) -> list[list[S]]:
    """What begins in each sentence, in the order given: one list a sentence.

    Looked up once an article: to search all mentions for each sentence costs the square.
    """
    found: list[list[S]] = [[] for _ in sentences]
    rows = {part: [n for n, s in enumerate(sentences) if s.part == part] for part in PARTS}
    starts = {part: [sentences[n].start for n in row] for part, row in rows.items()}
    for item in items:
        at = bisect_right(starts[item.part], item.start) - 1
        if at >= 0 and item.start < sentences[rows[item.part][at]].end:
            found[rows[item.part][at]].append(item)
    return found
