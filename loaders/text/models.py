"""spaCy models that mark names, loaded lazily and once; every model is optional.

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
from typing import TYPE_CHECKING, NamedTuple

from events import settings
from events.languages import languages

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

_LOCK = threading.Lock()
# left out: names alone take half the time and give the same places (docs/places.md)
_PARSING = ("tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer")


class Name(NamedTuple):
    """A named entity of the model; offsets count in its text. words: how many it has."""

    start: int
    end: int
    label: str
    words: int


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
            pipeline: Language = package.load(exclude=_PARSING)
        return pipeline
    return None


def model_note(lang: str) -> str:
    """A plain sentence for the report where a language is read without a model, else ""."""
    if model(lang) is not None:
        return ""
    return f"no language model for '{lang}': its names are found by tables alone"


def names(lang: str, texts: Sequence[str]) -> list[tuple[Name, ...] | None]:
    """The names that the model marks in each text, in order; None where there is no model."""
    nlp = model(lang)
    if nlp is None:
        return [None] * len(texts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        docs = list(nlp.pipe(texts, batch_size=64))
    return [tuple(map(_name, doc.ents)) for doc in docs]


def _name(span: Span) -> Name:
    return Name(span.start_char, span.end_char, span.label_, sum(t.is_alpha for t in span))
