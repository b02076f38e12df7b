"""Merges drafts of the same event within one article; the quote is that of the best draft.

Two drafts match if type, parties, place and date do not contradict each other and share
something; an anaphoric noun ("this attack") joins the act before it.
"""

from __future__ import annotations

import datetime as dt

from events.model import DateSpan
from events.ontology import EVENT_TYPES
from loaders.linking.certainty import from_elsewhere
from loaders.linking.drafts import EventDraft

_COARSE_TOO = ("week", "span", "day")  # precisions that may merge; a year and a day may not
_TOLD = ("clause", "sentence")  # the date is written in the clause or sentence itself


def merge(drafts: list[EventDraft]) -> list[EventDraft]:
    """Drafts in reading order -> one merged draft for each event, in order of first mention."""
    kept: list[list[EventDraft]] = []
    for draft in drafts:
        fit = [g for g in reversed(kept) if not any(_contradicts(d, draft) for d in g)]
        group = next((g for g in fit if any(_same(d, draft) for d in g)), None)
        if group is None or draft.echo:
            group = next((g for g in fit if _points_back(g[-1], draft)), None)
        if group is None:
            kept.append([draft])
        else:
            group.append(draft)
    return [_joined(group) for group in kept if not all(draft.echo for draft in group)]


def echoes_alone(drafts: list[EventDraft], merged: list[EventDraft]) -> list[EventDraft]:
    """Anaphoric drafts that found no event to join, and so are no events."""
    quotes = {(m.part, m.start) for d in merged for m in [d.quote, *d.also]}
    return [d for d in drafts if d.echo and (d.quote.part, d.quote.start) not in quotes]


def _contradicts(a: EventDraft, b: EventDraft) -> bool:
    """Whether written dates do not overlap, or exact places differ: one such draft in a group
    keeps another draft out, even if that matches a vaguer one (an undated title)."""
    told = a.dated in _TOLD and b.dated in _TOLD
    if told and a.date is not None and b.date is not None and _gap(a.date, b.date) > 0:
        return True
    left = a.place.place if a.place else None
    right = b.place.place if b.place else None
    if left is None or right is None or {left.kind, right.kind} & {"country", "region"}:
        return False
    return left.id != right.id


def _same(a: EventDraft, b: EventDraft) -> bool:
    if _is_headline_of(a, b):
        return True
    if a.type != b.type or "denied" in (a.status, b.status) and a.status != b.status:
        return False
    if _is_result_of(a, b):
        return True
    return _dates_match(a, b) and _places_match(a, b) and _parties_match(a, b)


def _is_headline_of(a: EventDraft, b: EventDraft) -> bool:
    """Whether a title and a dated opening sentence report one act in other words ("captures",
    "seized"): both are acts of force, and both sides match."""
    title, body = (a, b) if a.trigger.part == "title" else (b, a)
    if title.trigger.part != "title" or body.trigger.part == "title" or body.sentence.index > 3:
        return False
    if title.dated not in ("", "publication") or body.dated not in ("clause", "sentence"):
        return False
    force = EVENT_TYPES[a.type].forceful and EVENT_TYPES[b.type].forceful
    both = set(a.sources) & set(b.sources) and set(a.targets) & set(b.targets)
    return force and a.type != b.type and bool(both)


def _is_result_of(a: EventDraft, b: EventDraft) -> bool:
    """Whether one is the harm done by the other, in one sentence: "attacked, killing three"."""
    if not EVENT_TYPES[a.type].harm or a.sentence != b.sentence or (a.sources and b.sources):
        return False
    same_day = a.date is None or b.date is None or a.date.value == b.date.value
    return same_day and bool(set(a.targets) & set(b.targets) or not a.targets or not b.targets)


def _dates_match(a: EventDraft, b: EventDraft) -> bool:
    if a.date is None or b.date is None:
        return a.date is b.date or _nearly_the_same(a, b)
    if "publication" in (a.dated, b.dated) and a.dated != b.dated:
        near = _gap(a.date, b.date) <= 1
        return near or (_nearly_the_same(a, b) and "title" in (a.trigger.part, b.trigger.part))
    if (a.date.first, a.date.last) == (b.date.first, b.date.last):
        return True
    if a.date.precision in _COARSE_TOO and b.date.precision in _COARSE_TOO:
        return a.date.precision != b.date.precision and _inside(a.date, b.date)
    return False


def _nearly_the_same(a: EventDraft, b: EventDraft) -> bool:
    """Whether the parties match on both sides, or on one side at the same place or in a title."""
    if EVENT_TYPES[a.type].symmetric:
        return a.parties == b.parties and len(a.parties) > 1
    both = [(set(a.sources), set(b.sources)), (set(a.targets), set(b.targets))]
    agree = [bool(x & y) for x, y in both]
    placed = a.place is not None and b.place is not None and a.place.place == b.place.place
    headline = "title" in (a.trigger.part, b.trigger.part)
    return all(agree) or (any(agree) and (placed or headline))


def _bounds(date: DateSpan) -> tuple[dt.date, dt.date]:
    return date.first or dt.date.min, date.last or dt.date.max


def _gap(a: DateSpan, b: DateSpan) -> int:
    (a_first, a_last), (b_first, b_last) = _bounds(a), _bounds(b)
    return max(0, (b_first - a_last).days, (a_first - b_last).days)


def _inside(a: DateSpan, b: DateSpan) -> bool:
    (a_first, a_last), (b_first, b_last) = _bounds(a), _bounds(b)
    return (a_first <= b_first and b_last <= a_last) or (b_first <= a_first and a_last <= b_last)


def _places_match(a: EventDraft, b: EventDraft) -> bool:
    left = a.place.place if a.place else None
    right = b.place.place if b.place else None
    if left is None or right is None or left.id == right.id:
        return True
    wide = "country" in (left.kind, right.kind) or "region" in (left.kind, right.kind)
    return wide and left.country == right.country


def _parties_match(a: EventDraft, b: EventDraft) -> bool:
    if EVENT_TYPES[a.type].symmetric:
        shared = a.parties & b.parties
        return len(shared) > 1 or bool(
            shared and (a.parties <= b.parties or b.parties <= a.parties)
        )
    sources = not a.sources or not b.sources or bool(set(a.sources) & set(b.sources))
    targets = not a.targets or not b.targets or bool(set(a.targets) & set(b.targets))
    anything = bool(set(a.sources) & set(b.sources) or set(a.targets) & set(b.targets))
    placed = a.place is not None and b.place is not None and a.place.place == b.place.place
    return sources and targets and (anything or placed)


def _points_back(earlier: EventDraft, draft: EventDraft) -> bool:
    """Whether an anaphoric noun ("cette attaque", "the talks") can mean the earlier act."""
    if not (draft.definite and draft.nominal) or draft.dated == "clause":
        return False
    alike = earlier.type == draft.type or (
        EVENT_TYPES[draft.type].harm and EVENT_TYPES[earlier.type].forceful
    )
    near = draft.sentence.index - earlier.sentence.index <= 4
    parties = not draft.parties or draft.parties <= earlier.parties
    return alike and near and parties and _places_match(earlier, draft)


def _quality(draft: EventDraft) -> tuple[float, ...]:
    """Sort key of the best draft: date, both sides, place, body text, verb, early sentence."""
    dated = {"clause": 3, "sentence": 2, "paragraph": 1, "publication": 0.5}.get(draft.dated, 0)
    fine = 1 if draft.date is not None and draft.date.precision == "day" else 0
    return (
        dated * 0.6
        + fine
        + bool(draft.sources)
        + bool(draft.targets)
        + 0.7 * (draft.place is not None)
        + 0.5 * (draft.trigger.part == "text")
        - 0.5 * draft.nominal,
        -draft.sentence.index,
    )


def _joined(group: list[EventDraft]) -> EventDraft:
    """The best draft of a group, with missing parts filled from the others."""
    best = max((draft for draft in group if not draft.echo), key=_quality)
    rest = [draft for draft in group if draft is not best]
    seen = {(best.sentence.part, best.sentence.start)}
    for other in rest:
        _fill_missing(best, other)
        key = (other.sentence.part, other.sentence.start)
        if key not in seen:
            seen.add(key)
            best.also.append(other.quote)
    return best


def _fill_missing(best: EventDraft, other: EventDraft) -> None:
    if best.date is None or (best.dated == "publication" and other.dated in ("clause", "sentence")):
        best.date, best.dated = other.date or best.date, other.dated or best.dated
    if best.place is None and other.place is not None:
        best.place = from_elsewhere(other.place)
    if EVENT_TYPES[best.type].symmetric:
        missing = [code for code in [*other.sources, *other.targets] if code not in best.parties]
        best.targets += missing
    else:
        best.sources = best.sources or [c for c in other.sources if c not in best.targets]
        best.targets = best.targets or [c for c in other.targets if c not in best.sources]
    if other.parties & best.parties:
        best.attributes = tuple(dict.fromkeys([*best.attributes, *other.attributes]))
    best.mode = best.mode or other.mode
