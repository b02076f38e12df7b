"""What the reading of one sentence starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from events.model import DateSpan, PlaceMention, Published
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.tokens import Words
from loaders.linking.certainty import Spoken
from loaders.linking.dating import ParagraphDay
from loaders.linking.drafts import EventDraft
from loaders.linking.parties import Party


@dataclass(frozen=True)
class Reading:
    """All that is known of a sentence before its events are told.

    places: those of the sentence and of the few before it. named: how often the article names a
    place of each country. before: what the few sentences before told.
    """

    words: Words
    lexicon: Lexicon
    clauses: list[Clause]
    parties: list[Party]
    dates: list[DateSpan]
    places: list[PlaceMention]
    published: Published
    running: ParagraphDay
    spoken: Spoken
    named: Mapping[str, int]
    before: Sequence[EventDraft] = ()
    field: str = ""  # sport or culture, where the whole article is about it
