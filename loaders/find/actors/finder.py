"""Finds every actor named in a document, with its actor code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from events.model import ActorMention, PlaceMention, Published
from events.registry import name as actor_name
from loaders.find.actors.compose import compose
from loaders.find.actors.draft import ActorDraft, SentenceDrafts
from loaders.find.actors.holders import holder_of
from loaders.find.actors.home import settle_at_home
from loaders.find.actors.known import persons_in_full
from loaders.find.actors.lexicon import lexicon
from loaders.find.actors.persons import attach_persons
from loaders.find.actors.references import refer, refer_pronouns
from loaders.find.actors.scan import scan
from loaders.find.actors.unknown import add_unknown
from loaders.text.document import Document, by_sentence

_SLUG_END = re.compile(r"—|–|--|-\s|:\s")
_SLUG_REACH = 90  # characters


def find_actors(
    document: Document, places: Sequence[PlaceMention], published: Published
) -> list[ActorMention]:
    """All actor mentions of a document: title first, then text, sorted and non-overlapping.

    Adjectives of things ("missile russe") get the form "adjective"; back references ("the
    alliance", "he") the form "pronoun" and lower confidence; persons and organisations in no
    table the code "X:" + name. Office holders are those on the day of publication.
    """
    lex = lexicon(document.lang)
    day = published.date
    known: dict[str, ActorDraft] = {}
    named = persons_in_full(f"{document.article.title}\n{document.article.text}")
    frames = []
    placed = by_sentence(document.sentences, places)
    for sentence, here in zip(document.sentences, placed, strict=True):
        frame = scan(sentence, lex, here, day, named)
        compose(frame)
        attach_persons(frame, known)
        for draft in frame.drafts:
            _fill_office(draft, day)
        frames.append(frame)
    refer(frames)
    settle_at_home(frames, placed)
    add_unknown(frames, placed, known)
    refer_pronouns(frames)
    slugs = _slugs(document, places)
    mentions = [
        m
        for frame in frames
        for m in _mentions(frame)
        if m.part == "title" or not any(a <= m.start and m.end <= b for a, b in slugs)
    ]
    return sorted(mentions, key=lambda m: (m.part != "title", m.start))


def _slugs(document: Document, places: Sequence[PlaceMention]) -> list[tuple[int, int]]:
    """(start, end) of the datelines up to their dash: nobody in "KYIV (Reuters) -" is a party."""
    found = []
    for place in places:
        if place.role == "dateline" and place.part == "text":
            end = _SLUG_END.search(document.article.text, place.end, place.end + _SLUG_REACH)
            found += [(place.start, end.start())] if end else []
    return found


def _mentions(frame: SentenceDrafts) -> Iterable[ActorMention]:
    for draft in _without_overlaps(frame.drafts):
        start = frame.tokens[draft.first].start
        end = frame.tokens[draft.last - 1].end
        shift = frame.sentence.start
        shown = draft.code[2:] if draft.code.startswith("X:") else actor_name(draft.code)
        yield ActorMention(
            frame.sentence.part,
            start + shift,
            end + shift,
            frame.sentence.text[start:end],
            draft.code,
            shown,
            draft.kind,
            draft.person,
            draft.offices[0] if draft.offices else "",
            draft.confidence,
            draft.form,
        )


def _fill_office(draft: ActorDraft, day: dt.date | None) -> None:
    """Set the office of a draft and, where nobody is named, who held it on the day."""
    if draft.person or not draft.offices:
        return
    holder = holder_of(draft.offices, draft.code, day)
    if holder is not None:
        draft.person, draft.offices = holder.person, (holder.office,)


def _without_overlaps(drafts: Iterable[ActorDraft]) -> list[ActorDraft]:
    """Drafts without overlaps: of two that overlap, the longer wins, then the more confident."""
    kept: list[ActorDraft] = []
    live = [d for d in drafts if not d.dropped and d.confidence > 0]
    for draft in sorted(live, key=lambda d: (d.first - d.last, -d.confidence)):
        if all(draft.last <= other.first or other.last <= draft.first for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.first)
