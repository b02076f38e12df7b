"""Resolves targets given by back reference: "Russia condemned the attack", "both sides".

The target of a condemnation, refusal or threat that names nobody is the source of the previous act
in the paragraph; "both sides" are its two parties. A reason is added to the event.
"""

from __future__ import annotations

from events.ontology import EVENT_TYPES
from loaders.linking.drafts import EventDraft

REACH = 3  # sentences back


def fill_antecedents(drafts: list[EventDraft]) -> None:
    """Give anaphoric drafts without a target the parties of the previous act."""
    for at, draft in enumerate(drafts):
        if draft.echo and not draft.both_sides:
            continue
        for earlier in reversed(drafts[:at]):
            if draft.sentence.index - earlier.sentence.index > REACH:
                break
            if _take(draft, earlier):
                break
        if draft.both_sides and len(draft.parties) < 2 and len(draft.pair) == 2:
            draft.sources, draft.targets = [draft.pair[0]], [draft.pair[1]]
            draft.echo, draft.answers = "", True


def _take(draft: EventDraft, earlier: EventDraft) -> bool:
    if draft.both_sides and len(earlier.parties) == 2:
        parties = [*earlier.sources, *earlier.targets]
        missing = [code for code in parties if code not in draft.parties]
        if draft.sources:
            draft.targets += missing
        else:
            draft.sources, draft.targets = missing[:1], missing[1:]
        draft.echo = ""
    elif _answers(draft, earlier):
        draft.targets = [code for code in earlier.sources if code not in draft.sources]
    else:
        return False
    draft.answers = True
    return True


def _answers(draft: EventDraft, earlier: EventDraft) -> bool:
    if draft.targets or not draft.sources or not draft.points_back:
        return False
    answers = EVENT_TYPES[draft.type].answers
    if earlier.type not in answers or earlier.sentence == draft.sentence:
        return False
    return bool(earlier.sources) and not set(earlier.sources) & set(draft.sources)
