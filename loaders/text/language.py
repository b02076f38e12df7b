"""Language identification, among the languages that Frise has word tables for."""

from __future__ import annotations

import functools
import threading

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from events.languages import language_codes

UNDETERMINED = "und"  # ISO 639-2 code
_SAMPLE = 4_000  # characters used; more do not change the result
_MIN_SCORE = 0.05  # below it the text is too short to tell: a name, a number, one word
_MIN_RATIO = 0.1  # minimum ratio to the best score of all; else it is a language not listed
_LOCK = threading.Lock()


def identify(text: str) -> str:
    """ISO 639-1 code of the text's language, "und" where it is another one or too short to tell.

    The scores are those of py3langid over all its languages; the answer is the best of
    `events.languages` unless a language that is not listed is far more likely.
    """
    with _LOCK:
        scores = dict(_identifier().rank(" ".join(text[:_SAMPLE].split())))
    best = max(language_codes(), key=lambda lang: scores.get(lang, 0.0))
    top = max(scores.values())
    return best if scores.get(best, 0.0) >= max(_MIN_SCORE, _MIN_RATIO * top) else UNDETERMINED


def language_note(lang: str) -> str:
    """A plain sentence where the language could not be told, else ""."""
    if lang != UNDETERMINED:
        return ""
    known = ", ".join(language_codes())
    return f"language not identified (too short, or none of {known}): give it as lang"


@functools.cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
