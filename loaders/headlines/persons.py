"""Persons in a parsed passage, as the model that marked the article's names found them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from events.model import Mention
from loaders.text.document import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc

PERSON = ("PERSON", "PER")


def mark_persons(doc: Doc, words: Mention, document: Document) -> None:
    """Mark in the parse of a passage, which has no names, those of persons (`ent_type_`)."""
    found = (
        doc.char_span(start - words.start, end - words.start, PERSON[0])
        for start, end in _persons(words, document)
    )
    doc.set_ents([span for span in found if span is not None], default="unmodified")


def _persons(words: Mention, document: Document) -> list[tuple[int, int]]:
    """Where the part names persons inside a passage."""
    return [
        (sentence.start + name.start, sentence.start + name.end)
        for sentence in document.sentences
        if sentence.part == words.part and sentence.start < words.end and words.start < sentence.end
        for name in sentence.names or ()
        if name.label in PERSON and words.start <= sentence.start + name.start < words.end
    ]
