"""Places: the gazetteer, finding and disambiguating place names in a text, and their roles."""

from __future__ import annotations

from collections.abc import Sequence

from events.model import PlaceMention
from loaders.find.places.candidates import PlaceSpan, find_spans
from loaders.find.places.context import Setting, countries_named, one_country, setting_of
from loaders.find.places.entry import GazetteerEntry
from loaders.find.places.neighbours import Neighbours
from loaders.find.places.qualifiers import Named, named
from loaders.find.places.resolve import resolve
from loaders.find.places.roles import role_of
from loaders.find.places.scene import PlaceScene, scenes_of
from loaders.find.places.weigh import Choice
from loaders.text.document import Document

__all__ = ["find_places"]

SUPPORT = 1.2  # summed confidence of nearby places that a doubtful town needs
DOUBTFUL = 0.5  # weight of a doubtful place in that sum


def find_places(document: Document) -> list[PlaceMention]:
    """All places named in an article, sorted (title first), not overlapping.

    `place` is None where the name stays unresolved. Roles: dateline, government, actor, else
    "mentioned"; `loaders.tellings.events` decides which of these are places of events.
    """
    scenes = scenes_of(document)
    setting = setting_of(document, scenes)
    items = [named(span) for span in _spans(scenes, setting)]
    items, choices = _resolved(items, setting)
    return [
        _mention(document, item.span, choice) for item, choice in zip(items, choices, strict=True)
    ]


def _spans(scenes: Sequence[PlaceScene], setting: Setting) -> list[PlaceSpan]:
    """Spans of all sentences. Small towns count only where the article names their country."""
    found = [span for scene in scenes for span in find_spans(scene)]
    if not any(span.only_in for span in found):
        return found
    sure = {one_country(span) for span in found if not span.only_in}
    countries = sure | setting.countries.keys() | countries_named(scenes)
    return [span for span in found if not span.only_in or span.only_in & countries]


def _resolved(items: list[Named], setting: Setting) -> tuple[list[Named], list[Choice]]:
    """The accepted names and their choices: a doubtful town must lie near other places."""
    choices = resolve(setting, items)
    around = Neighbours()
    for item, choice in zip(items, choices, strict=True):
        if choice.entry is not None:
            share = DOUBTFUL if item.span.nearby else 1.0
            around.add(item.words, choice.entry, share * choice.confidence)
    pairs = zip(items, choices, strict=True)
    kept = [item for item, choice in pairs if _is_accepted(item, choice.entry, around)]
    return kept, choices if len(kept) == len(items) else resolve(setting, kept)


def _is_accepted(item: Named, entry: GazetteerEntry | None, around: Neighbours) -> bool:
    """Whether a name is accepted: a doubtful town needs enough other places near it (SUPPORT)."""
    if not item.span.nearby:
        return True
    return entry is not None and around.support(item.words, entry) >= SUPPORT


def _mention(document: Document, span: PlaceSpan, choice: Choice) -> PlaceMention:
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
