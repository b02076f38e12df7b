"""spaCy models, loaded lazily and once; every model is optional.

The packages come from PyPI (see requirements.in). Without one, the rule path of each finder
runs and the extraction says so in its notes.
"""

from __future__ import annotations

import functools
import os
import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from events import settings
from events.languages import languages
from loaders.text.pipelines import import_parsers, read_pipeline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_LOCK = threading.Lock()
# left out for names: they alone take half the time and give the same places (docs/places.md)
_PARSING = ("tok2vec", "tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer")


class Name(NamedTuple):
    """A named entity of the model; offsets count in its text. words: how many it has."""

    start: int
    end: int
    label: str
    words: int


def import_spacy() -> None:
    """Import what every pipeline needs, before the language of any article is known."""
    if settings.value("loading.models"):
        with _LOCK:
            import_parsers()


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
                return read_pipeline(name)
            except ImportError:
                continue
    return None


def model_note(lang: str) -> str:
    """A plain sentence for the report where a language is read without a model, else ""."""
    if model(lang) is not None:
        return ""
    return f"no language model for '{lang}': its names are found by tables alone"


def names(lang: str, texts: Sequence[str]) -> list[tuple[Name, ...] | None]:
    """The names that the model marks in each text, in order; None where there is no model."""
    return [
        doc if doc is None else tuple(map(_name, doc.ents)) for doc in _read(lang, texts, _PARSING)
    ]


def parse(lang: str, texts: Sequence[str]) -> list[Doc | None]:
    """The parse of each text, in order, without names; None where there is no model."""
    return [doc if doc is not None and len(doc) else None for doc in _read(lang, texts, ("ner",))]


def _read(lang: str, texts: Sequence[str], without: Sequence[str]) -> list[Doc | None]:
    nlp = model(lang)
    if nlp is None:
        return [None] * len(texts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(nlp.pipe(texts, batch_size=64, disable=without))


def _name(span: Span) -> Name:
    return Name(span.start_char, span.end_char, span.label_, sum(t.is_alpha for t in span))
