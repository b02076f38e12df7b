"""Words that a person marked in an article: where they stand, and the sentence around them."""

from __future__ import annotations

from events.model import Part
from loaders.text.sentences import paragraph_spans, sentence_spans

Spot = tuple[Part, int, int]  # part, first offset, end


def spot(title: str, text: str, words: str, place: int = 0, in_title: bool = False) -> Spot | None:
    """Where the words stand: the occurrence number `place` (from 0) in the text, or in the title
    where they are marked there, or are only there. None where they do not stand."""
    if in_title or words not in text:
        start = title.find(words)
        return ("title", start, start + len(words)) if words and start >= 0 else None
    start = text.find(words)
    for _number in range(place):
        later = text.find(words, start + 1)
        start = later if later >= 0 else start
    return ("text", start, start + len(words)) if words else None


def sentence_around(text: str, start: int, end: int, lang: str) -> tuple[int, int]:
    """The sentence, or the sentences, in which the words at these offsets stand."""
    spans = [
        span
        for paragraph in paragraph_spans(text)
        for span in sentence_spans(text, *paragraph, lang)
        if span[0] < end and span[1] > start
    ]
    first = min([start, *(span[0] for span in spans)])
    return first, max([end, *(span[1] for span in spans)])
