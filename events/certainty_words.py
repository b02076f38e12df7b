"""How sure an event is, in words: the part of it that is least sure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events.certainty import lowest, word_of
from events.wording import named, translator


def questions(lang: str) -> dict[str, str]:
    """Field of an event that has a certainty -> the question that it answers."""
    _ = translator(lang)
    return {
        "type": _("What"),
        "sources": _("Who"),
        "targets": _("To whom"),
        "date": _("When"),
        "place": _("Where"),
    }


def sure_words(lang: str) -> dict[str, str]:
    """Words of events.certainty.word_of in a language."""
    _ = translator(lang)
    return {"sure": _("sure"), "likely": _("likely"), "doubtful": _("doubtful")}


def least_sure(row: Mapping[Any, Any], lang: str) -> str:
    """The part of an event row that is least sure, "doubtful: who"; "" where all are sure."""
    found = lowest(row)
    if found is None or word_of(found[1]) == "sure":
        return ""
    return named(sure_words(lang)[word_of(found[1])], questions(lang)[found[0]].lower(), lang)
