"""A document: an article cut into sentences that know their offsets in the text as stored.

The text is never changed. Page noise is marked as regions with a reason; the finders read
`sentences` only, so an offset of a mention is always an offset of the stored text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from events.model import Article, LeftOut, Part

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Sentence:
    """One sentence of the body or the title. `paragraph` counts from 0; the title's is -1.

    `parse` is the spaCy Doc of exactly `text` (token.idx + start = offset in the part), or None
    where no model is installed for the language.
    """

    part: Part
    start: int
    end: int
    text: str
    paragraph: int
    index: int
    parse: Doc | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Document:
    """An article ready for the finders: `sentences` in reading order, title first."""

    article: Article
    lang: str
    sentences: tuple[Sentence, ...]
    noise: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def source_text(self, part: Part) -> str:
        """The stored text that offsets of `part` count in."""
        return self.article.title if part == "title" else self.article.text
