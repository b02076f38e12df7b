"""A capital that stands for its government: "Moscou a averti", "told Beijing".

The role from the place finder decides; where it is only "mentioned", a few cues do.
"""

from __future__ import annotations

from collections.abc import Collection

from events.model import PlaceMention
from loaders.find.actors.draft import SentenceDrafts
from loaders.find.actors.lexicon import Atom

_ACTING = ("government", "actor")
_NOT_ACTING = ("event", "dateline")


def acts_as_government(frame: SentenceDrafts, atom: Atom, places: Collection[PlaceMention]) -> bool:
    """Whether a capital stands for its government: "Moscou a averti", "Washington fournit"."""
    role = _place_role(frame, atom, places)
    if role in _ACTING:
        return True
    if role in _NOT_ACTING or _is_dateline(frame, atom):
        return False
    if frame.listed(atom.first - 1, "agentive") and frame.glued(atom.first):
        return True
    return _is_paired(frame, atom) or _is_recipient(frame, atom) or _is_subject(frame, atom)


def _place_role(frame: SentenceDrafts, atom: Atom, places: Collection[PlaceMention]) -> str:
    shift = frame.sentence.start
    start = frame.tokens[atom.first].start + shift
    end = frame.tokens[atom.last - 1].end + shift
    for place in places:
        if place.part == frame.sentence.part and place.start < end and start < place.end:
            return place.role
    return ""


def _is_dateline(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether it opens a dateline: "KYIV, 9 juillet -" or "PARIS (AFP) -"."""
    if atom.first > 0:
        return False
    return frame.tokens[0].text.isupper() and len(frame.tokens[0].text) > 2


def _is_paired(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether it is one of two capitals as two sides: "entre Moscou et Kiev"."""
    before, after = frame.key(atom.first - 1), atom.last
    betweens = frame.lexicon.lists.get("between", frozenset())
    joined = frame.listed(after, "and") and frame.tokens[after].glued
    if before in betweens and (joined or frame.listed(atom.first - 1, "against")):
        return True
    return frame.listed(atom.first - 1, "and") and any(
        d.last == atom.first - 1 and d.role == "capital" and d.confidence > 0 for d in frame.drafts
    )


def _is_recipient(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether it is a recipient, addressee or accused: "fournit à Kyiv", "told Moscow"."""
    at = atom.first - 1
    if frame.listed(at, "to"):
        return _has_stem(frame, range(max(0, at - 3), at), "dative")
    if at < 0 or not frame.glued(atom.first) or frame.listed(at, "locative"):
        return False
    if frame.listed(at, "against"):
        return _has_stem(frame, range(max(0, at - 3), at), "measures")
    return _has_stem(frame, range(at, at + 1), "dative") or _has_stem(
        frame, range(at, at + 1), "accusative"
    )


def _has_stem(frame: SentenceDrafts, window: range, name: str) -> bool:
    stems = tuple(frame.lexicon.tables.get(name, ()))
    return bool(stems) and any(frame.tokens[at].text.casefold().startswith(stems) for at in window)


def _is_subject(frame: SentenceDrafts, atom: Atom) -> bool:
    """Whether it is a subject: a verb-like word after, no locative before."""
    if frame.listed(atom.first - 1, "locative") and frame.glued(atom.first):
        return False
    if atom.last >= len(frame.tokens) or not frame.glued(atom.last):
        return False
    word = frame.tokens[atom.last]
    starts = atom.first == 0 or not frame.glued(atom.first)
    # compared with its accents: "a" is a verb where "à" is none
    other = frame.lexicon.tables.get("not_verbs", ())
    return starts and word.text.islower() and word.text not in other
