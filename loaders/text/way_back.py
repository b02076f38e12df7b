"""What was read in a repaired article, with its words and offsets in the article as given."""

from __future__ import annotations

import dataclasses
from typing import Any

from events.model import Article, Extraction
from loaders.text.repair import Repaired, repaired


@dataclasses.dataclass(frozen=True)
class Repair:
    """The repair of an article: `article` to read, and the parts as they were repaired."""

    given: Article
    article: Article
    title: Repaired
    text: Repaired

    @property
    def notes(self) -> tuple[str, ...]:
        """What was repaired, and what could not be."""
        return tuple(dict.fromkeys((*self.title.notes, *self.text.notes)))

    def undone(self, extraction: Extraction) -> Extraction:
        """The extraction of the repaired article with words and offsets of the given one."""
        article = dataclasses.replace(
            extraction.article, title=self.given.title, text=self.given.text
        )
        moved: Extraction = self._moved(dataclasses.replace(extraction, article=article))
        return moved

    def _moved(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._moved(item) for item in value)
        if not dataclasses.is_dataclass(value) or isinstance(value, (type, Article)):
            return value
        names = [field.name for field in dataclasses.fields(value)]
        changed = {name: self._moved(getattr(value, name)) for name in names}
        if changed.get("start", -1) >= 0:
            changed |= self._place(value, names)
        return dataclasses.replace(value, **changed)

    def _place(self, value: Any, names: list[str]) -> dict[str, Any]:
        """The offsets in the given part, and the words there."""
        mended = self.title if value.part == "title" else self.text
        given = self.given.title if value.part == "title" else self.given.text
        start, end = mended.back(value.start, value.end)
        told: dict[str, Any] = {"start": start, "end": end}
        for name in ("text", "quote"):
            if name in names and mended.text[value.start : value.end] == getattr(value, name):
                told[name] = given[start:end]
        return told


def repair(article: Article) -> Repair:
    """The repair of an article's title and text; its language is the article's own."""
    title, text = repaired(article.title), repaired(article.text)
    mended = article
    if (title.text, text.text) != (article.title, article.text):
        mended = dataclasses.replace(article, title=title.text, text=text.text)
    return Repair(article, mended, title, text)
