"""Anaphora: "the alliance", "les Vingt-Sept", "the group", "il", "the president".

Conservative: a reference is kept only where exactly one antecedent is near and agrees; its
confidence is lower than that of a name.
"""

from __future__ import annotations

from collections.abc import Sequence

from events.model import ActorKind
from loaders.find.actors.draft import ActorDraft, SentenceDrafts
from loaders.find.actors.holders import is_woman
from loaders.find.actors.lexicon import Atom, find_atoms

_NEAR = 2  # how many sentences before may hold the antecedent
_GROUP_KINDS: dict[str, tuple[ActorKind, ...]] = {
    "armed_group": ("armed_group", "party"),
    "organisation": ("organisation", "bloc"),
}
_SURE_DEFINITE, _SURE_GROUP, _SURE_PRONOUN, _SURE_OFFICE = 0.8, 0.55, 0.5, 0.55


def refer(frames: Sequence[SentenceDrafts]) -> None:
    """Add a draft for each noun that refers to one clear antecedent; frames change in place."""
    named = {d.code for frame in frames for d in frame.drafts if not d.dropped}
    for at, frame in enumerate(frames):
        near = frames[max(0, at - _NEAR) : at]
        for atom in find_atoms(frame.tokens, frame.lexicon):
            draft = _definite(frame, atom, named) or _group(frame, atom, near)
            if draft is not None and _free(frame, draft):
                frame.drafts.append(draft)
        _offices(frame, near)


def refer_pronouns(frames: Sequence[SentenceDrafts]) -> None:
    """Add a draft for each pronoun with one clear person near; run after all names are known."""
    for at, frame in enumerate(frames):
        _pronouns(frame, frames[at - 1] if at else None)


def _free(frame: SentenceDrafts, draft: ActorDraft) -> bool:
    return not any(
        not d.dropped and d.confidence > 0 and d.first < draft.last and draft.first < d.last
        for d in frame.drafts
    )


def _has_article(frame: SentenceDrafts, at: int) -> bool:
    return frame.listed(at - 1, "definite_articles") and frame.glued(at)


def _definite(frame: SentenceDrafts, atom: Atom, named: set[str]) -> ActorDraft | None:
    """ "the alliance" is NATO where the article names NATO."""
    if not _has_article(frame, atom.first) or frame.listed(atom.last, "between"):
        return None
    for entry in atom.of_role("definite"):
        if entry.label == "always" or entry.code in named:
            return ActorDraft(
                atom.first, atom.last, entry.code, "bloc", "pronoun", _SURE_DEFINITE, role="name"
            )
    return None


def _group(frame: SentenceDrafts, atom: Atom, near: Sequence[SentenceDrafts]) -> ActorDraft | None:
    """ "the group": the last armed group named nearby, where it is the only one."""
    entries = atom.of_role("group")
    if not entries or not _has_article(frame, atom.first):
        return None
    for entry in entries:
        kinds = _GROUP_KINDS.get(entry.kind, (entry.kind,))
        codes = _codes([*near, frame], kinds, atom.first, frame)
        if len(codes) == 1:
            party_kind = next(iter(codes.values()))
            code = next(iter(codes))
            return ActorDraft(
                atom.first, atom.last, code, party_kind, "pronoun", _SURE_GROUP, role="name"
            )
    return None


def _codes(
    frames: Sequence[SentenceDrafts], kinds: Sequence[ActorKind], before: int, last: SentenceDrafts
) -> dict[str, ActorKind]:
    return {
        d.code: d.kind
        for frame in frames
        for d in frame.drafts
        if not d.dropped
        and d.kind in kinds
        and d.form == "name"
        and (frame is not last or d.first < before)
    }


def _offices(frame: SentenceDrafts, near: Sequence[SentenceDrafts]) -> None:
    """ "le président a déclaré": the one holder of that office named nearby."""
    for noun in frame.nouns:
        labels = {entry.label for entry in noun.of_role("office")} - {"leader", "minister"}
        if not labels or not _has_article(frame, noun.first):
            continue
        found = {
            d.code: d
            for other in near
            for d in other.drafts
            if not d.dropped and labels & set(d.offices)
        }
        if len(found) == 1:
            model = next(iter(found.values()))
            draft = ActorDraft(
                noun.first,
                noun.last,
                model.code,
                "person",
                "office",
                _SURE_OFFICE,
                model.person,
                model.offices,
                "office",
            )
            if _free(frame, draft):
                frame.drafts.append(draft)


def _pronouns(frame: SentenceDrafts, before: SentenceDrafts | None) -> None:
    """ "Il a ajouté", "He said": the one person of the sentence before, or of this one."""
    for at in range(len(frame.tokens)):
        if not (frame.listed(at, "he") or frame.listed(at, "she")):
            continue
        if frame.listed(at + 1, "impersonal") or (at and not _opens_clause(frame, at)):
            continue
        person = _only_person(frame, at, before)
        if person is not None and _agrees(frame, at, person):
            frame.drafts.append(
                ActorDraft(
                    at,
                    at + 1,
                    person.code,
                    "person",
                    "pronoun",
                    _SURE_PRONOUN,
                    person.person,
                    person.offices,
                    "pronoun",
                )
            )


def _agrees(frame: SentenceDrafts, at: int, person: ActorDraft) -> bool:
    """Whether the pronoun agrees in gender with the person; False for persons in no table."""
    if person.code.startswith("X:"):
        return False
    return frame.listed(at, "she") == is_woman(person.person)


def _opens_clause(frame: SentenceDrafts, at: int) -> bool:
    """Whether the pronoun opens a clause: after a break, or after a conjunction."""
    return not frame.glued(at) or frame.listed(at - 1, "conjunctions")


def _only_person(
    frame: SentenceDrafts, at: int, before: SentenceDrafts | None
) -> ActorDraft | None:
    for drafts in (
        [d for d in frame.drafts if d.first < at],
        before.drafts if before is not None else [],
    ):
        persons = [
            d
            for d in drafts
            if not d.dropped and d.kind == "person" and d.confidence > 0 and d.form != "adjective"
        ]
        names = {d.person for d in persons if d.person}
        if len({d.code for d in persons}) == 1 and len(names) <= 1:
            return max(persons, key=lambda d: d.person)
        if persons:
            return None
    return None
    return None
