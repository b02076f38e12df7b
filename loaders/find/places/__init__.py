"""Places: the gazetteer, the places named in a text, which one is meant, and in which role."""

from __future__ import annotations

from events.model import PlaceMention
from loaders.find.places.candidates import Span, find_spans
from loaders.find.places.gazetteer import NATIVE
from loaders.find.places.judge import people_in
from loaders.find.places.neighbours import Neighbours
from loaders.find.places.resolve import Choice, one_country, resolve, spoken_of
from loaders.find.places.roles import role_of
from loaders.text.document import Document, Sentence

__all__ = ["find_places"]

SUPPORT = 1.2  # summed confidence of the places around


def find_places(document: Document) -> list[PlaceMention]:
    """All places named in an article, sorted (title first), not overlapping.

    `place` is None where the name stays unresolved. Roles: dateline, government, actor, else
    "mentioned"; `loaders.build.events` settles which of these are places of events.
    """
    spans, choices = _resolved(document, _spans(document))
    return [
        _mention(document, sentence, span, choice)
        for (sentence, span), choice in zip(spans, choices, strict=True)
    ]


def _resolved(
    document: Document, spans: list[tuple[Sentence, Span]]
) -> tuple[list[tuple[Sentence, Span]], list[Choice]]:
    """The spans that count with their choices: doubtful ones only near the sure ones."""
    sure = [(sentence, span) for sentence, span in spans if not span.nearby]
    if len(sure) == len(spans):
        return sure, resolve(document, sure)
    choices = resolve(document, sure, rounds=1)
    around = Neighbours()
    for (_, span), choice in zip(sure, choices, strict=True):
        if choice.entry is not None:
            around.add(span.text.casefold(), choice.entry, choice.confidence)
    kept = [(s, span) for s, span in spans if not span.nearby or _is_near(around, span)]
    return kept, resolve(document, kept)


def _is_near(around: Neighbours, span: Span) -> bool:
    """Whether a town of that name lies beside two places of the article, or a very sure one."""
    name = span.text.casefold()
    return any(around.support(name, e) >= SUPPORT for e in span.entries if e.rank <= NATIVE)


def _spans(document: Document) -> list[tuple[Sentence, Span]]:
    """Spans of all sentences. Small towns count where the article speaks of their country."""
    people = people_in(document.sentences)
    found = [
        (sentence, span)
        for sentence in document.sentences
        for span in find_spans(sentence, document.lang, people)
    ]
    sure = {one_country(span) for _, span in found if not span.only_in}
    countries = spoken_of(document) | sure
    return [(s, span) for s, span in found if not span.only_in or span.only_in & countries]


def _mention(document: Document, sentence: Sentence, span: Span, choice: Choice) -> PlaceMention:
    return PlaceMention(
        sentence.part,
        sentence.start + span.start,
        sentence.start + span.end,
        span.text,
        choice.place,
        role_of(document, sentence, span, choice.entry),
        choice.confidence,
        choice.reasons,
    )
