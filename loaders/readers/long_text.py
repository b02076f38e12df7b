"""An article that is longer than one can be is cut into parts at its pages or paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from events.identity import article_id
from events.model import Article
from loaders.readers.source_file import MAX_CHARACTERS

PART_CHARACTERS = 80_000  # of a part: as much of an article as is read whole
# where a part may end, the best first: page, paragraph, line, sentence, word
_BREAKS = ("\f", "\n\n", "\n", ". ", " ")


def in_parts(article: Article) -> Iterator[Article]:
    """The article itself, or its parts where it has more than `MAX_CHARACTERS` characters.

    Each part says which it is; the first alone keeps the title, so that no title tells its events
    more than once.
    """
    if len(article.text) <= MAX_CHARACTERS:
        yield article
        return
    parts = [part for part in cut(article.text, PART_CHARACTERS) if part]
    for number, text in enumerate(parts, start=1):
        name = f" of '{article.title}'" if article.title else ""
        note = f"part {number} of {len(parts)}{name}, cut from {len(article.text)} characters"
        title = article.title if number == 1 else ""
        made = replace(article, id=article_id(text, article.source), title=title, text=text)
        yield replace(made, notes=(*article.notes, note))


def cut(text: str, most: int) -> Iterator[str]:
    """Pieces of at most `most` characters without the white space around them; every character but
    that white space stands in one of them."""
    start = 0
    while len(text) - start > most:
        # a break in the second half: pieces must not become small
        half, end = start + most // 2, start + most
        found = (text.rfind(each, half, end) + len(each) for each in _BREAKS if each in text)
        stop = next((place for place in found if place > half), end)
        yield text[start:stop].strip()
        start = stop
    yield text[start:].strip()
