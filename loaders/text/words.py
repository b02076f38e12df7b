"""The words of each language, from data/languages/: a language is data, never code.

`data/languages/<lang>.toml` holds dates, page noise and sentence abbreviations;
`data/languages/<lang>.events.toml` holds event triggers, voice (denial, speech, hypothesis) and
the word groups for source, target and place;
`data/languages/<lang>.actors.toml` holds agent nouns, offices, pronouns and how they are joined;
`data/languages/<lang>.places.toml` holds the words beside the names of places;
`data/languages/<lang>.headlines.toml` holds the words that headlines are made and checked with.
Which groups there are is listed in data/reference/word_groups.toml.
"""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

from loaders.text.word_groups import check

KINDS = ("main", "events", "actors", "places", "headlines")
LANGUAGES_DIR = Path(__file__).resolve().parents[2] / "data" / "languages"


@functools.cache
def words(lang: str, kind: str = "") -> dict[str, Any]:
    """The word tables of a language, {} where none; `kind` is "" or one of KINDS but "main".

    Raises ValueError where the file has a group that data/reference/word_groups.toml does not list.
    """
    name = f"{lang}.{kind}.toml" if kind else f"{lang}.toml"
    path = LANGUAGES_DIR / name
    if not path.exists():
        return {}
    with path.open("rb") as file:
        table = tomllib.load(file)
    check(name, kind or "main", table)
    return table


def entries(line: str) -> frozenset[str]:
    """The words of a line of a table; "_" joins the words of a phrase."""
    return frozenset(word.replace("_", " ") for word in line.split())


@functools.cache
def word_group(lang: str, name: str) -> frozenset[str]:
    """A group of [word_groups] in `<lang>.events.toml`, empty where the language lacks it."""
    return entries(words(lang, "events").get("word_groups", {}).get(name, ""))


@functools.cache
def any_word_group(name: str) -> frozenset[str]:
    """A group of all languages together, for code that is independent of the language."""
    return frozenset().union(*(word_group(lang, name) for lang in languages()))


@functools.cache
def languages() -> tuple[str, ...]:
    """Codes of all languages that have a word table, sorted."""
    return tuple(sorted(p.stem for p in LANGUAGES_DIR.glob("*.toml") if "." not in p.stem))
