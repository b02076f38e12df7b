"""Persons and organisations in no table: from the article's own words and the spaCy entities.

A surname means the person whose full name came earlier in the article; names that the spaCy
model marks as a person or an organisation get the code "X:" + name.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from events.model import ActorKind, PlaceMention
from loaders.find.actors.draft import ActorDraft, SentenceDrafts
from loaders.find.actors.persons import name_end

_LABELS: dict[str, ActorKind] = {
    "PER": "person",
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "group",
}
_SURE_PERSON, _SURE_ORGANISATION = 0.5, 0.4


def add_unknown(
    frames: Sequence[SentenceDrafts],
    placed: Sequence[Sequence[PlaceMention]],
    known: dict[str, ActorDraft],
) -> None:
    """Add drafts for surnames of this article's persons and for names of the model.

    placed: the places of each sentence.
    """
    for frame in frames:
        _surnames(frame, known)
    codes: dict[str, str] = {}
    for frame, places in zip(frames, placed, strict=True):
        _entities(frame, places, codes)


def _surnames(frame: SentenceDrafts, known: dict[str, ActorDraft]) -> None:
    for at, token in enumerate(frame.tokens):
        model = known.get(token.key)
        if model is None or not token.text[0].isupper() or _covered(frame, at, at + 1):
            continue
        first = at
        while first > 0 and frame.glued(first) and frame.tokens[first - 1].text in model.person:
            first -= 1
        frame.drafts.append(
            ActorDraft(
                first,
                at + 1,
                model.code,
                "person",
                "name",
                0.75,
                model.person,
                model.offices,
                "person",
            )
        )


def _covered(frame: SentenceDrafts, first: int, last: int) -> bool:
    return any(
        not d.dropped and d.confidence > 0 and d.first < last and first < d.last
        for d in frame.drafts
    )


def _entities(
    frame: SentenceDrafts, places: Collection[PlaceMention], codes: dict[str, str]
) -> None:
    for entity in frame.sentence.names or ():
        party_kind = _LABELS.get(entity.label)
        if party_kind in ("person", "organisation"):
            _entity(frame, entity.start, entity.end, party_kind, places, codes)


def _entity(
    frame: SentenceDrafts,
    start: int,
    end: int,
    party_kind: ActorKind,
    places: Collection[PlaceMention],
    codes: dict[str, str],
) -> None:
    inside = [i for i, t in enumerate(frame.tokens) if start <= t.start and t.end <= end]
    while inside and not frame.tokens[inside[0]].text[0].isupper():
        inside.pop(0)
    while inside and frame.listed(inside[0], "titles"):
        inside.pop(0)
    if inside and any(n.first <= inside[0] and inside[-1] < n.last for n in frame.nouns):
        return  # "le Parlement", "ministre de la Défense": a capitalised noun is no name
    while inside and frame.listed(inside[-1], "particles"):
        inside.pop()  # "Affaires étrangères de l"
    if not inside or frame.listed(inside[0], "not_names"):
        return
    if _covered(frame, inside[0], inside[-1] + 1) or _beside_place(frame, inside[0], places):
        return
    first, last = inside[0], inside[-1] + 1
    text = frame.text(first, last)
    if party_kind == "person":
        last = max(last, name_end(frame, first, 1))
        text = frame.text(first, last)
        if last - first < 2 and frame.tokens[first].key not in codes:
            return
    if _is_place(frame, first, last, places) or _covered(frame, first, last) or len(text) < 3:
        return
    code = _code(frame, first, last, party_kind, codes)
    sure = _SURE_PERSON if party_kind == "person" else _SURE_ORGANISATION
    person = code[2:] if party_kind == "person" else ""
    frame.drafts.append(
        ActorDraft(first, last, code, party_kind, "name", sure, person, (), "unknown")
    )


def _beside_place(frame: SentenceDrafts, first: int, places: Collection[PlaceMention]) -> bool:
    """Whether "and" joins it to a place, so that it is no person: "Ras al-Aïn et Tal Abyad"."""
    if first < 2 or not frame.listed(first - 1, "and"):
        return False
    return _is_place(frame, first - 2, first - 1, places) and not _covered(
        frame, first - 2, first - 1
    )


def _code(
    frame: SentenceDrafts, first: int, last: int, party_kind: ActorKind, codes: dict[str, str]
) -> str:
    """The code of a name; a surname alone takes that of the full name before it."""
    text = frame.text(first, last)
    if party_kind != "person":
        return f"X:{text}"
    surname = frame.tokens[last - 1].key
    if last - first == 1:
        return codes[surname]
    code = f"X:{text}"
    codes.setdefault(surname, code)
    return code


def _is_place(
    frame: SentenceDrafts, first: int, last: int, places: Collection[PlaceMention]
) -> bool:
    start = frame.tokens[first].start + frame.sentence.start
    end = frame.tokens[last - 1].end + frame.sentence.start
    return any(
        p.part == frame.sentence.part and p.place is not None and p.start < end and start < p.end
        for p in places
    )
