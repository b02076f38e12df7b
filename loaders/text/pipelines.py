"""Reads the spaCy pipeline of a package in a fraction of the time that its own `load` takes, and
with the same words, parses and names (tests/loaders/text/test_pipelines.py compares them).

What is passed over, most of it first: a pattern for French words with hyphens that is compiled
from 350 long alternatives, twice; the table of all strings, which only spells hashes that nobody
asks for; filters of Bloom over the tables of lemmas; spaCy's command line.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

# modules that spaCy imports and a pipeline from files never uses -> the names asked of them
_UNUSED: dict[str, dict[str, Any]] = {
    "spacy.cli": {},
    "spacy.cli.info": {"info": None},
    "spacy.lang.fr.tokenizer_exceptions": {"TOKEN_MATCH": None, "TOKENIZER_EXCEPTIONS": {}},
}
_LONG_CLASS = re.compile(r"(\[[^\]]{100,}\][*+?]?)")  # hundreds of letters, and how often
_FLAGS, _FIRST, _BETWEEN, _LAST = "(?iu)", "(?:", ")|(?:", ")"


def import_parsers() -> None:
    """Import spaCy as `read_pipeline` does, where it is installed."""
    with _without(_UNUSED), suppress(ImportError):
        importlib.import_module("spacy")


def read_pipeline(package: str) -> Language:
    """The pipeline of an installed package. Raises ImportError where it is not installed."""
    with _without(_UNUSED):
        module = importlib.import_module(package)
        from spacy import util
    path = _folder(Path(str(module.__file__)).parent, util.get_model_meta)
    with _without(_UNUSED):  # the class of the language is imported here
        nlp = util.load_model_from_config(util.load_config(path / "config.cfg"))
    nlp.from_disk(path, exclude=("strings", "tokenizer", "lemmatizer"))
    _read_tokenizer(nlp, path / "tokenizer")
    if nlp.has_pipe("lemmatizer"):
        _read_lemmas(nlp, path / "lemmatizer" / "lookups" / "lookups.bin")
    return nlp


def _folder(package: Path, meta_of: Callable[[Path], dict[str, Any]]) -> Path:
    meta = meta_of(package)
    return package / f"{meta['lang']}_{meta['name']}-{meta['version']}"


@contextmanager
def _without(modules: dict[str, dict[str, Any]]) -> Iterator[None]:
    """While it lasts, modules that are not imported yet are empty but for these names."""
    placed = {name: ModuleType(name) for name in modules if name not in sys.modules}
    for name, module in placed.items():
        vars(module).update(modules[name])
    sys.modules.update(placed)
    try:
        yield
    finally:
        for name, module in placed.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _read_tokenizer(nlp: Any, file: Path) -> None:
    import srsly

    told = srsly.msgpack_loads(file.read_bytes())
    if isinstance(told.get("token_match"), str):
        told["token_match"] = short_pattern(told["token_match"])
    nlp.tokenizer.from_bytes(srsly.msgpack_dumps(told), exclude=["vocab"])


def short_pattern(pattern: str) -> str:
    """An equal pattern in which alternatives that differ in one place share the rest; any other
    pattern as it is.

    The letters of a language as a class take milliseconds to compile, each time they stand there.
    """
    begins = _FLAGS + _FIRST
    if not (pattern.startswith(begins) and pattern.endswith(_LAST)):
        return pattern
    alternatives = pattern[len(begins) : -len(_LAST)].split(_BETWEEN)
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for alternative in alternatives:
        before, own, after = _parted(alternative)
        groups[before, after].append(own)
    joined = (f"{before}(?:{'|'.join(own)}){after}" for (before, after), own in groups.items())
    return _FLAGS + _FIRST + _BETWEEN.join(joined) + _LAST


def _parted(alternative: str) -> tuple[str, str, str]:
    """An alternative as what stands before, in and after its longest part between long classes."""
    parts = _LONG_CLASS.split(alternative)
    longest = max(range(0, len(parts), 2), key=lambda n: len(parts[n]))
    return "".join(parts[:longest]), parts[longest], "".join(parts[longest + 1 :])


def _read_lemmas(nlp: Any, file: Path) -> None:
    """Tables of lemmas as plain dictionaries."""
    import srsly
    from spacy.lookups import Lookups
    from spacy.strings import get_string_id

    lookups: Any = Lookups()
    for name, told in srsly.msgpack_loads(file.read_bytes()).items():
        lookups.set_table(name, _Table(told, get_string_id))
    nlp.get_pipe("lemmatizer").lookups = lookups


class _Table(dict[int, Any]):
    """A table of spacy.lookups without its filter: the keys are hashes of strings."""

    def __init__(self, told: dict[int, Any], key_of: Callable[[str | int], int]) -> None:
        super().__init__(told)
        self._key_of = key_of

    def get(self, key: str | int, default: Any = None) -> Any:
        return super().get(self._key_of(key), default)
