"""Every actor named in a document, under the code it acts for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from events.model import ActorMention, PlaceMention, Published
from events.registry import name as actor_name
from loaders.find.actors.compose import compose
from loaders.find.actors.draft import Draft, Frame
from loaders.find.actors.holders import holder_of
from loaders.find.actors.home import settle_at_home
from loaders.find.actors.lexicon import lexicon
from loaders.find.actors.persons import attach_persons
from loaders.find.actors.references import refer, refer_pronouns
from loaders.find.actors.scan import scan
from loaders.find.actors.unknown import add_unknown
from loaders.text.document import Document


def find_actors(
    document: Document, places: Sequence[PlaceMention], published: Published
) -> list[ActorMention]:
    """All actor mentions of a document: title first, then text, sorted and non-overlapping.

    Adjectives on things ("missile russe") come with form "adjective"; what only refers back ("the
    alliance", "he") with form "pronoun" and lower confidence; persons and organisations that no
    table knows with a code "X:" + name. Offices are resolved on the day of publication.
    """
    lex = lexicon(document.lang)
    day = published.date
    known: dict[str, Draft] = {}
    named: set[str] = set()
    frames = []
    for sentence in document.sentences:
        frame = scan(sentence, lex, places, day, named)
        compose(frame)
        attach_persons(frame, known)
        frames.append(frame)
    refer(frames)
    settle_at_home(frames, places)
    add_unknown(frames, places, known)
    refer_pronouns(frames)
    mentions = [m for frame in frames for m in _mentions(frame, day)]
    return sorted(mentions, key=lambda m: (m.part != "title", m.start))


def _mentions(frame: Frame, day: dt.date | None) -> Iterable[ActorMention]:
    for draft in _apart(frame.drafts):
        start = frame.tokens[draft.first].start
        end = frame.tokens[draft.last - 1].end
        shift = frame.sentence.start
        person, office = _office(draft, day)
        shown = draft.code[2:] if draft.code.startswith("X:") else actor_name(draft.code)
        yield ActorMention(
            frame.sentence.part,
            start + shift,
            end + shift,
            frame.sentence.text[start:end],
            draft.code,
            shown,
            draft.kind,
            person,
            office,
            draft.confidence,
            draft.form,
        )


def _office(draft: Draft, day: dt.date | None) -> tuple[str, str]:
    """Person and office: as named, else the office's holder on the day."""
    if not draft.offices:
        return draft.person, ""
    if draft.person:
        return draft.person, draft.offices[0]
    holder = holder_of(draft.offices, draft.code, day)
    return (holder.person, holder.office) if holder else ("", draft.offices[0])


def _apart(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts that overlap no better one: the longest wins, then the surest."""
    kept: list[Draft] = []
    live = [d for d in drafts if not d.dropped and d.confidence > 0]
    for draft in sorted(live, key=lambda d: (d.first - d.last, -d.confidence)):
        if all(draft.last <= other.first or other.last <= draft.first for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.first)
