"""The place of a speech act: where its speaker says it ("told reporters in Geneva that ...").

Speech acts of others, or acts of force, that are reported there did not happen there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from events.model import PlaceMention
from events.ontology import EVENT_TYPES
from loaders.acts.lexicon import Lexicon
from loaders.grammar.clauses import Clause
from loaders.grammar.syntax import children, link
from loaders.grammar.ties import token_of
from loaders.grammar.tokens import Words
from loaders.linking.beside import is_located
from loaders.linking.sides import Sides

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAX_CLIMB = 3


def spoken_at(
    clause: Clause,
    words: Words,
    places: Sequence[PlaceMention],
    lexicon: Lexicon,
    event_type: str,
    sides: Sides,
    teller: str | None,
) -> tuple[PlaceMention, str] | None:
    """The town where an act of words is spoken and a key of `certainty.TIES`, or None; places:
    those of the sentence."""
    if clause.verb is None or not EVENT_TYPES[event_type].verbal:
        return None
    verb = clause.verb
    beside = [child for child in children(verb, "adverbial") if _is_speech(child, lexicon)]
    above = link(verb)
    own = bool(sides.source_codes) and sides.source_codes == [teller]
    content = above.kind == "content" and own and _tells(above.head, lexicon)
    for place in places:
        if not is_located(words, place, lexicon):
            continue
        token = token_of(words, place)
        if token is not None and _hangs_on(token, {child.i for child in beside}, lexicon):
            return place, "spoken"
        if token is not None and content and _hangs_on(token, {above.head.i}, lexicon):
            return place, "told"
    return None


def _is_speech(verb: Token, lexicon: Lexicon) -> bool:
    return verb.lemma_.lower() in lexicon.word_groups.get("speaking", ())


def _tells(verb: Token, lexicon: Lexicon) -> bool:
    return _is_speech(verb, lexicon) or lexicon.says("claim", verb.lower_, verb.lemma_)


def _hangs_on(token: Token, verbs: set[int], lexicon: Lexicon) -> bool:
    """Whether a town hangs on one of these verbs, itself or by way of those who are told."""
    node = token
    for _ in range(_MAX_CLIMB):
        step = link(node)
        if step.head.i in verbs:
            return True
        if step.kind == "root" or step.head.lower_ not in lexicon.word_groups.get("press", ()):
            return False
        node = step.head
    return False
