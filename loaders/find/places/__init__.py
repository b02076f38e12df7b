"""Places: the gazetteer, the places named in a text, which one is meant, and in which role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from events.model import PlaceMention
from loaders.find.places.candidates import Span, find_spans
from loaders.find.places.context import countries_named, one_country, spoken_of
from loaders.find.places.entry import NATIVE
from loaders.find.places.neighbours import Neighbours
from loaders.find.places.qualifiers import Named, named
from loaders.find.places.resolve import resolve
from loaders.find.places.roles import role_of
from loaders.find.places.scene import Scene, scenes_of
from loaders.find.places.weigh import Choice
from loaders.text.document import Document

__all__ = ["find_places"]

SUPPORT = 1.2  # summed confidence of the places around


def find_places(document: Document) -> list[PlaceMention]:
    """All places named in an article, sorted (title first), not overlapping.

    `place` is None where the name stays unresolved. Roles: dateline, government, actor, else
    "mentioned"; `loaders.build.events` settles which of these are places of events.
    """
    scenes = scenes_of(document)
    adjectives = spoken_of(scenes)
    items = [named(span) for span in _spans(scenes, adjectives)]
    items = _near_enough(items, adjectives)
    choices = resolve(adjectives, items)
    return [
        _mention(document, item.span, choice) for item, choice in zip(items, choices, strict=True)
    ]


def _spans(scenes: Sequence[Scene], adjectives: Counter[str]) -> list[Span]:
    """Spans of all sentences. Small towns count where the article speaks of their country."""
    found = [span for scene in scenes for span in find_spans(scene)]
    if not any(span.only_in for span in found):
        return found
    sure = {one_country(span) for span in found if not span.only_in}
    countries = sure | adjectives.keys() | countries_named(scenes)
    return [span for span in found if not span.only_in or span.only_in & countries]


def _near_enough(items: list[Named], adjectives: Counter[str]) -> list[Named]:
    """The names that count: doubtful towns only near the sure places of the article."""
    sure = [item for item in items if not item.span.nearby]
    if len(sure) == len(items):
        return items
    around = Neighbours()
    for item, choice in zip(sure, resolve(adjectives, sure, rounds=1), strict=True):
        if choice.entry is not None:
            around.add(item.words, choice.entry, choice.confidence)
    return [item for item in items if not item.span.nearby or _is_near(around, item)]


def _is_near(around: Neighbours, item: Named) -> bool:
    """Whether a town of that name lies beside two places of the article, or a very sure one."""
    towns = (e for e in item.span.entries if e.rank <= NATIVE)
    return any(around.support(item.words, town) >= SUPPORT for town in towns)


def _mention(document: Document, span: Span, choice: Choice) -> PlaceMention:
    sentence = span.scene.sentence
    return PlaceMention(
        sentence.part,
        sentence.start + span.start,
        sentence.start + span.end,
        span.text,
        choice.place,
        role_of(document, span, choice.entry),
        choice.confidence,
        choice.reasons,
    )
