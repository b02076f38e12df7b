"""Names of organisations and states by their initials, where a headline has no room for the whole:
"the IMF", « la CPI »."""

from __future__ import annotations

import functools
import re

from events import registry

_SMALL = 3  # letters of a word that has no part in the initials, written small: "of", « des »


def shortened(text: str, lang: str) -> str:
    """The text with the initials of every name in it that is known by them in the language."""
    names = _initials(lang)
    return _finder(lang).sub(lambda found: names[found.group()], text) if names else text


@functools.cache
def _initials(lang: str) -> dict[str, str]:
    """name -> the one of the actor's other names that is made of its initials"""
    found: dict[str, str] = {}
    for actor in (each for each in registry.actors() if each.kind != "person"):
        name = actor.names.get(lang, "")
        wanted = "".join(word[0] for word in re.split(r"[ '’-]", name) if _counts(word)).upper()
        if len(wanted) > 1 and wanted in actor.aliases and " " in name:
            found[name] = wanted
    return found


def _counts(word: str) -> bool:
    return bool(word) and not (len(word) <= _SMALL and word.islower())


@functools.cache
def _finder(lang: str) -> re.Pattern[str]:
    names = sorted(_initials(lang), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
