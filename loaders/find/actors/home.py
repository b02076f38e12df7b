"""Agent and office nouns without an actor: assigned to the only country the article is about.

"Police used tear gas in Tbilisi", "le gouvernement a démissionné" in an article that names one
state only: the noun gets the code of that state, with low confidence. With two candidate states,
or none, it gets no actor.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence

from events.model import PlaceMention
from events.registry import country, fold
from loaders.find.actors.draft import ActorDraft, SentenceDrafts
from loaders.find.actors.lexicon import Atom
from loaders.find.actors.persons import name_end

_SURE_PLACE, _SURE_ARTICLE = 0.45, 0.4


def settle_at_home(
    frames: Sequence[SentenceDrafts], placed: Sequence[Sequence[PlaceMention]]
) -> None:
    """Add a draft for each agent or office noun with exactly one candidate country.

    placed: the places of each sentence.
    """
    titled = _titled(frames)
    in_article = titled or _countries_named(frames)
    places = [place for here in placed for place in here]
    at_home = functools.cache(lambda code: _is_at_home(frames, places, code))
    for frame, near in zip(frames, placed, strict=True):
        loose = [noun for noun in frame.nouns if _is_loose(frame, noun)]
        if not loose:
            continue
        here = _countries_here(near)
        found = here if len(here) == 1 or (here and not titled) else in_article
        if len(found) != 1:
            continue
        if found != titled and not at_home(next(iter(found))):
            continue
        sure = _SURE_PLACE if here else _SURE_ARTICLE
        for noun in loose:
            frame.drafts.append(_draft(frame, noun, next(iter(found)), sure))


def _titled(frames: Sequence[SentenceDrafts]) -> set[str]:
    """The country before a colon at the start of the title: "Soudan : la trêve"."""
    for frame in frames:
        if frame.sentence.part != "title":
            return set()
        for draft in frame.drafts:
            after = frame.sentence.text[frame.tokens[draft.last - 1].end :].lstrip()
            if draft.first == 0 and draft.kind == "state" and after.startswith(":"):
                return {country(draft.code)} - {""}
        return set()
    return set()


def _draft(frame: SentenceDrafts, noun: Atom, code: str, sure: float) -> ActorDraft:
    offices = tuple(entry.label for entry in noun.of_role("office"))
    if not offices:
        party_kind = noun.of_role("agent")[0].kind
        return ActorDraft(noun.first, noun.last, code, party_kind, "agent", sure, role="agent")
    last = name_end(frame, noun.last, 1) if frame.glued(noun.last) else noun.last
    person = frame.text(noun.last, last) if last > noun.last else ""
    return ActorDraft(noun.first, last, code, "person", "office", sure, person, offices, "office")


def _is_loose(frame: SentenceDrafts, noun: Atom) -> bool:
    words = fold(frame.text(noun.first, noun.last))
    if words not in frame.lexicon.home:
        return False
    named = frame.glued(noun.last) and name_end(frame, noun.last, 1) > noun.last
    last = noun.last + 1 if named else noun.last
    return not any(
        not d.dropped and d.confidence > 0 and d.first < last and noun.first < d.last
        for d in frame.drafts
    )


def _countries_named(frames: Sequence[SentenceDrafts]) -> set[str]:
    return {country(d.code) for frame in frames for d in frame.drafts if _is_evidence(d)}


def _is_evidence(draft: ActorDraft) -> bool:
    return not draft.dropped and draft.role != "qualifier" and bool(country(draft.code))


def _is_at_home(
    frames: Sequence[SentenceDrafts], places: Collection[PlaceMention], code: str
) -> bool:
    """Whether the article is set in the country and does not just mention it.

    "The president threatened Russia" names only Russia, but its president is not meant.
    """
    if any(p.place is not None and p.place.country == code and p.role == "event" for p in places):
        return True
    for frame in frames:
        for draft in frame.drafts:
            if not _is_evidence(draft) or country(draft.code) != code:
                continue
            if draft.form in ("agent", "adjective", "office") and not _is_abroad(frame, draft):
                return True
            if draft.form == "name" and frame.listed(draft.first - 1, "locative"):
                return True
    return _has_town(places, code)


def _has_town(places: Collection[PlaceMention], code: str) -> bool:
    return any(
        p.role == "mentioned"
        and p.place is not None
        and p.place.country == code
        and p.place.kind in ("city", "site", "region")
        for p in places
    )


def _is_abroad(frame: SentenceDrafts, draft: ActorDraft) -> bool:
    """Whether it is an embassy or ambassador, which are in another country than their own."""
    return any(frame.listed(at, "abroad") for at in range(draft.first, draft.last))


def _countries_here(near: Sequence[PlaceMention]) -> set[str]:
    """Countries of the places that the sentence names as locations."""
    return {
        place.place.country
        for place in near
        if place.place is not None and place.place.country and place.role in ("event", "mentioned")
    }
