"""spaCy models, loaded lazily and once; every model is optional.

The packages come from PyPI (see requirements.in). Without one, the rule path of each finder
runs and the extraction says so in its notes.
"""

from __future__ import annotations

import functools
import importlib
import os
import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from events import settings
from events.languages import languages

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_LOCK = threading.Lock()


def model(lang: str) -> Language | None:
    """The spaCy pipeline of a language, or None where no model is installed."""
    if not settings.value("loading.models"):
        return None
    with _LOCK:
        return _load(lang)


@functools.cache
def _load(lang: str) -> Language | None:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    known = languages().get(lang)
    for name in known.parser if known is not None else ():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some packages load, and warn, when imported
            try:
                package = importlib.import_module(name)
            except ImportError:
                continue
            pipeline: Language = package.load()
        return pipeline
    return None


def model_note(lang: str) -> str:
    """A plain sentence for the report where a language is read without a model, else ""."""
    if model(lang) is not None:
        return ""
    return f"no language model for '{lang}': read by rules alone, with lower confidence"


def parse(lang: str, texts: Sequence[str]) -> list[Doc | None]:
    """One Doc per sentence, in order; None where there is no model."""
    nlp = model(lang)
    if nlp is None:
        return [None] * len(texts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        docs = list(nlp.pipe(texts, batch_size=64))
    return [doc if len(doc) else None for doc in docs]
