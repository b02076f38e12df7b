"""How sure an event is, from how it was found, with the reasons in words.

Each feature adds or takes away; the sum passes a table measured on gold (docs/accuracy.md), so
that 0.8 means that about 8 in 10 such events are right.
"""

from __future__ import annotations

from loaders.linking.drafts import EventDraft

BASE = 0.42
# (reason, weight): what speaks for or against an event being right
FOR_SOURCE = ("who acts is told in the clause", 0.13)
FOR_TARGET = ("who is acted upon is told in the clause", 0.10)
FOR_DATE = {
    "clause": ("date from its own clause", 0.14),
    "sentence": ("date from its sentence", 0.05),
    "paragraph": ("date from the paragraph", -0.03),
    "publication": ("date inferred from publication", -0.02),
    "": ("undated", -0.06),
}
FOR_PLACE = ("place told in the clause", 0.05)
FOR_MAIN = ("main clause", 0.06)
FOR_REPEATED = ("told more than once", 0.06)
AGAINST = {
    "weak": ("the word has other meanings", -0.05),
    "nominal": ("told by a noun", -0.07),
    "by_order": ("roles from word order", -0.10),
    "unparsed": ("read without a parse", -0.14),
    "claimed": ("a claim of one side", -0.03),
    "planned": ("planned", -0.02),
    "veto": ("words of sport, culture or business near", -0.15),
    "place": ("a party taken from the place", -0.04),
    "unknown": ("a party that no table knows", -0.12),
    "answers": ("a party taken from the act before", -0.04),
    "same": ("one party alone", -0.05),
}


def settle(draft: EventDraft) -> None:
    """Set confidence (0.05 to 0.97) and reasons of a draft."""
    rows = list(_features(draft))
    draft.confidence = round(min(0.97, max(0.05, BASE + sum(weight for _, weight in rows))), 2)
    draft.reasons = [f"{reason} ({weight:+.2f})" for reason, weight in rows]


def _features(draft: EventDraft) -> list[tuple[str, float]]:
    rows = [FOR_DATE[draft.dated]]
    rows += [FOR_SOURCE] * bool(draft.sources) + [FOR_TARGET] * bool(draft.targets)
    rows += [FOR_PLACE] * (draft.place is not None) + [FOR_MAIN] * draft.main
    rows += [FOR_REPEATED] * bool(draft.also)
    rows += [AGAINST["weak"]] * draft.weak + [AGAINST["nominal"]] * draft.nominal
    rows += [AGAINST["by_order"]] * draft.by_order + [AGAINST["unparsed"]] * (not draft.parsed)
    rows += [AGAINST[draft.status]] if draft.status in ("claimed", "planned") else []
    rows += [AGAINST["veto"]] * bool(draft.vetoes)
    rows += [AGAINST["place"]] * draft.from_place
    rows += [AGAINST["unknown"]] * draft.unknown
    rows += [AGAINST["answers"]] * draft.answers
    rows += [AGAINST["same"]] * (len(draft.parties) < 2)
    return rows
