"""Grades of the Admiralty code in words, in the reader's language."""

from __future__ import annotations

from events import registry, wording
from events.grading import BASES, SPEAKER, Grade

# the words of AJP-2.1; those of D are of outlets here, not of sources in general
RELIABILITY_WORDS: dict[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY_WORDS: dict[str, str] = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


def reliability_words(grade: str, lang: str) -> str:
    """ "B, usually reliable"."""
    return f"{grade}, {wording.translator(lang)(RELIABILITY_WORDS[grade])}"


def credibility_words(grade: str, lang: str) -> str:
    """ "2, probably true"."""
    return f"{grade}, {wording.translator(lang)(CREDIBILITY_WORDS[grade])}"


def why(grade: Grade, lang: str) -> str:
    """What a credibility rests on, in a sentence."""
    _ = wording.translator(lang)
    if grade.basis == "person":
        told = _("Graded by {who}.").format(who=grade.who or _("nobody named"))
        return f"{told} {grade.why}".strip()
    origins, against = (_names(names, lang) for names in (grade.origins, grade.against))
    return _(BASES[grade.basis]).format(origins=origins, against=against)


def _names(names: tuple[str, ...], lang: str) -> str:
    told = [
        registry.name(name.removeprefix(SPEAKER), lang) if name.startswith(SPEAKER) else name
        for name in names
    ]
    return "; ".join(told)
